"""Of one instruction: on which days somebody was or will be reminded, and to what level it was carried."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import localdate

from core import ledger
from tasks.choices import Dropped, Level
from tasks.models import Escalation, Reminder
from tasks.models.reminder import when
from tasks.policies import Desk
from tasks.views.escalations import NoteForm, offer, prefix_of

_REMINDER = {
    "planned_for": "planned_for",
    "sent_at": "sent_at",
    "offset": "rule__offset",
    "full_name": "recipient__full_name",
    "username": "recipient__username",
}
_ESCALATION = {name: name for name in ("pk", "level", "due", "note", "closed_because")} | {
    **{name: name for name in ("opened_at", "acknowledged_at", "closed_at")},
    "by": "acknowledged_by__full_name",
    "by_code": "acknowledged_by__username",
    "acted_for": "acknowledged_for__full_name",
    "acted_for_code": "acknowledged_for__username",
}


@dataclass
class Carried:
    """An escalation as a card shows it, under the names of the model."""

    pk: int
    level: int
    due: date | None
    opened_at: datetime | None
    note: str
    acknowledged_at: datetime | None
    acknowledged_by: str
    acknowledged_for: str
    closed_at: datetime | None
    closed_because: str
    instruction: Any
    form: Any = None
    may: bool = False

    def get_level_display(self) -> str:
        return str(Level(self.level).label)

    def get_closed_because_display(self) -> str:
        return str(Dropped(self.closed_because).label)

    @property
    def waits(self) -> bool:
        return self.closed_at is None and self.acknowledged_at is None


def annotations(user: Any) -> dict[str, Any]:
    """What `reminded` and `escalations` read, within the query of the instruction."""
    carried = Escalation.objects.visible_to(user).order_by("-closed_at", "-level", "-pk")
    return {
        "reminders_told": _array(Reminder.objects.visible_to(user).told(), _REMINDER),
        "carried": _array(carried, _ESCALATION),
    }


def _array(rows: Any, columns: dict[str, str]) -> ArraySubquery:
    return ArraySubquery(rows.filter(instruction=OuterRef("pk")).values(json=JSONObject(**columns)))


class Day(NamedTuple):
    day: date
    is_planned: bool
    people: list[str]
    whys: list[str]


def reminded(instruction: Any) -> list[Day]:
    """What was sent, by the day on which it was, then what is planned. Of the past nothing is known."""
    if ledger.instant.get() is not None:
        return []
    found = [(_day(part), part) for part in instruction.reminders_told]
    found.sort(key=lambda one: (one[1]["sent_at"] is None, one[0]))
    grouped = groupby(found, key=lambda one: (one[0], one[1]["sent_at"] is None))
    return [_told(key, [part for _key, part in same]) for key, same in grouped]


def _day(part: Mapping[str, Any]) -> date:
    sent = parse_datetime(part["sent_at"] or "")
    day = localdate(sent) if sent else parse_date(part["planned_for"])
    assert day is not None
    return day


def _told(key: tuple[date, bool], parts: list[Mapping[str, Any]]) -> Day:
    people = dict.fromkeys(part["full_name"] or part["username"] for part in parts)
    return Day(*key, list(people), [when(offset) for offset in sorted({part["offset"] for part in parts})])


def escalations(instruction: Any, desk: Desk) -> list[Carried]:
    """Those that are open, the highest first, then what is closed; with the form where the reader may answer."""
    found = [_carried(part, instruction) for part in instruction.carried]
    for one in found:
        one.form = NoteForm(prefix=prefix_of(one))
    offer(desk, found)
    return found


def _carried(part: Mapping[str, Any], instruction: Any) -> Carried:
    moments = {
        name: parse_datetime(part[name] or "") for name in ("opened_at", "acknowledged_at", "closed_at")
    }
    return Carried(
        pk=part["pk"],
        level=part["level"],
        due=parse_date(part["due"]),
        note=part["note"],
        acknowledged_by=part["by"] or part["by_code"] or "",
        acknowledged_for=part["acted_for"] or part["acted_for_code"] or "",
        closed_because=part["closed_because"],
        instruction=instruction,
        **moments,
    )
