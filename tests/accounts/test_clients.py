"""The page of a person's own tokens."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import ApiClient
from tests.accounts.test_tokens import later, owned
from tests.factories import ApiClientFactory, UserFactory

pytestmark = pytest.mark.django_db

HERE = "/en/accounts/clients/"
NEW = {"name": "BI", "scopes": ["read"], "days": "90"}


@pytest.fixture
def person(executor):
    """Somebody who signed in a moment ago, with his password."""
    client = Client()
    client.post("/en/accounts/login/", {"login": "executor", "password": "a password of tests"})
    return client


def shown_token(answer):
    return re.search(r'value="(alt_[^"]+)"', answer.content.decode())[1]


def test_a_token_is_made_shown_once_and_works(person, executor):
    answer = person.post(HERE + "new/", NEW)
    token = shown_token(answer)

    assert "no-store" in answer["Cache-Control"]
    api = Client(headers={"authorization": f"Bearer {token}"})
    assert api.get("/api/v1/progress-reports/").status_code == 200
    page = person.get(HERE).content.decode()
    assert token not in page and token[:10] in page and "BI" in page
    assert ApiClient.objects.get().owner == executor


def test_a_token_is_renewed_and_the_one_before_holds(person):
    first = shown_token(person.post(HERE + "new/", NEW))
    client = ApiClient.objects.get()

    second = shown_token(person.post(f"{HERE}{client.pk}/rotate/", {"days": "30", "grace": "7"}))

    for token in (first, second):
        api = Client(headers={"authorization": f"Bearer {token}"})
        assert api.get("/api/v1/projects/").status_code == 200
    assert "The token before holds too" in person.get(HERE).content.decode()


def test_a_token_is_revoked(person, executor):
    client = owned(executor)

    answer = person.post(f"{HERE}{client.pk}/revoke/", follow=True)

    assert "is revoked" in answer.content.decode()
    client.refresh_from_db()
    assert not client.is_active
    assert person.get(f"{HERE}{client.pk}/rotate/").status_code == 404


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "a" * 101}, {"scopes": []}, {"scopes": ["all"]}, {"days": "9999"}]
)
def test_bad_input_is_told_at_its_field(person, wrong):
    answer = person.post(HERE + "new/", NEW | wrong)

    assert answer.status_code == 200
    assert 'class="error-summary"' in answer.content.decode()
    assert not ApiClient.objects.exists()


def test_an_open_browser_is_not_enough_to_make_or_renew_a_token(client, executor):
    """Signed in long ago: the password is asked for first."""
    token = owned(executor)
    client.force_login(executor)

    for address, said in (("new/", NEW), (f"{token.pk}/rotate/", {"days": "30", "grace": "0"})):
        answer = client.post(HERE + address, said)
        assert (answer.status_code, "reauthenticate" in answer["Location"]) == (302, True)
    assert ApiClient.objects.get().token_hash == token.token_hash


def test_another_persons_token_is_not_there(person, office):
    other, bodys = owned(office, name="secret"), ApiClientFactory(name="body")

    page = person.get(HERE).content.decode()
    assert "secret" not in page and "body<" not in page
    for row in (other, bodys):
        assert person.get(f"{HERE}{row.pk}/rotate/").status_code == 404
        assert person.post(f"{HERE}{row.pk}/revoke/").status_code == 404
    assert ApiClient.objects.filter(is_active=True).count() == 2


def test_the_office_sees_here_only_its_own(client, office, executor):
    owned(executor, name="of the executor")
    client.force_login(office)

    assert "of the executor" not in client.get(HERE).content.decode()


def test_the_list_costs_the_same_for_one_and_for_many(client, executor, django_assert_num_queries):
    client.force_login(executor)
    facts = {"owner": executor, "role": "executor", "organisation": executor.organisation}
    ApiClientFactory(**facts)
    client.get(HERE)
    with CaptureQueriesContext(connection) as first:
        client.get(HERE)
    ApiClientFactory.create_batch(5, **facts, expires_at=later(days=3), last_used_on=timezone.localdate())
    with django_assert_num_queries(len(first.captured_queries)):
        client.get(HERE)


def test_somebody_without_tokens_is_shown_how_to_make_one(client):
    client.force_login(UserFactory())

    assert "You have no tokens" in client.get(HERE).content.decode()
