"""Sources, acts, days, files, work."""

from datetime import UTC, date, datetime, timedelta

import factory
from factory import Sequence, SubFactory
from factory.django import DjangoModelFactory

from core.choices import AccessKind, ActKind, Channel, Confidence, DayKind, ScanState
from core.models import (
    AccessLog,
    CalendarDay,
    Erasure,
    IdempotencyRecord,
    JobRun,
    LegalAct,
    LegalActSource,
    LegalActStage,
    Notice,
    Outbox,
    RateCount,
    SavedView,
    Silence,
    Source,
    StoredFile,
)
from tests.factories.values import dated, hashed


class SourceFactory(DjangoModelFactory):
    code = Sequence(lambda n: f"T{n}")
    publisher = "primeminister.kz"
    locals().update(dated("published"))

    class Meta:
        model = Source
        django_get_or_create = ("code",)


class LegalActFactory(DjangoModelFactory):
    code = Sequence(lambda n: f"act-{n}")
    kind = ActKind.DECREE
    number = "1"
    signed_on = date(2024, 1, 9)
    title_kk, title_ru = "Алатау қаласы туралы", "О городе Алатау"
    source = SubFactory(SourceFactory)
    confidence = Confidence.HIGH

    class Meta:
        model = LegalAct


class LegalActSourceFactory(DjangoModelFactory):
    act = SubFactory(LegalActFactory)
    source = SubFactory(SourceFactory)

    class Meta:
        model = LegalActSource


class LegalActStageFactory(DjangoModelFactory):
    act = SubFactory(LegalActFactory)
    in_force_on = date(2026, 7, 1)

    class Meta:
        model = LegalActStage


class CalendarDayFactory(DjangoModelFactory):
    date = Sequence(lambda n: date(2031, 1, 1) + timedelta(days=n))
    kind = DayKind.OFF

    class Meta:
        model = CalendarDay


class StoredFileFactory(DjangoModelFactory):
    name = "protocol.pdf"
    size = 4
    content_type = "application/pdf"
    sha256 = Sequence(hashed)
    path = Sequence(lambda n: f"2025/{n}")
    scan_state = ScanState.CLEAN

    class Meta:
        model = StoredFile


class OutboxFactory(DjangoModelFactory):
    key = Sequence(lambda n: f"mail:{n}")
    channel = Channel.MAIL
    payload = factory.LazyFunction(lambda: {"to": ["a@example.kz"], "subject": "s", "text": "t"})

    class Meta:
        model = Outbox


class JobRunFactory(DjangoModelFactory):
    job = "digest"
    slot = Sequence(lambda n: f"2025-01-01T{n}")

    class Meta:
        model = JobRun


class IdempotencyRecordFactory(DjangoModelFactory):
    """An answer that is over."""

    client = "user:1"
    key = Sequence(lambda n: f"key-{n}")
    method = "POST"
    path = "/api/v1/instructions/"
    request_hash = "0" * 64
    status = 201
    body = "{}"
    expires_at = datetime(2025, 1, 1, tzinfo=UTC)

    class Meta:
        model = IdempotencyRecord


class AccessLogFactory(DjangoModelFactory):
    who = "user:1"
    action = AccessKind.OPEN
    model = "accounts.user"
    rows = factory.LazyFunction(lambda: [1])
    number = 1

    class Meta:
        model = AccessLog


class ErasureFactory(DjangoModelFactory):
    subject = Sequence(hashed)
    ground = "Хатпен сұрады, № 5"
    done_by = "user:1"
    report = factory.LazyFunction(lambda: {"cleared": {"accounts.user": 1}, "kept": {}})

    class Meta:
        model = Erasure


class SavedViewFactory(DjangoModelFactory):
    owner = SubFactory("tests.factories.accounts.UserFactory")
    name = Sequence(lambda n: f"Менің көрінісім {n}")
    path = "/projects/"
    query = "q=курылыс"

    class Meta:
        model = SavedView


class NoticeFactory(DjangoModelFactory):
    recipient = SubFactory("tests.factories.accounts.UserFactory")
    key = Sequence(lambda n: f"bell-{n}")
    kind = "security"
    facts = factory.LazyFunction(lambda: {"what": "set_password"})

    class Meta:
        model = Notice


class SilenceFactory(DjangoModelFactory):
    owner = SubFactory("tests.factories.accounts.UserFactory")
    kind = "stage_changed"
    channel = Channel.MAIL

    class Meta:
        model = Silence


class RateCountFactory(DjangoModelFactory):
    scope = "enquiry-network"
    who = Sequence(hashed)
    window_start = datetime(2025, 1, 1, tzinfo=UTC)

    class Meta:
        model = RateCount
