"""Control of execution: meetings and their protocols, instructions, who executes them and how."""

from tasks.models.dispute import FigureDispute
from tasks.models.executor import Contribution, Executor
from tasks.models.extension import Extension
from tasks.models.feed import CalendarFeed
from tasks.models.hold import HoldInterval
from tasks.models.instruction import Instruction, InstructionSource
from tasks.models.meeting import AgendaItem, Attendance, Finding, Meeting, MeetingDistrict
from tasks.models.plan import Plan
from tasks.models.progress import ProgressReport, ProgressValue, ReviewNote
from tasks.models.progress_milestone import ProgressMilestone
from tasks.models.protocol import Protocol, ProtocolItem, in_force
from tasks.models.reference import ExternalReference
from tasks.models.reminder import Escalation, Reminder, ReminderRule
from tasks.models.report import Evidence, ExecutionReport
from tasks.models.reporting import ReportingDuty, ReportingPeriod
from tasks.models.upload import Upload, UploadChunk

__all__ = [
    "AgendaItem",
    "Attendance",
    "CalendarFeed",
    "Contribution",
    "Escalation",
    "Evidence",
    "ExecutionReport",
    "Executor",
    "Extension",
    "ExternalReference",
    "FigureDispute",
    "Finding",
    "HoldInterval",
    "Instruction",
    "InstructionSource",
    "Meeting",
    "MeetingDistrict",
    "Plan",
    "ProgressMilestone",
    "ProgressReport",
    "ProgressValue",
    "Protocol",
    "ProtocolItem",
    "Reminder",
    "ReminderRule",
    "ReportingDuty",
    "ReportingPeriod",
    "ReviewNote",
    "Upload",
    "UploadChunk",
    "in_force",
]
