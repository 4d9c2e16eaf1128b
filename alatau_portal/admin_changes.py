"""What changed since yesterday, from the ledger, a line per act: who did what to what."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

from core.admin.history import entries, table_of
from core.admin.machine import yesterday
from core.choices import Operation
from core.models import Change
from core.text import Text

#: As many changes are looked at, and as many acts shown: the list behind the number has the rest.
LOOKED_AT, SHOWN = 400, 12
#: Of the other registers that an act touched, so many are named.
OTHERS = 4
#: What a row is called by, the best first; personal values stand in the ledger as “…”.
NAMES = ("name", "title", "text", "subject", "about")
CODES, PERSONAL = ("public_id", "number", "code", "printed"), "…"


@dataclass(frozen=True)
class Act:
    """One transaction of one person: the row it was about, and how many others it touched."""

    at: datetime
    who: str
    verb: str
    note: str
    what: str
    called: str
    link: str
    others: list[tuple[str, int]]


def since_yesterday(request: HttpRequest) -> list[Act]:
    """The newest acts. Three queries, however many changes there are."""
    heads = Change.objects.filter(at__gte=yesterday()).defer("old", "new").order_by("-id")[:LOOKED_AT]
    acts: dict[tuple[Any, ...], list[Change]] = {}
    for change in heads:
        acts.setdefault((change.xid, change.actor, change.verb, change.note), []).append(change)
    shown = [(max(changes, key=_weight), changes) for changes in list(acts.values())[:SHOWN]]
    whole = Change.objects.in_bulk([head.pk for head, _changes in shown])
    read = entries(whole[head.pk] for head, _changes in shown)
    return [
        _act(request, whole[head.pk], changes, entry)
        for (head, changes), entry in zip(shown, read, strict=True)
    ]


def _weight(change: Change) -> tuple[bool, bool, int]:
    """A row that has a page of its own says best what an act was about; a new one better than a changed one."""
    return table_of(change) in admin.site._registry, change.op == Operation.CREATED, -change.pk


def _act(request: HttpRequest, change: Change, changes: Iterable[Change], entry: Any) -> Act:
    others = Counter(table_of(one) for one in changes if table_of(one) in admin.site._registry)
    others[table_of(change)] -= 1
    return Act(
        at=change.at,
        who=entry.who,
        verb=entry.verb,
        note=change.note,
        what=entry.what,
        called=_called(change),
        link=_history(request, change),
        others=[
            (str(model._meta.verbose_name_plural), number)
            for model, number in others.most_common(OTHERS)
            if model and number > 0
        ],
    )


def _called(change: Change) -> str:
    """The row's own name, as it stands in the ledger; personal values do not."""
    row = change.new or change.old or {}
    for name in NAMES:
        if text := Text.of(
            {language: row.get(f"{name}_{language}") or "" for language in ("kk", "ru", "en")}
        ):
            return str(text)
    words = (row.get(code) for code in (*NAMES, *CODES))
    return next((word for word in words if isinstance(word, str) and word not in ("", PERSONAL)), "")


def _history(request: HttpRequest, change: Change) -> str:
    model = table_of(change)
    if model not in admin.site._registry or change.op == Operation.REMOVED:
        return ""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_history"  # type: ignore[union-attr]
    return reverse(name, args=[change.row_key])
