"""From the ledger to webhooks: what became visible since the last look is told to those who watch it and may see it.

What happened to a row in one transaction is one event. It is told as the API tells it, and only of what the owner of
the webhook may see: the object as it is now and as it was right after the change; what it was before, only where he
could see it then. What he could not see before has *appeared*, at the end of an embargo too.

The bookmark moves in the transaction that writes the deliveries: nothing is lost, nothing is told twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from accounts.models import WebhookBookmark, WebhookDelivery, WebhookEndpoint
from accounts.services import deliveries
from accounts.services.webhooks import LEDGER
from alatau_portal import api  # noqa: F401 it fills the list of registers, in a worker too
from core import ledger
from core.api import plain
from core.api.resources import Resource
from core.bookmarks import between, bookmark, fresh
from core.choices import Operation
from core.models import Change, Published
from core.policies import sees_everything

PIECE = 300  # changes worked off in one transaction
_REST = """
SELECT c.* FROM core_since(%s) c
 WHERE c.id > %s AND c.xid = ANY(%s::xid8[]) AND NOT EXISTS (SELECT FROM core_since(%s) n WHERE n.id = c.id)
 ORDER BY c.id
"""
#: Where nothing that is watched has changed, the bookmark is renewed so often.
RENEWED = timedelta(minutes=1)
#: The end of an embargo is looked for so far back: whoever wrote it may have committed late. Told once all the same.
LATE = timedelta(minutes=10)
BEFORE = timedelta(microseconds=1)
#: Somebody else was at it since this transaction began.
SERIALIZATION = "40001"


class Event(NamedTuple):
    """What happened to one object. `before` is None where there was nothing to see; both in the API's words.

    `changed`: the names of all fields that differ, links among them.
    """

    key: str
    resource: Resource
    pk: int
    at: datetime
    changed: frozenset[str]
    before: dict[str, Any] | None
    after: dict[str, Any]

    def as_new(self) -> "Event":
        return self._replace(before=None, changed=frozenset(plain.fields_of(self.resource).names))

    @property
    def kind(self) -> str:
        done = "appeared" if self.before is None else "changed"
        return f"{self.resource.basename.replace('-', '_')}.{done}"


def dispatch() -> int:
    """Write what is owed to webhooks since the last look; how many deliveries. Nothing while somebody else is at it."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:  # the bookmark, the ledger and the rows are of one moment
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            return _dispatch()
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != SERIALIZATION:
            raise
        return 0


def _dispatch() -> int:
    now, mark = timezone.now(), bookmark()
    row = WebhookBookmark.objects.select_for_update(skip_locked=True).filter(name=LEDGER).first()
    if row is None:
        WebhookBookmark.objects.bulk_create(
            [WebhookBookmark(name=LEDGER, mark=mark, looked_at=now)], ignore_conflicts=True
        )
        return 0
    endpoints = list(WebhookEndpoint.objects.live(now).select_related("user", "client").order_by("pk"))
    watched = _watched(endpoints)
    unchanged = not row.until and fresh(row.mark, list(watched)) is not None
    until = row.until or mark
    changes, after = ([], 0) if unchanged else _piece(row.mark, until, row.after)
    events = list(_events((change for change in changes if change.relation in watched), watched))
    events += _lifted(watched, row.looked_at - LATE, now)
    owed = [one for endpoint in endpoints for one in _owed(endpoint, events)]
    if unchanged and not owed and now - row.looked_at < RENEWED:
        return 0
    WebhookDelivery.objects.bulk_create(owed, ignore_conflicts=True, batch_size=500)
    stands = {"until": until, "after": after} if after else {"mark": until, "until": "", "after": 0}
    WebhookBookmark.objects.filter(pk=row.pk).update(**stands, looked_at=now)
    return len(owed)


def _piece(start: str, until: str, after: int) -> tuple[list[Change], int]:
    """The next changes between two bookmarks, and up to which: 0, where these are the last.

    What one transaction did to one row is not parted: the rest of it is taken along. When that is read again in the
    next piece, its event has the same key, and is told once.
    """
    page = list(between(start, until, after, PIECE))
    if len(page) < PIECE:
        return page, 0
    spans = {(change.xid, change.relation, change.row_key) for change in page}
    rest = Change.objects.raw(
        _REST, [start, page[-1].pk, f"{{{','.join({str(change.xid) for change in page})}}}", until]
    )
    page += [change for change in rest if (change.xid, change.relation, change.row_key) in spans]
    return page, page[PIECE - 1].pk


def _watched(endpoints: Iterable[WebhookEndpoint]) -> dict[str, Resource]:
    """The registers that anybody watches, by table."""
    names = {watch["resource"] for endpoint in endpoints for watch in endpoint.watches}
    known = plain.registers()
    return {known[name].model._meta.db_table: known[name] for name in names if name in known}


def _events(changes: Iterable[Change], watched: dict[str, Resource]) -> Iterator[Event]:
    """One for each row and transaction that left it other than it was; none of what was removed."""
    spans: dict[tuple[int, str, int], tuple[Change, Change]] = {}
    for change in changes:
        key = (change.xid, change.relation, change.row_key)
        first = spans[key][0] if key in spans else change
        spans[key] = (first, change)
    for first, last in spans.values():
        if last.op != Operation.REMOVED and (event := _event(watched[last.relation], first, last)):
            yield event


