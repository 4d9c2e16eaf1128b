"""Control of execution: meetings and their protocols, instructions and who executes them."""

from tasks.models.instruction import Executor, Instruction, InstructionSource
from tasks.models.meeting import AgendaItem, Attendance, Meeting, MeetingDistrict
from tasks.models.protocol import Protocol, ProtocolItem

__all__ = [
    "AgendaItem",
    "Attendance",
    "Executor",
    "Instruction",
    "InstructionSource",
    "Meeting",
    "MeetingDistrict",
    "Protocol",
    "ProtocolItem",
]
