"""Who reports of which project how often, and the periods of it."""

from datetime import date

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Least
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from core import formats
from core.choices import Precision
from core.models import Recorded
from core.triggers import EACH_WRITE, Run
from districts.models import Project
from tasks.models.shared import plans_duties
from tasks.querysets.progress import DutyQuerySet, PeriodQuerySet
from tasks.reporting_choices import PeriodKind


def days(first: str, last: str) -> Func:
    """The days between two columns, both of them in it; without a last one, for ever.

    What ends before it begins, which another rule refuses, is one day.
    """
    return Func(Least(first, last), F(last), Value("[]"), function="daterange", output_field=DateRangeField())


class ReportingDuty(Recorded):
    """An organisation owes a report of the project for every period of this kind; `until` is the last day of it."""

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="reporting_duties", verbose_name=_("project")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="reporting_duties", verbose_name=_("organisation")
    )
    kind = models.CharField(_("how often"), max_length=7, choices=PeriodKind)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("reporting duty"), _("reporting duties")
        ordering = ["project", "kind", "-since"]
        triggers = [*Recorded.Meta.triggers, plans_duties(EACH_WRITE)]
        constraints = [
            models.CheckConstraint(
                name="tasks_reportingduty_kind_known", condition=Q(kind__in=PeriodKind.values)
            ),
            models.CheckConstraint(
                name="tasks_reportingduty_forward",
                condition=Q(until=None) | Q(until__gte=F("since")),
                violation_error_message=_("The last day is not before the first."),
            ),
            ExclusionConstraint(
                name="tasks_reportingduty_one_at_a_time",
                expressions=[
                    ("project", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (days("since", "until"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Somebody reports of this project on some of these days already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.since:%d.%m.%Y}"

    def is_of(self, period: "ReportingPeriod") -> bool:
        """In force on some day of the period."""
        return self.since <= period.ends and (self.until is None or self.until >= period.starts)


class ReportingPeriod(Recorded):
    """A calendar month or quarter. Due on a day after its end, forgiven until the last day of grace, then locked."""

    kind = models.CharField(_("kind"), max_length=7, choices=PeriodKind)
    starts = models.DateField(_("starts"))
    ends = models.DateField(_("ends"))
    due_on = models.DateField(_("due on"))
    grace_until = models.DateField(_("taken until"))
    locked_at = models.DateTimeField(_("locked at"), null=True, editable=False)

    objects = PeriodQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("reporting period"), _("reporting periods")
        ordering = ["-starts", "kind"]
        triggers = [
            *Recorded.Meta.triggers,
            Run("tasks_keep_period", name="kept", when=pgtrigger.Before, operation=pgtrigger.Update),
            plans_duties(pgtrigger.Insert | pgtrigger.Update),
        ]
        constraints = [
            models.CheckConstraint(
                name="tasks_reportingperiod_kind_known", condition=Q(kind__in=PeriodKind.values)
            ),
            models.CheckConstraint(
                name="tasks_reportingperiod_whole",
                condition=Q(
                    Func(
                        F("kind"),
                        F("starts"),
                        F("ends"),
                        function="tasks_is_period",
                        output_field=models.BooleanField(),
                    )
                ),
                violation_error_message=_("A period is a whole month or a whole quarter."),
            ),
            models.CheckConstraint(
                name="tasks_reportingperiod_due_after_it",
                condition=Q(due_on__gt=F("ends"), grace_until__gte=F("due_on")),
                violation_error_message=_(
                    "A report is due after its period, and taken until that day at least."
                ),
            ),
            ExclusionConstraint(
                name="tasks_reportingperiod_one_at_a_time",
                expressions=[
                    ("kind", RangeOperators.EQUAL),
                    (days("starts", "ends"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        """“September 2026”, or both ends of a quarter."""
        ends = [self.starts] if self.kind == PeriodKind.MONTH else [self.starts, self.ends]
        return " – ".join(formats.partial_date(day, Precision.MONTH, "", get_language()) for day in ends)

    @property
    def code(self) -> str:
        """As addresses name it: 2026-09, or 2026-Q3."""
        if self.kind == PeriodKind.MONTH:
            return f"{self.starts:%Y-%m}"
        return f"{self.starts.year}-Q{self.starts.month // 3 + 1}"

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None

    def takes(self, today: date) -> bool:
        """Whether what was not handed in may still be."""
        return not self.is_locked and today <= self.grace_until
