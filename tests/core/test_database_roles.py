"""Who may do what in the database. Tests run as the application, so whatever else passes proves that it may enough."""

import pytest
from django.db import DatabaseError, DataError, transaction

from core import ledger
from core.models import Change, Source
from core.roles import not_granted
from core.seals import seal
from tests.database import as_owner
from tests.factories import SourceFactory
from tests.refusals import sql

pytestmark = pytest.mark.django_db

LEDGER = ("core_change", "core_seal", "core_era")
#: Each is refused to the application; {} stands for the tables of the ledger in turn.
ON_THE_LEDGER = {
    "update": "UPDATE {} SET {key} = {key}",
    "delete": "DELETE FROM {}",
    "truncate": "TRUNCATE {} CASCADE",
    "insert": "INSERT INTO {} SELECT * FROM {}",
    "disable triggers": "ALTER TABLE {} DISABLE TRIGGER append_only",
    "disable all triggers": "ALTER TABLE {} DISABLE TRIGGER ALL",
    "drop table": "DROP TABLE {} CASCADE",
    "drop trigger": "DROP TRIGGER append_only ON {}",
    "alter table": "ALTER TABLE {} ADD COLUMN mine integer",
    "alter owner": "ALTER TABLE {} OWNER TO portal_app",
    "lock": "LOCK TABLE {} IN SHARE MODE",
    "rule": "CREATE RULE nothing AS ON INSERT TO {} DO INSTEAD NOTHING",
    "trigger": "CREATE TRIGGER mine BEFORE UPDATE ON {} FOR EACH ROW"
    " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "policy": "ALTER TABLE {} ENABLE ROW LEVEL SECURITY",
    "into a program": "COPY {} TO PROGRAM 'cat'",
    "from a program": "COPY {} FROM PROGRAM 'cat'",
    "into a file": "COPY {} TO '/tmp/ledger'",
}
FORGED = "INSERT INTO core_change (xid, at, relation, row_key, op, new, actor, verb, note) VALUES "
AROUND_IT = {
    "forged actor": FORGED
    + "(pg_current_xact_id(), now(), 'core_source', 1, 'I', '{}', 'user:minister', 'sign', '')",
    "forged time": FORGED
    + "(pg_current_xact_id(), '2020-01-01', 'core_source', 1, 'I', '{}', 'user:1', 'sign', '')",
    "its numbers": "SELECT nextval('core_change_id_seq')",
    "its numbers set back": "SELECT setval('core_change_id_seq', 1)",
    "replica mode": "SET session_replication_role = replica",
    "become the owner": "SET ROLE portal_owner",
    "begin as the owner": "SET SESSION AUTHORIZATION portal_owner",
    "join the owner": "GRANT portal_owner TO portal_app",
    "become the master": "ALTER ROLE portal_app SUPERUSER",
    "create role": "CREATE ROLE mine",
    "replace the trigger function": "CREATE OR REPLACE FUNCTION core_record() RETURNS trigger LANGUAGE plpgsql AS"
    " 'BEGIN RETURN NULL; END'",
    "replace the guard": "CREATE OR REPLACE FUNCTION core_refuse() RETURNS trigger LANGUAGE plpgsql AS"
    " 'BEGIN RETURN NULL; END'",
    "loosen the trigger function": "ALTER FUNCTION core_record() RESET search_path",
    "own the trigger function": "ALTER FUNCTION core_record() OWNER TO portal_app",
    "drop the trigger function": "DROP FUNCTION core_record() CASCADE",
    "create function": "CREATE FUNCTION mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    "create table": "CREATE TABLE mine (id integer)",
    "create temporary table": "CREATE TEMPORARY TABLE core_source (id integer)",
    "create view": "CREATE VIEW mine AS SELECT 1",
    "create schema": "CREATE SCHEMA mine",
    "create extension": "CREATE EXTENSION file_fdw",
    "drop the past": "DROP SCHEMA asof CASCADE",
    "drop a view of the past": "DROP VIEW asof.core_source",
    "write the past": "DELETE FROM asof.core_source",
    "write into the past": "INSERT INTO asof.core_source (id) VALUES (1)",
    "rewrite the past": "UPDATE asof.core_change SET note = 'x'",
    "write what was seen": "DELETE FROM seen.core_source",
    "write into what was seen": "INSERT INTO seen.core_source (id) VALUES (1)",
    "switch off recording": "ALTER TABLE core_source DISABLE TRIGGER ALL",
    "empty a register": "TRUNCATE core_source CASCADE",
    "pretend a migration": "INSERT INTO django_migrations (app, name, applied) VALUES ('core', '9999', now())",
    "rewrite who looked": "UPDATE core_accesslog SET who = 'user:2'",
    "hang the recorder elsewhere": "CREATE TRIGGER mine AFTER INSERT ON core_jobrun FOR EACH ROW"
    " EXECUTE FUNCTION core_record('id')",
    "read a file of the server": "SELECT pg_read_file('/etc/passwd')",
}
NO_RIGHT, NO_VIEW_TAKES_ROWS = "42501", "55000"


