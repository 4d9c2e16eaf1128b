"""Districts, projects and figures in JSON."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from accounts.api.serializers import OrganisationRef, Participants
from core.api.fields import (
    CodeField,
    DecimalField,
    GeoJsonField,
    PartialDateField,
    QuantityField,
    TextField,
    UrlField,
)
from core.api.serializers import Row, SourceRef
from core.choices import Confidence, Qualifier
from districts.api import examples
from districts.choices import (
    DistrictCode,
    Measure,
    MilestoneCode,
    MilestoneStatus,
    MilestoneType,
    PartyRole,
    PlaceKind,
    ProjectKind,
    ProjectStatus,
    ProjectType,
    Sector,
    Unit,
)


class FigureSerializer(serializers.Serializer):
    """A number that a source states; of several that contradict each other, the chosen one."""

    brief = ("measure", "value", "value_max", "unit")

    url = UrlField("figure", "pk")
    measure = CodeField(Measure)
    value = QuantityField("value")
    value_max = QuantityField("value_max", help_text="The upper bound where the source gives a range.")
    qualifier = CodeField(Qualifier)
    unit = CodeField(Unit)
    as_of = PartialDateField()
    confidence = CodeField(Confidence)
    note = TextField()
    source = SourceRef(read_only=True, allow_null=True)


class DistrictRef(serializers.Serializer):
    code = CodeField(DistrictCode)
    name = TextField()
    url = UrlField("district")


class PlaceSerializer(serializers.Serializer):
    """A settlement, river or road that the text about the district names."""

    code = serializers.CharField(read_only=True)
    kind = CodeField(PlaceKind)
    name = TextField()


@extend_schema_serializer(component_name="District", examples=[examples.DISTRICT])
class DistrictSerializer(Row):
    """One of the four zones of the city."""

    reads = {"places": ("visible_places",)}
    headings = Row.headings | {"project_count": _("number of projects")}

    url = UrlField("district")
    code = CodeField(DistrictCode)
    name = TextField()
    label = TextField(help_text="The name within a sentence.")
    profile = TextField()
    location = TextField()
    location_note = TextField()
    order = serializers.IntegerField(source="south_order", read_only=True, help_text="From the south.")
    places = serializers.SerializerMethodField(help_text="What bounds it, in the order of the text.")
    project_count = serializers.IntegerField(
        read_only=True, help_text="Of the projects that the caller may see."
    )
    figures = FigureSerializer(source="chosen_figures", many=True, read_only=True)
    boundary = GeoJsonField()
    boundary_schematic = serializers.BooleanField(read_only=True)
    as_of = PartialDateField()
    source = SourceRef(read_only=True)

    @extend_schema_field(PlaceSerializer(many=True))
    def get_places(self, district: Any) -> Any:
        places = sorted(district.visible_places, key=lambda place: district.place_order.index(place.pk))
        return PlaceSerializer(places, many=True, context=self.context).data


class PartySerializer(serializers.Serializer):
    """What an organisation is to the project; `until` is null while it is."""

    brief = ("organisation", "role")

    organisation = OrganisationRef(read_only=True)
    role = CodeField(PartyRole)
    share = DecimalField(help_text="Percent.")
    since = serializers.DateField(read_only=True, allow_null=True)
    until = serializers.DateField(read_only=True, allow_null=True)
    note = TextField()

    class Meta:
        list_serializer_class = Participants


class MilestoneSerializer(serializers.Serializer):
    """A point that the project is to reach: as first said, as now expected, as met."""

    brief = ("code", "status", "forecast")

    code = serializers.CharField(read_only=True)
    milestone_code = CodeField(MilestoneCode, allow_null=True)
    type = CodeField(MilestoneType)
    name = TextField()
    status = CodeField(MilestoneStatus)
    baseline = PartialDateField()
    forecast = PartialDateField()
    met = PartialDateField()
    as_of = PartialDateField()
    source = SourceRef(read_only=True, allow_null=True)


class ProjectRef(serializers.Serializer):
    public_id = serializers.CharField(read_only=True)
    name = TextField()
    url = UrlField("project", "public_id")


@extend_schema_serializer(component_name="Project", examples=[examples.PROJECT])
class ProjectSerializer(Row):
    """Something that is to be built."""

    url = UrlField("project", "public_id")
    public_id = serializers.CharField(read_only=True)
    name = TextField()
    purpose = TextField()
    kind = CodeField(ProjectKind)
    type = CodeField(ProjectType, allow_null=True)
    sectors = serializers.ListField(child=CodeField(Sector), read_only=True)
    status = CodeField(ProjectStatus)
    suspended_since = serializers.DateField(read_only=True, allow_null=True)
    district = DistrictRef(read_only=True, allow_null=True)
    parties = PartySerializer(many=True, read_only=True)
    milestones = MilestoneSerializer(many=True, read_only=True)
    figures = FigureSerializer(source="chosen_figures", many=True, read_only=True)
    geometry = GeoJsonField()
    note = TextField()
    source = SourceRef(read_only=True, allow_null=True, help_text="Null of what is invented only.")
    other_sources = SourceRef(many=True, read_only=True)
    confidence = CodeField(Confidence)
    demo = serializers.BooleanField(source="is_demo", read_only=True, help_text="Invented, for trying out.")
