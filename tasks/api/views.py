"""Meetings and instructions in the API."""

from typing import Any

from rest_framework.routers import SimpleRouter

from core.api.views import CODE, Register
from tasks.api.serializers import InstructionSerializer, MeetingSerializer
from tasks.filters import InstructionFilter, MeetingFilter
from tasks.models import Instruction, Meeting


class MeetingRegister(Register):
    """Meetings of the project office and the council, and working trips, the latest first."""

    serializer_class = MeetingSerializer
    filterset_class = MeetingFilter
    lookup_field, lookup_value_regex = "public_id", CODE
    queryset = Meeting.objects.none()

    def get_queryset(self) -> Any:
        user = self.request.user
        return Meeting.objects.visible_to(user).for_display().with_protocols(user)


class InstructionRegister(Register):
    """What is to be done, by whom, by when, the latest first."""

    serializer_class = InstructionSerializer
    filterset_class = InstructionFilter
    lookup_field, lookup_value_regex = "public_id", CODE
    queryset = Instruction.objects.none()

    def get_queryset(self) -> Any:
        user = self.request.user
        return Instruction.objects.visible_to(user).for_display().with_visible_links(user)


def register(router: SimpleRouter) -> None:
    router.register("meetings", MeetingRegister, basename="meeting")
    router.register("instructions", InstructionRegister, basename="instruction")
