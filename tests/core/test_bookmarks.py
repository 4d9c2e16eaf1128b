"""What became visible since a bookmark: late commits too, nothing twice."""

import re

import pytest
from django.db import connection

from core.bookmarks import between, bookmark, fresh
from core.models import Change, Source
from tests.factories import SourceFactory
from tests.two import second_connection

pytestmark = pytest.mark.django_db(transaction=True)
SOURCES = ["core_source"]
ADD = "UPDATE core_source SET publisher = %s WHERE id = %s"


def seen(start, until, after=0, limit=100):
    return [(row.row_key, row.new["publisher"]) for row in between(start, until, after, limit)]


def test_a_bookmark_has_its_shape():
    assert re.fullmatch(r"[0-9]+\.[0-9A-F]{8}\.[0-9]+/[0-9]+:[0-9]+:[0-9,]*", bookmark())


def test_a_late_commit_is_seen_after_the_bookmark_that_did_not_see_it():
    early, late = SourceFactory(), SourceFactory()
    mark = bookmark()
    with second_connection() as other, other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(ADD, ["written first", late.pk])
        Source.objects.filter(pk=early.pk).update(publisher="committed first")
        then = bookmark()
        assert seen(mark, then) == [(early.pk, "committed first")]
        assert fresh(then, SOURCES)
        cursor.execute("COMMIT")
    assert fresh(then, SOURCES) is None
    assert seen(then, bookmark()) == [(late.pk, "written first")]


def test_fresh_asks_only_for_its_relations():
    mark = bookmark()
    SourceFactory()

    assert fresh(mark, SOURCES) is None
    assert fresh(mark, ["districts_project"])


def test_pages_of_one_pass_follow_one_another():
    start = bookmark()
    rows = SourceFactory.create_batch(3)
    until = bookmark()
    SourceFactory()

    first = list(between(start, until, 0, 2))
    rest = list(between(start, until, first[-1].pk, 2))
    assert [row.row_key for row in first + rest if row.relation == "core_source"] == [row.pk for row in rows]


def test_another_place_was_never_seen():
    SourceFactory()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_since('')")
        assert cursor.fetchone()[0] == Change.objects.count()
    assert fresh(bookmark().replace(".", ".9", 1), SOURCES) is None


@pytest.mark.django_db(transaction=False)
def test_what_one_has_written_oneself_and_not_committed_counts_as_unseen():
    """Whatever others commit meanwhile: a snapshot alone may say either."""
    source = SourceFactory()
    mark = bookmark()
    Source.objects.filter(pk=source.pk).update(publisher="mine")
    with second_connection(autocommit=True) as other:
        other.execute("SELECT pg_current_xact_id()")

    assert fresh(mark, SOURCES) is None
    assert fresh(bookmark(), SOURCES) is None
    assert (source.pk, "mine") in [
        (row.row_key, row.new["publisher"])
        for row in Change.objects.raw("SELECT * FROM core_since(%s)", [bookmark()])
    ]
