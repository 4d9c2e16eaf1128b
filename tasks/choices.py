"""Codes of meetings, protocols and instructions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingKind(models.TextChoices):
    PROJECT_OFFICE = "project_office", _("meeting of the project office")
    COUNCIL = "council", _("meeting of the council")
    FIELD_VISIT = "field_visit", _("working trip")


class ProtocolKind(models.TextChoices):
    PROTOCOL = "protocol", _("protocol")
    PRESS_RELEASE = "press_release", _("press release")


class ItemKind(models.TextChoices):
    INSTRUCTION = "instruction", _("instruction")
    DECISION = "decision", _("decision")
    NOTE = "note", _("note")


class ControlKind(models.TextChoices):
    SPECIAL = "special", _("special control")
    ORDINARY = "ordinary", _("ordinary control")
    FOR_INFORMATION = "for_information", _("for information")


class ExecutorRole(models.TextChoices):
    LEAD = "lead", _("responsible executor")
    CO = "co", _("co-executor")


class InstructionState(models.TextChoices):
    REGISTERED = "registered", _("registered")
    ON_CONTROL = "on_control", _("on control")
    IN_EXECUTION = "in_execution", _("in execution")
    REPORTED = "reported", _("reported")
    RETURNED = "returned", _("returned for revision")
    EXECUTED = "executed", _("removed from control")
    CANCELLED = "cancelled", pgettext_lazy("instruction", "cancelled")


S = InstructionState
#: The whole life of an instruction. A move that is not here is forbidden.
INSTRUCTION_MOVES: dict[str, set[str]] = {
    S.REGISTERED: {S.ON_CONTROL, S.CANCELLED},
    S.ON_CONTROL: {S.IN_EXECUTION, S.CANCELLED},
    S.IN_EXECUTION: {S.REPORTED, S.CANCELLED},
    S.REPORTED: {S.EXECUTED, S.RETURNED},
    S.RETURNED: {S.REPORTED, S.CANCELLED},
    S.EXECUTED: set(),
    S.CANCELLED: set(),
}
#: What the controlling side has put on control and not removed without result.
CONTROLLED = [S.ON_CONTROL, S.IN_EXECUTION, S.REPORTED, S.RETURNED, S.EXECUTED]
#: Something final is still to be handed in: past its due day such an instruction is overdue.
WAITING = [S.ON_CONTROL, S.IN_EXECUTION, S.RETURNED]
