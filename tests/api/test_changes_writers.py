"""While others write: whoever follows has, when all is quiet again, exactly what the registers show."""

import random
import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from benchmarks.writers import STATEMENTS, filled, write
from core import policies
from core.models import Change
from districts.models import Figure, Project
from tests.api.conftest import populate
from tests.api.following import Copy
from tests.factories import (
    ExecutorFactory,
    FigureFactory,
    OrganisationFactory,
    ProjectFactory,
    ProjectPartyFactory,
)
from tests.refusals import sql
from tests.two import second_connection

WRITERS, SECONDS = 4, 2.0


@pytest.mark.django_db(transaction=True)
def test_whoever_follows_has_what_there_is(
    api: Any, office: Any, executor: Any, investor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        policies, "SKEW", timedelta(0)
    )  # lists wait that long after an embargo; here is one clock
    populate(2)
    ExecutorFactory(organisation=executor.organisation)
    ProjectPartyFactory(organisation=investor.organisation)
    everybody = [None, office, executor, investor]
    # A page may be as long as a pass, or only a part of it.
    copies = [
        Copy(api(user), checks=False, limit=limit)
        for user, limit in zip(everybody, (8, 200, 15, 30), strict=True)
    ]
    done, before = list[tuple[int, int]](), Change.objects.count()
    ends = time.monotonic() + SECONDS

    def work(seed: int) -> None:
        with second_connection() as other:
            done.append(write(other, random.Random(seed), lambda: time.monotonic() < ends))

    writers = [threading.Thread(target=work, args=(seed,)) for seed in range(WRITERS)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        for copy in copies:
            copy.page()
    for writer in writers:
        writer.join()

    assert sum(committed for committed, _refused in done) > 10 and Change.objects.count() > before + 10
    time.sleep(1.1)  # the last embargo
    for copy in copies:
        copy.follow()
        assert copy.follow() == []
        assert copy.lacks() == {}


@pytest.mark.django_db
def test_every_statement_of_the_writers_is_one() -> None:
    """What a rule refuses now and then is no mistake; a column that there is not would be."""
    populate()
    assert len(STATEMENTS) > 25
    for statement in STATEMENTS:
        with transaction.atomic():
            sql(filled(statement, 12345))
            transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("pages", [0, 1, 2, 3])
@pytest.mark.parametrize("visibility", ["public", "internal"])
def test_an_embargo_ends_while_pages_are_read(api: Any, visibility: str, pages: int) -> None:
    """What it touches is passed by, and then told, though in the end nothing of it is different for its reader."""
    projects = ProjectFactory.create_batch(6, visibility="public")
    ProjectPartyFactory(project=projects[-1], organisation=OrganisationFactory(visibility="internal"))
    copy = Copy(api(), limit=2, resource="projects")
    copy.follow()
    for project in projects:
        Project.objects.filter(pk=project.pk).update(purpose_kk="Басқа", purpose_ru="Другое")
    coming = "UPDATE accounts_organisation SET visibility = %s, published_at = clock_timestamp() + '0.5 s'"
    sql(coming, visibility)
    copy.page()
    time.sleep(0.6)
    for _page in range(pages):
        copy.page()
    sql("UPDATE accounts_organisation SET visibility = 'internal', published_at = NULL")

    copy.follow()

    assert copy.lacks() == {}


@pytest.mark.django_db(transaction=True)
def test_a_row_that_leads_to_an_object_in_two_ways_follows_a_change_of_its_own(api: Any, office: Any) -> None:
    """It changed while pages were read, and once more after the last of them, by a row that is new."""
    project = ProjectFactory()
    whole, *parts = FigureFactory.create_batch(6, project=project)
    Figure.objects.filter(pk__in=[part.pk for part in parts]).update(part_of=whole)
    copy = Copy(api(office), limit=2, resource="figures")
    copy.follow()
    Figure.objects.update(note_kk="Басқа")
    assert copy.page()
    Figure.objects.filter(pk=parts[-1].pk).update(note_kk="Тағы да басқа")
    assert copy.page() and copy.page()  # the pass is over; the next one begins with what moved meanwhile
    ProjectPartyFactory(project=project)

    copy.follow()

    assert copy.lacks() == {}


@pytest.mark.django_db(transaction=True)
def test_while_nothing_happens_the_answer_is_the_same(api: Any, office: Any) -> None:
    """Whoever asks with the tag of the last answer gets 304; and the first change after that is told."""
    project = ProjectFactory()
    client = api(office)
    copy = Copy(client)
    copy.follow()
    first = client.get(copy.next)
    sql("SELECT pg_current_xact_id()")  # others work, too

    again = client.get(copy.next, headers={"if-none-match": first["ETag"]})

    assert first.json()["results"] == [] and first.json()["next"].endswith(copy.next)
    assert (again.status_code, again["ETag"]) == (304, first["ETag"])
    Project.objects.filter(pk=project.pk).update(purpose_kk="Басқа")
    assert [entry[0] for entry in copy.follow()] == ["projects"]
