"""What the database refuses of a publication, by name."""

import pytest
from django.utils import timezone

from tests.factories import PublicationFactory, UserFactory
from tests.refusals import Wrong, parameters, refused, refuses, sql

pytestmark = pytest.mark.django_db


def somebody():
    return UserFactory().pk


def ready(**facts):
    """A publication that was made ready."""
    publication = PublicationFactory(**facts)
    publication.state, publication.ready_by_id, publication.ready_at = "ready", somebody(), timezone.now()
    publication.save()
    return publication


def gone():
    publication = PublicationFactory(state="published")
    publication.state, publication.taken_down_at = "unpublished", timezone.now()
    publication.tombstone = {"kk": "Жойылды", "ru": "Снято"}
    publication.save()
    return publication


NOT_READY = {"ready_by_id": None, "ready_at": None}
CASES = {
    "districts_publication_one_per_object": [Wrong(PublicationFactory, twin=("object_id",))],
    "districts_publication_ready_by_somebody": [
        Wrong(ready, {"ready_by_id": None}),
        Wrong(ready, {"ready_at": None}),
        Wrong(PublicationFactory, {"state": "ready"}),
        Wrong(PublicationFactory, {"ready_by_id": somebody, "ready_at": timezone.now}),
    ],
    "districts_publication_down_with_words": [
        Wrong(PublicationFactory, {"state": "unpublished"}),
        Wrong(PublicationFactory, {"state": "unpublished", "taken_down_at": timezone.now}),
        Wrong(
            PublicationFactory,
            {"state": "unpublished", "taken_down_at": timezone.now, "tombstone_kk": "Жойылды"},
        ),
        Wrong(
            PublicationFactory,
            {"state": "unpublished", "tombstone_kk": "Жойылды", "tombstone_ru": "Снято"},
        ),
    ],
    "districts_publication_move_state": [
        Wrong(PublicationFactory, {"state": "gone"}),
        Wrong(PublicationFactory, {"state": "published"}),
        Wrong(PublicationFactory, {"state": "internal"}, given={"state": "published"}),
    ],
    "districts_publication_first_state": [
        Wrong(gone, {"object_id": 0}, copied=True),
    ],
}


@pytest.mark.parametrize(("door", "rule", "case"), parameters(CASES))
def test_the_wrong_row_is_refused_by_name(door, rule, case):
    door(rule, case)


@refuses("districts_publication_two_persons")
def test_one_person_does_not_publish_alone_by_any_door():
    publication = ready()
    alone = {"state": "published", "published_at": timezone.now(), "published_by_id": publication.ready_by_id}
    for column, value in (alone | NOT_READY).items():
        setattr(publication, column, value)
    publication.prepared_by_id = somebody()  # what is sent does not count
    with refused("districts_publication_two_persons"):
        publication.save()
    with refused("districts_publication_two_persons"):
        sql(
            """UPDATE districts_publication SET state = 'published', published_at = now(), ready_by_id = NULL,
               ready_at = NULL, prepared_by_id = %s, published_by_id = ready_by_id WHERE id = %s""",
            somebody(),
            publication.pk,
        )


@refuses("districts_publication_two_persons")
def test_nobody_publishes_what_nobody_made_ready():
    publication = PublicationFactory(state="published")
    publication.published_by_id = somebody()
    with refused("districts_publication_two_persons"):
        publication.save()
