"""Programs sign in with a token; caches keep nothing that is somebody's."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import ApiClient
from accounts.services import digest
from core.models import Change
from tests.api.conftest import path_of
from tests.api.test_errors import problem
from tests.factories import ApiClientFactory, ProjectFactory

TOKEN = "alt_0123456789"


@pytest.fixture
def program(db: None) -> ApiClient:
    return ApiClientFactory(token_hash=digest(TOKEN))


def test_a_token_reads_what_its_role_may_see(program: ApiClient, api: Any) -> None:
    project = ProjectFactory()

    assert api(token=TOKEN).get(path_of("projects", project.public_id)).status_code == 200
    assert api().get(path_of("projects", project.public_id)).status_code == 404


def test_a_token_of_a_person_reads_what_the_person_may_see_today(
    program: ApiClient, api: Any, executor: Any, office: Any
) -> None:
    project = ProjectFactory()
    for owner, status in ((executor, 404), (office, 200)):
        ApiClient.objects.update(owner=owner)
        assert api(token=TOKEN).get(path_of("projects", project.public_id)).status_code == status


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Bearer wrong", "Bearer a b", "bearer Ә", "Bearer " + "a" * 9999]
)
def test_a_token_that_is_wrong_is_refused_even_where_none_is_needed(
    program: ApiClient, anonymous: Client, header: str
) -> None:
    response = anonymous.get(path_of("projects"), headers={"authorization": header})

    assert problem(response, 401)["code"] == "not_authenticated"
    assert response["WWW-Authenticate"] == 'Bearer realm="api", error="invalid_token"'
    assert response["Cache-Control"] == "private, no-store"


PAST, LONG = datetime(2026, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("facts", "status", "code"),
    [
        ({"is_active": False}, 401, "token_revoked"),
        ({"expires_at": PAST}, 401, "token_expired"),
        ({"scopes": ["write"]}, 403, "forbidden"),
        (
            {"token_hash": digest("new"), "old_token_hash": digest(TOKEN), "old_token_until": PAST},
            401,
            "token_replaced",
        ),
    ],
)
def test_a_token_that_no_longer_holds_is_refused(
    program: ApiClient, api: Any, facts: dict[str, Any], status: int, code: str
) -> None:
    ApiClient.objects.update(**facts)

    assert problem(api(token=TOKEN).get(path_of("projects")), status)["code"] == code


def test_the_token_before_holds_beside_the_new_one(program: ApiClient, api: Any) -> None:
    """Never past the end of its successor."""
    facts = {"token_hash": digest("new"), "old_token_hash": digest(TOKEN), "old_token_until": LONG}
    ApiClient.objects.update(**facts, expires_at=LONG)
    for token in (TOKEN, "new"):
        assert api(token=token).get(path_of("projects")).status_code == 200

    ApiClient.objects.update(expires_at=PAST)
    for token in (TOKEN, "new"):
        assert problem(api(token=token).get(path_of("projects")), 401)["code"] == "token_expired"


def test_a_narrow_scope_writes_where_it_says(program: ApiClient, api: Any, executor: Any) -> None:
    for scopes, reports, instructions in (
        (["read", "reports"], 400, 403),
        (["read", "write"], 400, 400),
        (["read"], 403, 403),
    ):
        ApiClient.objects.update(owner=executor, scopes=scopes)
        client = api(token=TOKEN)

        assert client.post(path_of("progress-reports"), {}, format="json").status_code == reports
        assert client.post(path_of("instructions"), {}, format="json").status_code == instructions


def test_a_token_dies_with_its_owner(program: ApiClient, api: Any, office: Any) -> None:
    ApiClient.objects.update(owner=office)
    type(office).objects.update(is_active=False)

    problem(api(token=TOKEN).get(path_of("projects")), 401)


def test_a_token_that_will_expire_still_holds(program: ApiClient, api: Any) -> None:
    ApiClient.objects.update(expires_at=timezone.now() + timedelta(minutes=1))

    assert api(token=TOKEN).get(path_of("projects")).status_code == 200


def test_its_use_is_noted_once_a_day_and_not_in_the_ledger(
    program: ApiClient, api: Any, django_assert_num_queries: Any
) -> None:
    changes = Change.objects.count()
    client = api(token=TOKEN)
    with django_assert_num_queries(3):  # the token, its use, the sources
        client.get(path_of("sources"))
    with django_assert_num_queries(2):
        client.get(path_of("sources"))

    program.refresh_from_db()
    assert program.last_used_on == timezone.localdate()
    assert (program.version, Change.objects.count()) == (1, changes)


def test_other_schemes_are_not_ours(anonymous: Client, db: None) -> None:
    """A proxy in front of a trial installation may ask for a password of its own."""
    assert anonymous.get(path_of("projects"), headers={"authorization": "Basic YTpi"}).status_code == 200


def test_a_session_reads_too(office: Any) -> None:
    client, project = Client(), ProjectFactory()
    client.force_login(office, "accounts.backends.Passwords")
    response = client.get(path_of("projects", project.public_id))

    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "address", [path_of("projects"), "/api/v1/", "/api/v1/openapi.json", path_of("projects", "none")]
)
def test_what_everybody_gets_may_be_kept_but_is_asked_for_again(
    anonymous: Client, db: None, address: str
) -> None:
    response = anonymous.get(address)

    assert response["Cache-Control"] == "no-cache"
    assert {"Accept", "Authorization", "Cookie", "Accept-Language"} <= set(response["Vary"].split(", "))


@pytest.mark.parametrize("address", ["/api/", "/api/v1/nothing/", "/api/v1", "/api/v1/projects"])
def test_whatever_a_token_gets_is_its_own(program: ApiClient, address: str) -> None:
    answer = Client().get(address, headers={"authorization": f"Bearer {TOKEN}"})

    assert answer.status_code in {301, 404} and answer["Cache-Control"] == "private, no-store"
