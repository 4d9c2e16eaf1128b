"""How the portal does at this moment: one query for what the database knows, a look at the disk for the rest.

The page of operations and the metrics are made from the same facts, and so are the alarms: they cannot contradict each
other.
"""

import json
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Min
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from accounts.models import WebhookDelivery
from alatau_portal import health
from core import heartbeat

SQL = (Path(__file__).parent.parent / "sql" / "seeing.sql").read_text()
MANIFEST, NEWEST = "manifest.json", "newest"


@dataclass(frozen=True)
class Backup:
    """The newest whole backup: its folder, and how many seconds ago it was finished."""

    name: str
    age: float


@dataclass(frozen=True)
class Facts:
    """Ages are seconds; None where there is nothing that could have one."""

    parts: Mapping[str, str]
    disk_free: int
    disk_size: int
    backup: Backup | None
    #: By the names of sql/seeing.sql; empty where the database does not answer.
    told: Mapping[str, Any] = field(default_factory=dict)
    late_jobs: tuple[Any, ...] = ()
    days_old: Mapping[str, int] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.told.get(name)

    @property
    def broken(self) -> set[str]:
        """Parts that are not "ok", by the names of /health/ready."""
        return {part for part, said in self.parts.items() if said != "ok"}

    def over(self, name: str, most: float) -> bool:
        """Whether what is counted or aged is more than that."""
        return (self.told.get(name) or 0) > most


def gather() -> Facts:
    disks = [shutil.disk_usage(place) for place in (settings.DATA_DIR, health.place_of_files())]
    disk = min(disks, key=lambda one: one.free / one.total)  # they may be one
    machine = {"disk_free": disk.free, "disk_size": disk.total, "backup": newest_backup()}
    parts = health.parts()
    if parts["database"] != "ok":
        return Facts(parts, **machine)
    try:
        told = _ask()
    except DatabaseError:
        return Facts({**parts, "database": health.SILENT}, **machine)
    late = tuple(heartbeat.late(timezone.now()))
    return Facts(parts, **machine, told=told, late_jobs=late, days_old=_days_old(told["newest"] or {}))


def _ask() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(SQL)
        names = [column.name for column in cursor.description or ()]
        told = dict(zip(names, cursor.fetchone(), strict=True))
    for name in ("jobs", "newest"):
        if isinstance(told[name], str):  # Django leaves reading of JSON to its fields
            told[name] = json.loads(told[name])
    return told | {"webhooks_overdue": _webhooks_overdue()}


def _webhooks_overdue() -> float | None:
    """Since when what may be called has waited, by the rule of who sends."""
    now = timezone.now()
    since = Greatest("next_try_at", Coalesce("endpoint__quiet_until", "next_try_at"))
    oldest = WebhookDelivery.objects.due(now).order_by().aggregate(since=Min(since))["since"]
    return (now - oldest).total_seconds() if oldest else None


def _days_old(newest: Mapping[str, str | None]) -> dict[str, int]:
    """By register: how old the newest of its dates is."""
    today = timezone.localdate()
    return {
        name: max(0, (today - date.fromisoformat(day)).days) for name, day in sorted(newest.items()) if day
    }


def newest_backup() -> Backup | None:
    """A folder without a manifest is no backup: it was not finished. `NEWEST` tells of one that was made elsewhere."""
    home = Path(settings.DATA_DIR, "backups")
    found = [(manifest.stat().st_mtime, manifest.parent.name) for manifest in home.glob(f"*/{MANIFEST}")]
    if (elsewhere := home / NEWEST).exists():
        found.append((elsewhere.stat().st_mtime, elsewhere.read_text().strip()))
    if not found:
        return None
    finished, name = max(found)
    return Backup(name, max(0.0, time.time() - finished))
