"""How the registers of control show a row; a verb of one of them may make a row of the other."""

from typing import Any

from django.shortcuts import get_object_or_404

from core.api.views import CODE
from tasks.api.parts import ExtensionSerializer
from tasks.api.serializers import InstructionSerializer
from tasks.models import Extension, Instruction

SERIALIZERS: dict[Any, Any] = {Instruction: InstructionSerializer, Extension: ExtensionSerializer}


def rows(model: Any, user: Any) -> Any:
    """As far as the reader may know of them, with all that is shown."""
    known = model.objects.visible_to(user).for_display()
    return known if model is Extension else known.with_visible_links(user).with_inner_life(user)


class Shown:
    """Of a register in its view."""

    lookup_field, lookup_value_regex = "public_id", CODE
    queryset: Any
    request: Any

    def get_queryset(self) -> Any:
        return rows(self.queryset.model, self.request.user)

    def whole(self, row: Any) -> Any:
        return get_object_or_404(rows(type(row), self.request.user), pk=row.pk)

    def serializer_of(self, whole: Any) -> Any:
        return SERIALIZERS[type(whole)]