def _event(resource: Resource, first: Change, last: Change) -> Event | None:
    was, became = first.before, last.new or {}
    before, after = was and plain.tell(resource, was), plain.tell(resource, became)
    fields = plain.fields_of(resource)
    if was is None or before is None:
        changed = set(fields.names)
    else:
        changed = {name for name in fields.plain if before[name] != after[name]}
        changed |= {name for name, column in fields.links.items() if was.get(column) != became.get(column)}
    if not changed:
        return None
    return Event(f"change-{last.pk}", resource, last.row_key, last.at, frozenset(changed), before, after)


def _lifted(watched: dict[str, Resource], since: datetime, until: datetime) -> Iterator[Event]:
    """What became public by the clock alone."""
    for resource in watched.values():
        if issubclass(resource.model, Published):
            rows = resource.model.objects.filter(published_at__gt=since, published_at__lte=until)
            for row in rows.order_by("pk"):
                key = f"embargo-{row._meta.db_table}-{row.pk}-{row.published_at.isoformat()}"
                changed = frozenset(plain.fields_of(resource).names)
                told = plain.told_of(resource, row)
                yield Event(key, resource, row.pk, row.published_at, changed, None, told)


class _Sight:
    """What the owner of a webhook saw at an instant: asked once for all objects of a register with an event then."""

    def __init__(self, owner: Any, events: Iterable[Event]) -> None:
        self.sees_all = sees_everything(owner)
        self._owner, self._known = owner, dict[tuple[str, datetime], set[int]]()
        self._keys: dict[tuple[str, datetime], set[int]] = defaultdict(set)
        for event in events:
            for moment in (event.at, event.at - BEFORE):
                self._keys[event.resource.name, moment].add(event.pk)

    def saw(self, event: Event, moment: datetime) -> bool:
        asked = event.resource.name, moment
        if asked not in self._known:
            with ledger.as_of(moment):
                rows = event.resource.model.objects.visible_to(self._owner).filter(pk__in=self._keys[asked])
                self._known[asked] = set(rows.values_list("pk", flat=True))
        return event.pk in self._known[asked]


def _owed(endpoint: WebhookEndpoint, events: Iterable[Event]) -> Iterator[WebhookDelivery]:
    names = {watch["resource"] for watch in endpoint.watches}
    watched = [event for event in events if event.resource.name in names]
    sight = _Sight(endpoint.owner, watched)
    for event in watched:
        known = _as_known(endpoint, event, sight)
        if known and _is_awaited(endpoint, known) and (delivery := _delivery(endpoint, known)):
            yield delivery


def _as_known(endpoint: WebhookEndpoint, event: Event, sight: _Sight) -> Event | None:
    """The event as its owner could follow it; None where he could not see the object after it."""
    is_embargo = event.key.startswith("embargo-")
    if sight.sees_all:
        return None if is_embargo else event  # an embargo hides nothing from the house
    if is_embargo and endpoint.deliveries.filter(event=event.key).exists():
        return None
    if is_embargo:
        seen_before = event.at < endpoint.created_at or sight.saw(event, event.at - BEFORE)
        return None if seen_before else event
    if not sight.saw(event, event.at):
        return None
    seen_before = event.before is not None and sight.saw(event, event.at - BEFORE)
    return event if seen_before else event.as_new()


def _is_awaited(endpoint: WebhookEndpoint, event: Event) -> bool:
    return any(_fits(watch, event) for watch in endpoint.watches)


def _fits(watch: dict[str, Any], event: Event) -> bool:
    """Whether it is a transition that the watch waits for: a field that stays as it is fires nothing."""
    field = watch.get("field")
    if watch["resource"] != event.resource.name or (field and field not in event.changed):
        return False
    if "from" in watch and (event.before is None or event.before.get(field) != watch["from"]):
        return False
    return "to" not in watch or event.after.get(field) == watch["to"]


def _delivery(endpoint: WebhookEndpoint, event: Event) -> WebhookDelivery | None:
    """None where the owner does not see the object now, or of the change only what is not for him."""
    seen = plain.shown(event.resource, endpoint.owner, event.pk)
    if seen is None:
        return None
    changed = event.changed - plain.hidden(event.resource, seen, endpoint.owner)
    if not changed or not _is_awaited(endpoint, event._replace(changed=changed)):
        return None
    told = _told(event, seen, changed)
    return WebhookDelivery(
        endpoint=endpoint,
        message_id=deliveries.new_message_id(),
        event=event.key,
        kind=event.kind,
        resource=event.resource.name,
        row_key=event.pk,
        object_id=str(told["id"]),
        payload=deliveries.body(event.kind, event.at, told),
    )


def _told(event: Event, seen: plain.Shown, changed: frozenset[str]) -> dict[str, Any]:
    key: Any = seen.row
    for step in event.resource.key.split("__"):
        key = getattr(key, step)
    return {
        "resource": event.resource.name,
        "id": key,
        "url": event.resource.address(key),
        "changed": sorted(changed),
        "before": event.before and _some(event.before, changed),
        "after": _some(event.after, changed),
    }


def _some(told: dict[str, Any], names: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name in names}


def is_shown(delivery: WebhookDelivery) -> bool:
    """Whether the owner may still be told: asked of what it is about at the moment of sending."""
    if not delivery.resource:
        return True
    resource = plain.registers().get(delivery.resource)
    known = resource and resource.model.objects.visible_to(delivery.endpoint.owner)
    return bool(known is not None and known.filter(pk=delivery.row_key).exists())
