"""Ready to serve: the database answers, migrations are applied, the real data is loaded and published as open data.

Says what is missing.
"""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from alatau_portal.models import OpenDataFile
from alatau_portal.open_data import files
from districts.choices import DistrictCode
from districts.models import District

SILENT = "does not answer"


@login_not_required
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 with every part "ok", else 503; a part that is not says why."""
    told = parts()
    status = 200 if set(told.values()) == {"ok"} else 503
    return JsonResponse(told, status=status, headers={"Cache-Control": "no-store"})


def parts() -> dict[str, str]:
    told = {"database": "ok", "migrations": "ok", "data": "ok", "open_data": "ok"}
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            told["migrations"] = "not applied: run manage.py migrate"
        elif District.objects.count() < len(DistrictCode.values):
            told["data"] = "not loaded: run manage.py load_alatau"
        elif not _is_published():
            told["open_data"] = "not published: run manage.py publish_open_data"
    except DatabaseError:
        told["database"] = SILENT
    return told


def _is_published() -> bool:
    """From then on every file of /open-data/ is there: a newer edition takes the place of a whole one."""
    return OpenDataFile.objects.filter(edition__withdrawn_at=None, name__in=files.NAMES).exists()
