"""Keeps who looked at personal data, and who took what out of the portal.

log(request.user, enquiry, AccessKind.OPEN)                      a page about one row
log(request.user, page.object_list, AccessKind.LIST)             the rows of a list, of any models
log(request.user, Project, AccessKind.EXPORT, number=120)        a register as a file
log(request.user, None, AccessKind.EXPORT, purpose="x.docx")     what is of no one register

One row a look and model. A stranger is not kept: he sees only what is public.
"""

from collections import defaultdict
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

from django.db import models

from core import ledger
from core.models import AccessLog
from core.triggers import Run

type Rows = models.Model | type[models.Model] | Iterable[models.Model] | None

#: Looks at the past, where nothing can be written; they are when the reader is back.
_waiting: ContextVar[tuple[AccessLog, ...]] = ContextVar("access_waiting", default=())


def log(user: Any, rows: Rows, action: str, *, purpose: str = "", number: int | None = None) -> None:
    who = getattr(user, "ledger_name", "")
    if not who:
        return
    told = {"who": who, "action": action, "purpose": purpose[:200]}
    looks = [
        AccessLog(**told, model=model, rows=keys, number=len(keys) if keys else number)
        for model, keys in _by_model(rows)
    ]
    if ledger.instant.get() is None:
        AccessLog.objects.bulk_create(looks)
    else:
        _waiting.set((*_waiting.get(), *looks))


def _by_model(rows: Rows) -> list[tuple[str, list[int]]]:
    if rows is None:
        return [("", [])]
    if isinstance(rows, type):
        return [(rows._meta.label_lower, [])]
    seen: dict[str, list[int]] = defaultdict(list)
    for row in [rows] if isinstance(rows, models.Model) else rows:
        seen[row._meta.label_lower].append(row.pk)
    return list(seen.items())


def back_from_the_past() -> None:
    """Write what was looked at in the past."""
    looks = _waiting.get()
    if looks:
        _waiting.set(())
        AccessLog.objects.bulk_create(looks)


def personal_columns(model: type[models.Model]) -> list[str]:
    """Columns whose values never enter the ledger, because they are a person's."""
    for trigger in getattr(model._meta, "triggers", []):
        if isinstance(trigger, Run) and trigger.function == "core_record":
            return [column for column in trigger.arguments[1].split(",") if column]
    return []
