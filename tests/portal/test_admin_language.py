"""The admin in Kazakh and Russian: what is typed is understood, what is counted is said right, calendars included."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from core.models import CalendarDay
from tests.admin.forms import filled, sentences
from tests.admin.rows import address
from tests.factories import FigureFactory, ProjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["kk", "ru"])
def client(request, office):
    client = Client(headers={"accept-language": request.param})
    client.force_login(office)
    return client


@pytest.mark.parametrize(("typed", "kept"), [("31 730,5", "31730.5"), ("0,25", "0.25"), ("7", "7")])
def test_a_decimal_comma_and_spaces_are_understood(client, typed, kept):
    figure = FigureFactory(value=Decimal(1))
    page = address("districts.Figure", "change", figure.pk)

    answer = client.post(page, filled(client.get(page), value=typed))

    assert answer.status_code == 302, sentences(answer)
    figure.refresh_from_db()
    assert figure.value == Decimal(kept)


def test_what_may_mean_two_numbers_is_refused(client):
    figure = FigureFactory(value=Decimal(1))
    page = address("districts.Figure", "change", figure.pk)

    answer = client.post(page, filled(client.get(page), value="1.234,5"))

    assert answer.status_code == 200
    assert "value" in answer.context["adminform"].form.errors


def test_a_day_is_typed_day_first(client):
    page = address("core.CalendarDay", "add")

    answer = client.post(page, filled(client.get(page), date="04.05.2031", kind="off"))

    assert answer.status_code == 302, sentences(answer)
    assert CalendarDay.objects.get().date == date(2031, 5, 4)


def test_no_name_in_the_plural_follows_a_number(client):
    """Kazakh has none there, and Russian has two others."""
    ProjectFactory.create_batch(3)

    html = client.get(address("districts.Project", "changelist")).content.decode()

    text = " ".join(re.sub(r"<style.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL).split())
    assert re.search(r"(Барлығы|Всего): 3\b", text)
    assert not re.search(r"\b3 (жобалар|проекты|проектов)", text)


@pytest.mark.parametrize(
    ("language", "words"), [("kk", ["Бүгін", "Қаңтар", "Дс"]), ("ru", ["Сегодня", "Январь", "Пн"])]
)
def test_the_calendar_of_a_date_field_speaks_and_begins_on_monday(office, language, words):
    client = Client(headers={"accept-language": language})
    client.force_login(office)

    script = client.get("/admin/jsi18n/").content.decode()

    text = re.sub(r"\\u([0-9a-f]{4})", lambda letter: chr(int(letter[1], 16)), script)
    assert [word for word in words if word not in text] == []
    assert re.search(r'"FIRST_DAY_OF_WEEK": 1', text)
    assert '"%d.%m.%Y"' in text


def test_the_button_that_deletes_names_nothing_after_its_verb(client):
    """«Жою», not «Жою көрсеткіш»; and it is there once."""
    figure = FigureFactory()

    html = client.get(address("districts.Figure", "change", figure.pk)).content.decode()

    buttons = re.findall(r'<a[^>]+href="[^"]*/delete/[^"]*"[^>]*>\s*([^<]*?)\s*</a>', html)
    assert [text for text in buttons if text] in (["Жою"], ["Удалить"])
