"""How other objects name an instruction."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from core.api.fields import UrlField
from core.api.links import link


class InstructionRef(serializers.Serializer):
    brief = ("public_id",)
    headings = {"public_id": _("public id")}

    public_id = serializers.CharField(read_only=True)
    url = UrlField("instruction", "public_id")


def named(public_id: str | None) -> dict[str, str] | None:
    """The same of a public id alone."""
    return public_id and {"public_id": public_id, "url": link("api:instruction-detail", public_id=public_id)}
