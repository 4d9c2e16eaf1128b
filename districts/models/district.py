"""The four districts and the places around them."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from core.choices import Confidence
from core.fields import PartialDateField, Trilingual, partial_date_check, required_when_public, sort_column
from core.geometry import valid_geometry
from core.models import Citation, Published, Recorded, Source, Worded
from districts.choices import DistrictCode, PlaceKind
from districts.querysets import DistrictQuerySet, PlaceQuerySet


def in_kazakhstan(constraint: str, column: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=constraint,
        condition=Q(Func(F(column), function="core_in_kazakhstan", output_field=models.BooleanField())),
        violation_error_message=_(
            "Every point lies in Kazakhstan: longitude 46 to 88 first, then latitude 40 to 56."
        ),
    )


class District(Worded, Recorded):
    """One of the four zones of the city (аудан, дистрикт): a brand, not an administrative district."""

    code = models.CharField(_("code"), max_length=7, unique=True, choices=DistrictCode)
    name = Trilingual(_("name"), max_length=100)
    label = Trilingual(_("name within a sentence"), max_length=100)
    profile = Trilingual(_("profile"), max_length=300)
    location = Trilingual(_("location"), max_length=400)
    location_note = Trilingual(_("note on the location"), max_length=400)
    south_order = models.PositiveSmallIntegerField(_("order from the south"), unique=True)
    boundary = models.JSONField(_("boundary (GeoJSON)"), null=True, blank=True, validators=[valid_geometry])
    boundary_schematic = models.BooleanField(_("the boundary is schematic"), default=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="districts", verbose_name=_("source"))
    as_of = PartialDateField(_("as of"))

    objects = DistrictQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("district"), _("districts")
        ordering = ["south_order"]
        constraints = [
            models.CheckConstraint(
                name="districts_district_code_known",
                condition=Q(code__in=DistrictCode.values),
                violation_error_message=_("The city has four districts: gate, golden, growing, green."),
            ),
            models.CheckConstraint(
                name="districts_district_named", condition=~Q(name_kk="") & ~Q(name_ru="")
            ),
            partial_date_check("districts_district_as_of_partial", "as_of"),
            in_kazakhstan("districts_district_boundary_in_kazakhstan", "boundary"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Place(Published, Worded, Recorded):
    """A settlement, river, road …: what bounds the districts and orients the map. No geometry beats a guess."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=PlaceKind)
    name = Trilingual(_("name"), max_length=200)
    other_names = models.JSONField(_("other spellings"), default=list, blank=True)
    geometry = models.JSONField(_("geometry (GeoJSON)"), null=True, blank=True, validators=[valid_geometry])
    schematic = models.BooleanField(_("the geometry is schematic"), default=False)
    accuracy = Trilingual(_("accuracy"), max_length=300)
    length_km = models.DecimalField(
        _("length, km"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    note = Trilingual(_("note"))
    bounds = models.ManyToManyField(
        District, through="PlaceBound", related_name="places", verbose_name=_("bounds")
    )
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="places", verbose_name=_("source")
    )
    other_sources = models.ManyToManyField(Source, through="PlaceSource", related_name="+")
    confidence = models.CharField(_("confidence"), max_length=6, choices=Confidence)
    sort_kk = sort_column()

    objects = PlaceQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("place"), _("places")
        ordering = ["sort_kk", "pk"]
        constraints = [
            in_kazakhstan("districts_place_in_kazakhstan", "geometry"),
            required_when_public("districts_place_public_in_kk_and_ru", "name"),
            models.CheckConstraint(
                name="districts_place_airfield_not_public",
                condition=~Q(kind=PlaceKind.AIRFIELD) | Q(visibility="internal"),
                violation_error_message=_("The airfield is military: it is not published."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class PlaceBound(Recorded):
    """The source names this place when it says where the district lies."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="+")
    district = models.ForeignKey(District, models.CASCADE, related_name="+")
    order = models.PositiveSmallIntegerField(_("order in the text"), default=0)

    class Meta(Recorded.Meta):
        ordering = ["district", "order"]
        constraints = [
            models.UniqueConstraint(name="districts_placebound_once", fields=["place", "district"])
        ]

    def __str__(self) -> str:
        return f"{self.district_id} {self.place_id}"


class PlaceSource(Citation):
    place = models.ForeignKey(Place, models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = [models.UniqueConstraint(name="districts_placesource_once", fields=["place", "source"])]
