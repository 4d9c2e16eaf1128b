"""The page of personal data: terms, nights, and all that is held of one person."""

import json

import pytest
from django.test import Client

from accounts import services
from core.jobs import keep_terms
from core.models import AccessLog, Erasure, Outbox
from tests.factories import OutboxFactory, SavedViewFactory, UserFactory

pytestmark = pytest.mark.django_db

PAGE, PERSON = "/en/review/personal-data/", "/en/review/personal-data/person/"
EMAIL = "aidana@canary.example"


@pytest.fixture
def person():
    user = UserFactory(username="aidana", full_name="Айдана Канарейкина", email=EMAIL)
    SavedViewFactory(owner=user)
    OutboxFactory(payload={"to": EMAIL, "subject": "Notice"})
    return user


@pytest.fixture
def desk(office):
    client = Client()
    client.force_login(office)
    return client


def test_terms_and_nights_are_told_in_words(desk):
    keep_terms()

    page = desk.get(PAGE).content.decode()

    assert "The log of who looked at personal data" in page
    assert "366 days" in page
    assert "nothing was over" in page


def test_the_auditor_reads_the_terms_and_asks_for_nobody(client, auditor):
    client.force_login(auditor)

    page = client.get(PAGE).content.decode()

    assert "366 days" in page
    assert 'name="email"' not in page
    assert client.post(PERSON, {"email": EMAIL}).status_code == 403


@pytest.mark.parametrize("typed", [{}, {"email": "nonsense"}])
def test_a_form_without_a_person_says_what_to_type(desk, typed):
    answer = desk.post(PERSON, typed)

    assert answer.status_code == 400
    assert "error-summary" in answer.content.decode()


def test_all_that_is_held_is_shown_and_that_it_was_looked_at_is_kept(desk, office, person):
    page = desk.post(PERSON, {"email": EMAIL.upper()}).content.decode()

    for word in ("Айдана Канарейкина", "Saved views", "Mail written to this address", "Notice"):
        assert word in page
    seen = {(look.model, look.action, look.who) for look in AccessLog.objects.all()}
    assert ("accounts.user", "open", office.ledger_name) in seen


def test_nothing_held_is_said_so(desk):
    page = desk.post(PERSON, {"email": "nobody@canary.example"}).content.decode()

    assert "Nothing is held" in page


def test_the_file_holds_everything_and_who_looked(desk, office, person):
    desk.post(PERSON, {"email": EMAIL})

    answer = desk.post(PERSON, {"email": EMAIL, "do": "export"})
    held = json.loads(answer.content)["held"]

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer.headers["Cache-Control"]
    assert held["accounts.user"][0]["email"] == EMAIL
    assert held["core.savedview"][0]["name"]
    assert [look["who"] for look in held["accesses"] if look["action"] == "open"] == [office.ledger_name]
    assert AccessLog.objects.filter(action="export", model="accounts.user", rows=[person.pk]).exists()


def test_erasing_asks_to_look_first_and_loses_nothing_that_was_typed(desk, person):
    answer = desk.post(PERSON, {"email": EMAIL, "do": "erase", "ground": "By letter № 5"})

    assert answer.status_code == 400
    assert "Tick this when you have looked." in answer.content.decode()
    assert "By letter № 5" in answer.content.decode()
    person.refresh_from_db()
    assert person.email == EMAIL


def test_erased_is_reported_without_a_word_of_whom(desk, office, person):
    told = {"email": EMAIL, "do": "erase", "ground": "By letter № 5", "sure": "on"}

    answer = desk.post(PERSON, told, follow=True)

    report = Erasure.objects.get()
    assert report.report["cleared"] == {
        "accounts.user": 1,
        "core.savedview": 1,
        "letters": 1,
    }
    page = answer.content.decode()
    assert "By letter № 5" in page
    assert EMAIL not in page
    assert Outbox.objects.get().payload == {}
    again = desk.post(PERSON, {"email": EMAIL}).content.decode()
    assert "were erased before" in again
    assert "Nothing is held" in again


def test_a_second_erasure_finds_nothing(desk, person):
    told = {"email": EMAIL, "do": "erase", "ground": "By letter № 5", "sure": "on"}
    desk.post(PERSON, told)

    answer = desk.post(PERSON, told, follow=True)

    assert "Nothing is left to erase." in answer.content.decode()
    assert Erasure.objects.count() == 1


def test_an_administrator_is_not_erased_by_a_colleague(desk):
    admin = UserFactory(username="boss", email="boss@canary.example", is_superuser=True, role="office")

    answer = desk.post(PERSON, {"email": admin.email, "do": "erase", "ground": "By letter № 5", "sure": "on"})

    assert answer.status_code == 400
    assert "Only an administrator" in answer.content.decode()
    assert not Erasure.objects.exists()


def test_the_pages_cost_little(desk, person, django_assert_max_num_queries):
    services.amend_profile(person, full_name="Айдана", language="kk")
    desk.get(PAGE)

    with django_assert_max_num_queries(16):
        desk.get(PAGE)
