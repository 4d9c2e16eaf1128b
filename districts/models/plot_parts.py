"""What leads to a plot, and what it is held for."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from core.fields import PartialDateField, partial_date_check
from core.models import Recorded, Source
from core.triggers import Run, moves
from districts.models.plot import LandPlot, stays
from districts.models.project import Project
from districts.plot_choices import (
    ALLOCATION_FIRST,
    ALLOCATION_MOVES,
    LIVE,
    UNIT_OF,
    AllocationState,
    Utility,
    UtilityState,
    UtilityUnit,
)
from districts.plot_querysets import AllocationQuerySet, PlotPartQuerySet


class PlotUtility(Recorded):
    """What leads to a plot, or will: how much of it, how far away it is, since or from when."""

    plot = models.ForeignKey(LandPlot, models.CASCADE, related_name="utilities", verbose_name=_("plot"))
    utility = models.CharField(_("utility"), max_length=8, choices=Utility)
    state = models.CharField(_("state"), max_length=18, choices=UtilityState)
    capacity = models.DecimalField(
        _("capacity"),
        max_digits=12,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    unit = models.CharField(_("unit"), max_length=9, choices=UtilityUnit, blank=True, default="")
    distance_m = models.PositiveIntegerField(_("distance, m"), null=True, blank=True)
    ready_on = PartialDateField(_("ready on"))
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )

    objects = PlotPartQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("utility of a plot"), _("utilities of plots")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="districts_plotutility_once",
                fields=["plot", "utility"],
                violation_error_message=_("This utility of the plot is described already."),
            ),
            models.CheckConstraint(
                name="districts_plotutility_capacity_not_negative",
                condition=Q(capacity=None) | Q(capacity__gte=0),
            ),
            models.CheckConstraint(
                name="districts_plotutility_capacity_in_its_unit",
                condition=Q(capacity=None, unit="")
                | Q(*(Q(utility=utility, unit=unit) for utility, unit in UNIT_OF.items()), _connector=Q.OR)
                & Q(capacity__isnull=False),
                violation_error_message=_(
                    "A capacity has the unit of its utility; a road and a railway have no capacity."
                ),
            ),
            models.CheckConstraint(
                name="districts_plotutility_none_is_nothing",
                condition=~Q(state=UtilityState.NONE) | Q(capacity=None, ready_on_day=None),
                violation_error_message=_("What is not there has no capacity and no date."),
            ),
            partial_date_check("districts_plotutility_ready_on_partial", "ready_on"),
        ]

    def __str__(self) -> str:
        return f"{self.get_utility_display()}: {self.get_state_display()}"


class PlotAllocation(Recorded):
    """A plot is held for a project or an organisation during these days, the last one not among them.

    `state` changes only in `districts.services`.
    """

    plot = models.ForeignKey(LandPlot, models.PROTECT, related_name="allocations", verbose_name=_("plot"))
    project = models.ForeignKey(
        Project,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plot_allocations",
        verbose_name=_("project"),
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plot_allocations",
        verbose_name=_("organisation"),
    )
    state = models.CharField(
        _("state"), max_length=9, choices=AllocationState, default=AllocationState.RESERVED, editable=False
    )
    during = DateRangeField(_("during"))
    basis = models.TextField(_("basis"))

    objects = AllocationQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("allocation of a plot"), _("allocations of plots")
        ordering = ["-pk"]
        triggers = [
            *Recorded.Meta.triggers,
            moves("state", ALLOCATION_MOVES, ALLOCATION_FIRST),
            stays("plot_id"),
            Run(
                "districts_check_allocation",
                name="demo_apart",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
            ),
        ]
        constraints = [
            ExclusionConstraint(
                name="districts_plotallocation_no_overlap",
                expressions=[("plot", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(state__in=LIVE),
                violation_error_message=_(
                    "The plot is held on some of these days already: release it first."
                ),
            ),
            models.CheckConstraint(
                name="districts_plotallocation_has_days",
                condition=Q(during__isempty=False, during__lower_inf=False),
                violation_error_message=_("Give the day from which the plot is held."),
            ),
            models.CheckConstraint(
                name="districts_plotallocation_for_somebody",
                condition=Q(project__isnull=False) | Q(organisation__isnull=False),
                violation_error_message=_("Say for which project or organisation the plot is held."),
            ),
            models.CheckConstraint(
                name="districts_plotallocation_basis",
                condition=~Q(basis=""),
                violation_error_message=_("Say on what basis the plot is held."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plot_id}: {self.get_state_display()}"

    def can_become(self, state: str) -> bool:
        return state in ALLOCATION_MOVES[self.state]
