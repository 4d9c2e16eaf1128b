"""Investors in JSON."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from accounts.api.serializers import OrganisationRef
from core.api.fields import CodeField, PartialDateField, TextField, UrlField
from core.api.serializers import Row, SourceRef
from core.choices import Confidence
from districts.api.plots import PlotRef
from districts.api.serializers import DistrictRef, ProjectRef
from districts.choices import PartyRole, Sector
from investors.api.examples import INVESTOR, OPPORTUNITY
from investors.choices import InvestorStage, OpportunityState


class InvestorProjectSerializer(serializers.Serializer):
    """A project that the investor takes part in now."""

    brief = ("project", "role")

    project = ProjectRef(read_only=True)
    role = CodeField(PartyRole)


@extend_schema_serializer(component_name="Investor", examples=[INVESTOR])
class InvestorSerializer(Row):
    """An organisation as an investor."""

    headings = Row.headings | {"projects": _("projects")}

    url = UrlField("investor", "organisation.code")
    organisation = OrganisationRef(read_only=True)
    profile = TextField()
    sectors = serializers.ListField(child=CodeField(Sector), read_only=True)
    stage = CodeField(InvestorStage)
    stage_basis = TextField(help_text="What the stage rests on.")
    as_of = PartialDateField()
    projects = InvestorProjectSerializer(source="organisation.visible_parts", many=True, read_only=True)
    source = SourceRef(read_only=True, allow_null=True, help_text="Null only of what is not published.")
    confidence = CodeField(Confidence)


@extend_schema_serializer(component_name="Opportunity", examples=[OPPORTUNITY])
class OpportunitySerializer(Row):
    """What a district offers to an investor, and what it seeks."""

    reads: ClassVar[dict[str, tuple[str, ...]]] = {"plots": ("visible_plots",)}

    url = UrlField("opportunity", "public_id")
    public_id = serializers.CharField(read_only=True)
    name = TextField()
    district = DistrictRef(read_only=True)
    offered = TextField()
    sought = TextField()
    sectors = serializers.ListField(child=CodeField(Sector), read_only=True)
    state = CodeField(OpportunityState)
    closes_on = serializers.DateField(read_only=True, allow_null=True, help_text="The last day for answers.")
    plots = PlotRef(source="visible_plots", many=True, read_only=True)
    as_of = PartialDateField()
    source = SourceRef(read_only=True, allow_null=True, help_text="Null of what is invented only.")
    demo = serializers.BooleanField(source="is_demo", read_only=True, help_text="Invented, for trying out.")
