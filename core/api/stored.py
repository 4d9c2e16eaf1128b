"""Answers that are kept: in the memory of the process, and for the other processes in the shared cache.

Nothing here says that an answer still holds: that is asked of the ledger each time (`Stored.holds`). The shared cache
has a fixed number of places: whatever is asked for, it does not grow beyond them.
"""

import hashlib
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.cache import cache as shared
from django.http import HttpResponse
from django.http.response import ResponseHeaders
from django.utils import timezone

from core import watch

#: The greatest body that is kept (the description of the API is 0.6 MB), what a process keeps at most, and how many
#: answers the shared cache has room for.
MOST, IN_MEMORY, PLACES = 1024 * 1024, 24 * 1024 * 1024, 512
#: Bytes of an answer without a body, measured.
AROUND = 5000
#: Seconds: for how long an answer is kept that nobody asks for, and how old its bookmark may grow in the shared cache.
#: The older a bookmark, the more the ledger has to look through.
KEPT, RENEWED = 3600, 30
MADE_OF = {".py", ".mo", ".sql", ".json", ".csv", ".yaml"}


@dataclass(slots=True)
class Stored:
    """An answer, and by what it is known whether it still holds: nothing of `relations` has changed since `mark`, the
    instant `until` has not come, and it is still the same `day` in Almaty."""

    key: str
    body: bytes
    headers: ResponseHeaders
    relations: tuple[str, ...]
    until: str | None
    day: tuple[float, float]
    mark: str
    marked_at: float
    shared_at: float = 0.0
    pairs: list[tuple[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.pairs = list(self.headers.items())

    @property
    def size(self) -> int:
        """Bytes in memory, about: with its key, its headers and the objects around them."""
        return len(self.body) + 2 * len(self.key) + AROUND

    def holds(self) -> bool:
        now = time.time()
        if not self.day[0] <= now < self.day[1] or now - self.marked_at > KEPT:
            return False
        mark = watch.fresh(self.mark, self.relations, self.until)
        if mark is None:
            return False
        self.mark, self.marked_at = mark, now
        if now - self.shared_at > RENEWED:
            share(self)
        return True

    def answer(self) -> HttpResponse:
        """Headers and all, as it was made: nobody outside changes the headers, which all answers share."""
        response = HttpResponse(self.body, content_type="")
        response.headers = self.headers
        return response


def today() -> tuple[float, float]:
    """When the day began in Almaty, and when it ends."""
    begins = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return begins.timestamp(), (begins + timedelta(days=1)).timestamp()


class Memory:
    """The answers asked for last, up to so many bytes."""

    def __init__(self, most: int) -> None:
        self._most, self._size, self._lock = most, 0, threading.Lock()
        self._kept: OrderedDict[str, Stored] = OrderedDict()

    def get(self, key: str) -> Stored | None:
        with self._lock:
            if found := self._kept.get(key):
                self._kept.move_to_end(key)
            return found

    def put(self, one: Stored) -> None:
        with self._lock:
            if before := self._kept.pop(one.key, None):
                self._size -= before.size
            self._kept[one.key] = one
            self._size += one.size
            while self._size > self._most:
                _key, oldest = self._kept.popitem(last=False)
                self._size -= oldest.size

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self._size = 0


memory = Memory(IN_MEMORY)


def find(key: str) -> Stored | None:
    """The answer that is kept under this key, if it still holds."""
    found = memory.get(key)
    if found and found.holds():
        return found
    other = shared.get(_place(key))  # perhaps another process has made it anew
    if other is None or other.key != key or not other.holds():
        return None
    memory.put(other)
    return other


def keep(one: Stored) -> None:
    memory.put(one)
    share(one)


def share(one: Stored) -> None:
    one.shared_at = time.time()
    shared.set(_place(one.key), one, KEPT)


def _place(key: str) -> str:
    number = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest()) % PLACES
    return f"answers:{release()}:{number}"


@cache
def release() -> str:
    """A name of all besides the data that answers are made of: another release of the portal makes other ones."""
    homes = [Path(config.path) for config in apps.get_app_configs()]
    parts = [home for home in homes if home.parent == settings.BASE_DIR] + [settings.BASE_DIR / "locale"]
    files = [file for part in sorted(parts) for file in sorted(part.rglob("*")) if file.suffix in MADE_OF]
    told = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=12)
    for file in [*files, settings.BASE_DIR / "requirements.lock", settings.BASE_DIR / "docs" / "api.md"]:
        told.update(file.read_bytes())
    return told.hexdigest()
