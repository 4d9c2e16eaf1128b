"""What a statement is about."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from core.api.fields import CodeField, TextField, WordField
from core.api.links import link
from core.text import Text

CITY = "city"


class SubjectKind(models.TextChoices):
    CITY = CITY, _("city")
    DISTRICT = "district", _("district")
    PROJECT = "project", _("project")
    ORGANISATION = "organisation", _("organisation")


KEYS = {SubjectKind.DISTRICT: "code", SubjectKind.PROJECT: "public_id", SubjectKind.ORGANISATION: "code"}
NAME_OF_CITY = Text("Алатау қаласы", "город Алатау", "Alatau city")


class SubjectSerializer(serializers.Serializer):
    """The district, the project or the organisation that a statement is about, or the whole city."""

    headings = {"kind": _("kind"), "code": _("code"), "name": _("name")}

    kind = CodeField(SubjectKind)
    code = serializers.CharField(read_only=True, help_text="`city`, or its code or public id.")
    name = TextField()
    url = WordField(help_text="Where the object is found in this API; null for the city.")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, statement: Any) -> dict[str, Any]:
        for kind, key in KEYS.items():
            if thing := getattr(statement, kind, None):
                code = getattr(thing, key)
                return self._told(kind, code, thing.name, link(f"api:{kind}-detail", **{key: code}))
        return self._told(SubjectKind.CITY, CITY, NAME_OF_CITY, None)

    def _told(self, kind: str, code: str, name: Text, url: str | None) -> dict[str, Any]:
        return {
            "kind": str(kind),
            "code": code,
            "name": self.fields["name"].to_representation(name),
            "url": url,
        }
