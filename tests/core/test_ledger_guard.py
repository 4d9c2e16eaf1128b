"""Nobody rewrites the ledger, and nothing escapes it."""

import pytest
from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.management import call_command
from django.db import DatabaseError, models, transaction

from core.apps import check_database, check_recorded
from core.models import Change, Era, Recorded, Source
from tests.database import as_owner
from tests.factories import SourceFactory
from tests.refusals import refused, refuses, sql

pytestmark = pytest.mark.django_db

# --- append-only ----------------------------------------------------------------------------------


@refuses("core_change_append_only", "core_era_append_only")
@pytest.mark.parametrize("table", ["core_change", "core_era"])
@pytest.mark.parametrize("attack", ["UPDATE {} SET id = id", "DELETE FROM {}", "DELETE FROM {} WHERE false"])
def test_the_owner_cannot_rewrite(table, attack):
    SourceFactory()

    with refused(f"{table}_append_only"):
        as_owner(attack.format(table))
    with refused(f"{table}_append_only"):
        as_owner(f"SET LOCAL session_replication_role = replica; {attack.format(table)}")


@pytest.mark.parametrize("made", [Change, Era])
def test_nor_can_django_which_is_not_the_owner(made):
    SourceFactory()

    for attack in (
        lambda: made.objects.all().delete(),
        lambda: made.objects.update(id=1),
        lambda: made.objects.first().delete(),
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            attack()


def test_the_ledger_is_not_emptied_outside_a_test_database():
    body = sql("SELECT prosrc FROM pg_proc WHERE proname = 'core_refuse'")[0][0].replace(
        "current_database()", "'portal'"
    )
    as_owner(f"CREATE OR REPLACE FUNCTION core_refuse() RETURNS trigger LANGUAGE plpgsql AS $f${body}$f$")

    for table in ("core_change", "core_era"):
        with refused(f"{table}_append_only"):
            as_owner(f"TRUNCATE {table}")


# --- checks at start ------------------------------------------------------------------------------


@pytest.fixture
def _scratch():
    yield
    for name in ("escaped", "dated", "linked"):
        apps.all_models["core"].pop(name, None)
    apps.all_models["core"].pop("linked_sources", None)
    Source._meta._expire_cache()
    apps.clear_cache()


@pytest.mark.usefixtures("_scratch")
def test_a_model_that_would_escape_is_an_error():
    class Escaped(Recorded):
        class Meta:
            app_label = "core"

    class Dated(Recorded):
        day = models.DateField(primary_key=True)

        class Meta(Recorded.Meta):
            app_label = "core"

    class Linked(Recorded):
        sources = models.ManyToManyField(Source, related_name="+")

        class Meta(Recorded.Meta):
            app_label = "core"

    assert {error.id for error in check_recorded(None)} == {"core.E001", "core.E002", "core.E003"}


def test_no_model_of_ours_escapes():
    assert list(check_recorded(None)) == []


def test_a_real_database_is_not_called_test(monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", "test_portal")
    assert [error.id for error in check_database(None)] == ["core.E004"]

    monkeypatch.setitem(settings.DATABASES["default"], "NAME", "portal")
    assert list(check_database(None)) == []


def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_the_checks_pass():
    assert [error for error in checks.run_checks() if error.is_serious()] == []
