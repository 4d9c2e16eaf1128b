"""Lines of the standard (docs/asvs.csv) that no other test proves: what is said over https, and what is not served."""

from http.cookies import Morsel
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from tests.factories import ApiClientFactory, DistrictFactory, ProjectFactory
from tests.portal import real
from tests.portal.every_route import addresses, known_rows
from tests.portal.test_errors import failing

pytestmark = pytest.mark.django_db

PASSWORD = "a password of tests"
YEAR = 365 * 24 * 3600


@pytest.fixture
def installed(settings: Any) -> Any:
    """What the settings of a real installation say of cookies and https."""
    for name, value in real.settings().items():
        if name not in {"SECURE_CSP", "SECURE_PROXY_SSL_HEADER"}:
            setattr(settings, name, value)
    return settings


def test_every_cookie_is_bound_to_the_host_and_to_https(installed: Any, executor: Any) -> None:
    installed.MFA_ROLES = []
    browser = Client(headers={"accept-language": "kk"})
    cookies: dict[str, Morsel[str]] = {}
    for ask in (
        lambda: browser.get("/ru/", secure=True),
        lambda: browser.get("/ru/accounts/login/", secure=True),
        lambda: browser.post("/ru/accounts/login/", {"login": "executor", "password": PASSWORD}, secure=True),
    ):
        cookies |= ask().cookies

    assert set(cookies) == {"__Host-s", "__Host-csrf", "__Host-known", "__Host-language"}
    for name, cookie in cookies.items():
        assert (cookie["secure"], cookie["path"], cookie["domain"], cookie["samesite"]) == (
            True,
            "/",
            "",
            "Lax",
        )
        assert cookie["httponly"], name


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/kk/", 200),
        ("/health/live", 200),
        ("/api/v1/projects/", 200),
        ("/kk/nothing/", 404),
        ("/admin/", 302),
    ],
)
def test_every_answer_over_https_says_that_it_stays_there(installed: Any, address: str, status: int) -> None:
    DistrictFactory(code="gate")

    answer = Client().get(address, secure=True)

    assert answer.status_code == status
    told = dict(part.strip().partition("=")[::2] for part in answer["Strict-Transport-Security"].split(";"))
    assert int(told["max-age"]) >= YEAR and "includeSubDomains" in told


def test_a_failure_over_https_says_so_too(installed: Any) -> None:
    with failing(ZeroDivisionError()):
        answer = Client(raise_request_exception=False).get("/kk/", secure=True)

    assert answer.status_code == 500 and "includeSubDomains" in answer["Strict-Transport-Security"]


def test_pages_lead_to_https_and_the_api_answers_nothing_in_the_clear(installed: Any, office: Any) -> None:
    ProjectFactory(visibility="public", name_kk="Ашық жоба")
    page = Client().get("/kk/projects/?q=a")
    assert (page.status_code, page["Location"]) == (301, "https://testserver/kk/projects/?q=a")

    for method in ("get", "post", "patch", "options"):
        answer = getattr(Client(), method)(
            "/api/v1/projects/", headers={"authorization": "Bearer alt_secret"}
        )
        assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
        assert "https" in answer.json()["detail"] and "Location" not in answer
        assert answer["X-Content-Type-Options"] == "nosniff"
    assert Client().get("/api/v1/projects/", secure=True).status_code == 200
    assert Client().get("/api/v1/projects/").status_code == 403  # also what is in the store by now


def test_pages_elsewhere_read_nothing_of_who_signs_in(api: Any, client: Any, office: Any) -> None:
    DistrictFactory(code="gate")
    client.force_login(office)

    answers = [
        client.get("/api/v1/districts/"),
        api(office).get("/api/v1/districts/"),
        api(office).get("/api/v1/no/"),
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 404]
    assert not any("Access-Control-Allow-Origin" in answer for answer in answers)


@pytest.mark.parametrize(
    "address", ["/kk/", "/kk/projects/", "/api/v1/projects/", "/admin/", "/robots.txt", "/metrics"]
)
def test_trace_is_no_method_here(client: Any, office: Any, address: str) -> None:
    client.force_login(office)

    answer = client.generic("TRACE", address, headers={"x-secret": "said-back"})

    assert answer.status_code == 405 and b"said-back" not in answer.content


@pytest.mark.parametrize(
    "address",
    [
        *(
            "/.git/config",
            "/.git/HEAD",
            "/.env",
            "/pyproject.toml",
            "/manage.py",
            "/alatau_portal/settings.py",
        ),
        *("/static/", "/static/js/", "/static/vendor/", "/static/../manage.py", "/static/%2e%2e/manage.py"),
        *("/files/", "/media/", "/var/secret-key", "/static/MANIFEST.in", "/kk/../.git/config"),
    ],
)
def test_neither_sources_nor_folders_nor_secrets_are_served(client: Any, office: Any, address: str) -> None:
    client.force_login(office)

    assert client.get(address).status_code == 404


def test_a_real_installation_shows_no_traces() -> None:
    told = real.settings()

    assert told["DEBUG"] is False and told["HTTPS"] is True
    assert told["MFA_ROLES"] == ["office", "leadership"]
    assert told["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


@pytest.mark.parametrize("address", ["/kk/", "/api/v1/projects/", "/kk/nothing/"])
def test_a_failure_tells_nothing_of_the_machine(address: str) -> None:
    with failing(ZeroDivisionError("SELECT hunter2 FROM core_secret")):
        answer = Client(raise_request_exception=False).get(address)

    text = answer.content.decode()
    assert answer.status_code == 500
    assert not [
        word for word in ("hunter2", "ZeroDivision", "Traceback", ".py", "core_secret") if word in text
    ]


def test_a_form_of_elsewhere_is_refused_at_every_door(office: Any) -> None:
    """Signed in by cookie, but without the token that only our own pages know."""
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.force_login(office)
    taken = {}
    for name, address in addresses(known_rows()):
        answer = browser.post(address)
        if answer.status_code not in {403, 404, 405}:
            taken[name] = (address, answer.status_code)

    assert taken == {}


def test_every_page_of_ones_own_leads_out(client: Any, office: Any) -> None:
    client.force_login(office)
    for address in ("/kk/", "/kk/control/", "/kk/accounts/profile/", "/kk/accounts/sessions/", "/kk/review/"):
        page = client.get(address).content.decode()
        assert 'action="/kk/accounts/logout/"' in page, address
    assert "logout" in client.get("/admin/").content.decode()


@pytest.mark.parametrize(
    "query", ["q=a&q=b", "limit=1&limit=2", "lang=kk&lang=ru", "as_of=2026-01-01&as_of=2026-02-01"]
)
def test_a_parameter_that_comes_twice_is_refused(api: Any, office: Any, query: str) -> None:
    answer = api(office).get(f"/api/v1/projects/?{query}")

    assert answer.status_code == 400
    assert [error["code"] for error in answer.json()["errors"]] == ["repeated"]


def test_a_token_says_nothing_in_an_address(api: Any) -> None:
    ProjectFactory(visibility="internal")
    ApiClientFactory(role="office", owner=None)

    for name in ("token", "access_token", "api_key", "Authorization"):
        assert api().get(f"/api/v1/projects/?{name}=alt_any").status_code == 400


def test_no_account_comes_with_the_portal(settings: Any) -> None:
    """Migrations make none, and accounts for trying it out are made where it is tried out alone."""
    assert not User.objects.exists()
    settings.EMBEDDED = False
    with pytest.raises(CommandError, match="embedded mode"):
        call_command("demo_accounts")
    assert not User.objects.exists()
