"""No column of any register takes a code that does not exist, a date or number that is none, or only spaces."""

import pytest
from django.db import IntegrityError, models, transaction

from core.apps import recorded_models
from districts.models import Project
from tests.database import as_owner
from tests.factories import FACTORIES, ProjectFactory, instruction_in
from tests.refusals import sql

pytestmark = pytest.mark.django_db

WRITTEN_ONCE = {"districts_stagechange", "districts_milestonemove"}
TABLES = sorted(
    model._meta.db_table for model in recorded_models() if model._meta.db_table not in WRITTEN_ONCE
)


def wrong_values(model):
    """(column, value) that no row may hold."""
    for field in model._meta.concrete_fields:
        if field.generated or field.primary_key or field.column in {"created_at", "updated_at", "version"}:
            continue
        if isinstance(field, models.CharField) and field.choices:
            yield field.column, "x"
        elif isinstance(field, models.CharField | models.TextField):
            yield field.column, "\u00a0 \u2007"[: field.max_length]
        elif isinstance(field, models.DateField):
            yield field.column, "infinity"
            yield field.column, "0044-03-15 BC"
        elif isinstance(field, models.DecimalField):
            yield field.column, "NaN"


@pytest.mark.parametrize("table", TABLES)
def test_what_is_no_value_is_refused(table):
    row = FACTORIES[table]()
    took = []
    for column, value in wrong_values(type(row)):
        try:
            with transaction.atomic():
                sql(f"UPDATE {table} SET {column} = %s WHERE id = %s", value, row.pk)
                took.append((column, value))
        except IntegrityError:
            pass

    assert took == []


@pytest.mark.parametrize("insert", ["districts_stagechange", "districts_milestonemove"])
def test_what_is_written_once_is_judged_when_it_is_written(insert):
    found = sql(
        "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE %s", insert, "%values%"
    )

    assert found == [(1,)]


def test_no_temporary_table_stands_in_for_a_real_one():
    project = ProjectFactory()
    before = sql("SELECT count(*) FROM public.core_change")
    as_owner("CREATE TEMP TABLE core_change (LIKE public.core_change INCLUDING ALL)")
    as_owner("CREATE TEMP TABLE districts_stagechange AS TABLE public.districts_stagechange")

    Project.objects.filter(pk=project.pk).update(note_en="stealth")

    assert sql("SELECT count(*) FROM public.core_change") != before
    as_owner(
        "INSERT INTO pg_temp.districts_stagechange (project_id, to_status, id) VALUES (%s, 'preparation', 99)",
        project.pk,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        sql("UPDATE districts_project SET status = 'preparation' WHERE id = %s", project.pk)
        sql("SET CONSTRAINTS ALL IMMEDIATE")


def test_no_temporary_executor_leads():
    instruction = instruction_in("registered")
    sql("DELETE FROM tasks_executor WHERE instruction_id = %s", instruction.pk)
    as_owner("CREATE TEMP TABLE tasks_executor AS TABLE public.tasks_executor")
    as_owner("INSERT INTO pg_temp.tasks_executor (instruction_id, role) VALUES (%s, 'lead')", instruction.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        sql(
            """UPDATE tasks_instruction SET state = 'on_control', due = '2027-01-15', original_due = '2027-01-15',
               expected_result_kk = 'x' WHERE id = %s""",
            instruction.pk,
        )
        sql("SET CONSTRAINTS ALL IMMEDIATE")
