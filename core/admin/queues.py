"""What waits for somebody: named sets of rows, counted on the first page of the admin and filtered in their lists.

A list the ground floor owns and every app fills; a number and the list behind it are one queryset.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import CharField, Count, Value
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter

WAITS, QUALITY, MACHINE = "waits", "quality", "machine"

type Rows = models.QuerySet[Any]


@dataclass(frozen=True)
class Queue:
    """Rows of a model that want attention. `rows(all, today)` says which; `tone` how urgently."""

    model: type[models.Model]
    code: str
    title: Any
    rows: Callable[[Rows, date], Rows]
    group: str = WAITS
    tone: str = "warning"


QUEUES: dict[type[models.Model], list[Queue]] = {}


def queue(
    model: type[models.Model], code: str, title: Any, rows: Callable[[Rows, date], Rows], **more: Any
) -> None:
    QUEUES.setdefault(model, []).append(Queue(model, code, title, rows, **more))


def counts(named: Iterable[tuple[str, Rows]]) -> dict[str, int]:
    """How many rows each set has, all in one query."""
    counted = [
        rows.order_by().values(set=Value(name, CharField())).annotate(size=Count("pk"))
        for name, rows in named
    ]
    if not counted:
        return {}
    first, *others = counted
    return {row["set"]: row["size"] for row in first.union(*others, all=True).order_by()}


class Waiting(DropdownFilter):
    """`?waits=overdue`: the rows of one of the model's queues."""

    title = _("what waits")
    parameter_name = "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        self.queues = {one.code: one for one in QUEUES[model_admin.model]}
        return [(one.code, one.title) for one in self.queues.values()]

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        chosen = self.queues.get(self.value() or "")
        return chosen.rows(queryset, timezone.localdate()) if chosen else queryset
