"""Instructions as other systems call them: many sent at once, and found again by their own names."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter
from drf_spectacular.utils import extend_schema_field

from core.api.bulk import Row, bulk
from core.choices import Outcome
from tasks import services
from tasks.api import body_examples as examples
from tasks.api.bodies import RegisterBody
from tasks.filters import InstructionFilter
from tasks.models import ExternalReference, Instruction


class InstructionRow(RegisterBody, Row):
    """An instruction as it is registered by itself, and what the caller calls it."""


class InstructionsAtOnce:
    @bulk(InstructionRow, examples.AT_ONCE)
    def bulk(self, **said: Any) -> tuple[Instruction, Outcome]:
        """Register many instructions, or write anew those that were sent before under the same `external_id`. Only the
        project office does. What is left out of a row stays; what says the same changes nothing. What is on control
        changes by its verbs, so a row that says otherwise is refused. A row that is refused refuses all, with a 422
        that tells of each, unless `all_or_nothing` is false; with `dry_run` nothing is written at all."""
        return services.keep_instruction(**said)


class ExternalInstructionFilter(InstructionFilter):
    """With what only programs ask for."""

    external_id = CharFilter(method="keep_called", max_length=100, label=_("What your own system calls it"))
    extend_schema_field({"type": "string", "minLength": 1, "maxLength": 100})(external_id)

    def keep_called(self, rows: Any, name: str, value: str) -> Any:
        own = ExternalReference.objects.visible_to(self.request.user).filter(value=value)
        return rows.filter(pk__in=own.values("instruction"))
