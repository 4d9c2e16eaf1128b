"""Plots in JSON."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from accounts.api.serializers import OrganisationRef
from core.api.fields import (
    CodeField,
    DecimalField,
    GeoJsonField,
    MoneyField,
    PartialDateField,
    TextField,
    UrlField,
    WordField,
)
from core.api.serializers import Row, SourceRef
from core.api.views import CODE, Register
from core.filters import today
from districts.api.plot_examples import PLOT
from districts.api.serializers import DistrictRef, ProjectRef
from districts.choices import Sector
from districts.models import LandPlot
from districts.plot_choices import (
    AllocationState,
    Availability,
    LandCategory,
    PriceBasis,
    Tenure,
    Utility,
    UtilityState,
    UtilityUnit,
)
from districts.plot_filters import PlotFilter


class PlotUtilitySerializer(serializers.Serializer):
    """What leads to the plot or will; null capacity is not known, never nought."""

    brief = ("utility", "state", "capacity", "unit")

    utility = CodeField(Utility)
    state = CodeField(UtilityState)
    capacity = DecimalField()
    unit = CodeField(UtilityUnit, allow_null=True)
    distance_m = serializers.IntegerField(
        read_only=True, allow_null=True, min_value=0, help_text="From the edge of the plot."
    )
    ready_on = PartialDateField()
    source = SourceRef(read_only=True, allow_null=True)


class PlotAllocationSerializer(serializers.Serializer):
    """For whom the plot is held today, as far as the caller may know: a reservation is not told to others."""

    brief = ("state", "project", "organisation")

    state = CodeField(AllocationState)
    project = ProjectRef(read_only=True, allow_null=True)
    organisation = OrganisationRef(read_only=True, allow_null=True)
    since = serializers.DateField(source="during.lower", read_only=True)
    until = serializers.DateField(
        source="during.upper", read_only=True, allow_null=True, help_text="From this day on it is free again."
    )


class PlotRef(serializers.Serializer):
    """A plot, and how it stands today."""

    brief = ("public_id",)

    public_id = serializers.CharField(read_only=True)
    name = TextField()
    area_ha = DecimalField()
    availability = CodeField(Availability)
    url = UrlField("plot", "public_id")


@extend_schema_serializer(component_name="Plot", examples=[PLOT])
class PlotSerializer(Row):
    """A plot of land that may be built on."""

    reads: ClassVar[dict[str, tuple[str, ...]]] = {"allocations": ("visible_allocations",)}
    headings = Row.headings | {
        "availability": _("availability today"),
        "allocations": _("held for"),
        "price": _("price"),
    }

    url = UrlField("plot", "public_id")
    public_id = serializers.CharField(read_only=True)
    name = TextField()
    district = DistrictRef(read_only=True)
    cadastral_number = WordField()
    area_ha = DecimalField()
    category = CodeField(LandCategory, allow_null=True)
    purpose = TextField(help_text="What may be built on it.")
    zone = WordField(help_text="Of the detailed plan.")
    tenure = CodeField(Tenure, allow_null=True)
    price = MoneyField("price_amount", "price_currency")
    price_basis = CodeField(PriceBasis, allow_null=True)
    sectors = serializers.ListField(child=CodeField(Sector), read_only=True)
    availability = CodeField(Availability, help_text="Today, or on the day of `as_of`.")
    allocations = PlotAllocationSerializer(source="visible_allocations", many=True, read_only=True)
    utilities = PlotUtilitySerializer(many=True, read_only=True)
    geometry = GeoJsonField()
    schematic = serializers.BooleanField(read_only=True, help_text="The geometry is a sketch, not a survey.")
    ready_on = PartialDateField()
    as_of = PartialDateField()
    note = TextField()
    source = SourceRef(read_only=True, allow_null=True, help_text="Null of what is invented only.")
    demo = serializers.BooleanField(source="is_demo", read_only=True, help_text="Invented, for trying out.")


class PlotRegister(Register):
    """Plots of land: where, how large, what leads there, and whether they are free today."""

    serializer_class = PlotSerializer
    filterset_class = PlotFilter
    formats, geometry = ("csv", "xlsx", "geojson"), "geometry"
    lookup_field, lookup_value_regex = "public_id", CODE
    queryset = LandPlot.objects.none()
    parts = (
        *("district", "source", "utilities__source"),
        *("allocations__organisation", "allocations__project__parties"),
    )

    def get_queryset(self) -> Any:
        user = self.request.user
        return LandPlot.objects.visible_to(user).for_display(user, today())
