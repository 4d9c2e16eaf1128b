"""What an organisation reports of a project for a period: its answers, and what the review says of them."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Floor
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from core.fields import public_id
from core.models import Recorded
from core.triggers import EACH_WRITE, Run, at_commit, moves
from districts.models import Project
from tasks.models.reporting import ReportingPeriod
from tasks.models.shared import person, plans_duties
from tasks.querysets.progress import ProgressPartQuerySet, ProgressQuerySet, ProgressValueQuerySet
from tasks.reporting_choices import (
    JOBS,
    PENDING,
    PERCENT,
    PROGRESS_MOVES,
    SETTLED,
    UNSENT,
    WRITTEN,
    Mark,
    Metric,
    NoteField,
    ProgressState,
    WordsLanguage,
)

UNDECIDED = Q(decided_by=None, decided_at=None)


class ProgressReport(Recorded):
    """Written, complete, submitted by a signer, accepted or returned. An accepted one stays; a correction is another
    that supersedes it, and both are kept.

    `client_uuid`: made by whoever writes, so that what is sent twice is there once. `base_version`: which version the
    last writer had before him; each change counts on from it.
    """

    public_id = public_id("ALT-R-")
    project = models.ForeignKey(
        Project, models.PROTECT, related_name="progress_reports", verbose_name=_("project")
    )
    period = models.ForeignKey(
        ReportingPeriod, models.PROTECT, related_name="reports", verbose_name=_("period")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("reported by the organisation")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=ProgressState, default=ProgressState.DRAFT, editable=False
    )
    client_uuid = models.UUIDField(_("number given by the device"))
    base_version = models.IntegerField(_("written over the version"), default=0, editable=False)
    text = models.TextField(_("what was done"), blank=True, default="")
    issues = models.TextField(_("what hinders"), blank=True, default="")
    risks = models.TextField(_("what may hinder"), blank=True, default="")
    help_needed = models.TextField(_("what help is needed"), blank=True, default="")
    language = models.CharField(
        _("language of the words"), max_length=2, choices=WordsLanguage, blank=True, default=""
    )
    prepared_by = person(_("prepared by"))
    submitted_by = person(_("submitted by"))
    submitted_for = person(_("submitted for"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)
    decided_by = person(_("decided by"))
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    returns = models.SmallIntegerField(_("times returned"), default=0, editable=False)
    supersedes = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="superseded_by",
        verbose_name=_("supersedes"),
    )
    correction_reason = models.TextField(_("why corrected"), blank=True, default="", editable=False)

    objects = ProgressQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("progress report"), _("progress reports")
        ordering = ["-pk"]
        triggers = [
            *Recorded.Meta.triggers,
            moves("state", PROGRESS_MOVES, [ProgressState.DRAFT]),
            Run("tasks_keep_progress", name="kept", when=pgtrigger.Before, operation=EACH_WRITE),
            at_commit(
                "tasks_check_progress",
                ",".join(Metric.values),
                name="answered",
                operation=pgtrigger.Insert | pgtrigger.Update,
            ),
            at_commit("tasks_check_uploads", name="files_whole", operation=pgtrigger.Update),
            plans_duties(pgtrigger.Update),
        ]
        constraints = [
            models.CheckConstraint(
                name="tasks_progressreport_state_known", condition=Q(state__in=ProgressState.values)
            ),
            models.UniqueConstraint(name="tasks_progressreport_one_per_client_uuid", fields=["client_uuid"]),
            models.UniqueConstraint(
                name="tasks_progressreport_one_pending",
                fields=["project", "period"],
                condition=Q(state__in=PENDING),
                violation_error_message=_("A report of this project and period is on its way already."),
            ),
            models.UniqueConstraint(
                name="tasks_progressreport_one_accepted",
                fields=["project", "period"],
                condition=Q(state=ProgressState.ACCEPTED),
            ),
            models.CheckConstraint(
                name="tasks_progressreport_submitted_signed",
                condition=Q(state__in=UNSENT, submitted_by=None, submitted_for=None, submitted_at=None)
                | (~Q(state__in=UNSENT) & Q(submitted_by__isnull=False, submitted_at__isnull=False)),
                violation_error_message=_("What is submitted has its signer and its time."),
            ),
            models.CheckConstraint(
                name="tasks_progressreport_decision_signed",
                condition=(Q(state__in=UNSENT) & UNDECIDED)
                | Q(state=ProgressState.SUBMITTED)
                | (
                    ~Q(state__in=[*UNSENT, ProgressState.SUBMITTED])
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                ),
                violation_error_message=_("A decision has its time and who decided."),
            ),
            models.CheckConstraint(
                name="tasks_progressreport_accepted_by_another",
                condition=~Q(state__in=SETTLED)
                | (
                    ~Q(decided_by=F("submitted_by")) & (Q(prepared_by=None) | ~Q(decided_by=F("prepared_by")))
                ),
                violation_error_message=_("Nobody accepts his own report."),
            ),
            models.CheckConstraint(
                name="tasks_progressreport_correction_with_reason",
                condition=Q(supersedes=None, correction_reason="")
                | (Q(supersedes__isnull=False) & ~Q(correction_reason="")),
                violation_error_message=_("Say why the accepted report is corrected."),
            ),
        ]
        indexes = [
            models.Index(
                "submitted_at",
                name="tasks_progressreport_waiting",
                condition=Q(state=ProgressState.SUBMITTED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id}: {self.get_state_display()}"

    @property
    def is_written(self) -> bool:
        return self.state in WRITTEN


class ProgressValue(Recorded):
    """One answer of a report: a number, or a mark that there is none."""

    report = models.ForeignKey(
        ProgressReport, models.CASCADE, related_name="values", verbose_name=_("report")
    )
    metric = models.CharField(_("metric"), max_length=20, choices=Metric)
    mark = models.CharField(_("answer"), max_length=14, choices=Mark, default=Mark.VALUE)
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True, default="")
    note = models.CharField(_("note"), max_length=500, blank=True, default="")

    objects = ProgressValueQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("answer of a report"), _("answers of reports")
        ordering = ["report", "pk"]
        triggers = [
            *Recorded.Meta.triggers,
            Run("tasks_keep_progress_value", name="kept", when=pgtrigger.Before, operation=EACH_WRITE),
        ]
        constraints = [
            models.CheckConstraint(
                name="tasks_progressvalue_metric_known", condition=Q(metric__in=Metric.values)
            ),
            models.CheckConstraint(name="tasks_progressvalue_mark_known", condition=Q(mark__in=Mark.values)),
            models.UniqueConstraint(name="tasks_progressvalue_one_per_metric", fields=["report", "metric"]),
            models.CheckConstraint(
                name="tasks_progressvalue_number_or_mark",
                condition=Q(mark=Mark.VALUE, value__isnull=False) | (~Q(mark=Mark.VALUE) & Q(value=None)),
                violation_error_message=_("Give a number, or mark that there is none: not both."),
            ),
            models.CheckConstraint(
                name="tasks_progressvalue_not_below_nought",
                condition=Q(value=None) | Q(value__gte=0),
                violation_error_message=_("The number is not below nought."),
            ),
            models.CheckConstraint(
                name="tasks_progressvalue_percent_up_to_100",
                condition=~Q(metric__in=PERCENT) | Q(value=None) | Q(value__lte=100),
                violation_error_message=_("A percentage lies between 0 and 100."),
            ),
            models.CheckConstraint(
                name="tasks_progressvalue_whole_people",
                condition=~Q(metric__in=JOBS) | Q(value=None) | Q(value=Floor("value")),
                violation_error_message=_("Jobs are counted in whole numbers."),
            ),
            models.CheckConstraint(
                name="tasks_progressvalue_money_with_currency",
                condition=Q(metric=Metric.SPENT, mark=Mark.VALUE, currency__regex=r"^[A-Z]{3}$")
                | ((~Q(metric=Metric.SPENT) | ~Q(mark=Mark.VALUE)) & Q(currency="")),
                violation_error_message=_("Money has a currency, everything else has none."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_metric_display()}: {self.get_mark_display() if self.value is None else self.value}"


class ReviewNote(Recorded):
    """What is to be corrected in one field. `turn`: with which return it came, counted by the database."""

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="notes", verbose_name=_("report"))
    field = models.CharField(_("field"), max_length=20, choices=NoteField)
    text = models.TextField(_("what is to be corrected"))
    by = person(_("written by"))
    turn = models.SmallIntegerField(_("with which return"), default=0, editable=False)

    objects = ProgressPartQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("note of the review"), _("notes of the review")
        ordering = ["report", "pk"]
        triggers = [
            *Recorded.Meta.triggers,
            Run("tasks_keep_review_note", name="kept", when=pgtrigger.Before, operation=EACH_WRITE),
        ]
        constraints = [
            models.CheckConstraint(
                name="tasks_reviewnote_field_known", condition=Q(field__in=NoteField.values)
            ),
            models.CheckConstraint(
                name="tasks_reviewnote_worded",
                condition=~Q(text=""),
                violation_error_message=_("Say what is to be corrected."),
            ),
            models.UniqueConstraint(
                name="tasks_reviewnote_one_per_field", fields=["report", "turn", "field"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_field_display()}: {self.text}"
