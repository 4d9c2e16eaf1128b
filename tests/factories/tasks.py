"""Meetings, protocols, instructions as they are registered."""

from factory import Sequence, SubFactory
from factory.django import DjangoModelFactory

from tasks.choices import ExecutorRole, ItemKind, MeetingKind, ProtocolKind
from tasks.models import (
    AgendaItem,
    Attendance,
    CalendarFeed,
    Executor,
    ExternalReference,
    Finding,
    Instruction,
    InstructionSource,
    Meeting,
    MeetingDistrict,
    Protocol,
    ProtocolItem,
)
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.core import SourceFactory
from tests.factories.districts import DistrictFactory
from tests.factories.values import dated, hashed


class MeetingFactory(DjangoModelFactory):
    kind = MeetingKind.FIELD_VISIT
    title_kk, title_ru = "Жұмыс сапары", "Рабочая поездка"
    locals().update(dated("held"))

    class Meta:
        model = Meeting


class CalendarFeedFactory(DjangoModelFactory):
    owner = SubFactory(UserFactory)
    organisation = SubFactory(OrganisationFactory)
    token_hash = Sequence(hashed)

    class Meta:
        model = CalendarFeed


class ExternalReferenceFactory(DjangoModelFactory):
    instruction = SubFactory("tests.factories.tasks.InstructionFactory")
    scheme = "role:office"
    value = Sequence(lambda n: f"edms-{n}")

    class Meta:
        model = ExternalReference


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


class FindingFactory(DjangoModelFactory):
    meeting = SubFactory(MeetingFactory)
    order = Sequence(lambda n: n + 1)
    text_kk, text_ru = "Жол төселмеген", "Дорога не уложена"

    class Meta:
        model = Finding


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
