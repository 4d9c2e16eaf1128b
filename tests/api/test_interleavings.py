"""Writes by every door, mixed at random with reads: no answer is older than what was committed."""

import psycopg
import pytest
from django.test import Client

from benchmarks.interleavings import Doors, Interleaving
from core import ledger
from core.models import Source
from tests.admin.forms import filled
from tests.api.conftest import path_of
from tests.factories import ProjectFactory, SourceFactory
from tests.two import second_connection

pytestmark = pytest.mark.django_db(transaction=True)
SOURCES = path_of("sources")


@pytest.fixture
def visitor():
    return Client()


def test_no_answer_is_older_than_what_was_committed(visitor, office):
    """The long one is in `make bench`: this is some hundred steps of it."""
    sources = {row.pk: row.code for row in SourceFactory.create_batch(4)}
    rows = [ProjectFactory(visibility="public", source_id=key) for key in [*sources, *sources]]
    browser = Client()
    browser.force_login(office)

    def read(address, tag):
        answer = visitor.get(address, headers={"if-none-match": tag} if tag else {})
        return answer.status_code, answer.content, answer["ETag"]

    def by_service(key, word):
        with ledger.acting(office, "amend"):
            Source.objects.filter(pk=key).update(publisher=word)

    def by_admin(key, word):
        page = f"/admin/core/source/{key}/change/"
        typed = filled(browser.get(page), publisher=word, why="as printed")
        assert browser.post(page, typed).status_code == 302

    addresses = [SOURCES, path_of("projects"), f"{path_of('projects')}?lang=kk&fields=source&limit=3"]
    addresses += [path_of("sources", code) for code in sources.values()]
    rows[0].refresh_from_db()
    addresses.append(path_of("projects", rows[0].public_id))
    with second_connection() as known:
        parameters = known.info.get_parameters() | {"password": known.info.password}
    doors = Doors(read, by_service, by_admin, lambda: psycopg.connect(**parameters, autocommit=True))
    found = Interleaving(doors, sources, addresses, seed=8).run(400)

    assert found.stale == []
    assert min(found.reads, found.unchanged, found.writes, found.late) > 10
