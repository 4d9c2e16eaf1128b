"""Published after the load, for investors first, and any object with a visibility."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from core.exceptions import Conflict
from core.models import Notice, Outbox
from core.text import Text
from districts import services
from districts.models import Project, Publication
from districts.services import publishing
from tests.districts.test_publishing import GONE, seen
from tests.factories import FigureFactory, InstructionFactory, ProjectFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(db):
    return ProjectFactory(note_kk="Ішкі", note_ru="Для своих", type="")


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def test_what_the_load_published_can_be_taken_down_and_published_again(office, second_office):
    loaded = ProjectFactory(visibility="public")
    publishing.take_down(loaded, by=office, reason=GONE)
    assert Publication.objects.tombstone(Project, loaded.pk).tombstone == GONE
    publishing.make_ready(loaded, by=office)
    assert publishing.send_back(loaded, by=office, note="not yet").state == "unpublished"
    publishing.make_ready(loaded, by=office)
    publishing.publish(loaded, by=second_office)

    assert seen() == loaded


def test_it_may_be_published_for_investors_first(project, office, second_office, investor):
    publishing.make_ready(project, by=office, to="investor")
    publishing.publish(project, by=second_office)

    assert seen() is None and list(Project.objects.visible_to(investor)) == [project]
    publishing.make_ready(project, by=second_office)
    publishing.publish(project, by=office)
    assert seen() == project


def test_any_object_with_a_visibility_goes_this_way(office, second_office):
    instruction = InstructionFactory(text_kk="Жеделдету", text_ru="Ускорить")
    publishing.make_ready(instruction, by=office)
    publishing.publish(instruction, by=second_office)

    assert type(instruction).objects.get().visibility == "public"


def test_those_who_may_publish_are_told(project, office, second_office, django_capture_on_commit_callbacks):
    publishing.make_ready(project, by=office)

    owed = Outbox.objects.filter(key__contains=f"-ready-{Publication.objects.get().pk}")
    assert {row.key.rsplit("-", 1)[1] for row in owed} == {str(second_office.pk)}
    assert not Notice.objects.filter(recipient=office).exists()


def test_what_everybody_reads_is_not_narrowed_without_words(project, office, second_office):
    publishing.make_ready(project, by=office)
    publishing.publish(project, by=second_office)

    with pytest.raises(Conflict, match="take it down first"):
        publishing.make_ready(seen(), by=office, to="investor")
    assert seen() == project


def test_what_investors_read_is_made_ready_for_everybody(project, office, second_office):
    publishing.make_ready(project, by=office, to="investor")
    publishing.publish(project, by=second_office)
    project.refresh_from_db()

    assert "make-ready" in publishing.steps_open(project, office)


def test_a_draft_that_does_not_fit_keeps_nothing_in_public(project, office, second_office):
    publishing.make_ready(project, by=office)
    publishing.publish(project, by=second_office)
    publishing.save_draft(seen(), {"code": "taken"}, by=office)
    ProjectFactory(code="taken")

    publishing.take_down(project, by=office, reason=GONE)

    assert seen() is None
    project.refresh_from_db()
    assert project.code != "taken" and Publication.objects.of(project).get().draft == {}


def test_another_value_is_public_when_the_first_would_be(project, office):
    later = timezone.now() + timedelta(days=30)
    figure = FigureFactory(project=project, visibility="public", published_at=later, source=SourceFactory())

    new = services.record_instead(
        figure, by=office, value=Decimal(7), as_of="2026", source=figure.source, note=Text("Жаңа", "Новое")
    )

    assert (new.visibility, new.published_at) == ("public", later)
