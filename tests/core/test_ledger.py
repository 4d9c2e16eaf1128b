"""What the ledger writes: every door leaves a trace, under a name, and nobody rewrites it."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from core.apps import recorded_models
from core.ledger import acting
from core.models import Change, Source
from tests.database import as_owner
from tests.factories import (
    ApiClientFactory,
    InvitationFactory,
    OrganisationFactory,
    SourceFactory,
    UserFactory,
)
from tests.refusals import sql
from tests.two import second_connection

pytestmark = pytest.mark.django_db


def changes(thing):
    return list(Change.objects.of(thing))


# --- every door -----------------------------------------------------------------------------------


def test_every_door_leaves_a_trace():
    source = SourceFactory(publisher="first")
    source.publisher = "saved"
    source.save()
    Source.objects.filter(pk=source.pk).update(publisher="updated")
    sql("UPDATE core_source SET publisher = 'by hand' WHERE id = %s", source.pk)
    source.refresh_from_db()
    source.publisher = "in bulk"
    Source.objects.bulk_update([source], ["publisher"])
    pk = source.pk
    source.delete()

    entries = list(Change.objects.filter(relation="core_source", row_key=pk).order_by("id"))
    assert [entry.op for entry in entries] == list("IUUUUD")
    assert [entry.new and entry.new["publisher"] for entry in entries] == [
        "first", "saved", "updated", "by hand", "in bulk", None,
    ]  # fmt: skip
    told = {name: old for name, old in entries[1].old.items() if name != "search"}  # made from the publisher
    assert told == {"publisher": "first", "version": 1} | _when(entries[1])
    assert entries[-1].old["publisher"] == "in bulk"
    assert entries[2].before["publisher"] == "saved"


def _when(entry):
    """The instant of the row moves only from transaction to transaction."""
    return {"updated_at": entry.old["updated_at"]} if "updated_at" in entry.old else {}


def test_what_is_made_or_deleted_in_bulk_leaves_a_trace_each():
    Source.objects.bulk_create(SourceFactory.build_batch(3))
    Source.objects.all().delete()

    assert sorted(Change.objects.filter(relation="core_source").values_list("op", flat=True)) == list(
        "DDDIII"
    )


@pytest.mark.parametrize(
    "write",
    [
        lambda source: source.save(),
        lambda source: Source.objects.update(publisher=source.publisher),
        lambda source: sql("UPDATE core_source SET publisher = publisher, version = 99, updated_at = now()"),
    ],
)
def test_a_write_that_changes_nothing_is_no_event(write):
    source = SourceFactory()
    before = Source.objects.values().get(pk=source.pk)

    write(source)

    assert len(changes(source)) == 1
    assert Source.objects.values().get(pk=source.pk) == before


def test_the_triggers_of_every_recorded_model_are_there_and_always_on():
    for model in recorded_models():
        found = dict(
            sql("SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = %s::regclass", model._meta.db_table)
        )
        for trigger in model._meta.triggers:
            assert found[trigger.get_pgid(model)] in ("A", b"A"), (model, trigger.name)


@pytest.mark.django_db(transaction=True)
def test_replication_mode_hides_nothing():
    source = SourceFactory()
    with transaction.atomic():
        as_owner("SET LOCAL session_replication_role = replica")
        sql("UPDATE core_source SET publisher = 'hidden'")
        with pytest.raises(DatabaseError, match="what happened, happened"), transaction.atomic():
            as_owner("DELETE FROM core_change")

    assert changes(source)[-1].new["publisher"] == "hidden"


# --- names ----------------------------------------------------------------------------------------


def test_names_hold_inside_and_return_outside(office):
    source = SourceFactory()

    def write(publisher):
        Source.objects.filter(pk=source.pk).update(publisher=publisher)

    client = ApiClientFactory()
    with acting("system:load", "import", "list of May"):
        write("a")
        with acting(office, "rename"):
            write("b")
        with pytest.raises(ZeroDivisionError), acting(client, "lost"):
            write("c")
            _ = 1 / 0
        write("d")
        with acting(client, "sync", "noon"):
            write("e")
    write("f")

    assert [(c.actor, c.verb, c.note, c.new["publisher"]) for c in changes(source)[1:]] == [
        ("system:load", "import", "list of May", "a"),
        (f"user:{office.pk}", "rename", "", "b"),
        ("system:load", "import", "list of May", "d"),
        (f"client:{client.pk}", "sync", "noon", "e"),
        (f"sql:{_role()}", "sql", "", "f"),
    ]


def _role():
    return sql("SELECT session_user")[0][0]


def test_a_token_of_a_person_acts_under_his_name(office):
    with acting(ApiClientFactory(owner=office), "edit"):
        source = SourceFactory()

    assert changes(source)[0].actor == f"user:{office.pk}"


@pytest.mark.django_db(transaction=True)
def test_a_name_ends_with_its_transaction():
    with acting("system:load", "import"):
        SourceFactory()
    source = SourceFactory()

    assert changes(source)[0].actor == f"sql:{_role()}"


# --- what it keeps of people ----------------------------------------------------------------------


def test_personal_values_enter_only_as_changed():
    user = UserFactory(username="aigul", full_name="Айгүл Серік", email="aigul@example.kz")
    user.full_name, user.email = "Айгүл Нұрлан", ""
    user.save()
    user.delete()

    made, changed, gone = Change.objects.filter(relation="accounts_user").order_by("id")
    assert {made.new[name] for name in ("username", "full_name", "email")} == {"…"}
    assert (changed.old["full_name"], changed.old["email"]) == ("…", "…")
    assert (changed.new["full_name"], changed.new["email"]) == ("…", "")
    assert {gone.old[name] for name in ("username", "full_name")} == {"…"}
    everything = str(sql("SELECT string_agg(c::text, '') FROM core_change c"))
    assert [word for word in ("aigul", "Айгүл", "Серік", "Нұрлан") if word in everything] == []


def test_secrets_do_not_enter_and_yet_their_change_is_kept():
    user, client, invitation = UserFactory(), ApiClientFactory(), InvitationFactory()

    user.set_password("another password of tests")
    user.save()
    for thing in (client, invitation):
        thing.token_hash = "f" * 63 + str(thing.pk % 10)
        thing.save()

    for thing in (user, client, invitation):
        made, changed = changes(thing)
        for side in (made.new, changed.old, changed.new):
            assert not {"password", "token_hash"} & side.keys()
        assert changed.new["version"] == 2


def test_a_last_use_is_no_event_and_no_version():
    client = ApiClientFactory()
    client.last_used_on = date(2026, 1, 1)
    client.save()

    assert len(changes(client)) == 1
    client.refresh_from_db()
    assert (client.version, client.last_used_on) == (1, date(2026, 1, 1))

    client.name, client.last_used_on = "renamed", date(2026, 1, 2)
    client.save()
    assert changes(client)[-1].new["version"] == 2


# --- the database keeps version, instants and key -------------------------------------------------


def test_version_and_instants_are_kept_by_the_database():
    forged = datetime(1999, 1, 1, tzinfo=UTC)
    source = SourceFactory(version=77, created_at=forged, updated_at=forged)
    source.refresh_from_db()
    assert source.version == 1
    assert source.created_at == source.updated_at > forged

    Source.objects.filter(pk=source.pk).update(
        publisher="x", version=77, created_at=forged, updated_at=forged
    )
    sql(
        "UPDATE core_source SET publisher = 'y', version = 77, created_at = %s, updated_at = %s",
        forged,
        forged,
    )

    source.refresh_from_db()
    assert source.version == 3
    assert min(source.created_at, source.updated_at) > forged
    assert source.publisher == "y"


def test_a_generated_column_does_not_count_as_a_change():
    organisation = OrganisationFactory()
    organisation.save()
    organisation.refresh_from_db()

    assert organisation.version == 1


def test_a_key_is_permanent():
    source = SourceFactory()

    for attempt in (
        lambda: Source.objects.filter(pk=source.pk).update(id=source.pk + 1),
        lambda: sql("UPDATE core_source SET id = id + 1"),
    ):
        with pytest.raises(DatabaseError, match="the key of core_source is permanent"), transaction.atomic():
            attempt()


def test_two_saves_of_one_reading_are_told_apart_by_the_version():
    source = SourceFactory()
    seen = Source.objects.get(pk=source.pk).version

    assert Source.objects.filter(pk=source.pk, version=seen).update(publisher="first") == 1
    assert Source.objects.filter(pk=source.pk, version=seen).update(publisher="second") == 0


# --- the same from everywhere ---------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_value_is_recorded_the_same_from_any_session():
    client = ApiClientFactory()
    for zone, style in (("UTC", "ISO"), ("Asia/Almaty", "German"), ("America/Caracas", "SQL, DMY")):
        with second_connection() as other:
            other.execute(
                f"SET timezone = '{zone}'; SET datestyle = '{style}'; SET intervalstyle = 'iso_8601'"
            )
            other.execute("UPDATE accounts_apiclient SET name = %s, last_used_on = '2026-02-28'", [zone])
            other.execute("UPDATE accounts_apiclient SET expires_at = '2026-03-01T12:30:00+05:00'")

    for entry in changes(client)[2:]:
        assert entry.new["expires_at"] == "2026-03-01T07:30:00+00:00"
        assert entry.new["last_used_on"] == "2026-02-28"
        assert entry.new["created_at"] == changes(client)[0].new["created_at"]
