"""Meetings, instructions and requests for more time in the API."""

from typing import Any

from rest_framework.routers import SimpleRouter

from core.api.views import CODE, Register
from core.api.writing import Writing
from tasks.api.disputes import DisputeRegister
from tasks.api.external import ExternalInstructionFilter, InstructionsAtOnce
from tasks.api.parts import ExtensionSerializer
from tasks.api.serializers import InstructionSerializer, MeetingSerializer
from tasks.api.shown import Shown
from tasks.api.verbs import ExtensionVerbs, InstructionVerbs
from tasks.filters import ExtensionFilter, MeetingFilter
from tasks.models import Extension, Instruction, Meeting
from tasks.services.steps import lock


class MeetingRegister(Register):
    """Meetings of the project office and the council, and working trips, the latest first."""

    serializer_class = MeetingSerializer
    filterset_class = MeetingFilter
    lookup_field, lookup_value_regex = "public_id", CODE
    queryset = Meeting.objects.none()
    parts = (
        *("source", "chair_post", "districts", "agenda", "attendances__organisation"),
        *("protocols__source", "protocols__items__instructions__executors"),
    )

    def get_queryset(self) -> Any:
        user = self.request.user
        return Meeting.objects.visible_to(user).for_display().with_protocols(user)


class InstructionRegister(Shown, InstructionsAtOnce, InstructionVerbs, Writing):
    """What is to be done, by whom, by when, the latest first."""

    serializer_class = InstructionSerializer
    filterset_class = ExternalInstructionFilter
    queryset = Instruction.objects.none()
    parts = (
        *("issuer", "district", "source", "other_sources", "project__parties"),
        *("executors__organisation", "executors__contributions__evidence__file"),
        *("holds__organisation", "extensions__organisation", "extensions__corrects"),
        *("reports__organisation", "reports__evidence__file"),
        *("source_item__protocol__meeting", "parent__executors", "remainder_of__executors"),
    )


class ExtensionRegister(Shown, ExtensionVerbs, Writing):
    """Requests for more time and what was decided of them, the latest first, for those whom it concerns."""

    serializer_class = ExtensionSerializer
    filterset_class = ExtensionFilter
    queryset = Extension.objects.none()
    parts = ("instruction__executors", "organisation", "corrects")

    def hold(self, row: Extension) -> None:
        lock(row.instruction_id)
        super().hold(row)


def register(router: SimpleRouter) -> None:
    router.register("meetings", MeetingRegister, basename="meeting")
    router.register("instructions", InstructionRegister, basename="instruction")
    router.register("extensions", ExtensionRegister, basename="extension")
    router.register("figure-disputes", DisputeRegister, basename="figure-dispute")
