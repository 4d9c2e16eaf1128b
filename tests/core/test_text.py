"""Letters: forgiving search and the order of the Kazakh alphabet, alike in Python and in the database."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Organisation
from core.text import KAZAKH, Text, fold, sort_key
from districts.models import Project
from tests.factories import OrganisationFactory, ProjectFactory
from tests.refusals import sql

ORDER = """Алматы Әйтеке Бурабай Гүлдер Ғалым Карағанды Қонаев Орал Өскемен
Түркістан Ұлытау Үржар Хан Һәм Ыбырай Іле""".split()
LETTERS = st.text(KAZAKH + KAZAKH.upper() + "abcxyzABCXYZ0123456789 -«»№—.,I", max_size=60)


@pytest.mark.django_db
def test_python_and_the_database_fold_and_sort_alike():
    @given(LETTERS)
    def agree(text):
        assert sql("SELECT core_fold(%s), core_sort_kk(%s)", text, text) == [(fold(text), sort_key(text))]

    agree()


def test_kazakh_order():
    assert sorted(sorted(ORDER), key=sort_key) == ORDER
    assert sorted(KAZAKH, key=sort_key) == list(KAZAKH)
    assert len(KAZAKH) == 42


@pytest.mark.django_db
def test_the_database_sorts_by_the_stored_key():
    for name in reversed(ORDER):
        OrganisationFactory(name_kk=name)

    assert list(Organisation.objects.order_by("sort_kk").values_list("name_kk", flat=True)) == ORDER


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("курылыс", "Құрылыс"),
        ("КУРЫЛЫС", "құрылыс"),
        ("онирлик", "өңірлік"),
        ("гылым", "Ғылым"),
        ("уй", "Үй"),
        ("елка", "Ёлка"),
    ],
)
def test_search_forgives_the_keyboard(typed, meant):
    assert fold(typed) == fold(meant)


@pytest.mark.django_db
def test_search_finds_every_word_in_any_order():
    ProjectFactory(name_kk="Қазақстан көпірі", name_ru="Мост Казахстан")
    ProjectFactory(name_kk="Жүрек шаруашылығы", name_ru="Хозяйство 100%")

    assert [project.name_kk for project in Project.objects.search("КОПИРИ казак")] == ["Қазақстан көпірі"]
    assert Project.objects.search("").count() == 2
    assert Project.objects.search("100%").count() == 1
    assert Project.objects.search("1_0").count() == 0


def test_a_missing_translation_is_shown_as_missing():
    text = Text(kk="Қақпа", ru="Гейт")

    with translation.override("kk"):
        assert (str(text), text.__html__(), text.shown()) == ("Қақпа", "Қақпа", ("Қақпа", "kk"))
    with translation.override("en"):
        assert str(text) == "Қақпа [kk]"
        assert text.__html__().startswith('<span lang="kk">Қақпа</span> <span class="untranslated">')
    assert text.shown("ru") == ("Гейт", "ru")
    assert Text(ru="Гейт").shown("kk") == ("Гейт", "ru")
    assert Text().shown("en") == ("", "en")
    assert (str(Text()), Text().__html__()) == ("", "")


def test_text_is_escaped():
    with translation.override("en"):
        assert "<b>" not in Text(kk="<b>").__html__()
    with translation.override("kk"):
        assert Text(kk="<b>").__html__() == "&lt;b&gt;"


def test_text_is_true_when_there_is_any():
    assert Text(en="x")
    assert not Text()
    assert Text.of(None) == Text.of({}) == Text.of({"kk": None}) == Text()
    assert Text(kk="a").as_json() == {"kk": "a", "ru": None, "en": None}


def test_words_older_than_in_another_language_say_so_where_they_are_shown():
    project = ProjectFactory.build(name_kk="Қақпа", name_ru="Ворота", name_en="Gate", stale=["name_en"])

    with translation.override("en"):
        assert "older than the text in another language" in project.name.__html__()
        assert str(project.name) == "Gate"
        assert "older" not in project.purpose.__html__()
    with translation.override("ru"):
        assert project.name.__html__() == "Ворота"
    assert project.name == Text("Қақпа", "Ворота", "Gate")


def test_the_mark_is_beside_escaped_words():
    project = ProjectFactory.build(name_en="<b>Gate</b>", stale=["name_en"])

    with translation.override("en"):
        assert project.name.__html__().startswith("&lt;b&gt;Gate&lt;/b&gt; <span")
