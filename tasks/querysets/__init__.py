"""Reads of meetings, of instructions and of what belongs to them."""

from tasks.querysets.feeds import FeedQuerySet
from tasks.querysets.instructions import InstructionQuerySet
from tasks.querysets.meetings import MeetingPartQuerySet, MeetingQuerySet
from tasks.querysets.parts import (
    ContributionQuerySet,
    EvidenceQuerySet,
    ExecutorQuerySet,
    ExtensionQuerySet,
    HoldQuerySet,
    PartQuerySet,
    ReportQuerySet,
)
from tasks.querysets.reminders import EscalationQuerySet, ReminderQuerySet, ReminderRuleQuerySet
from tasks.querysets.whose import SIGNS, organisations_of, signers_of

__all__ = [
    "SIGNS",
    "ContributionQuerySet",
    "EscalationQuerySet",
    "EvidenceQuerySet",
    "ExecutorQuerySet",
    "ExtensionQuerySet",
    "FeedQuerySet",
    "HoldQuerySet",
    "InstructionQuerySet",
    "MeetingPartQuerySet",
    "MeetingQuerySet",
    "PartQuerySet",
    "ReminderQuerySet",
    "ReminderRuleQuerySet",
    "ReportQuerySet",
    "organisations_of",
    "signers_of",
]
