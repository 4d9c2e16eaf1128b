"""Who reads sees no secrets, who backs up sees everything, and neither writes."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection

from core.apps import recorded_models
from tests.programs import run
from tests.refusals import sql

pytestmark = pytest.mark.django_db


@contextmanager
def connected(role: str) -> Iterator[psycopg.Connection]:
    known = {"host", "port", "password", "dbname"}
    place = {key: value for key, value in connection.get_connection_params().items() if key in known}
    with psycopg.connect(**place, user=role, autocommit=True) as other:
        yield other


def test_a_reader_reads_registers_ledger_and_past():
    with connected("portal_ro") as reader:
        for table in ("districts_project", "tasks_instruction", "core_change", "core_seal", "core_accesslog"):
            assert reader.execute(f"SELECT count(*) FROM {table}").fetchone()
        with reader.transaction():
            reader.execute("SELECT core_enter_past(now())")
            assert reader.execute("SELECT count(*) FROM accounts_user").fetchone()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_source SET publisher = 'x'",
        "DELETE FROM tasks_instruction",
        "INSERT INTO core_change SELECT * FROM core_change",
        "TRUNCATE core_source",
        "SELECT core_close_blocks(1)",
        "SELECT core_current_era()",
        "CREATE TABLE mine (id integer)",
        "CREATE TEMPORARY TABLE mine (id integer)",
        "SET ROLE portal_app",
        "COPY core_source TO PROGRAM 'cat'",
    ],
)
def test_a_reader_writes_nothing_even_where_it_asks_for_it(statement):
    with connected("portal_ro") as reader:
        assert reader.execute("SHOW default_transaction_read_only").fetchone() == ("on",)
        reader.execute("SET default_transaction_read_only = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            reader.execute(statement)


@pytest.mark.parametrize(
    "secret",
    [
        "SELECT password FROM accounts_user",
        "SELECT * FROM accounts_user",
        "SELECT email FROM accounts_user",
        "SELECT token_hash FROM accounts_apiclient",
        "SELECT token_hash FROM accounts_invitation",
        "SELECT token_hash FROM tasks_calendarfeed",
        "SELECT secret FROM accounts_webhookendpoint",
        "SELECT phone FROM investors_contact",
        "SELECT text FROM investors_enquiry",
        "SELECT data FROM mfa_authenticator",
        "SELECT session_data FROM accounts_session",
        "SELECT key FROM account_emailconfirmation",
        "SELECT payload FROM core_outbox",
        "SELECT body FROM core_idempotencyrecord",
        "SELECT password FROM seen.accounts_user",
    ],
)
def test_a_reader_sees_no_secrets(secret):
    with connected("portal_ro") as reader, pytest.raises(psycopg.errors.InsufficientPrivilege):
        reader.execute(secret)


def test_a_reader_sees_no_column_that_the_ledger_may_not_keep():
    """And of tables without a ledger only those that are named: a new one is not read by accident."""
    readable = set(
        sql("""
        SELECT c.relname || '.' || a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'p') AND a.attnum > 0
           AND NOT a.attisdropped AND has_column_privilege('portal_ro', c.oid, a.attnum, 'SELECT')
        """)
    )
    expected = set()
    for model in recorded_models():
        [record] = [trigger for trigger in model._meta.triggers if trigger.name == "record"]
        withheld = {column for listed in record.arguments[1:3] for column in listed.split(",")}
        expected |= {
            (f"{model._meta.db_table}.{field.column}",)
            for field in model._meta.concrete_fields
            if field.column not in withheld
        }

    beside = {name.partition(".")[0] for (name,) in readable - expected}
    assert expected <= readable
    assert beside == set(
        "core_change core_seal core_era core_accesslog core_jobrun django_content_type django_migrations".split()
    )


def test_the_backup_dumps_everything_and_writes_nothing():
    dump = run("pg_dump", "--schema=public", "-d", connection.settings_dict["NAME"], role="portal_backup")

    assert b"COPY public.core_change " in dump and b"COPY public.mfa_authenticator " in dump
    with connected("portal_backup") as backup:
        assert backup.execute(
            "SELECT rolreplication FROM pg_roles WHERE rolname = current_user"
        ).fetchone() == (True,)
        for statement in (
            "UPDATE core_source SET publisher = 'x'",
            "DELETE FROM core_change",
            "CREATE TABLE x ()",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                backup.execute(statement)


def test_the_backup_closes_the_open_block_and_has_no_other_right_of_the_owner():
    given = sql("""
        SELECT proname FROM pg_proc
         WHERE pronamespace = 'public'::regnamespace AND prosecdef
           AND has_function_privilege('portal_backup', oid, 'EXECUTE')
    """)

    assert {name for (name,) in given} == {"core_current_era", "core_close_blocks"}