def refused_for_want_of_a_right(statement: str, *codes: str) -> None:
    before = sql("SELECT count(*), max(id) FROM core_change")
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        sql(statement)
    assert caught.value.__cause__.sqlstate in (NO_RIGHT, *codes), caught.value
    assert sql("SELECT count(*), max(id) FROM core_change") == before


def test_tests_run_as_the_application():
    assert sql("SELECT session_user, current_user, rolsuper FROM pg_roles WHERE rolname = current_user") == [
        ("portal_app", "portal_app", False)
    ]


@pytest.mark.parametrize("table", LEDGER)
@pytest.mark.parametrize("attack", ON_THE_LEDGER)
def test_the_application_does_not_touch_the_ledger(attack, table):
    SourceFactory()
    key = "no" if table == "core_seal" else "id"

    refused_for_want_of_a_right(ON_THE_LEDGER[attack].format(*[table] * 2, key=key))


@pytest.mark.parametrize("attack", AROUND_IT)
def test_the_application_does_not_get_around_it(attack):
    SourceFactory()

    refused_for_want_of_a_right(AROUND_IT[attack], NO_VIEW_TAKES_ROWS)


def test_the_application_gives_no_rights_on():
    """PostgreSQL only warns where somebody gives what he may not give."""
    for statement in ("GRANT ALL ON core_change TO portal_app", "GRANT ALL ON core_change TO PUBLIC"):
        sql(statement)

    assert sql("SELECT has_table_privilege('core_change', 'INSERT, UPDATE, DELETE, TRUNCATE')") == [(False,)]


def test_the_application_writes_by_the_triggers_under_its_name_and_seals():
    source = SourceFactory()
    with ledger.acting("user:1", "mend"):
        Source.objects.filter(pk=source.pk).update(publisher="by the application")

    change = Change.objects.of(source).last()
    assert (change.new["publisher"], change.actor, change.verb) == ("by the application", "user:1", "mend")
    assert Change.objects.of(source).first().actor == "sql:portal_app"
    assert seal() == 1


def test_an_era_that_was_made_up_gets_into_no_seal():
    SourceFactory()
    sql("SELECT set_config('ledger.era', 'made/up', false)")

    assert sql("SELECT core_close_blocks(1000)") == [(1,)]
    assert sql("SELECT core_current_era() <> 'made/up', (SELECT count(*) FROM core_verify())") == [(True, 0)]


@pytest.mark.parametrize("size", [0, -1])
def test_a_block_is_not_empty(size):
    SourceFactory()

    with pytest.raises(DataError, match="one change at least"), transaction.atomic():
        sql(f"SELECT core_close_blocks({size})")


# --- the catalogue is asked -----------------------------------------------------------------------

_RIGHTS = """
SELECT c.relname, array_to_string(ARRAY(
         SELECT p FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p
          WHERE has_table_privilege('portal_app', c.oid, p)), ' ')
  FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
"""


def test_the_application_reads_and_writes_each_table_but_the_ledger():
    rights = dict(sql(_RIGHTS))
    read = (*LEDGER, "django_migrations", "core_secret")
    apart = {table: rights.pop(table) for table in (*read, "core_accesslog")}

    assert apart == dict.fromkeys(read, "SELECT") | {"core_accesslog": "SELECT INSERT DELETE"}
    assert set(rights.values()) == {"SELECT INSERT UPDATE DELETE"}
    assert not_granted() == []


def test_a_table_that_was_made_past_migrate_is_found():
    as_owner("CREATE TABLE core_stray (id integer)")

    assert not_granted() == ["core_stray"]


def test_nobody_but_the_owner_makes_anything():
    assert sql("""
        SELECT role, has_database_privilege(role, current_database(), 'CREATE, TEMPORARY'),
               has_schema_privilege(role, 'public', 'CREATE'), has_schema_privilege(role, 'asof', 'CREATE'),
               has_schema_privilege(role, 'seen', 'CREATE')
          FROM unnest(ARRAY['portal_app', 'portal_ro', 'portal_backup']) role
    """) == [(role, False, False, False, False) for role in ("portal_app", "portal_ro", "portal_backup")]


def test_a_function_with_rights_of_the_owner_looks_where_it_should_and_serves_the_application_alone():
    functions = sql("""
        SELECT proname, array_to_string(proconfig, ';'), has_function_privilege('portal_ro', oid, 'EXECUTE')
          FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef
    """)

    assert {name for name, _path, _free in functions} == {
        "core_record",
        "core_current_era",
        "core_settled",
        "core_close_blocks",
        "core_longest_write",
    }
    for name, settings, free in functions:
        path = next(one for one in settings.split(";") if one.startswith("search_path="))
        assert path.endswith("pg_temp") and not free, name


def test_a_trigger_function_is_nobodys_to_hang_on_a_table_of_his_own():
    assert (
        sql("""
        SELECT p.oid::regprocedure::text FROM pg_proc p
         WHERE pronamespace = 'public'::regnamespace AND prorettype = 'trigger'::regtype
           AND has_function_privilege('portal_app', p.oid, 'EXECUTE')
        """)
        == []
    )
