"""What is public from an instant on, and words that were left behind."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone, translation

from core.ledger import as_of
from core.models import Change
from core.text import Text
from districts.models import Figure, Project
from tests.factories import FigureFactory, ProjectFactory
from tests.refusals import sql

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()


def test_an_embargo_is_lifted_by_the_clock_of_the_database(office):
    now = timezone.now()
    before = ProjectFactory(visibility="public", published_at=now - timedelta(seconds=5))
    later = ProjectFactory(visibility="public", published_at=now + timedelta(hours=1))

    assert list(Project.objects.visible_to(NOBODY)) == [before]
    assert set(Project.objects.visible_to(office)) == {before, later}


def test_what_is_said_of_a_thing_waits_as_well():
    later = timezone.now() + timedelta(hours=1)
    FigureFactory(chosen=True, visibility="public", project__visibility="public", published_at=later)
    FigureFactory(chosen=True, visibility="public", project__visibility="public", project__published_at=later)

    assert not Figure.objects.visible_to(NOBODY).exists()


def test_an_instant_that_is_still_to_come_lifts_no_embargo():
    ProjectFactory(visibility="public", published_at=timezone.now() + timedelta(hours=1))

    with as_of(timezone.now() + timedelta(days=1)):
        assert not Project.objects.visible_to(NOBODY).exists()


def test_in_the_past_the_embargo_stood():
    """The row says until when; a reading of a moment before that does not show it."""
    project = ProjectFactory(visibility="public")
    born = Change.objects.of(project).get().at
    with as_of(born):
        assert Project.objects.visible_to(NOBODY).exists()
    later = ProjectFactory(visibility="public", published_at=born + timedelta(microseconds=1))
    with as_of(born):
        assert list(Project.objects.visible_to(NOBODY)) == [project] != [later]


def words(**columns):
    project = ProjectFactory(name_kk="Зауыт", name_ru="Завод", name_en="Plant", purpose_ru="Цель")
    for step in columns.pop("then", [columns]):
        Project.objects.filter(pk=project.pk).update(**step)
    return sorted(Project.objects.get(pk=project.pk).stale)


def test_words_that_did_not_change_with_the_others_are_stale():
    assert words(name_kk="Жаңа зауыт") == ["name_en", "name_ru"]
    assert words(name_kk="Жаңа зауыт", name_ru="Новый завод") == ["name_en"]
    assert words(name_kk="Жаңа зауыт", name_ru="Новый завод", name_en="New plant") == []
    assert words(purpose_ru="Другая цель") == []  # in no other language is there anything to renew
    assert words(type="rehabilitation") == []


def test_what_is_renewed_later_or_taken_out_is_not_stale_any_more():
    kk = {"name_kk": "Жаңа зауыт"}
    assert words(then=[kk, {"name_ru": "Новый завод"}]) == ["name_en"]
    assert words(then=[kk, {"name_en": ""}]) == ["name_ru"]
    assert words(then=[kk, {"type": "rehabilitation"}]) == ["name_en", "name_ru"]
    assert words(then=[kk, {"stale": []}]) == []


def test_a_column_that_is_no_text_is_never_stale():
    assert words(stale=["type", "name_ru"]) == ["name_ru"]


def test_psql_marks_them_as_well():
    project = ProjectFactory(name_kk="Зауыт", name_ru="Завод")
    sql("UPDATE districts_project SET name_ru = 'Новый завод' WHERE id = %s", project.pk)

    assert Project.objects.get(pk=project.pk).stale == ["name_kk"]


def test_a_reader_is_told_that_his_words_may_be_old():
    project = ProjectFactory(name_kk="Зауыт", name_ru="Завод", name_en="Plant")
    Project.objects.filter(pk=project.pk).update(name_kk="Жаңа зауыт", name_ru="Новый завод")
    name = Project.objects.get().name

    with translation.override("en"):
        assert "Plant" in name.__html__() and "older than the text in another language" in name.__html__()
        assert str(name) == "Plant"
    with translation.override("kk"):
        assert name.__html__() == "Жаңа зауыт"
    assert name == Text("Жаңа зауыт", "Новый завод", "Plant") and name.as_json()["en"] == "Plant"
