"""Codes of meetings, protocols and instructions, and the tables of moves."""

from typing import Any

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
    UNCLEAR = "unclear", _("not understood")


class ItemState(models.TextChoices):
    """Of what the reader found a person decides; what a person wrote is confirmed."""

    PROPOSED = "proposed", pgettext_lazy("protocol item", "waits for confirmation")
    CONFIRMED = "confirmed", pgettext_lazy("protocol item", "confirmed")
    DISMISSED = "dismissed", pgettext_lazy("protocol item", "dismissed")


ITEM_MOVES: dict[str, set[str]] = {
    ItemState.PROPOSED: {ItemState.CONFIRMED, ItemState.DISMISSED},
    ItemState.DISMISSED: {ItemState.PROPOSED},
    ItemState.CONFIRMED: set(),
}


class LintCode(models.TextChoices):
    """What is weak in an instruction (tasks/linting)."""

    NO_DUE = "no_due", _("no term")
    NO_RESULT = "no_result", _("no expected result")
    NO_LEAD = "no_lead", _("no single responsible executor")
    SHORT_TERM = "short_term", _("term under two working days")
    VAGUE_VERB = "vague_verb", _("vague verb")
    NO_MEASURABLE_RESULT = "no_measurable_result", _("result cannot be measured")
    DUPLICATE = "duplicate", _("likely duplicate")
    DUE_ON_DAY_OFF = "due_on_day_off", _("term on a day off")
    OVERLOADED = "overloaded", _("executor has many terms at that time")


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
#: On control, not closed.
OPEN = [*WAITING, S.REPORTED]
FINAL = [S.EXECUTED, S.CANCELLED]


