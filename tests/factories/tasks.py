"""Meetings, protocols, instructions."""

from datetime import date
from typing import Any

from django.db import transaction
from factory import Sequence, SubFactory
from factory.django import DjangoModelFactory

from tasks.choices import (
    INSTRUCTION_MOVES,
    ExecutorRole,
    InstructionState,
    ItemKind,
    MeetingKind,
    ProtocolKind,
)
from tasks.models import (
    AgendaItem,
    Attendance,
    Executor,
    Instruction,
    InstructionSource,
    Meeting,
    MeetingDistrict,
    Protocol,
    ProtocolItem,
)
from tests.factories.accounts import OrganisationFactory
from tests.factories.core import SourceFactory
from tests.factories.districts import DistrictFactory
from tests.factories.values import dated, way


class MeetingFactory(DjangoModelFactory):
    kind = MeetingKind.FIELD_VISIT
    title_kk, title_ru = "Жұмыс сапары", "Рабочая поездка"
    locals().update(dated("held"))

    class Meta:
        model = Meeting


class MeetingDistrictFactory(DjangoModelFactory):
    meeting = SubFactory(MeetingFactory)
    district = SubFactory(DistrictFactory)

    class Meta:
        model = MeetingDistrict


class AgendaItemFactory(DjangoModelFactory):
    meeting = SubFactory(MeetingFactory)
    number = Sequence(lambda n: n + 1)
    title_kk, title_ru = "Көлік", "Транспорт"

    class Meta:
        model = AgendaItem


class AttendanceFactory(DjangoModelFactory):
    meeting = SubFactory(MeetingFactory)
    order = Sequence(lambda n: n + 1)
    name_kk, name_ru = "инвесторлар", "инвесторы"

    class Meta:
        model = Attendance


class ProtocolFactory(DjangoModelFactory):
    """A draft; signed_on=… signs it."""

    meeting = SubFactory(MeetingFactory)
    kind = ProtocolKind.PROTOCOL
    number = Sequence(lambda n: f"№ {n}")
    text = "Министрлік инвесторлармен бірге …"

    class Meta:
        model = Protocol


class ProtocolItemFactory(DjangoModelFactory):
    protocol = SubFactory(ProtocolFactory)
    order = Sequence(lambda n: n + 1)
    kind = ItemKind.INSTRUCTION
    text = "Министрлік"
    start, end = 0, 10

    class Meta:
        model = ProtocolItem


class InstructionFactory(DjangoModelFactory):
    """Registered, without a term: as both of 29 September 2025 are."""

    issuer = SubFactory(OrganisationFactory)
    text_kk, text_ru = "Жұмысты жеделдету", "Ускорить работу"
    locals().update(dated("issued"))

    class Meta:
        model = Instruction


class ExecutorFactory(DjangoModelFactory):
    instruction = SubFactory(InstructionFactory)
    organisation = SubFactory(OrganisationFactory)
    role = ExecutorRole.CO

    class Meta:
        model = Executor


class InstructionSourceFactory(DjangoModelFactory):
    instruction = SubFactory(InstructionFactory)
    source = SubFactory(SourceFactory)

    class Meta:
        model = InstructionSource


def ready_instruction(**facts: Any) -> Instruction:
    """Registered, with all that control needs: a due date, an expected result and a lead."""
    due = facts.pop("due", date(2026, 3, 1))
    facts = {"expected_result_kk": "Қабылдау актісі", "due": due, "original_due": due} | facts
    lead = facts.pop("lead", None) or OrganisationFactory()
    with transaction.atomic():
        instruction = InstructionFactory(**facts)
        ExecutorFactory(instruction=instruction, organisation=lead, role=ExecutorRole.LEAD)
    return instruction


def instruction_in(state: str, **facts: Any) -> Instruction:
    """An instruction that came to this state as the table of moves lets it."""
    instruction = ready_instruction(**facts)
    for step in way(INSTRUCTION_MOVES, [InstructionState.REGISTERED], state)[1:]:
        instruction.state = step
        if step == InstructionState.CANCELLED:
            instruction.cancelled_reason = "It was given twice."
        instruction.save()
    return instruction
