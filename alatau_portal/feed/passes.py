"""One page of the feed: what differs for this reader between two moments.

Why nothing is missed: once a pass is through, the reader has the objects that he could see at `until`, each as it was
then, unless it was touched while he read the later pages of that pass: such a one is told in the next pass whatever it
is. Nothing is told as there that was not visible at `until`, so what he may have is known from the two worlds alone.
"""

from typing import Any, NamedTuple

from rest_framework.fields import DateTimeField

from alatau_portal.feed.cursor import Cursor, Place
from alatau_portal.feed.reading import Reader, Shown
from alatau_portal.feed.touched import Thing, Touch, touched
from core.bookmarks import Moment, is_of_here, judged_at, one_moment, seen
from core.policies import sees_everything

CREATED, CHANGED, REMOVED = OPERATIONS = ("created", "changed", "removed")


class Lost(Exception):
    """What the reader has been told is not all in this database: he has to begin anew."""


class Page(NamedTuple):
    """Entries, the cursor of what follows, and whether there is more of it already."""

    entries: list[dict[str, Any]]
    cursor: Cursor
    more: bool


def page(reader: Reader, cursor: Cursor, limit: int) -> Page:
    """All of it reads one state of the database. Raises Lost."""
    with one_moment() as now:
        cursor = cursor._replace(since=_known(cursor.since, now), until=_known(cursor.until, now))
        until = cursor.until or now
        if cursor.since is None:
            return _beginning(reader, cursor, until, now, limit)
        return _difference(reader, cursor, until, now, limit)


def _known(moment: Moment | None, now: Moment) -> Moment | None:
    if moment is None:
        return None
    if not is_of_here(moment):
        raise Lost
    return moment._replace(at=min(moment.at, now.at))  # nobody looks ahead of the clock


def _beginning(reader: Reader, cursor: Cursor, until: Moment, now: Moment, limit: int) -> Page:
    """Everything that is there, register by register."""
    names = list(reader.resources)
    place, found = cursor.place, list[Thing]()
    with judged_at(now.at):
        for name in names[reader.order.get(place.register, 0) :]:
            key = place.key if name == place.register else 0
            found += reader.after(name, key, limit + 1 - len(found))
            if len(found) > limit:
                break
    chosen = found[:limit]
    known = _and_then(reader, until, now, set(chosen))
    with judged_at(now.at):
        shown = reader.objects(known)
    entries = [
        _entry(thing, CREATED, shown[thing]["updated_at"], shown[thing]) for thing in chosen if thing in shown
    ]
    at = Place(0, *chosen[-1]) if chosen else place
    return _page(entries, cursor, until, now, at, len(found) > limit)


def _and_then(reader: Reader, until: Moment, now: Moment, known: set[Thing]) -> set[Thing]:
    """Those that may be told as there: visible now, and at `until` too."""
    if until == now:
        return known
    with seen(until):
        return reader.visible(known)


def _difference(reader: Reader, cursor: Cursor, until: Moment, now: Moment, limit: int) -> Page:
    """What is not now as it was at `since`."""
    assert cursor.since
    things = touched(cursor, until, reader.resources, not sees_everything(reader.request.user))
    if not things:
        return _page([], cursor, until, now, cursor.place, False)
    with seen(cursor.since):
        known_then = reader.visible(things)
    with judged_at(now.at):
        known = reader.visible(things)
    known = _and_then(reader, until, now, known)

    def order(thing: Thing) -> tuple[int, int, int]:
        return things[thing].entry, reader.order[thing[0]], thing[1]

    place = cursor.place
    reached = place.entry, reader.order.get(place.register, -1), place.key
    waiting = sorted((thing for thing in known | known_then if order(thing) > reached), key=order)
    chosen = waiting[:limit]
    with seen(cursor.since):
        were = reader.objects(known_then.intersection(chosen))
    with judged_at(now.at):
        shown = reader.objects(known.intersection(chosen))
    told = (_told(thing, things[thing], were.get(thing), shown.get(thing)) for thing in chosen)
    at = Place(things[chosen[-1]].entry, *chosen[-1]) if chosen else place
    return _page([entry for entry in told if entry], cursor, until, now, at, len(waiting) > limit)


def _told(thing: Thing, touch: Touch, was: Shown | None, is_now: Shown | None) -> dict[str, Any] | None:
    if was == is_now and not (touch.late and is_now):
        return None
    at = DateTimeField().to_representation(touch.at)
    if is_now is None:
        return _entry(thing, REMOVED, at, was)
    return _entry(thing, CREATED if was is None else CHANGED, at, is_now)


def _entry(thing: Thing, operation: str, at: str, shown: Shown | None) -> dict[str, Any]:
    assert shown
    address = shown["url"]
    is_there = operation != REMOVED
    return {
        "resource": thing[0],
        "id": address.rstrip("/").rpartition("/")[2],
        "url": address,
        "op": operation,
        "at": at,
        "version": shown["version"] if is_there else None,
        "object": shown if is_there else None,
    }


def _page(
    entries: list[dict[str, Any]], cursor: Cursor, until: Moment, now: Moment, at: Place, more: bool
) -> Page:
    if more:
        return Page(entries, cursor._replace(until=until, place=at), True)
    late = now.mark if until != now else ""
    return Page(entries, Cursor(cursor.asker, since=until, late=late), False)
