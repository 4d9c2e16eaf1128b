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
from django.utils import timezone

from alatau_portal import health
from core import heartbeat

SQL = (Path(__file__).parent.parent / "sql" / "seeing.sql").read_text()
MANIFEST = "manifest.json"


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

    def over(self, name: str, most: float) -> bool:
        """Whether what is counted or aged is more than that."""
        return (self.told.get(name) or 0) > most


def gather() -> Facts:
    disk = shutil.disk_usage(settings.DATA_DIR)
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
    return told


def _days_old(newest: Mapping[str, str | None]) -> dict[str, int]:
    """By register: how old the newest of its dates is."""
    today = timezone.localdate()
    return {
        name: max(0, (today - date.fromisoformat(day)).days) for name, day in sorted(newest.items()) if day
    }


def newest_backup() -> Backup | None:
    """A folder without a manifest is no backup: it was not finished."""
    found = [
        (manifest.stat().st_mtime, manifest.parent.name)
        for manifest in Path(settings.DATA_DIR, "backups").glob(f"*/{MANIFEST}")
    ]
    if not found:
        return None
    finished, name = max(found)
    return Backup(name, max(0.0, time.time() - finished))
