"""What happened to a reporting period: opened, put off, locked, opened again; by whom and why, in words."""

from collections.abc import Iterator
from typing import Any

from django.db.models import CharField, F, Func, Value
from django.utils.text import capfirst
from django.utils.translation import pgettext, pgettext_lazy

from core import ledger
from core.admin.history import said_by, who_is
from core.models import Change
from tasks.models import ReportingPeriod
from tasks.views.history import FOR_WHOM, MOST, Deed, Event, Line, arrow, day_of, reason_of

DEEDS: dict[str, Any] = {
    "open_period": pgettext_lazy("period", "Opened"),
    "lock_period": pgettext_lazy("period", "Locked"),
    "reopen_period": pgettext_lazy("period", "Opened again"),
    "move_due": pgettext_lazy("period", "Days moved"),
}


def timeline(period: ReportingPeriod) -> list[Event]:
    """Newest first; one query."""
    acting = Func(F("note"), Value(FOR_WHOM), function="substring", output_field=CharField())
    named = Func(Value("user:"), acting, function="concat", output_field=CharField())
    rows = Change.objects.of(period).annotate(
        acting=named, name=said_by(F("actor")), substituted=said_by(F("acting"))
    )
    if moment := ledger.instant.get():
        rows = rows.filter(at__lte=moment)
    return [_event(change) for change in rows.order_by("-at", "-xid", "-id")[:MOST]]


def _event(change: Any) -> Event:
    title = DEEDS.get(change.verb) or pgettext("period", "Mended")
    who = change.name or who_is(change.actor, {})
    lines = [line for line in _lines(Deed([change], {})) if line.value]
    return Event(change.at, change.verb, str(title), who, change.substituted or "", "", lines)


def _lines(deed: Deed) -> Iterator[Line]:
    """The days that it has since then, from which to which; why."""
    row = deed.row(ReportingPeriod)
    for name in ("due_on", "grace_until"):
        label = capfirst(str(ReportingPeriod._meta.get_field(name).verbose_name))
        before = deed.changed(ReportingPeriod, name)
        if before or deed.first.verb == "open_period":
            yield Line(label, arrow(day_of(before), day_of(row.get(name))))
    yield Line(pgettext("period", "Why"), reason_of(deed), is_text=True)
