"""Codes of what organisations report of projects period by period, and the table of moves."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PeriodKind(models.TextChoices):
    MONTH = "month", _("month")
    QUARTER = "quarter", _("quarter")


class Metric(models.TextChoices):
    """What is asked of a project in each period; each is answered with a number or with a mark."""

    PHYSICAL_PROGRESS = "physical_progress", _("physical progress, %")
    FINANCIAL_PROGRESS = "financial_progress", _("financial progress, %")
    SPENT = "spent", _("money spent")
    JOBS_CONSTRUCTION = "jobs_construction", _("jobs during construction")
    JOBS_PERMANENT = "jobs_permanent", _("permanent jobs")
    JOBS_LOCAL = "jobs_local", _("jobs of local people")


PERCENT = [Metric.PHYSICAL_PROGRESS, Metric.FINANCIAL_PROGRESS]
#: Whole numbers of people.
JOBS = [Metric.JOBS_CONSTRUCTION, Metric.JOBS_PERMANENT, Metric.JOBS_LOCAL]
#: What the public is told of published projects, once it is accepted; money stays inside.
TOLD = [Metric.PHYSICAL_PROGRESS, *JOBS]


class Mark(models.TextChoices):
    """How a metric is answered: unknown and meaningless are answers too, and no numbers."""

    VALUE = "value", pgettext_lazy("answer", "value")
    NO_DATA = "no_data", pgettext_lazy("answer", "no data")
    NOT_APPLICABLE = "not_applicable", pgettext_lazy("answer", "not applicable")


class NoteField(models.TextChoices):
    """What a note of the review is about: an answer, or the words."""

    PHYSICAL_PROGRESS = Metric.PHYSICAL_PROGRESS.value, Metric.PHYSICAL_PROGRESS.label
    FINANCIAL_PROGRESS = Metric.FINANCIAL_PROGRESS.value, Metric.FINANCIAL_PROGRESS.label
    SPENT = Metric.SPENT.value, Metric.SPENT.label
    JOBS_CONSTRUCTION = Metric.JOBS_CONSTRUCTION.value, Metric.JOBS_CONSTRUCTION.label
    JOBS_PERMANENT = Metric.JOBS_PERMANENT.value, Metric.JOBS_PERMANENT.label
    JOBS_LOCAL = Metric.JOBS_LOCAL.value, Metric.JOBS_LOCAL.label
    TEXT = "text", pgettext_lazy("progress report", "in words")
    ISSUES = "issues", pgettext_lazy("progress report", "issues")
    RISKS = "risks", pgettext_lazy("progress report", "risks")
    HELP_NEEDED = "help_needed", pgettext_lazy("progress report", "help needed")
    MILESTONES = "milestones", pgettext_lazy("progress report", "milestones")
    FILES = "files", pgettext_lazy("progress report", "photos and files")


#: The columns of a report that are free words, in the order of the form.
WORDS = [NoteField.TEXT, NoteField.ISSUES, NoteField.RISKS, NoteField.HELP_NEEDED]


class WordsLanguage(models.TextChoices):
    """In which language the words of a report are. Empty: nobody said."""

    KK = "kk", _("Kazakh")
    RU = "ru", _("Russian")


class Outcome(models.TextChoices):
    """What a report says of a milestone."""

    MET = "met", pgettext_lazy("milestone", "met")
    MOVED = "moved", pgettext_lazy("milestone", "moved")


class ProgressState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("report", "draft")
    COMPLETE = "complete", pgettext_lazy("report", "complete, not submitted")
    SUBMITTED = "submitted", pgettext_lazy("report", "submitted")
    ACCEPTED = "accepted", pgettext_lazy("report", "accepted")
    RETURNED = "returned", pgettext_lazy("report", "returned")
    SUPERSEDED = "superseded", pgettext_lazy("report", "superseded by a newer one")


P = ProgressState
PROGRESS_MOVES: dict[str, set[str]] = {
    P.DRAFT: {P.COMPLETE},
    P.COMPLETE: {P.SUBMITTED},
    P.SUBMITTED: {P.ACCEPTED, P.RETURNED},
    P.RETURNED: {P.SUBMITTED},
    P.ACCEPTED: {P.SUPERSEDED},
    P.SUPERSEDED: set(),
}
#: Being written: its organisation may change it.
WRITTEN = [P.DRAFT, P.COMPLETE, P.RETURNED]
#: Never handed in so far: nobody else sees it, and it may be thrown away.
UNSENT = [P.DRAFT, P.COMPLETE]
#: On its way: of one project and period there is one such report.
PENDING = [*WRITTEN, P.SUBMITTED]
#: Handed in, and not returned: nothing is owed of it.
HANDED_IN = [P.SUBMITTED, P.ACCEPTED]
#: Accepted once, for ever.
SETTLED = [P.ACCEPTED, P.SUPERSEDED]

#: After the due day, the last working day of the month that follows the period, so many working days are forgiven.
GRACE_DAYS = 5

#: In which states of a report a verb has a sense.
PROGRESS_VERB_STATES: dict[str, list[ProgressState]] = {
    "save_progress": WRITTEN,
    "complete_progress": [P.DRAFT],
    "submit_progress": [P.COMPLETE, P.RETURNED],
    "discard_progress": UNSENT,
    "return_progress": [P.SUBMITTED],
    "accept_progress": [P.SUBMITTED],
    "correct_progress": [P.ACCEPTED],
}
#: What people call the verbs, those of duties and periods first.
SCHEDULING_LABELS: dict[str, Any] = {
    "end_duty": _("End the duty"),
    "hand_over_duty": _("Hand the duty over"),
    "lock_period": _("Lock the period"),
    "reopen_period": _("Open the period again"),
    "move_due": _("Move the days"),
}
PROGRESS_VERB_LABELS: dict[str, Any] = {
    "save_progress": _("Save the draft"),
    "complete_progress": _("Mark as complete"),
    "submit_progress": _("Submit the report"),
    "discard_progress": _("Throw the draft away"),
    "return_progress": _("Return the report"),
    "accept_progress": _("Accept the report"),
    "correct_progress": _("Correct an accepted report"),
}


class DisputeState(models.TextChoices):
    OPEN = "open", pgettext_lazy("dispute", "open")
    UPHELD = "upheld", pgettext_lazy("dispute", "upheld")
    REJECTED = "rejected", pgettext_lazy("dispute", "rejected")
    WITHDRAWN = "withdrawn", pgettext_lazy("dispute", "withdrawn")


D = DisputeState
DISPUTE_MOVES: dict[str, set[str]] = {
    D.OPEN: {D.UPHELD, D.REJECTED, D.WITHDRAWN},
    D.UPHELD: set(),
    D.REJECTED: set(),
    D.WITHDRAWN: set(),
}
#: Answered by the office.
DISPUTE_DECIDED = [D.UPHELD, D.REJECTED]


class EvidenceReason(models.TextChoices):
    """Why a file weighs what it weighs for whoever accepts (tasks.services.evidence)."""

    IN_PERIOD = "in_period", _("taken within the period")
    OUT_OF_PERIOD = "out_of_period", _("taken outside the period")
    NO_TIME = "no_time", _("does not say when it was taken")
    ON_SITE = "on_site", _("taken on the site")
    IN_DISTRICT = "in_district", _("taken in the district")
    NEAR_OUTLINE = "near_outline", _("taken by the schematic outline of the district")
    OUT_OF_PLACE = "out_of_place", _("taken outside the site and the district")
    NO_PLACE = "no_place", _("where it was taken is not said")
    NO_OUTLINE = "no_outline", _("the outline of the site is not known")
    SAME_FILE = "same_file", _("the same file was sent with another report")
    LOOKS_LIKE = "looks_like", _("looks like a photo of another report")
