"""What people are told of instructions."""

from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy

from accounts.choices import Role
from core.notices import Kind
from tasks.models import Instruction


def _given(instruction: Any, facts: dict[str, Any]) -> str:
    text = Truncator(str(instruction.text)).chars(200)
    return f"{instruction.number or instruction.public_id}: {text}"


def _where(instruction: Any, facts: dict[str, Any]) -> str:
    """Instructions have no page of their own yet: the district that this one concerns shows it."""
    return reverse("district", args=[instruction.district.code]) if instruction.district_id else ""


KINDS = [
    Kind(
        "instruction_given",
        gettext_lazy("Your organisation is given an instruction"),
        concerns=lambda user: user.role == Role.EXECUTOR,
        tell=_given,
        link=_where,
        rows=lambda reader: Instruction.objects.visible_to(reader).select_related("district"),
    )
]
