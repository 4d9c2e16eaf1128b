"""Investors in JSON."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from accounts.api.serializers import OrganisationRef
from core.api.fields import CodeField, PartialDateField, TextField, UrlField
from core.api.serializers import Row, SourceRef
from core.choices import Confidence
from districts.api.serializers import ProjectRef
from districts.choices import PartyRole, Sector
from investors.api.examples import INVESTOR
from investors.choices import InvestorStage


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
    source = SourceRef(read_only=True)
    confidence = CodeField(Confidence)
