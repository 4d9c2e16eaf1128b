"""The invented working trip of data/demo_meeting.yaml: written down by a demo account, and taken out again."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from accounts.models import User
from core import ledger
from core.loading import read
from core.text import Text
from tasks import services
from tasks.models import AgendaItem, Attendance, Finding, Meeting, Protocol, ProtocolItem

FILE = Path(__file__).parent.parent / "data" / "demo_meeting.yaml"
ACTOR = "system:load_demo"


@transaction.atomic
def write_down(office: User, today: date) -> int:
    """Returns how many were not there yet."""
    return sum(_write_down(told, office, today) for told in read(FILE))


def _write_down(told: Mapping[str, Any], office: User, today: date) -> int:
    if Meeting.objects.filter(code=told["code"]).exists():
        return 0
    meeting = services.save_meeting(
        by=office,
        code=told["code"],
        kind=told["kind"],
        title=Text(**told["title"]),
        held=today + timedelta(days=told["days"]),
        is_demo=True,
        agenda=[{"title": Text(**topic)} for topic in told["agenda"]],
        participants=[
            {"name": Text(**one["name"]), "present": one["present"]} for one in told["participants"]
        ],
    )
    for finding in told["findings"]:
        facts = {"text": Text(**finding["text"]), "place": finding["place"]}
        services.save_finding(meeting, by=office, **facts)
    paper = services.write_protocol(meeting, by=office, language="kk")
    for item in told["items"]:
        services.add_item(paper, by=office, **item)
    return 1


@transaction.atomic
def remove_meetings() -> int:
    """Meetings that are invented, with all that belongs to them. The ledger keeps that they were."""
    with ledger.acting(ACTOR, "remove_demo"):
        for model, owner in (
            (ProtocolItem, "protocol__meeting"),
            (Protocol, "meeting"),
            (Finding, "meeting"),
            (AgendaItem, "meeting"),
            (Attendance, "meeting"),
        ):
            model.objects.filter(**{f"{owner}__is_demo": True}).delete()
        return Meeting.objects.filter(is_demo=True).delete()[1].get("tasks.Meeting", 0)
