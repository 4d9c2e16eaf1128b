"""Keeps the schema of the past in step with the tables, and refuses to start with a hole in the ledger."""

import json
from collections.abc import Iterator
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core import checks
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connections, models, transaction
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from core.roles import SQL, check_roles


def recorded_models() -> list[type[models.Model]]:
    from core.models import Recorded

    return [m for m in apps.get_models() if issubclass(m, Recorded) and m._meta.managed and not m._meta.proxy]


def close_past(using: str, **kwargs: Any) -> None:
    """Views hold the columns they name; migrations need them free."""
    with connections[using].cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS asof CASCADE; DROP SCHEMA IF EXISTS seen CASCADE")


def open_past(using: str, **kwargs: Any) -> None:
    """Views of each recorded table, from the columns it has now. One transaction: all of the past or none."""
    with transaction.atomic(using), connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regprocedure('core_show_seen(regclass,text,jsonb)') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return  # migrated backwards, before the ledger or what was seen
        cursor.execute("DROP SCHEMA IF EXISTS asof CASCADE; CREATE SCHEMA asof")
        cursor.execute("DROP SCHEMA IF EXISTS seen CASCADE; CREATE SCHEMA seen")
        for model in recorded_models():
            table = model._meta.db_table
            shown = [table, model._meta.pk.column, json.dumps(_blank(model), cls=DjangoJSONEncoder)]
            cursor.execute(
                "SELECT core_show_past(to_regclass(%s), %s, %s::jsonb), core_show_seen(to_regclass(%s), %s, %s::jsonb)"
                " WHERE to_regclass(%s) IS NOT NULL",
                [*shown, *shown, table],
            )
        cursor.execute(
            "CREATE VIEW asof.core_change AS SELECT * FROM public.core_change WHERE at <= public.core_instant()"
        )
        cursor.execute("SELECT core_current_era()")
        cursor.execute((SQL / "roles.sql").read_text())


def _blank(model: type[models.Model]) -> dict[str, Any]:
    """What a column added since reads as in rows recorded before it."""
    return {
        str(field.column): field.get_default()
        for field in model._meta.concrete_fields
        if not field.null
        and not field.generated
        and field.has_default()
        and (field.default is list or not callable(field.default))
    }


def check_recorded(app_configs: Any, **kwargs: Any) -> Iterator[checks.CheckMessage]:
    """What would leave the ledger in silence is an error at start."""
    from core.models import Recorded

    for model in recorded_models():
        names = {trigger.name for trigger in getattr(model._meta, "triggers", [])}
        if not {"record", "keep", "touch", "values"} <= names:
            yield checks.Error(
                f"{model.__name__}.Meta must keep the triggers of Recorded.Meta", id="core.E001"
            )
        if not isinstance(model._meta.pk, models.IntegerField | models.OneToOneField):
            yield checks.Error(f"{model.__name__} needs a whole-number key", id="core.E002")
        for field in model._meta.local_many_to_many:
            if not issubclass(field.remote_field.through or models.Model, Recorded):
                yield checks.Error(f"{field} needs a recorded through model", id="core.E003")


def check_database(app_configs: Any, databases: Any = None, **kwargs: Any) -> Iterator[checks.CheckMessage]:
    if not settings.DEBUG and str(settings.DATABASES["default"]["NAME"]).startswith("test_"):
        yield checks.Error("a database called test_… may be emptied: choose another name", id="core.E004")


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Registers and records")

    def ready(self) -> None:
        pre_migrate.connect(close_past, sender=self)
        post_migrate.connect(open_past, sender=self)
        checks.register(check_recorded)
        checks.register(check_database, deploy=True)
        checks.register(check_roles, deploy=True)
