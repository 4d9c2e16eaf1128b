"""Ready to serve: the database answers, migrations are applied, the real data is loaded. Says what is missing."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from districts.choices import DistrictCode
from districts.models import District


@login_not_required
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 with every part "ok", else 503; a part that is not says why."""
    parts = {"database": "ok", "migrations": "ok", "data": "ok"}
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            parts["migrations"] = "not applied: run manage.py migrate"
        elif District.objects.count() < len(DistrictCode.values):
            parts["data"] = "not loaded: run manage.py load_alatau"
    except DatabaseError:
        parts["database"] = "does not answer"
    status = 200 if set(parts.values()) == {"ok"} else 503
    return JsonResponse(parts, status=status, headers={"Cache-Control": "no-store"})
