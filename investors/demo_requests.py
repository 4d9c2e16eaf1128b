"""Invented requests (data/demo_requests.yaml) in the room of the demo investor: marked, and removed whole."""

from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils import timezone
from psycopg.types.range import TimestamptzRange

from accounts.models import User
from core import ledger
from core.calendar import WorkingDays
from core.loading import read
from core.models import StoredFile
from investors.models import Message, MessageFile, Request, RequestHold
from investors.request_choices import RequestState, Side

FILE = Path(__file__).parent / "data" / "demo_requests.yaml"
ACTOR = "system:load_demo"
#: The hour of Almaty at which invented people write.
HOUR = time(10, 30)


def load_requests(people: Mapping[str, User], today: date) -> int:
    """Every one that is not there yet; returns how many were not."""
    missing = [one for one in read(FILE) if not Message.objects.filter(client_uuid=_key(one, 0)).exists()]
    for told in missing:
        with transaction.atomic(), ledger.acting(ACTOR, "load_demo"):
            _Story(people, today, told).write()
    return len(missing)


@transaction.atomic
def remove_requests() -> int:
    """With their messages and files, whoever added some; the bytes of files stay."""
    rows = Request.objects.filter(is_demo=True)
    files = list(MessageFile.objects.filter(message__request__in=rows).values_list("file", flat=True))
    number = rows.count()
    with ledger.acting(ACTOR, "remove_demo"):
        rows.delete()
        StoredFile.objects.filter(pk__in=files).delete()
    return number


def _key(told: Mapping[str, Any], number: int) -> UUID:
    return uuid5(NAMESPACE_URL, f"{told['code']}-{number}")


class _Story:
    """One request. Its past is written as it is told: of what is invented the database lets it."""

    def __init__(self, people: Mapping[str, User], today: date, told: Mapping[str, Any]) -> None:
        self.people, self.today, self.told = people, today, told
        self.days = WorkingDays()

    def write(self) -> None:
        told, side = self.told, Side(self.told["side"])
        organisation = self.people["investor"].organisation
        assert organisation is not None
        row = Request.objects.create(
            organisation=organisation,
            kind=told["kind"],
            title=told["title"],
            asked_side=side,
            holder=side,
            promised_on=self._day(told.get("promised")),
            wanted_by=self._day(told.get("wanted")),
            opened_by=self.people[str(side.other)],
            handler=self.people["office"],
            is_demo=True,
        )
        for number, (who, ago, text) in enumerate(told["messages"]):
            Message.objects.create(
                request=row,
                side=Side(who),
                author=self.people[who],
                text=text,
                at=self._moment(ago),
                client_uuid=_key(told, number),
            )
        self._end(row)
        self._hold(row)

    def _end(self, row: Request) -> None:
        row.written_at = self._moment(self.told["messages"][-1][1])
        state = RequestState(self.told.get("state", RequestState.OPEN))
        if "ended" in self.told:
            row.state, row.holder, row.ended_at = state, "", self._moment(self.told["ended"])
        else:
            row.state, row.holder = state, Side(self.told["holds"][-1][0])
        row.save(update_fields=["state", "holder", "ended_at", "written_at"])

    def _hold(self, row: Request) -> None:
        """Instead of the intervals that the database wrote just now."""
        row.holds.all().delete()
        holds = self.told["holds"]
        ends: list[datetime | None] = [self._moment(ago) for _who, ago in holds[1:]]
        ends.append(self._moment(self.told["ended"]) if "ended" in self.told else None)
        for (who, ago), end in zip(holds, ends, strict=True):
            during = TimestamptzRange(self._moment(ago), end)
            RequestHold.objects.create(request=row, holder=Side(who), during=during)

    def _day(self, ahead: int | None) -> date | None:
        return None if ahead is None else self.days.add(self.today, ahead)

    def _moment(self, ago: int) -> datetime:
        return datetime.combine(self.days.add(self.today, -ago), HOUR, timezone.get_default_timezone())
