"""Ready to serve, and what is broken: `/health/ready` names each part.

Without the first four the portal cannot serve: 503. Without the others it serves, and something waits or is refused
until they are back: they are named, and the answer stays 200, so that nobody takes a portal away that works.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import WebhookDelivery
from alatau_portal.models import OpenDataFile
from alatau_portal.open_data import files
from core.cache import ForgivingRedisCache
from core.choices import Channel
from core.models import Outbox
from districts.choices import DistrictCode
from districts.models import District

NEEDED = ("database", "migrations", "data", "open_data")
#: Without these something is refused; without these two all is done, more slowly; the rest waits.
REFUSING = ("changes", "files")
SPARED = ("broker", "cache")
OWED = {
    "jobs": "nobody does them: look at the worker",
    "mail": "does not go out: it waits and is tried again",
}
LATE = timedelta(minutes=5)
PATIENCE = 0.5  # seconds for the broker
SILENT = "does not answer"


@login_not_required
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Each part "ok", or what is wrong with it."""
    told = parts()
    is_ready = all(told[name] == "ok" for name in NEEDED)
    return JsonResponse(told, status=200 if is_ready else 503, headers={"Cache-Control": "no-store"})


def parts() -> dict[str, str]:
    told = dict.fromkeys((*NEEDED, "changes", "jobs", "mail"), "ok")
    try:
        told |= _register()
        if told["migrations"] == "ok":
            told |= _owed()
    except DatabaseError:
        told |= dict.fromkeys(("database", "changes", "jobs", "mail"), SILENT)
    return told | {"broker": _broker(), "cache": _cache(), "files": _files()}


def _register() -> dict[str, str]:
    """What pages stand on."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return {"migrations": "not applied: run manage.py migrate"}
    if District.objects.count() < len(DistrictCode.values):
        return {"data": "not loaded: run manage.py load_alatau"}
    if not _is_published():
        return {"open_data": "not published: run manage.py publish_open_data"}
    return {"changes": "refused: the database can only be read"} if _is_read_only() else {}


def _is_published() -> bool:
    """From then on every file of /open-data/ is there: a newer edition takes the place of a whole one."""
    return OpenDataFile.objects.filter(edition__withdrawn_at=None, name__in=files.NAMES).exists()


def _is_read_only() -> bool:
    """A standby, or a server that was told to take no changes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery() OR current_setting('default_transaction_read_only')::bool")
        return bool(cursor.fetchone()[0])


def _owed() -> dict[str, str]:
    """Jobs that nobody does, and mail that goes out nowhere; how much it is stands in the admin."""
    long_ago = timezone.now() - LATE
    late = Outbox.objects.filter(delivered_at=None, given_up_at=None, next_try_at__lt=long_ago)
    late_calls = WebhookDelivery.objects.late(long_ago)
    mails = Outbox.objects.filter(channel=Channel.MAIL)
    went_out = mails.filter(delivered_at__isnull=False).order_by("-delivered_at").values("delivered_at")[:1]
    refused = mails.filter(delivered_at=None, tries__gt=0).exclude(last_error="")
    since = Coalesce(Subquery(went_out), Value(datetime.min.replace(tzinfo=UTC)))
    owed = _any(late, "jobs").union(
        _any(late_calls, "jobs"), _any(refused.filter(created_at__gte=since), "mail")
    )
    return {part: OWED[part] for part in owed}


def _any(rows: QuerySet[Any], part: str) -> QuerySet[Any, Any]:
    """The name of the part, if there is a row."""
    return rows.order_by().annotate(part=Value(part)).values_list("part", flat=True)[:1]


def _broker() -> str:
    if not settings.CELERY_BROKER_URL.startswith("redis"):
        return "ok"
    address = settings.CELERY_BROKER_URL.replace("redis+socket://", "unix://").replace("virtual_host=", "db=")
    try:
        with redis.Redis.from_url(
            address, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE, retry=None
        ) as line:
            line.ping()
    except redis.RedisError:
        return f"{SILENT}: jobs are done without it"
    return "ok"


def _cache() -> str:
    shared = caches["default"]
    is_dead = isinstance(shared, ForgivingRedisCache) and not shared.answers()
    return f"{SILENT}: pages are made without it" if is_dead else "ok"


def _files() -> str:
    """Whether uploads can be kept: their place may be written, and has room."""
    place = place_of_files()
    if not place.is_dir() or not os.access(place, os.W_OK | os.X_OK):
        return "cannot be written: uploads are refused"
    if os.statvfs(place).f_bavail == 0:
        return "no room: uploads are refused"
    return "ok"


def place_of_files() -> Path:
    """Where uploads are kept: the directory, or the nearest above it that there is."""
    place = Path(settings.FILES_DIR)
    while not place.exists() and place != place.parent:
        place = place.parent
    return place
