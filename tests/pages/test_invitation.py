"""The page behind an invitation."""

import pytest

from accounts import services
from accounts.models import Invitation, User
from core.models import Outbox
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(office):
    services.invite(
        by=office,
        email="aigul@example.kz",
        role="executor",
        organisation=OrganisationFactory(name_kk="Әкімдік", name_ru="Акимат"),
        full_name="Айгүл",
    )
    body = Outbox.objects.get().payload["body"]
    return next(word for word in body.split() if "/invitation/" in word).partition("/kk/")[2]


def test_it_says_what_the_invitation_is_for_and_opens_an_account(client, link):
    page = client.get(f"/kk/{link}")
    html = page.content.decode()
    assert "Әкімдік" in html
    assert "aigul@example.kz" in html
    assert 'content="noindex"' in html

    password = "узын-купиясоз-2025"
    answer = client.post(
        f"/kk/{link}", {"username": "aigul", "full_name": "Айгүл", "password": password, "again": password}
    )

    assert answer.status_code == 302
    assert User.objects.get(username="aigul").role == "executor"
    assert client.get(f"/kk/{link}").status_code == 404


def test_mistakes_are_told_at_their_field(client, link):
    html = client.post(
        f"/ru/{link}", {"username": "", "full_name": "А", "password": "1", "again": "2"}
    ).content.decode()

    assert "Пароли не совпадают" in html
    assert 'aria-invalid="true"' in html
    assert Invitation.objects.get().accepted_at is None


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_an_unknown_link_is_told_kindly(client, language):
    response = client.get(f"/{language}/accounts/invitation/nothing/")

    assert response.status_code == 404
    assert "<h1" in response.content.decode()
