"""Where a reader of the feed stands. Sealed: he neither reads it (it counts transactions) nor makes one himself, to be
told when something hidden has changed. The key goes with the database, so it holds for months, and across a restore.

A pass tells what differs between two moments, `since` and `until`, in pages; then the next one begins where it ended.
The pages after the first are read later than `until`: `owes` says that one of them has passed an object by, or has told
it newer than the pass; and `late` in the next pass, up to which moment that may have been.
"""

import base64
import binascii
import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from core.bookmarks import Moment
from core.sealed import lasting_key

LONGEST = 16_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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
    late: Moment | None = None
    place: Place = Place()
    owes: bool = False

    def __str__(self) -> str:
        place = " ".join(map(str, self.place))
        owes = "1" if self.owes else ""
        parts = [*map(_written, (self.since, self.until, self.late)), place, owes, self.asker]
        return base64.urlsafe_b64encode(_lock().encrypt("|".join(parts).encode(), None)).decode().rstrip("=")

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """BadCursor where it is none, was cut short, or is not ours."""
        if len(text) > LONGEST or not re.fullmatch(r"[A-Za-z0-9_-]+", text, re.ASCII):
            raise BadCursor(text)
        try:
            sealed = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
            plain = _lock().decrypt(sealed, None).decode()
            since, until, late, place, owes, asker = plain.split("|")
            turn, entry, register, key = place.split(" ")
        except (binascii.Error, InvalidTag, ValueError) as error:
            raise BadCursor(text) from error
        at = Place(int(turn), int(entry), register, int(key))
        return cls(asker, _read(since), _read(until), _read(late), at, bool(owes))


def _lock() -> AESSIV:
    """The same place is the same text: two pages with the same bytes have the same tag."""
    return AESSIV(lasting_key("cursors"))


def _written(moment: Moment | None) -> str:
    if moment is None:
        return ""
    return f"{moment.mark} {(moment.at - _EPOCH) // timedelta(microseconds=1)} {moment.newest}"


def _read(text: str) -> Moment | None:
    if not text:
        return None
    mark, at, newest = text.split(" ")
    return Moment(mark, _EPOCH + timedelta(microseconds=int(at)), int(newest))
