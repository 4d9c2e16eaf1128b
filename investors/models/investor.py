"""An organisation as an investor."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from core.choices import Confidence, Visibility
from core.fields import PartialDateField, Trilingual, partial_date_check
from core.models import Published, Recorded, Source, Worded
from districts.choices import Sector
from investors.choices import InvestorStage, TicketBand
from investors.querysets import InvestorQuerySet


class Investor(Published, Worded, Recorded):
    """What the house knows of an organisation as an investor, and how far it has come, as of a date."""

    organisation = models.OneToOneField(
        Organisation, models.PROTECT, related_name="investor", verbose_name=_("organisation")
    )
    profile = Trilingual(_("profile"))
    sectors = ArrayField(
        models.CharField(max_length=40, choices=Sector), verbose_name=_("sectors"), default=list, blank=True
    )
    stage = models.CharField(_("stage"), max_length=10, choices=InvestorStage)
    stage_basis = Trilingual(_("what the stage rests on"))
    as_of = PartialDateField(_("as of"))
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="investors",
        verbose_name=_("source"),
        help_text=_("Only what is not published may be without: an investor of whom an enquiry tells."),
    )
    confidence = models.CharField(_("confidence"), max_length=6, choices=Confidence)
    needs_hectares = models.DecimalField(
        _("needs: hectares"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    needs_mw = models.DecimalField(
        _("needs: power, MW"), max_digits=10, decimal_places=3, null=True, blank=True
    )
    needs_water = models.DecimalField(
        _("needs: water, m³ a day"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    needs_rail = models.BooleanField(_("needs: railway"), null=True, blank=True)
    ticket_band = models.CharField(
        _("size of the investment"), max_length=12, choices=TicketBand, blank=True, default=""
    )

    objects = InvestorQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("investor"), _("investors")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="investors_investor_stage_known", condition=Q(stage__in=InvestorStage.values)
            ),
            models.CheckConstraint(
                name="investors_investor_sectors_known", condition=Q(sectors__contained_by=Sector.values)
            ),
            partial_date_check("investors_investor_as_of_partial", "as_of"),
            models.CheckConstraint(
                name="investors_investor_published_with_source",
                condition=Q(visibility=Visibility.INTERNAL) | Q(source__isnull=False),
                violation_error_message=_("What is published has its source: name it first."),
            ),
            models.CheckConstraint(
                name="investors_investor_needs_something",
                condition=(Q(needs_hectares=None) | Q(needs_hectares__gt=0))
                & (Q(needs_mw=None) | Q(needs_mw__gt=0))
                & (Q(needs_water=None) | Q(needs_water__gt=0)),
                violation_error_message=_(
                    "A need is above nought: leave the field empty where there is none."
                ),
            ),
        ]
        indexes = [
            models.Index("as_of_day", "id", name="investors_investor_by_day"),
            models.Index("updated_at", "id", name="investors_investor_by_update"),
        ]

    def __str__(self) -> str:
        return str(self.organisation)
