"""Two at once on the way to the public: one wins, the other is told, and it is published once."""

import pytest

from core.exceptions import Conflict
from core.models import Change
from core.text import Text
from districts.models import Project, Publication
from districts.services import publishing
from tests.factories import ProjectFactory, UserFactory
from tests.tasks.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(db):
    return [UserFactory(role="office") for _person in range(3)]


@pytest.fixture
def project(db):
    return ProjectFactory(name_kk="Зауыт", name_ru="Завод")


def test_two_make_it_ready(project, people):
    told = at_once(
        lambda: publishing.make_ready(project, by=people[0]),
        lambda: publishing.make_ready(project, by=people[1]),
    )

    assert isinstance(told, Conflict)
    assert Publication.objects.get().ready_by == people[0]


def test_two_publish(project, people):
    publishing.make_ready(project, by=people[0])

    told = at_once(
        lambda: publishing.publish(project, by=people[1]), lambda: publishing.publish(project, by=people[2])
    )

    assert isinstance(told, Conflict)
    publication = Publication.objects.get()
    assert publication.published_by == people[1]
    assert [one.verb for one in Change.objects.of(publication)] == ["make_ready", "publish"]


def test_one_publishes_while_the_draft_changes(project, people):
    publishing.make_ready(project, by=people[0])
    publishing.publish(project, by=people[1])
    publishing.save_draft(project, {"type": "expansion"}, by=people[0])
    publishing.make_ready(project, by=people[0])

    told = at_once(
        lambda: publishing.save_draft(project, {"type": "rehabilitation"}, by=people[0]),
        lambda: publishing.publish(project, by=people[1]),
    )

    assert isinstance(told, Conflict)
    assert Project.objects.get().type == ""


def test_one_publishes_while_it_is_taken_down(project, people):
    publishing.make_ready(project, by=people[0])
    publishing.publish(project, by=people[1])
    publishing.save_draft(project, {"type": "expansion"}, by=people[0])
    publishing.make_ready(project, by=people[0])

    told = at_once(
        lambda: publishing.take_down(project, by=people[0], reason=Text("Жабылды", "Закрыт")),
        lambda: publishing.publish(project, by=people[1]),
    )

    assert isinstance(told, Conflict)
    assert Project.objects.get().visibility == "internal"
