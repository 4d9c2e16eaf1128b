"""Made ready by one, published by another; changes wait in the draft; what is taken down leaves its words."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from core.exceptions import Conflict, Forbidden
from core.models import Change
from core.text import Text
from districts.models import Project, Publication
from districts.services import publishing
from tests.factories import ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


NOBODY = AnonymousUser()
GONE = Text("Жоба жабылды", "Проект закрыт")


@pytest.fixture
def project(db):
    """Of the house, complete in Kazakh and in Russian."""
    return ProjectFactory(name_kk="Зауыт", name_ru="Завод", note_kk="Ішкі", note_ru="Для своих", type="")


def seen():
    return Project.objects.visible_to(NOBODY).first()


@pytest.fixture
def public(project, office, second_office):
    publishing.make_ready(project, by=office)
    publishing.publish(project, by=second_office)
    return seen()


def verbs(row):
    return [change.verb for change in Change.objects.of(row)]


def test_two_persons_publish(project, office, second_office):
    ready = publishing.make_ready(project, by=office, note="decree 1")

    assert (ready.state, ready.ready_by) == ("ready", office) and seen() is None
    publication = publishing.publish(project, by=second_office)

    assert seen() == project
    assert (publication.state, publication.published_by) == ("published", second_office)
    publication.refresh_from_db()
    assert publication.prepared_by == office and publication.snapshot["name_kk"] == "Зауыт"
    assert verbs(publication) == ["make_ready", "publish"]


def test_whoever_made_it_ready_does_not_publish_it(project, office, second_office):
    publishing.make_ready(project, by=office)

    with pytest.raises(Forbidden):
        publishing.publish(project, by=office)
    assert seen() is None


@pytest.mark.parametrize("who", ["leadership", "executor", "auditor"])
def test_only_the_office_publishes(project, office, who, request):
    user = request.getfixturevalue(who)
    for attempt in (publishing.make_ready, publishing.publish):
        with pytest.raises(Forbidden):
            attempt(project, by=user)


def test_an_administrator_is_one_person_as_well(project):
    chief = UserFactory(role="office", is_superuser=True)
    publishing.make_ready(project, by=chief)

    with pytest.raises(Forbidden):
        publishing.publish(project, by=chief)


def test_what_nobody_made_ready_is_not_published(project, office):
    with pytest.raises(Conflict):
        publishing.publish(project, by=office)


@pytest.mark.parametrize("missing", [{"name_ru": ""}, {"note_kk": ""}, {"purpose_en": "To build"}])
def test_what_lacks_kazakh_or_russian_is_not_made_ready(project, office, missing):
    Project.objects.filter(pk=project.pk).update(**missing)

    with pytest.raises(ValidationError):
        publishing.make_ready(project, by=office)
    assert not Publication.objects.exists()


def test_what_is_invented_is_not_made_ready(office):
    invented = ProjectFactory(is_demo=True)

    with pytest.raises(ValidationError):
        publishing.make_ready(invented, by=office)


def test_stale_words_are_renewed_or_confirmed_first(project, office):
    Project.objects.filter(pk=project.pk).update(name_kk="Жаңа зауыт")

    with pytest.raises(ValidationError, match=r"name \(Russian\)"):
        publishing.make_ready(project, by=office)
    publishing.confirm_translations(project, by=office, languages=["ru"])

    assert publishing.make_ready(project, by=office).state == "ready"
    with pytest.raises(Conflict):
        publishing.confirm_translations(project, by=office, languages=["ru"])


def test_what_changed_after_it_was_made_ready_is_looked_at_again(project, office, second_office):
    publishing.make_ready(project, by=office)
    Project.objects.filter(pk=project.pk).update(type="rehabilitation")

    with pytest.raises(Conflict):
        publishing.publish(project, by=second_office)


def test_a_publisher_who_looked_at_another_version_is_told(project, office, second_office):
    ready = publishing.make_ready(project, by=office)

    with pytest.raises(Conflict):
        publishing.publish(project, by=second_office, seen=ready.version + 1)


def test_what_is_withheld_is_not_in_the_row(project, office, second_office):
    publishing.make_ready(project, by=office, withhold=["note"])
    publication = publishing.publish(project, by=second_office)

    assert seen().note == Text()
    assert publication.draft == {"note_kk": "Ішкі", "note_ru": "Для своих"} and publication.changes == {}
    assert Project.objects.get().stale == []


def test_what_the_object_needs_is_not_withheld(project, office):
    for column in ("name", "kind", "source", "code", "visibility"):
        with pytest.raises((Conflict, ValidationError)):
            publishing.make_ready(project, by=office, withhold=[column])


def test_what_was_withheld_may_be_published_later(project, office, second_office):
    publishing.make_ready(project, by=office, withhold=["note"])
    publishing.publish(project, by=second_office)
    publishing.make_ready(project, by=second_office, withhold=[])
    publication = publishing.publish(project, by=office)

    assert seen().note == Text("Ішкі", "Для своих") and publication.draft == {}


def test_changes_of_what_is_public_wait_in_the_draft(public, office, second_office):
    publishing.save_draft(public, {"name_kk": "Жаңа зауыт", "name_ru": "Новый завод"}, by=office)

    assert seen().name_kk == "Зауыт"
    publishing.make_ready(public, by=second_office)
    publishing.publish(public, by=office)
    assert (seen().name_kk, seen().stale) == ("Жаңа зауыт", [])


def test_a_draft_that_says_what_is_public_is_none(public, office):
    publishing.save_draft(public, {"name_kk": "Жаңа", "type": ""}, by=office)
    publication = publishing.save_draft(public, {"name_kk": "Зауыт"}, by=office)

    assert publication.draft == {}
    with pytest.raises(Conflict):
        publishing.make_ready(public, by=office)


def test_a_draft_that_changes_after_it_was_made_ready_is_not_ready(public, office, second_office):
    publishing.save_draft(public, {"name_kk": "Жаңа", "name_ru": "Новый"}, by=office)
    publishing.make_ready(public, by=office)
    publication = publishing.save_draft(public, {"name_ru": "Другой"}, by=office)

    assert publication.state == "published"
    with pytest.raises(Conflict):
        publishing.publish(public, by=second_office)


def test_words_that_the_draft_leaves_behind_are_confirmed_and_lose_their_mark(public, office, second_office):
    publishing.save_draft(public, {"name_kk": "Жаңа зауыт"}, by=office)
    with pytest.raises(ValidationError):
        publishing.make_ready(public, by=office)
    publishing.confirm_translations(public, by=office, languages=["ru"])
    publishing.make_ready(public, by=office)
    publishing.publish(public, by=second_office)

    assert (seen().name_kk, seen().name_ru, seen().stale) == ("Жаңа зауыт", "Завод", [])


def test_what_was_confirmed_is_confirmed_again_when_the_text_changes_again(public, office):
    publishing.save_draft(public, {"name_kk": "Жаңа зауыт"}, by=office)
    publishing.confirm_translations(public, by=office, languages=["ru"])
    publishing.save_draft(public, {"name_kk": "Тағы жаңа зауыт"}, by=office)

    with pytest.raises(ValidationError):
        publishing.make_ready(public, by=office)


def test_a_wrong_value_does_not_enter_the_draft(public, office):
    for wrong in ({"kind": "castle"}, {"district": 0}, {"name_ru": ""}):
        with pytest.raises(ValidationError):
            publishing.save_draft(public, wrong, by=office)
    assert Publication.objects.get().draft == {}


def test_a_draft_is_discarded(public, office):
    publishing.save_draft(public, {"type": "rehabilitation"}, by=office)

    assert publishing.discard_draft(public, by=office).draft == {}
    with pytest.raises(Conflict):
        publishing.discard_draft(public, by=office)


def test_what_is_not_public_is_changed_itself(project, office):
    with pytest.raises(Conflict):
        publishing.save_draft(project, {"type": "expansion"}, by=office)


def test_an_embargo_is_kept_by_the_query(project, office, second_office):
    publishing.make_ready(project, by=office)
    at = timezone.now() + timedelta(hours=1)
    publication = publishing.publish(project, by=second_office, at=at)

    assert seen() is None and publication.published_at == at
    Project.objects.update(published_at=timezone.now() - timedelta(seconds=1))
    assert seen() == project


def test_an_embargo_is_for_the_first_publication_and_in_the_future(project, public, office, second_office):
    publishing.save_draft(public, {"type": "expansion"}, by=office)
    publishing.make_ready(public, by=office)
    with pytest.raises(Conflict, match="cannot wait"):
        publishing.publish(public, by=second_office, at=timezone.now() + timedelta(hours=1))

    other = ProjectFactory()
    publishing.make_ready(other, by=office)
    with pytest.raises(Conflict, match="has passed"):
        publishing.publish(other, by=second_office, at=timezone.now())


def test_sending_back_needs_its_reason_and_tells_who_prepared(project, office, second_office):
    publishing.make_ready(project, by=office)
    with pytest.raises(Conflict):
        publishing.send_back(project, by=second_office, note=" ")
    publication = publishing.send_back(project, by=second_office, note="The year is missing")

    assert publication.state == "internal"
    with pytest.raises(Conflict):
        publishing.send_back(project, by=second_office, note="Again")


def test_taking_down_leaves_words_and_puts_back_what_waited(project, office, second_office):
    publishing.make_ready(project, by=office, withhold=["note"])
    publishing.publish(project, by=second_office)
    publishing.save_draft(project, {"type": "expansion"}, by=office)
    publication = publishing.take_down(project, by=office, reason=GONE)

    assert seen() is None
    project.refresh_from_db()
    assert (project.note.kk, project.type, publication.draft) == ("Ішкі", "expansion", {})
    assert (publication.state, publication.was_public, publication.withheld[0]) == (
        "unpublished",
        True,
        "note_en",
    )
    with pytest.raises(Conflict):
        publishing.take_down(project, by=office, reason=GONE)


def test_it_is_taken_down_with_words_in_kazakh_and_russian(public, office):
    with pytest.raises(ValidationError):
        publishing.take_down(public, by=office, reason=Text("Жоба жабылды"))
    assert seen() == public


def test_what_the_public_never_saw_leaves_no_tombstone(project, office, second_office):
    publishing.make_ready(project, by=office)
    publishing.publish(project, by=second_office, at=timezone.now() + timedelta(hours=1))
    publishing.take_down(project, by=office, reason=GONE)

    assert Publication.objects.tombstone(Project, project.pk) is None
