"""Organisations in JSON."""

from typing import Any

from django.db.models import Q
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from accounts.choices import OrganisationKind
from core.api.fields import CodeField, TextField, UrlField, WordField
from core.api.serializers import LegalActRef, Row, SourceRef
from core.choices import Confidence
from core.policies import is_shown
from core.querysets import shown_to


def may_see(context: dict[str, Any], organisation: Any) -> bool:
    """`OrganisationQuerySet.visible_to`, asked of a row that another one refers to."""
    user = context["request"].user
    return is_shown(organisation, user) or organisation.pk == getattr(user, "organisation_id", None)


class OrganisationRef(serializers.Serializer):
    """An organisation that another object names; null where the reader may not know of it."""

    code = serializers.CharField(read_only=True)
    name = TextField()
    url = UrlField("organisation")

    @staticmethod
    def known(way: str, user: Any) -> Q:
        """`may_see`, asked of the database by core.api.built, which knows visitors only."""
        return shown_to(user, way)

    def to_representation(self, organisation: Any) -> dict[str, Any] | None:
        return super().to_representation(organisation) if may_see(self.context, organisation) else None


class Participants(serializers.ListSerializer):
    """Rows of organisations that take part in something, less those that the reader may not know of."""

    @staticmethod
    def known(way: str, user: Any) -> Q:
        return Q(**{f"{way}organisation": None}) | shown_to(user, f"{way}organisation__")

    def to_representation(self, rows: Any) -> list[Any]:
        known = [
            row for row in rows.all() if row.organisation is None or may_see(self.context, row.organisation)
        ]
        return super().to_representation(known)


@extend_schema_serializer(
    component_name="Organisation",
    examples=[
        OpenApiExample(
            "Ministry",
            {
                "url": "https://portal.example/api/v1/organisations/mic/",
                "code": "mic",
                "kind": "state_body",
                "name": {
                    "kk": "Өнеркәсіп және құрылыс министрлігі",
                    "ru": "Министерство промышленности и строительства",
                    "en": "Ministry of Industry and Construction",
                },
                "abbreviation": {"kk": "ӨҚМ", "ru": "МПС", "en": "MIC"},
                "country": "KZ",
                "bin": None,
                "about": {"kk": None, "ru": None, "en": None},
                "parent": None,
                "legal_basis": None,
                "source": None,
                "other_sources": [],
                "confidence": "high",
                "updated_at": "2026-11-22T10:00:00+05:00",
                "version": 1,
            },
        )
    ],
)
class OrganisationSerializer(Row):
    """Whoever instructs, executes, builds or invests."""

    url = UrlField("organisation")
    code = serializers.CharField(read_only=True)
    kind = CodeField(OrganisationKind)
    name = TextField()
    abbreviation = TextField()
    country = WordField(help_text="ISO 3166-1")
    bin = WordField(help_text="Business identification number of Kazakhstan.")
    about = TextField(help_text="What it is to the city.")
    parent = OrganisationRef(read_only=True, allow_null=True)
    legal_basis = LegalActRef(read_only=True, allow_null=True)
    source = SourceRef(read_only=True, allow_null=True)
    other_sources = SourceRef(many=True, read_only=True)
    confidence = CodeField(Confidence, allow_null=True)
