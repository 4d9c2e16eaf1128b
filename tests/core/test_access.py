"""Who looked at personal data and who took what out is kept, and nobody rewrites it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from core import access
from core.choices import AccessKind
from core.models import AccessLog
from districts.models import Project
from tests.admin.rows import address
from tests.database import as_owner, backdated
from tests.factories import AccessLogFactory, ApiClientFactory, ProjectFactory, UserFactory
from tests.personas import EVERYBODY, HOUSE, reader
from tests.refusals import refused, refuses, sql

pytestmark = pytest.mark.django_db


def looks():
    return [
        (one.who, one.action, one.model, one.rows, one.number) for one in AccessLog.objects.order_by("pk")
    ]


# --- what the database keeps ----------------------------------------------------------------------


@refuses("core_accesslog_append_only")
@pytest.mark.parametrize(
    "attack", ["UPDATE core_accesslog SET who = 'user:2'", "UPDATE core_accesslog SET id = id"]
)
def test_a_look_is_not_rewritten(attack):
    look = AccessLogFactory()

    with refused("core_accesslog_append_only"):
        as_owner(attack)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        sql(attack)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        AccessLog.objects.filter(pk=look.pk).update(who="user:2")


def test_the_log_is_not_emptied_outside_a_test_database():
    body = sql("SELECT prosrc FROM pg_proc WHERE proname = 'core_refuse'")[0][0]
    elsewhere = body.replace("current_database()", "'portal'")
    as_owner(
        f"CREATE OR REPLACE FUNCTION core_refuse() RETURNS trigger LANGUAGE plpgsql AS $f${elsewhere}$f$"
    )

    with refused("core_accesslog_append_only"):
        as_owner("TRUNCATE core_accesslog")


@refuses("core_accesslog_kept")
def test_a_look_is_kept_for_a_year_whoever_wants_it_gone():
    young, old = AccessLogFactory(), AccessLogFactory()
    backdated("core_accesslog", young.pk, at=timezone.now() - timedelta(days=364))
    backdated("core_accesslog", old.pk, at=timezone.now() - timedelta(days=366))

    with refused("core_accesslog_kept"):
        sql("DELETE FROM core_accesslog WHERE id = %s", young.pk)
    with refused("core_accesslog_kept"):
        young.delete()

    old.delete()
    assert [look.pk for look in AccessLog.objects.all()] == [young.pk]


def test_the_instant_is_that_of_the_database():
    look = AccessLogFactory(at=timezone.now() - timedelta(days=400))
    look.refresh_from_db()

    assert timezone.now() - look.at < timedelta(minutes=1)


@pytest.mark.parametrize("name", EVERYBODY)
def test_only_the_house_sees_who_looked(name, request):
    AccessLogFactory()

    assert AccessLog.objects.visible_to(reader(name, request)).exists() is (name in HOUSE)


# --- what is written ------------------------------------------------------------------------------


def test_one_row_for_each_register_that_was_looked_at(office):
    users, projects = UserFactory.create_batch(2), ProjectFactory.create_batch(1)

    access.log(office, [*users, *projects], AccessKind.LIST)

    assert looks() == [
        (office.ledger_name, "list", "accounts.user", [user.pk for user in users], 2),
        (office.ledger_name, "list", "districts.project", [projects[0].pk], 1),
    ]


def test_a_look_costs_one_query(office, django_assert_num_queries):
    users = UserFactory.create_batch(5)

    with django_assert_num_queries(1):
        access.log(office, users, AccessKind.LIST)


def test_who_looked_at_these_rows_is_found(office):
    user, other = UserFactory(), UserFactory()
    access.log(office, user, AccessKind.OPEN)
    access.log(office, other, AccessKind.OPEN)

    assert [look.rows for look in AccessLog.objects.of({type(user): [user.pk]})] == [[user.pk]]


def test_personal_columns_are_those_that_the_ledger_does_not_keep():
    assert access.personal_columns(UserFactory._meta.model) == ["username", "full_name", "email"]
    assert access.personal_columns(Project) == []


def test_the_admin_keeps_who_listed_and_who_opened_people(client, office):
    person = UserFactory()
    client.force_login(office)

    client.get(address("accounts.User", "changelist"))
    client.get(address("accounts.User", "change", person.pk))
    client.get(address("districts.Project", "changelist"))

    listed, opened = AccessLog.objects.order_by("pk")
    assert (listed.action, listed.model, person.pk in listed.rows) == ("list", "accounts.user", True)
    assert (opened.action, opened.model, opened.rows) == ("open", "accounts.user", [person.pk])


def test_an_export_is_kept_by_whoever_is_signed_in(api, client, office, executor):
    ProjectFactory(visibility="public")
    program = ApiClientFactory(scopes=["read"])

    for user in (None, office, program):
        assert api(user).get("/api/v1/projects.csv").status_code == 200
    client.force_login(executor)
    assert client.get("/kk/control/register.xlsx").status_code == 200
    assert client.get("/kk/control/register.xlsx?as_of=2026-01-01").status_code == 403

    kept = [(look.who, look.action, look.model) for look in AccessLog.objects.order_by("pk")]
    assert kept == [
        (office.ledger_name, "export", "districts.project"),
        (program.ledger_name, "export", "districts.project"),
        (executor.ledger_name, "export", ""),
    ]


def test_an_export_of_the_past_is_kept_too(client, office):
    client.force_login(office)

    assert client.get("/kk/control/register.xlsx?as_of=2026-01-01").status_code == 200
    assert client.get("/api/v1/projects.csv?as_of=2026-01-01").status_code == 200

    assert [look.action for look in AccessLog.objects.all()] == ["export", "export"]


def test_an_export_of_the_admin_is_kept_with_its_number_of_rows(client, office):
    ProjectFactory.create_batch(3)
    client.force_login(office)

    client.post(address("districts.Project", "export"), {"format": "1"})

    look = AccessLog.objects.get()
    assert (look.who, look.action, look.model, look.number) == (
        office.ledger_name,
        "export",
        "districts.project",
        3,
    )
    assert look.purpose.endswith(".csv")
