"""What is known of a query: the recorded tables that it reads, or that nobody would tell of a change."""

import pytest

from core.api.reading import read_by

pytestmark = pytest.mark.django_db

PROJECTS = 'SELECT "districts_project"."id" FROM "districts_project"'


def test_the_recorded_tables_are_found_wherever_they_stand():
    joined = (
        f'{PROJECTS} LEFT JOIN "core_source" U0 ON true WHERE EXISTS (SELECT 1 FROM "districts_figure" V0)'
    )

    assert read_by(joined) == {"districts_project", "core_source", "districts_figure"}


@pytest.mark.parametrize(
    "sql",
    [
        f'{PROJECTS} JOIN "accounts_user_groups" ON true',  # not recorded
        f'{PROJECTS} JOIN "accounts_apiclient" ON true',  # recorded, less its quiet columns
        'SELECT count(*) FROM "core_change"',
        "SELECT * FROM asof.districts_project",
        "SELECT 1 FROM pg_class",
        "SELECT tasks_holder(7)",  # reads tables
        "SELECT core_add_working_days(current_date, 3)",
        f'{PROJECTS} WHERE "published_at" < now()',
        f'{PROJECTS} WHERE "published_at" < CURRENT_TIMESTAMP',
        'UPDATE "districts_project" SET "code" = 1',
        'WITH gone AS (DELETE FROM "districts_project" RETURNING id) SELECT id FROM gone',
    ],
)
def test_of_anything_else_nobody_would_tell(sql):
    assert read_by(sql) is None


@pytest.mark.parametrize(
    "calls", ["core_now()", 'core_sort_kk("name_kk")', 'core_public_id("id")', "lower('x')"]
)
def test_functions_that_only_compute_and_the_clock_of_embargoes_are_known(calls):
    assert read_by(f'SELECT {calls} FROM "districts_project"') == {"districts_project"}