class ExtensionState(models.TextChoices):
    REQUESTED = "requested", pgettext_lazy("extension", "requested")
    UNDER_REVIEW = "under_review", pgettext_lazy("extension", "under review")
    GRANTED = "granted", pgettext_lazy("extension", "granted")
    REFUSED = "refused", pgettext_lazy("extension", "refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("extension", "withdrawn")


E = ExtensionState
EXTENSION_MOVES: dict[str, set[str]] = {
    E.REQUESTED: {E.UNDER_REVIEW, E.GRANTED, E.REFUSED, E.WITHDRAWN},
    E.UNDER_REVIEW: {E.GRANTED, E.REFUSED, E.WITHDRAWN},
    E.GRANTED: set(),
    E.REFUSED: set(),
    E.WITHDRAWN: set(),
}
#: Somebody still has to decide.
UNDECIDED = [E.REQUESTED, E.UNDER_REVIEW]
#: A decision of the issuer, signed; it may be corrected by a new one.
DECIDED = [E.GRANTED, E.REFUSED]


class ReportKind(models.TextChoices):
    INTERIM = "interim", pgettext_lazy("report", "interim")
    FINAL = "final", pgettext_lazy("report", "final")


class ReportState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("report", "draft")
    SUBMITTED = "submitted", pgettext_lazy("report", "submitted")
    ACCEPTED = "accepted", pgettext_lazy("report", "accepted")
    RETURNED = "returned", pgettext_lazy("report", "returned")


R = ReportState
REPORT_MOVES: dict[str, set[str]] = {
    R.DRAFT: {R.SUBMITTED},
    R.SUBMITTED: {R.ACCEPTED, R.RETURNED},
    R.RETURNED: {R.SUBMITTED},
    R.ACCEPTED: set(),
}
#: Not yet accepted: of one kind an instruction has one such report.
LIVE = [R.DRAFT, R.SUBMITTED, R.RETURNED]


class EvidenceKind(models.TextChoices):
    PHOTO = "photo", _("photo")
    ACT = "act", pgettext_lazy("evidence", "act")
    DOCUMENT = "document", _("document")
    LINK = "link", _("link")


class Recurrence(models.TextChoices):
    """How often a recurring instruction is due anew."""

    WEEKLY = "weekly", _("every week")
    MONTHLY = "monthly", _("every month")
    QUARTERLY = "quarterly", _("every quarter")


class Holder(models.TextChoices):
    """Who has to move next."""

    EXECUTOR = "executor", _("responsible executor")
    OFFICE = "office", _("project office")
    ISSUER = "issuer", _("who gave the instruction")


class Attention(models.TextChoices):
    """Why somebody looks at an instruction now: the counters of the board, each a filter of the list.

    What waits to be handed in is in one of the first three, by its day; the others may come on top.
    """

    OVERDUE = "overdue", _("overdue")
    SOON = "soon", _("due within 10 working days")
    ON_TIME = "on_time", _("more than 10 working days left")
    CONFIRMATION = "confirmation", _("awaiting confirmation")
    EXTENSION = "extension", _("more time asked for")
    RETURNED = "returned", _("returned for revision")
    NO_TERM = "no_term", _("without a term")
    REFUSED = "refused", _("assignment refused")


#: In which states of an instruction a verb has a sense. What else it needs is said by its service.
VERB_STATES: dict[str, list[InstructionState]] = {
    "put_on_control": [S.REGISTERED],
    "accept_assignment": WAITING,
    "refuse_assignment": WAITING,
    "reassign": WAITING,
    "start": [S.ON_CONTROL],
    "contribute": WAITING,
    "report": WAITING,
    "return": OPEN,
    "propose_removal": [S.REPORTED],
    "accept": OPEN,
    "remove_part": [S.REPORTED],
    "cancel": [S.REGISTERED, *WAITING],
    "request_extension": WAITING,
    "split": WAITING,
    "set_recurrence": [S.REGISTERED, *WAITING],
    "set_controller": [S.REGISTERED, *OPEN],
}
#: A final report is handed in from these; an interim one whenever something is to be handed in.
FINAL_FROM = [S.IN_EXECUTION, S.RETURNED]
#: Within so many working days an organisation may say that an instruction is not its business.
REFUSAL_DAYS = 3
#: So many working days before its day an instruction is due soon.
SOON = 10
#: Occurrences of a recurring instruction are made so many days ahead.
OCCURRENCES_AHEAD = 31

#: What people call the verbs: on buttons, in refusals, in the history.
VERB_LABELS: dict[str, Any] = {
    "register_instruction": _("Register an instruction"),
    "put_on_control": _("Put on control"),
    "accept_assignment": _("Accept the assignment"),
    "refuse_assignment": _("Not our competence"),
    "reassign": _("Re-assign"),
    "start": _("Start execution"),
    "contribute": _("Send a contribution"),
    "report": _("Report"),
    "return": _("Return for revision"),
    "propose_removal": _("Propose removal from control"),
    "accept": _("Accept and remove from control"),
    "accept_interim": _("Accept the interim report"),
    "remove_part": _("Remove in part"),
    "cancel": pgettext_lazy("verb", "Cancel the instruction"),
    "split": _("Add a sub-instruction"),
    "set_recurrence": _("Set how it recurs"),
    "set_controller": _("Name the controller"),
    "request_extension": _("Ask for more time"),
    "take_up": _("Take up the request"),
    "grant": _("Grant more time"),
    "refuse": _("Refuse more time"),
    "withdraw": _("Withdraw the request"),
    "correct": _("Correct the decision"),
}


class Concern(models.TextChoices):
    """What a rule of reminders counts to: the term of an instruction, or the day on which a progress report is due."""

    INSTRUCTION = "instruction", pgettext_lazy("rule of reminders", "terms of instructions")
    DUTY = "duty", pgettext_lazy("rule of reminders", "reports that are owed")


class Recipients(models.TextChoices):
    """Whom a rule of reminders means."""

    PREPARERS = "preparers", _("who prepares, of the responsible executor")
    SIGNERS = "signers", _("who signs, of the responsible executor")
    CO = "co", _("people of the co-executors")
    CONTROLLER = "controller", _("the controller, else the project office")
    ISSUER = "issuer", _("who decides, of whoever gave the instruction")


#: Of a report that is owed there is neither a co-executor nor anybody who gave it.
OF_A_DUTY = [Recipients.PREPARERS, Recipients.SIGNERS, Recipients.CONTROLLER]


class Dropped(models.TextChoices):
    """Why a reminder or an escalation is of no use any more."""

    HANDED_IN = "handed_in", pgettext_lazy("reminder", "a final report is handed in")
    EXECUTED = "executed", pgettext_lazy("reminder", "removed from control")
    CANCELLED = "cancelled", pgettext_lazy("reminder", "the instruction is cancelled")
    TERM_MOVED = "term_moved", pgettext_lazy("reminder", "the term has moved")
    RULE = "rule", pgettext_lazy("reminder", "the rule does not hold any more")
    OTHERS = "others", pgettext_lazy("reminder", "it is the business of others now")
    SUBMITTED = "submitted", pgettext_lazy("reminder", "the progress report is submitted")
    LOCKED = "locked", pgettext_lazy("reminder", "the reporting period is locked")
    ENDED = "ended", pgettext_lazy("reminder", "the report is not owed any more")


class Level(models.IntegerChoices):
    """How high an overdue instruction is carried."""

    EXECUTOR = 1, _("head of the responsible executor, controller")
    OFFICE = 2, _("project office, who gave the instruction")
    LEADERSHIP = 3, _("leadership of the city")


#: From so many working days after the due day an instruction stands at the level.
ESCALATED_AFTER: dict[int, int] = {Level.EXECUTOR: 1, Level.OFFICE: 3, Level.LEADERSHIP: 5}
#: Reminders are planned so many days ahead.
PLANNED_AHEAD = 21
