"""One page of the feed: what differs for this reader between two moments.

Why nothing is missed: a page tells an object as it is now, and never as there if it was not visible at the end of the
pass. Objects that were touched after that, while earlier pages were read, wait for the next pass, which tells them
first, whether they differ or not. So of every object the reader has what it was at the end of the last pass, or is told
it again; and what he may have is known from the two worlds alone.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _
from rest_framework.fields import DateTimeField

from alatau_portal.feed.cursor import Cursor, Place
from alatau_portal.feed.reading import Reader, Shown
from alatau_portal.feed.touched import Span, Thing, Touch, touched
from core.bookmarks import Moment, is_of_here, judged_at, one_moment, seen
from core.policies import sees_everything


class Became(models.TextChoices):
    """What has become of an object for its reader."""

    CREATED = "created", _("created")
    CHANGED = "changed", _("changed")
    REMOVED = "removed", _("removed")


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
    known = set(chosen)
    if until != now:
        moved = touched(Span(until, now), reader.resources, not sees_everything(reader.request.user))
        cursor = cursor._replace(owes=cursor.owes or _concerns(reader, moved, until, now))
        with seen(until):
            known = reader.visible(known)
    shown = _shown(reader, judged_at(now.at), known)
    told = [(thing, shown[thing]) for thing in chosen if thing in shown]
    entries = [_entry(thing, Became.CREATED, one["updated_at"], one) for thing, one in told]
    at = Place(0, 0, *chosen[-1]) if chosen else place
    page = _page(entries, cursor, until, now, at, len(found) > limit)
    return page._replace(more=page.more or until != now)


def _difference(reader: Reader, cursor: Cursor, until: Moment, now: Moment, limit: int) -> Page:
    """What is not now as it was at `since`."""
    assert cursor.since
    clocked = not sees_everything(reader.request.user)
    things = touched(Span(cursor.since, until, cursor.late), reader.resources, clocked)
    if not things and until == now and until.newest == cursor.since.newest:
        # The same answer as before, byte for byte: it has the same tag.
        return Page([], Cursor(cursor.asker, since=cursor.since), False)
    moved = touched(Span(until, now), reader.resources, clocked) if until != now else {}
    known_then, known, waits = _known_of(reader, cursor.since, until, now, set(things))

    def order(thing: Thing) -> tuple[int, int, int, int]:
        touch = things[thing]
        return 0 if touch.late else 1, touch.entry, reader.order[thing[0]], thing[1]

    place = cursor.place
    reached = place.turn, place.entry, reader.order.get(place.register, -1), place.key
    ahead = {thing for thing in known | known_then | waits if order(thing) > reached}
    passed_by = ahead & waits & moved.keys()
    cursor = cursor._replace(owes=cursor.owes or bool(passed_by))
    waiting = sorted(ahead - passed_by, key=order)
    chosen = waiting[:limit]
    were = _shown(reader, seen(cursor.since), known_then.intersection(chosen))
    shown = _shown(reader, judged_at(now.at), known.intersection(chosen))
    told = (_told(thing, things[thing], were.get(thing), shown.get(thing)) for thing in chosen)
    at = Place(*order(chosen[-1])[:2], *chosen[-1]) if chosen else place
    page = _page([entry for entry in told if entry], cursor, until, now, at, len(waiting) > limit)
    return page._replace(more=page.more or _concerns(reader, moved, until, now))


def _concerns(reader: Reader, moved: Mapping[Thing, Touch], until: Moment, now: Moment) -> bool:
    """Whether the reader sees any of these in either world: of what is hidden he does not learn that it moved."""
    if not moved:
        return False
    with judged_at(now.at):
        if reader.visible(set(moved)):
            return True
    with seen(until):
        return bool(reader.visible(set(moved)))


def _known_of(
    reader: Reader, since: Moment, until: Moment, now: Moment, things: set[Thing]
) -> tuple[set[Thing], set[Thing], set[Thing]]:
    """Those visible at `since`; those that may be told as there; and those visible at `until`."""
    if not things:
        return set(), set(), set()
    with seen(since):
        known_then = reader.visible(things)
    with judged_at(now.at):
        known = reader.visible(things)
    if until == now:
        return known_then, known, known
    with seen(until):
        known_until = reader.visible(things)
    return known_then, known & known_until, known_until


def _shown(reader: Reader, world: AbstractContextManager[None], things: set[Thing]) -> dict[Thing, Shown]:
    if not things:
        return {}
    with world:
        return reader.objects(things)


def _told(thing: Thing, touch: Touch, was: Shown | None, is_now: Shown | None) -> dict[str, Any] | None:
    if was == is_now and not (touch.late and is_now):
        return None
    at = DateTimeField().to_representation(touch.at)
    if is_now is None:
        return _entry(thing, Became.REMOVED, at, was)
    return _entry(thing, Became.CREATED if was is None else Became.CHANGED, at, is_now)


def _entry(thing: Thing, became: Became, at: str, shown: Shown | None) -> dict[str, Any]:
    assert shown
    address = shown["url"]
    is_there = became != Became.REMOVED
    return {
        "resource": thing[0],
        "id": address.rstrip("/").rpartition("/")[2],
        "url": address,
        "op": became.value,
        "at": at,
        "version": shown["version"] if is_there else None,
        "object": shown if is_there else None,
    }


def _page(
    entries: list[dict[str, Any]], cursor: Cursor, until: Moment, now: Moment, at: Place, more: bool
) -> Page:
    if more:
        return Page(entries, cursor._replace(until=until, place=at), True)
    late = now if cursor.owes else None
    return Page(entries, Cursor(cursor.asker, since=until, late=late), False)
