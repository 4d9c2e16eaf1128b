"""Invented enquiries (data/demo_enquiries.yaml): one in each state, moved by the services, removed whole."""

from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import ledger
from core.calendar import WorkingDays
from core.loading import read
from districts.models import District
from investors import services
from investors.choices import ConsentPurpose
from investors.domains import domain_of
from investors.models import ConsentRecord, ConsentText, Enquiry

FILE = Path(__file__).parent / "data" / "demo_enquiries.yaml"
ACTOR = "system:load_demo"
#: The hour of Almaty at which invented people write.
HOUR = time(10, 30)


def load_enquiries(office: User, today: date) -> int:
    """Every one that is not there yet; returns how many were not. Without a text of consent nobody can have asked."""
    text = ConsentText.objects.in_force(ConsentPurpose.ENQUIRY, today)
    missing = [one for one in read(FILE) if not Enquiry.objects.filter(receipt=one["receipt"]).exists()]
    if text is None:
        return 0
    for told in missing:
        with transaction.atomic():
            _load(dict(told), text, office, today)
    return len(missing)


def remove_enquiries() -> int:
    rows = Enquiry.objects.filter(is_demo=True)
    with ledger.acting(ACTOR, "remove_demo"):
        consents = list(rows.values_list("consent", flat=True))
        rows.update(duplicate_of=None)
        for row in rows:
            row.delete()
        ConsentRecord.objects.filter(pk__in=consents).delete()
    return len(consents)


def _load(told: dict[str, Any], text: ConsentText, office: User, today: date) -> None:
    steps, came, promised = told.pop("steps", ()), told.pop("came"), told.pop("promised")
    calendar = WorkingDays()
    district = told.pop("district", None)
    received = datetime.combine(calendar.add(today, -came), HOUR, timezone.get_default_timezone())
    with ledger.acting(ACTOR, "load_demo"):
        row = Enquiry.objects.create(
            client_uuid=uuid5(NAMESPACE_URL, told["receipt"]),
            consent=ConsentRecord.objects.create(text=text, language=told["language"]),
            district=District.objects.filter(code=district).first(),
            domain=domain_of(told.get("website", ""), told["email"]),
            submitted_at=received,
            promised_on=calendar.add(today, promised),
            is_demo=True,
            **told,
        )
    for step in steps:
        _do(row, dict(step), office)


def _do(row: Enquiry, step: Mapping[str, Any], office: User) -> None:
    facts = {name: value for name, value in step.items() if name != "do"}
    if "of" in facts:
        facts["of"] = Enquiry.objects.get(receipt=facts["of"])
    getattr(services, step["do"])(row, by=office, **facts)
    row.refresh_from_db()
