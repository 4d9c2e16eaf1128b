"""What most objects carry: when they last changed, and the source they rest on."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from core.api import examples
from core.api.fields import CodeField, PartialDateField, TextField, UrlField, WordField
from core.choices import ActKind, Confidence


class Row(serializers.Serializer):
    """An object of a register; it ends with the instant of its last change and its version.

    `reads`: the prefetches that a computed field reads (core.api.sparse). `headings`: what a column of a table is
    called where it is not named after one of the model. Serializers of what stands in lists say in `brief` which of
    their fields a cell shows (core.api.columns).
    """

    reads: ClassVar[dict[str, tuple[str, ...]]] = {}
    headings: ClassVar[dict[str, Any]] = {"other_sources": _("other sources")}

    updated_at = serializers.DateTimeField(read_only=True)
    version = serializers.IntegerField(read_only=True, min_value=1)

    def get_fields(self) -> dict[str, Any]:
        """Those that `?fields=` asked for."""
        fields = super().get_fields()
        fields |= {name: fields.pop(name) for name in ("updated_at", "version")}
        asked = self.context.get("fields") or fields
        return {name: field for name, field in fields.items() if name in asked}


class SourceRef(serializers.Serializer):
    """Where a statement comes from."""

    code = serializers.CharField(read_only=True)
    publisher = serializers.CharField(read_only=True)
    url = UrlField("source")
    addresses = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="Where the text itself was published."
    )
    published_on = PartialDateField(source="published")


@extend_schema_serializer(component_name="Source", examples=[examples.SOURCE])
class SourceSerializer(SourceRef, Row):
    """A public text that says something of the city."""

    title = WordField(help_text="As issued, in whatever language.")
    about = TextField()
    published_on_text = WordField(source="published_text", help_text="The date as printed.")
    language = WordField()


class LegalActStageSerializer(serializers.Serializer):
    brief = ("in_force_on", "name")

    in_force_on = serializers.DateField(read_only=True)
    name = TextField()


@extend_schema_serializer(component_name="LegalAct", examples=[examples.LEGAL_ACT])
class LegalActSerializer(Row):
    """An act that founds or shapes the city."""

    url = UrlField("legal-act")
    code = serializers.CharField(read_only=True)
    kind = CodeField(ActKind)
    number = WordField()
    signed_on = serializers.DateField(read_only=True)
    title = TextField()
    note = TextField()
    stages = LegalActStageSerializer(
        many=True, read_only=True, help_text="The days from which parts of it apply."
    )
    source = SourceRef(read_only=True)
    other_sources = SourceRef(many=True, read_only=True)
    confidence = CodeField(Confidence)


class LegalActRef(serializers.Serializer):
    code = serializers.CharField(read_only=True)
    title = TextField()
    url = UrlField("legal-act")
