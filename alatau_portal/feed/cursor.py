"""Where a reader of the feed stands. Opaque to him, and without a secret: it holds for months, and across a restore.

A pass tells what differs between two moments, `since` and `until`, in pages; then the next one begins where it ended.
The pages after the first are read later than `until`: `owes` says that one of them has passed an object by, or has told
it newer than the pass; and `late` in the next pass, up to which moment that may have been.
"""

import base64
import binascii
import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from core.bookmarks import SHAPE, Moment

LONGEST = 16_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MOMENT = re.compile(rf"({SHAPE.pattern}) (\d{{1,16}}) (\d{{1,18}})")
_PLACE = re.compile(r"([01]) (\d{1,18}) ([a-z-]{0,40}) (\d{1,18})")
_ASKER = re.compile(r"[0-9a-f]{12}")


class BadCursor(ValueError):
    """Not a cursor of this feed."""


class Place(NamedTuple):
    """After which object the next page begins: what waits from the pass before has the first turn; then the newest
    change of it, its register, its key."""

    turn: int = 0
    entry: int = 0
    register: str = ""
    key: int = 0


class Cursor(NamedTuple):
    """`since` is None at the very beginning, `until` between two passes; `asker` is who asks for what (views.py)."""

    asker: str
    since: Moment | None = None
    until: Moment | None = None
    late: str = ""
    place: Place = Place()
    owes: bool = False

    def __str__(self) -> str:
        place = " ".join(map(str, self.place))
        owes = "1" if self.owes else ""
        parts = [_written(self.since), _written(self.until), self.late, place, owes, self.asker]
        return base64.urlsafe_b64encode("|".join(parts).encode()).decode().rstrip("=")

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """BadCursor where it is none, or was cut short."""
        if len(text) > LONGEST or not re.fullmatch(r"[A-Za-z0-9_-]+", text, re.ASCII):
            raise BadCursor(text)
        try:
            plain = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True).decode("ascii")
            since, until, late, place, owes, asker = plain.split("|")
        except (binascii.Error, UnicodeDecodeError, ValueError) as error:
            raise BadCursor(text) from error
        found = _PLACE.fullmatch(place)
        is_wrong = owes not in ("", "1") or (late and not _is_mark(late))
        if found is None or is_wrong or not _ASKER.fullmatch(asker):
            raise BadCursor(text)
        at = Place(int(found[1]), int(found[2]), found[3], int(found[4]))
        return cls(asker, _read(since), _read(until), late, at, bool(owes))


def _written(moment: Moment | None) -> str:
    if moment is None:
        return ""
    return f"{moment.mark} {(moment.at - _EPOCH) // timedelta(microseconds=1)} {moment.newest}"


def _read(text: str) -> Moment | None:
    if not text:
        return None
    found = _MOMENT.fullmatch(text)
    if found is None or not _is_mark(found[1]):
        raise BadCursor(text)
    return Moment(found[1], _EPOCH + timedelta(microseconds=int(found[2])), int(found[3]))


def _is_mark(mark: str) -> bool:
    """As PostgreSQL reads a snapshot: first and next transaction, and between them those that ran, in order."""
    if not SHAPE.fullmatch(mark):
        return False
    first, following, running = mark.rpartition("/")[2].split(":")
    if (
        any(len(number) > 18 for number in (first, following, *running.split(",")))
        or "" in running.split(",")[1:]
    ):
        return False
    steps = [int(first), *(int(number) for number in running.split(",") if number)]
    return 0 < steps[0] <= int(following) and steps == sorted(steps) and steps[-1] <= int(following)
