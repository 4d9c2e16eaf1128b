"""What was published stays as it was: the rules of the database, each broken through Django and through SQL."""

from datetime import UTC, date, datetime

import pytest

from tests.factories import OpenDataEditionFactory, OpenDataFileFactory
from tests.refusals import Wrong, parameters, refused, refuses, sql

pytestmark = pytest.mark.django_db

AT = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = {"reason_kk": "Сот шешімі.", "reason_ru": "Решение суда."}
WITHDRAWN = {"withdrawn_at": AT, **WORDS}
CASES = {
    "alatau_portal_opendataedition_withdrawn_with_words": [
        Wrong(OpenDataEditionFactory, {"withdrawn_at": AT}),
        Wrong(OpenDataEditionFactory, {"withdrawn_at": AT, "reason_kk": "Сот шешімі."}),
        Wrong(OpenDataEditionFactory, WORDS),
    ],
    "alatau_portal_opendataedition_written_once": [
        Wrong(OpenDataEditionFactory, {"published_at": AT}),
        Wrong(OpenDataEditionFactory, {"report": {"projects": 1}}),
        Wrong(OpenDataEditionFactory, {"day": date(2026, 1, 1)}),
        Wrong(OpenDataEditionFactory, {"withdrawn_at": None, "reason_kk": "", "reason_ru": ""}, WITHDRAWN),
        Wrong(OpenDataEditionFactory, {"reason_ru": "Просто так."}, WITHDRAWN),
    ],
    "alatau_portal_opendataedition_one_copy_a_day": [Wrong(OpenDataEditionFactory, copied=True)],
    "alatau_portal_opendatafile_written_once": [
        Wrong(OpenDataFileFactory, {"body": b"other"}),
        Wrong(OpenDataFileFactory, {"name": "other.csv"}),
    ],
    "alatau_portal_opendatafile_once": [
        Wrong(OpenDataFileFactory, {}, {"name": "twice.csv", "edition": OpenDataEditionFactory}, copied=True),
    ],
}


@pytest.mark.parametrize(("door", "rule", "case"), parameters(CASES))
def test_what_is_wrong_is_refused_by_name(door, rule, case):
    door(rule, case)


@refuses("alatau_portal_opendataedition_permanent", "alatau_portal_opendatafile_permanent")
def test_a_permanent_copy_is_not_removed():
    file = OpenDataFileFactory()

    with refused("alatau_portal_opendatafile_permanent"):
        file.delete()
    with refused("alatau_portal_opendatafile_permanent"):
        sql("DELETE FROM alatau_portal_opendatafile")
    with refused("alatau_portal_opendatafile_permanent"):
        file.edition.delete()
    bare = OpenDataEditionFactory()
    with refused("alatau_portal_opendataedition_permanent"):
        bare.delete()
    with refused("alatau_portal_opendataedition_permanent"):
        sql("DELETE FROM alatau_portal_opendataedition WHERE id = %s", bare.pk)


@refuses("alatau_portal_opendatafile_not_withdrawn")
def test_nothing_is_added_to_what_was_withdrawn():
    gone = OpenDataEditionFactory(**WITHDRAWN)

    with refused("alatau_portal_opendatafile_not_withdrawn"):
        OpenDataFileFactory(edition=gone)


def test_without_a_permanent_copy_an_edition_goes_with_its_files():
    file = OpenDataFileFactory(edition__day=None)

    file.edition.delete()

    assert sql("SELECT count(*) FROM alatau_portal_opendatafile") == [(0,)]
