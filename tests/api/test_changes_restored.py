"""A dump restored elsewhere: transactions are counted anew, and whoever follows goes on where he was."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from core.models import Era, Source
from districts.models import Project
from tests.api.conftest import populate
from tests.api.following import Copy
from tests.database import owner
from tests.programs import run
from tests.refusals import sql
from tests.two import second_connection

pytestmark = pytest.mark.django_db(transaction=True)
ELSEWHERE = "test_restored_elsewhere"


@contextmanager
def restored() -> Iterator[None]:
    """This database as it is now, in another one; the block reads and writes there."""
    home = connection.settings_dict["NAME"]
    dump = run("pg_dump", "-d", str(home))
    maintain(f"DROP DATABASE IF EXISTS {ELSEWHERE}", f"CREATE DATABASE {ELSEWHERE}")
    run("psql", "-Xq", "-v", "ON_ERROR_STOP=1", "-d", ELSEWHERE, said=dump)
    connection.close()
    connection.settings_dict["NAME"] = ELSEWHERE
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = home
        maintain(f"DROP DATABASE {ELSEWHERE} WITH (FORCE)")


def maintain(*commands: str) -> None:
    with owner() as server:
        for command in commands:
            server.execute(command.encode())


def test_it_goes_on_where_it_was(api: Any) -> None:
    populate(2)
    between, in_the_middle = Copy(api()), Copy(api(), limit=7)
    between.follow()
    in_the_middle.page(), in_the_middle.page()
    before, late_one, after = Source.objects.order_by("pk").values_list("code", flat=True)[:3]
    Source.objects.filter(code=before).update(publisher="before the dump")
    hidden = Project.objects.first()
    Project.objects.filter(pk=hidden.pk).update(visibility="internal")
    told = between.next, dict(between.objects)
    with restored():
        sql("SELECT core_current_era()")  # as `migrate` does, before anybody is served
        assert Era.objects.count() == 2
        with second_connection() as late:
            late.execute(
                "UPDATE core_source SET publisher = 'late, in the new life' WHERE code = %s", [late_one]
            )
            Source.objects.filter(code=after).update(publisher="in the new life")
            first = between.follow()
        later = between.follow()
        in_the_middle.follow()

        assert {("sources", before, "changed"), ("sources", after, "changed")} <= set(first)
        assert ("projects", hidden.public_id, "removed") in first
        assert [entry for entry in later if entry[0] == "sources"] == [("sources", late_one, "changed")]
        assert between.follow() == [] == in_the_middle.follow()
        assert between.lacks() == {} == in_the_middle.lacks()

    # At home nothing of that has happened: whoever was told of it there begins anew.
    answer = api().get(between.next)
    assert answer.status_code == 400 and answer.json()["errors"][0]["code"] == "lost"
    between.next, between.objects = told
    between.follow()
    assert between.lacks() == {}
