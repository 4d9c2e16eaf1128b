"""What a project is to have reached by the end of a period."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Floor
from django.utils.translation import gettext_lazy as _

from core.models import Recorded
from districts.models import Project
from tasks.models.reporting import ReportingPeriod
from tasks.querysets.progress import PlanQuerySet
from tasks.reporting_choices import JOBS, PERCENT, Metric


class Plan(Recorded):
    """The planned value of a metric at the end of the period, counted from the beginning of the project as reports do.

    `weight`: how much this project counts beside others where they are added up (its budget, say); never below nought.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="plans", verbose_name=_("project"))
    metric = models.CharField(_("metric"), max_length=20, choices=Metric)
    period = models.ForeignKey(
        ReportingPeriod, models.PROTECT, related_name="plans", verbose_name=_("period")
    )
    value = models.DecimalField(_("planned value"), max_digits=20, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, blank=True, default="")
    weight = models.DecimalField(_("weight"), max_digits=20, decimal_places=2, default=1)

    objects = PlanQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("plan of a period"), _("plans of periods")
        ordering = ["project", "metric", "period"]
        constraints = [
            models.UniqueConstraint(name="tasks_plan_one_per_metric", fields=["project", "metric", "period"]),
            models.CheckConstraint(name="tasks_plan_metric_known", condition=Q(metric__in=Metric.values)),
            models.CheckConstraint(
                name="tasks_plan_not_below_nought",
                condition=Q(value__gte=0, weight__gte=0),
                violation_error_message=_("The number is not below nought."),
            ),
            models.CheckConstraint(
                name="tasks_plan_percent_up_to_100",
                condition=~Q(metric__in=PERCENT) | Q(value__lte=100),
                violation_error_message=_("A percentage lies between 0 and 100."),
            ),
            models.CheckConstraint(
                name="tasks_plan_whole_people",
                condition=~Q(metric__in=JOBS) | Q(value=Floor("value")),
                violation_error_message=_("Jobs are counted in whole numbers."),
            ),
            models.CheckConstraint(
                name="tasks_plan_money_with_currency",
                condition=Q(metric=Metric.SPENT, currency__regex=r"^[A-Z]{3}$")
                | (~Q(metric=Metric.SPENT) & Q(currency="")),
                violation_error_message=_("Money has a currency, everything else has none."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_metric_display()}: {self.value}"
