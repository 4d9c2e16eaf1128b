"""What the executor says was done, and what proves it."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from core.models import Recorded, StoredFile
from core.triggers import EACH_WRITE, Run, at_commit, moves
from tasks.choices import LIVE, REPORT_MOVES, EvidenceKind, ReportKind, ReportState
from tasks.models.executor import Contribution
from tasks.models.instruction import Instruction
from tasks.models.shared import person
from tasks.querysets import EvidenceQuerySet, ReportQuerySet


class ExecutionReport(Recorded):
    """An interim report informs; only an accepted final one removes the instruction from control.

    Returned, it is corrected and handed in again: the same row, with the returns counted by the database.
    """

    instruction = models.ForeignKey(
        Instruction, models.CASCADE, related_name="reports", verbose_name=_("instruction")
    )
    kind = models.CharField(_("kind"), max_length=7, choices=ReportKind)
    state = models.CharField(
        _("state"), max_length=9, choices=ReportState, default=ReportState.DRAFT, editable=False
    )
    text = models.TextField(_("text"), blank=True, default="")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("reported by the organisation")
    )
    author = person(_("author"))
    submitted_on = models.DateField(_("handed in on"), null=True, editable=False)
    decided_by = person(_("decided by"))
    decided_on = models.DateField(_("decided on"), null=True, editable=False)
    return_note = models.TextField(_("what is to be corrected"), blank=True, default="", editable=False)
    returns = models.SmallIntegerField(_("times returned"), default=0, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("report on execution"), _("reports on execution")
        ordering = ["-pk"]
        triggers = [
            *Recorded.Meta.triggers,
            moves("state", REPORT_MOVES, [ReportState.DRAFT]),
            Run("tasks_keep_report", name="kept", when=pgtrigger.Before, operation=EACH_WRITE),
            at_commit(
                "tasks_check_report",
                "instruction_id",
                name="report_in_step",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="tasks_executionreport_kind_known", condition=Q(kind__in=ReportKind.values)
            ),
            models.CheckConstraint(
                name="tasks_executionreport_state_known", condition=Q(state__in=ReportState.values)
            ),
            models.UniqueConstraint(
                name="tasks_executionreport_one_live",
                fields=["instruction", "kind"],
                condition=Q(state__in=LIVE),
                violation_error_message=_("A report of this kind is being written or waits for an answer."),
            ),
            models.UniqueConstraint(
                name="tasks_executionreport_one_final_accepted",
                fields=["instruction"],
                condition=Q(kind=ReportKind.FINAL, state=ReportState.ACCEPTED),
            ),
            models.CheckConstraint(
                name="tasks_executionreport_handed_in",
                condition=Q(state=ReportState.DRAFT, submitted_on=None)
                | (~Q(state=ReportState.DRAFT) & Q(submitted_on__isnull=False) & ~Q(text="")),
                violation_error_message=_("A report that is handed in says what was done."),
            ),
            models.CheckConstraint(
                name="tasks_executionreport_returned_with_note",
                condition=~Q(state=ReportState.RETURNED) | ~Q(return_note=""),
                violation_error_message=_("Say what is to be corrected."),
            ),
            models.CheckConstraint(
                name="tasks_executionreport_decision_signed",
                condition=~Q(state__in=[ReportState.ACCEPTED, ReportState.RETURNED])
                | Q(decided_by__isnull=False, decided_on__isnull=False),
                violation_error_message=_("A decision has its day and who decided."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_state_display()}"


class Evidence(Recorded):
    """A file or an address that proves a report, a contribution or a progress report. The right to it is the right to
    its owner.

    Of a photo of a progress report: when and, if its sender allowed it, where it was taken (degrees, metres), how it
    looks (64 bits as 16 hexadecimal digits, tasks.evidence), and how much it weighs for which reasons (codes).
    """

    report = models.ForeignKey(
        ExecutionReport,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("report"),
    )
    contribution = models.ForeignKey(
        Contribution,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("contribution"),
    )
    progress = models.ForeignKey(
        "tasks.ProgressReport",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("progress report"),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=EvidenceKind)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    url = models.URLField(_("address"), max_length=500, blank=True, default="")
    note = models.CharField(_("what it shows"), max_length=300, blank=True, default="")
    taken_at = models.DateTimeField(_("taken at"), null=True, editable=False)
    taken_lat = models.DecimalField(
        _("taken at the latitude"), max_digits=8, decimal_places=5, null=True, editable=False
    )
    taken_lon = models.DecimalField(
        _("taken at the longitude"), max_digits=8, decimal_places=5, null=True, editable=False
    )
    accuracy = models.PositiveIntegerField(_("accuracy, m"), null=True, editable=False)
    picture_hash = models.CharField(
        _("look of the picture"), max_length=16, blank=True, default="", editable=False
    )
    score = models.PositiveSmallIntegerField(_("weight, 0 to 100"), null=True, editable=False)
    reasons = models.JSONField(_("why this weight"), default=list, editable=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("evidence"), _("evidence")
        ordering = ["pk"]
        triggers = [
            *Recorded.Meta.triggers,
            Run("tasks_keep_evidence", name="kept", when=pgtrigger.After, operation=EACH_WRITE),
        ]
        constraints = [
            models.CheckConstraint(
                name="tasks_evidence_kind_known", condition=Q(kind__in=EvidenceKind.values)
            ),
            models.CheckConstraint(
                name="tasks_evidence_one_owner",
                condition=Q(report=None, contribution__isnull=False, progress=None)
                | Q(report__isnull=False, contribution=None, progress=None)
                | Q(report=None, contribution=None, progress__isnull=False),
            ),
            models.CheckConstraint(
                name="tasks_evidence_file_or_address",
                condition=(Q(kind=EvidenceKind.LINK, file=None) & ~Q(url=""))
                | (~Q(kind=EvidenceKind.LINK) & Q(file__isnull=False, url="")),
                violation_error_message=_("A link is an address; everything else is a file."),
            ),
            models.CheckConstraint(
                name="tasks_evidence_score_in_percent",
                condition=Q(score=None) | Q(score__lte=100),
            ),
            models.CheckConstraint(
                name="tasks_evidence_place_whole",
                condition=Q(taken_lat=None, taken_lon=None, accuracy=None)
                | Q(
                    taken_lat__isnull=False,
                    taken_lon__isnull=False,
                    taken_lat__range=(-90, 90),
                    taken_lon__range=(-180, 180),
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.url or str(self.file)
