"""No rule of the database is without a test that breaks it: the catalogue is asked, not the code."""

import importlib
import re

import pytest
from django.db import IntegrityError, transaction

from core.apps import recorded_models
from tests.database import as_owner
from tests.factories import FACTORIES
from tests.refusals import TOLD, refused, refuses, sql

for app in ("open_data", "core", "accounts", "districts", "investors", "tasks"):
    importlib.import_module(f"tests.{app}.test_refusals")
for rules in (
    "core.test_access",
    "core.test_ledger_guard",
    "districts.test_documents",
    "districts.test_publication_refusals",
    "districts.test_published_figures",
    "districts.test_rules",
    "districts.test_stages",
    "investors.test_enquiry_refusals",
    "investors.test_request_refusals",
    "districts.test_plot_refusals",
    "districts.test_rules",
    "districts.test_stages",
    "investors.test_opportunity_refusals",
    "tasks.test_content_refusals",
    "tasks.test_control_parts",
    "tasks.test_control_refusals",
    "tasks.test_control_rules",
    "tasks.test_dispute_refusals",
    "tasks.test_minuted",
    "tasks.test_progress_refusals",
    "tasks.test_progress_rules",
    "tasks.test_reminder_refusals",
    "tasks.test_feeds",
    "tasks.test_references",
    "tasks.test_rules",
    "tasks.test_upload_refusals",
):
    importlib.import_module(f"tests.{rules}")

pytestmark = pytest.mark.django_db

OURS = "'^(alatau_portal|core|accounts|districts|investors|tasks)_'"
#: Kept by the key itself: the public id is made from it; an era is written by one function under a lock.
BY_THE_KEY = re.compile(r"_public_id_key$|^core_era_place_key$")
#: Names that PostgreSQL made: one value once, no number below nought. Proved below for each.
GENERATED = re.compile(r"_(key|check)$")


def constraints():
    named = sql(
        f"""SELECT conname FROM pg_constraint WHERE contype IN ('c', 'u', 'x') AND conrelid::regclass::text ~ {OURS}"""
    )
    indexed = sql(f"""SELECT indexrelid::regclass::text FROM pg_index
                       WHERE indisunique AND NOT indisprimary AND indrelid::regclass::text ~ {OURS}""")
    return {name for (name,) in [*named, *indexed] if not BY_THE_KEY.search(name)}


def rules_of_triggers():
    """Each name that a trigger function raises with, for each table that it serves."""
    triggers = sql(f"""SELECT tgrelid::regclass::text, prosrc, encode(tgargs, 'escape') FROM pg_trigger
                       JOIN pg_proc p ON p.oid = tgfoid WHERE NOT tgisinternal AND tgrelid::regclass::text ~ {OURS}""")
    for table, source, arguments in triggers:
        known = {"TG_TABLE_NAME": table, "TG_ARGV[0]": arguments.split("\\000")[0]}
        if "jsonb_each_text(to_jsonb(NEW)" in source:
            continue  # a rule for every column: test_values
        for name in re.findall(r"CONSTRAINT = ([^;]+);", source):
            yield "".join(known.get(part.strip(), part.strip().strip("'")) for part in name.split("||"))


def test_every_rule_has_its_refusal():
    rules = {name for name in constraints() if not GENERATED.search(name)} | set(rules_of_triggers())

    assert rules - TOLD == set()


def test_every_told_rule_is_still_there():
    assert TOLD - constraints() - set(rules_of_triggers()) == set()


def test_what_is_unique_is_refused_twice():
    """By SQL and by Django, for every single column that may hold a value once."""
    for table, column, rule in _unique_columns():
        first, second = FACTORIES[table](), FACTORIES[table]()
        attribute = next(field.attname for field in first._meta.concrete_fields if field.column == column)
        value = getattr(first, attribute)
        if value is None:
            value = "taken"
            type(first).objects.filter(pk=first.pk).update(**{attribute: value})
        with refused(rule):
            sql(f'UPDATE {table} SET "{column}" = %s WHERE id = %s', value, second.pk)
        setattr(second, attribute, value)
        with refused(rule):
            second.save()


def _unique_columns():
    found = sql(f"""SELECT conrelid::regclass::text, attname, conname FROM pg_constraint
                    JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
                    WHERE contype = 'u' AND array_length(conkey, 1) = 1 AND conrelid::regclass::text ~ {OURS}""")
    return [row for row in found if row[2] not in TOLD and not BY_THE_KEY.search(row[2])]


def test_no_count_is_below_nought():
    found = sql(f"""SELECT conrelid::regclass::text, attname, conname FROM pg_constraint
                    JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
                    WHERE contype = 'c' AND conname ~ '_check$' AND attname <> 'version'
                      AND conrelid::regclass::text ~ {OURS}""")
    assert len(found) > 5
    for table, column, rule in found:
        if table in ("core_accesslog", "alatau_portal_opendatafile"):  # never changed once it is written
            with refused(rule):
                FACTORIES[table](**{column: -1})
            continue
        row = FACTORIES[table]()
        with refused(rule):
            sql(f'UPDATE {table} SET "{column}" = -1 WHERE id = %s', row.pk)
        setattr(row, column, -1)
        with refused(rule):
            row.save()


def test_a_parent_does_not_leave_its_children():
    """Every foreign key is kept by the database, whatever Django was told to do."""
    made = {table: factory() for table, factory in FACTORIES.items()}
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="foreign key"), transaction.atomic():
        sql("DELETE FROM core_source WHERE id = %s", made["districts_project"].source_id)


@refuses(*(f"{model._meta.db_table}_append_only" for model in recorded_models()))
def test_no_recorded_table_is_emptied_outside_a_test_database():
    body = sql("SELECT prosrc FROM pg_proc WHERE proname = 'core_refuse'")[0][0]
    elsewhere = body.replace("current_database()", "'portal'")
    assert elsewhere != body
    as_owner(
        f"CREATE OR REPLACE FUNCTION core_refuse() RETURNS trigger LANGUAGE plpgsql AS $f${elsewhere}$f$"
    )
    for model in recorded_models():
        table = model._meta.db_table
        with pytest.raises(Exception, match="refuses TRUNCATE") as caught, transaction.atomic():
            as_owner(f"TRUNCATE {table} CASCADE")
        assert caught.value.__cause__.diag.constraint_name.endswith("_append_only")
