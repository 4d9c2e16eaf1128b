"""Headers that keep a page to itself: of every route, of every kind of answer, whoever asks."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client

from tests.factories import DistrictFactory, ProjectFactory
from tests.portal.every_route import addresses, known_rows
from tests.portal.test_errors import failing

pytestmark = pytest.mark.django_db

CSP = "Content-Security-Policy"
#: The admin's theme says so of its own; open data and pictures are for other sites, too.
OTHERWISE = {"X-Frame-Options": "SAMEORIGIN", "Cross-Origin-Resource-Policy": "cross-origin"}


def bare(answer):
    """What an answer lacks of what all must say."""
    told = settings.ANSWER_HEADERS.items()
    lacks = [name for name, value in told if answer.get(name) not in {value, OTHERWISE.get(name, value)}]
    return lacks + [CSP] * ("default-src 'none'" not in answer.get(CSP, ""))


def test_no_answer_to_a_form_of_who_is_signed_in_is_kept_by_a_cache(office):
    browser = Client(raise_request_exception=False)
    browser.force_login(office)
    seen, wrong = set(), {}

    for name, address in addresses(known_rows()):
        if "logout" in name:
            continue  # below
        answer = browser.post(address)
        seen.add(answer.status_code)
        kept = {part.strip() for part in answer.get("Cache-Control", "").split(",")}
        if not {"private", "no-store"} <= kept or bare(answer) or answer.status_code >= 500:
            wrong[name] = (address, answer.status_code, answer.get("Cache-Control"), bare(answer))

    assert wrong.keys() <= {"health-ready"}  # 503 here, without the real data
    assert {403, 405} & seen


def test_what_signs_out_is_not_kept_either(client, office):
    client.force_login(office)
    answers = [client.get("/kk/accounts/logout/"), client.post("/kk/accounts/logout/"), client.get("/kk/")]

    assert [answer.status_code for answer in answers] == [200, 302, 200]
    assert "no-store" in answers[0]["Cache-Control"] and "max-age" not in answers[1]["Cache-Control"]
    assert not any(bare(answer) for answer in answers)


def test_other_words_are_said_where_they_are_meant(client, office):
    client.force_login(office)
    for address in ("/kk/", "/kk/projects/", "/kk/control/", "/api/v1/", "/kk/nothing/"):
        answer = client.get(address)
        assert {name: answer[name] for name in OTHERWISE} == {
            name: settings.ANSWER_HEADERS[name] for name in OTHERWISE
        }


@pytest.mark.parametrize(("failure", "status"), [(ZeroDivisionError(), 500), (OperationalError("gone"), 503)])
@pytest.mark.parametrize("address", ["/kk/", "/api/v1/projects/", "/admin/"])
def test_failures_say_so_too_and_are_kept_by_nobody(office, address, failure, status):
    browser = Client(raise_request_exception=False)
    browser.force_login(office)

    with failing(failure):
        answer = browser.get(address)

    assert (answer.status_code, bare(answer)) == (status, [])
    assert "no-store" in answer["Cache-Control"]


def test_the_api_says_so_to_its_clients_too(api, office):
    DistrictFactory(code="gate")

    answers = [api(office).get(f"/api/v1/{path}") for path in ("districts/", "districts.csv", "nothing/")]

    assert [answer.status_code for answer in answers] == [200, 200, 404]
    assert not any(bare(answer) for answer in answers)
    assert all("no-store" in answer["Cache-Control"] for answer in answers[:2])


def test_the_content_policy_is_wider_where_it_must_be_alone(client, office):
    client.force_login(office)
    inside, docs, page = (client.get(path)[CSP] for path in ("/admin/", "/api/docs/", "/kk/"))

    assert "'unsafe-eval'" in inside and "'unsafe-inline'" not in inside.split("script-src")[1].split(";")[0]
    assert "'unsafe-inline'" not in docs.split("script-src")[1].split(";")[0] and "'unsafe-eval'" not in docs
    assert "unsafe" not in page


def test_what_is_downloaded_runs_nothing(client, office):
    client.force_login(office)
    ProjectFactory(visibility="public")

    answer = client.get("/api/v1/projects.csv")

    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer[CSP] and "script-src" not in answer[CSP]


def test_answers_that_are_made_before_all_others(client, settings):
    """The address by which one sees that it lives, a way to the other scheme, a host that is none of ours."""
    alive = client.get("/health/live")
    stranger = client.get("/kk/", headers={"host": "evil.example"})
    settings.SECURE_SSL_REDIRECT = True
    moved = Client().get("/kk/")

    assert [answer.status_code for answer in (alive, stranger, moved)] == [200, 400, 301]
    assert [bare(answer) for answer in (alive, stranger, moved)] == [[], [], []]


def test_security_txt_leads_to_a_door_that_there_is(client):
    answer = client.get("/.well-known/security.txt")
    told = dict(line.split(": ", 1) for line in answer.content.decode().splitlines() if line[0] != "#")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert told["Contact"] == f"{settings.PUBLIC_URL}/kk/invest/enquiry/"
    assert client.get("/kk/invest/enquiry/").status_code == 200
    assert told["Canonical"] == f"{settings.PUBLIC_URL}/.well-known/security.txt"
    assert told["Preferred-Languages"] == "kk, ru, en"
    ahead = datetime.fromisoformat(told["Expires"]) - datetime.now(UTC)
    assert timedelta(days=30) < ahead < timedelta(days=366)  # RFC 9116, 2.5.5: less than a year is advised


def test_security_txt_names_whom_the_setting_names(client, settings):
    settings.SECURITY_CONTACT = "mailto:security@alatau.example"

    text = client.get("/.well-known/security.txt").content.decode()

    assert "Contact: mailto:security@alatau.example\n" in text and "enquiry" not in text
