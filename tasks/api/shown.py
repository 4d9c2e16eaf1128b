"""How the registers of control show a row; a verb of one of them may make a row of the other."""

from typing import Any

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

    def show(self, row: Any) -> dict[str, Any]:
        told = SERIALIZERS[type(row)](context=self.get_serializer_context())  # type: ignore[attr-defined]
        return told.to_representation(rows(type(row), self.request.user).get(pk=row.pk))
