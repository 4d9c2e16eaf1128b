"""`?as_of=`: staff read how it stood, everybody else is told to sign in, a wrong day is told so."""

import pytest
import time_machine
from django.utils import timezone

from districts.models import Project
from tests.pages.words import project_page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def renamed(transactional_db):
    """A project that had another name until a moment ago; the moment."""
    from tests.factories import DistrictFactory, ProjectFactory

    ProjectFactory(
        code="k_park", district=DistrictFactory(code="golden"), visibility="public", name_ru="Прежнее имя"
    )
    moment = timezone.now().isoformat()
    Project.objects.update(name_ru="Новое имя")
    return moment


@pytest.mark.parametrize("persona", ["office", "leadership", "auditor"])
def test_staff_read_the_past_under_a_banner_and_its_links_stay_there(renamed, client, persona, request):
    client.force_login(request.getfixturevalue(persona))
    page = project_page("k_park", "ru")

    html = client.get(page, {"as_of": renamed}).content.decode()

    assert "Прежнее имя" in html
    assert "Новое имя" not in html
    assert "По состоянию на" in html
    assert f'href="{page}">Вернуться' in html
    assert "/ru/districts/golden/?as_of=" in html
    register = client.get("/ru/projects/", {"as_of": renamed}).content.decode()
    assert "Прежнее имя" in register
    assert f'href="{page}?as_of=' in register
    assert "По состоянию на" not in client.get(page).content.decode()


@pytest.mark.parametrize("persona", [None, "executor", "investor"])
def test_nobody_else_may(renamed, client, persona, request):
    if persona:
        client.force_login(request.getfixturevalue(persona))

    assert client.get("/kk/projects/", {"as_of": "2025-12-01"}).status_code == 403


@pytest.mark.parametrize("wrong", ["yesterday", "2999-01-01", "2025-13-01", "", "2025-12-01T10:00"])
def test_a_wrong_day_is_a_bad_request(renamed, client, office, wrong):
    client.force_login(office)

    assert client.get("/kk/projects/", {"as_of": wrong}).status_code == 400


def test_before_the_first_row_the_registers_are_empty_and_say_so(renamed, client, office):
    client.force_login(office)

    html = client.get("/en/projects/", {"as_of": "2024-01-01"}).content.decode()

    assert "No project is published yet" in html
    assert "As it stood on 1 January 2024" in html


def test_the_day_of_the_past_decides_what_is_silent(client, office):
    """Asked of the past, a milestone of a later month is still ahead."""
    from datetime import UTC, datetime

    from alatau_portal.pages.frame import today
    from core import ledger

    token = ledger.instant.set(datetime(2026, 2, 28, 20, tzinfo=UTC))
    try:
        assert today().isoformat() == "2026-03-01"
    finally:
        ledger.instant.reset(token)
    with time_machine.travel(datetime(2026, 2, 28, 20, tzinfo=UTC)):
        assert today().isoformat() == "2026-03-01"


def test_the_menu_stays_in_the_past_too(renamed, client, office):
    client.force_login(office)

    html = client.get("/kk/about-data/", {"as_of": "2025-12-01"}).content.decode()

    assert html.count('href="/kk/projects/?as_of=2025-12-01"') == 2
    assert 'href="/ru/about-data/?as_of=2025-12-01"' in html
