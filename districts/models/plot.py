"""Plots of land."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

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
from core.geometry import valid_geometry
from core.models import Published, Recorded, Source, Worded
from core.triggers import Run
from districts.choices import Sector
from districts.models.district import District, in_kazakhstan
from districts.plot_choices import LandCategory, PriceBasis, Tenure
from districts.plot_querysets import LandPlotQuerySet

CADASTRAL_NUMBER = r"^[0-9]{2}-[0-9]{3}-[0-9]{3}-[0-9]{1,8}$"
NOT_CADASTRAL = _("A cadastral number is like 03-045-123-456: 2, 3, 3 and up to 8 digits.")


def stays(column: str) -> Run:
    """Written once: what is entered wrongly is removed and entered anew."""
    return Run(
        "districts_keep_column",
        column,
        name=f"keep_{column}",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
    )


class LandPlot(Published, Worded, Recorded):
    """A plot that may be built on. Nothing is known until a source says it; an invented one (`is_demo`) has none."""

    public_id = public_id("ALT-L-")
    code = models.SlugField(_("code"), max_length=60, unique=True, null=True, blank=True)
    district = models.ForeignKey(District, models.PROTECT, related_name="plots", verbose_name=_("district"))
    name = Trilingual(_("name"), max_length=300)
    cadastral_number = models.CharField(
        _("cadastral number"),
        max_length=20,
        blank=True,
        default="",
        validators=[RegexValidator(CADASTRAL_NUMBER, NOT_CADASTRAL)],
    )
    area_ha = models.DecimalField(
        _("area, ha"),
        max_digits=12,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    category = models.CharField(
        _("category of the land"), max_length=12, choices=LandCategory, blank=True, default=""
    )
    purpose = Trilingual(_("permitted use"))
    zone = models.CharField(_("zone of the detailed plan"), max_length=100, blank=True, default="")
    tenure = models.CharField(_("tenure"), max_length=6, choices=Tenure, blank=True, default="")
    price_amount = models.DecimalField(
        _("price"), max_digits=18, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    price_currency = models.CharField(_("currency of the price"), max_length=3, blank=True, default="")
    price_basis = models.CharField(
        _("what the price is for"), max_length=11, choices=PriceBasis, blank=True, default=""
    )
    sectors = ArrayField(
        models.CharField(max_length=40, choices=Sector), verbose_name=_("sectors"), default=list, blank=True
    )
    geometry = models.JSONField(_("geometry (GeoJSON)"), null=True, blank=True, validators=[valid_geometry])
    schematic = models.BooleanField(_("the geometry is schematic"), default=True)
    ready_on = PartialDateField(_("ready on"))
    as_of = PartialDateField(_("as of"))
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="plots", verbose_name=_("source")
    )
    note = Trilingual(_("note"))
    is_demo = models.BooleanField(_("invented, for trying out"), default=False, editable=False)
    search = search_column(
        "name_kk",
        "name_ru",
        "name_en",
        "purpose_kk",
        "purpose_ru",
        "purpose_en",
        "cadastral_number",
        numbered("ALT-L-"),
    )
    sort_kk = sort_column()

    objects = LandPlotQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("plot"), _("plots")
        ordering = ["pk"]
        triggers = [*Recorded.Meta.triggers, stays("is_demo"), stays("district_id")]
        constraints = [
            models.CheckConstraint(
                name="districts_landplot_sectors_known", condition=Q(sectors__contained_by=Sector.values)
            ),
            models.CheckConstraint(
                name="districts_landplot_area_positive",
                condition=Q(area_ha=None) | Q(area_ha__gt=0),
                violation_error_message=_(
                    "The area is more than nought; leave it empty where it is not known."
                ),
            ),
            models.CheckConstraint(
                name="districts_landplot_price_complete",
                condition=Q(price_amount=None, price_currency="", price_basis="")
                | Q(
                    price_amount__isnull=False,
                    price_amount__gte=0,
                    price_currency__regex=r"^[A-Z]{3}$",
                    price_basis__in=PriceBasis.values,
                ),
                violation_error_message=_("A price has its amount, its currency and what it is for."),
            ),
            models.CheckConstraint(
                name="districts_landplot_cadastral_form",
                condition=Q(cadastral_number="") | Q(cadastral_number__regex=CADASTRAL_NUMBER),
                violation_error_message=NOT_CADASTRAL,
            ),
            models.UniqueConstraint(
                name="districts_landplot_cadastral_once",
                fields=["cadastral_number"],
                condition=~Q(cadastral_number=""),
                violation_error_message=_("Another plot has this cadastral number."),
            ),
            models.CheckConstraint(
                name="districts_landplot_demo_apart",
                condition=Q(is_demo=False, source__isnull=False)
                | Q(is_demo=True, source=None, cadastral_number=""),
                violation_error_message=_(
                    "A plot has its source; what is invented has none, and no cadastral number."
                ),
            ),
            models.CheckConstraint(
                name="districts_landplot_published_with_date",
                condition=Q(visibility="internal") | Q(is_demo=True) | Q(as_of_day__isnull=False),
                violation_error_message=_("What is published of a plot has the date that it is as of."),
            ),
            in_kazakhstan("districts_landplot_in_kazakhstan", "geometry"),
            models.CheckConstraint(
                name="districts_landplot_has_area",
                condition=Q(
                    Func(F("geometry"), function="districts_is_area", output_field=models.BooleanField())
                ),
                violation_error_message=_("A plot is a Polygon or a MultiPolygon."),
            ),
            required_when_public("districts_landplot_public_in_kk_and_ru", "name"),
            partial_date_check("districts_landplot_ready_on_partial", "ready_on"),
            partial_date_check("districts_landplot_as_of_partial", "as_of"),
        ]
        indexes = [
            search_index("districts_landplot_search"),
            models.Index("sort_kk", "id", name="districts_landplot_by_name"),
            models.Index("area_ha", "id", name="districts_landplot_by_area"),
            models.Index("updated_at", "id", name="districts_landplot_by_update"),
        ]

    def __str__(self) -> str:
        return str(self.name)
