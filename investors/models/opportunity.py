"""What is offered to investors."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.choices import Visibility
from core.fields import (
    PartialDateField,
    Trilingual,
    numbered,
    partial_date_check,
    public_id,
    required_when_public,
    search_column,
    search_index,
    sort_column,
)
from core.models import Published, Recorded, Source, Worded
from core.triggers import Run, moves
from districts.choices import Sector
from districts.models import District, LandPlot
from districts.models.plot import stays
from investors.choices import OPPORTUNITY_FIRST, OPPORTUNITY_MOVES, OpportunityState
from investors.opportunity_querysets import OpportunityPlotQuerySet, OpportunityQuerySet


class Opportunity(Published, Worded, Recorded):
    """What a district offers to an investor, and what it seeks. `state` changes only in `investors.services`."""

    public_id = public_id("ALT-O-")
    district = models.ForeignKey(
        District, models.PROTECT, related_name="opportunities", verbose_name=_("district")
    )
    name = Trilingual(_("name"), max_length=300)
    offered = Trilingual(_("what is offered"))
    sought = Trilingual(_("what is sought"))
    sectors = ArrayField(
        models.CharField(max_length=40, choices=Sector), verbose_name=_("sectors"), default=list, blank=True
    )
    state = models.CharField(
        _("state"), max_length=7, choices=OpportunityState, default=OpportunityState.DRAFT, editable=False
    )
    closes_on = models.DateField(_("closes on"), null=True, blank=True)
    plots = models.ManyToManyField(
        LandPlot, through="OpportunityPlot", related_name="opportunities", verbose_name=_("plots")
    )
    as_of = PartialDateField(_("as of"))
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="opportunities", verbose_name=_("source")
    )
    is_demo = models.BooleanField(_("invented, for trying out"), default=False, editable=False)
    search = search_column(
        "name_kk",
        "name_ru",
        "name_en",
        "offered_kk",
        "offered_ru",
        "offered_en",
        "sought_kk",
        "sought_ru",
        "sought_en",
        numbered("ALT-O-"),
    )
    sort_kk = sort_column()

    objects = OpportunityQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("opportunity"), _("opportunities")
        ordering = ["pk"]
        triggers = [
            *Recorded.Meta.triggers,
            moves("state", OPPORTUNITY_MOVES, OPPORTUNITY_FIRST),
            stays("is_demo"),
            stays("district_id"),
        ]
        constraints = [
            models.CheckConstraint(
                name="investors_opportunity_sectors_known", condition=Q(sectors__contained_by=Sector.values)
            ),
            models.CheckConstraint(
                name="investors_opportunity_open_is_seen",
                condition=~Q(state=OpportunityState.OPEN) | ~Q(visibility=Visibility.INTERNAL),
                violation_error_message=_(
                    "What is open is seen by investors or by everybody: publish it first, close it before it is hidden."
                ),
            ),
            models.CheckConstraint(
                name="investors_opportunity_demo_apart",
                condition=Q(is_demo=False, source__isnull=False) | Q(is_demo=True, source=None),
                violation_error_message=_("An opportunity has its source; what is invented has none."),
            ),
            models.CheckConstraint(
                name="investors_opportunity_published_with_date",
                condition=Q(visibility="internal") | Q(is_demo=True) | Q(as_of_day__isnull=False),
                violation_error_message=_("What is published has the date that it is as of."),
            ),
            required_when_public("investors_opportunity_public_in_kk_and_ru", "name"),
            partial_date_check("investors_opportunity_as_of_partial", "as_of"),
        ]
        indexes = [
            search_index("investors_opportunity_search"),
            models.Index("sort_kk", "id", name="investors_opportunity_by_name"),
            models.Index("closes_on", "id", name="investors_opportunity_by_day"),
            models.Index("updated_at", "id", name="investors_opportunity_by_updat"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def can_become(self, state: str) -> bool:
        return state in OPPORTUNITY_MOVES[self.state]


class OpportunityPlot(Recorded):
    """A plot on which it may be built; it lies in the district of the opportunity, and is as real as that is."""

    opportunity = models.ForeignKey(
        Opportunity, models.CASCADE, related_name="plot_rows", verbose_name=_("opportunity")
    )
    plot = models.ForeignKey(
        LandPlot, models.PROTECT, related_name="opportunity_rows", verbose_name=_("plot")
    )

    objects = OpportunityPlotQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("plot of an opportunity"), _("plots of opportunities")
        ordering = ["pk"]
        triggers = [
            *Recorded.Meta.triggers,
            Run(
                "investors_check_plot",
                name="in_its_district",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="investors_opportunityplot_once",
                fields=["opportunity", "plot"],
                violation_error_message=_("The plot stands here already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.opportunity_id} {self.plot_id}"
