"""What the log says of a request, and what it never says."""

import json
import logging
from logging.config import dictConfig

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.test import Client

from core import logs, outbox, tracing
from core.jobs import deliver_outbox
from core.models import Outbox
from tests.factories import ApiClientFactory, ProjectFactory, UserFactory
from tests.portal.test_errors import failing

pytestmark = pytest.mark.django_db


class Lines(logging.Handler):
    """Everything that would have been written, as JSON and as words."""

    def __init__(self):
        super().__init__()
        made = [logs.configuration(as_json=as_json)["formatters"]["line"] for as_json in (True, False)]
        self._json, self._words = (one.pop("()")(**one) for one in made)
        self.written, self.words = [], []

    def emit(self, record):
        self.written.append(self._json.format(record))
        self.words.append(self._words.format(record))

    @property
    def told(self):
        return [json.loads(line) for line in self.written]

    def of(self, event):
        return [one for one in self.told if one["event"] == event]


@pytest.fixture
def lines():
    handler = Lines()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)


def test_a_request_is_one_line_with_the_number_that_it_is_answered_with(client, office, lines):
    project = ProjectFactory(visibility="public")
    client.force_login(office)

    answer = client.get(f"/kk/projects/{project.public_id}/?q=secret-words")

    (line,) = lines.of("answered")
    assert line["request_id"] == answer["X-Request-ID"]
    asked = {name: line[name] for name in ("method", "route", "object", "status", "user", "level")}
    assert asked == {
        "method": "GET",
        "route": "project",
        "object": project.public_id,
        "status": 200,
        "user": f"user:{office.pk}",
        "level": "info",
    }
    assert line["queries"] > 3 and line["ms"] > 0
    assert "secret-words" not in "".join(lines.written) and office.username not in line


def test_a_program_is_named_by_number_too(api, lines):
    api(ApiClientFactory(role="office", owner=None)).get("/api/v1/projects/")
    Client().get("/api/v1/projects/?limit=nonsense")

    program, visitor = lines.of("answered")
    assert program["user"].startswith("client:") and "user" not in visitor
    assert visitor["status"] == 400


@pytest.mark.parametrize(
    ("given", "is_behind_a_proxy", "is_taken"),
    [
        ("9f86d081884c7d65", True, True),
        ("9f86d081884c7d65", False, False),
        ("short", True, False),
        ("x" * 65, True, False),
        ("two words", True, False),
        ('a"}\n{"event": "forged', True, False),
    ],
)
def test_a_number_is_taken_from_a_proxy_of_our_own_alone(settings, given, is_behind_a_proxy, is_taken):
    settings.HTTPS = is_behind_a_proxy

    answer = Client().get("/robots.txt", headers={"x-request-id": given})

    assert (answer["X-Request-ID"] == given) is is_taken
    assert tracing.SANE.match(answer["X-Request-ID"])


@pytest.mark.parametrize(("address", "status"), [("/kk/", 500), ("/api/v1/projects/", 500), ("/kk/no/", 500)])
def test_a_failure_is_found_by_the_number_that_the_page_shows(lines, address, status):
    browser = Client(raise_request_exception=False)

    with failing(ZeroDivisionError("a cause")):
        answer = browser.get(address)

    number = answer["X-Request-ID"]
    (line,) = [one for one in lines.told if "ZeroDivisionError: a cause" in one.get("exception", "")]
    assert (answer.status_code, line["request_id"], line["level"]) == (status, number, "error")
    assert address.startswith("/api/") or f"<code>{number}</code>" in answer.content.decode()


def test_what_is_not_there_shows_no_number(client):
    answer = client.get("/kk/no-such-place/")

    assert answer["X-Request-ID"] not in answer.content.decode()


TOKEN = "pYf3" * 12
SECRETS = [
    "aigerim.s@example.kz",
    f"Bearer {TOKEN}",
    "940140000385",
    "postgresql://portal:hunter2@db.example/portal",
    f"/feeds/terms/{TOKEN}.ics",
    "DETAIL:  Key (username)=(aigerim) already exists.",
    "DETAIL:  Failing row contains (7, aigerim, +7 701 000 00 00).",
]


@pytest.mark.parametrize("secret", SECRETS)
def test_secrets_do_not_get_into_the_log(lines, secret):
    try:
        raise ValueError(secret)
    except ValueError:
        logging.getLogger("core.outbox").exception("%s was not delivered", secret)

    text = "".join(lines.written + lines.words)
    for hidden in ("aigerim", TOKEN, "940140000385", "hunter2", "+7 701"):
        assert hidden not in text
    assert logs.HIDDEN in text


def test_the_path_of_what_failed_is_told_by_its_route(lines):
    with failing(ZeroDivisionError()):
        Client(raise_request_exception=False).get(f"/feeds/terms/{'short-ish' * 4 + 'x' * 7}.ics")

    text = "".join(lines.written)
    assert "[terms-feed]" in text and "short-ish" not in text


def test_nobody_begins_a_line_of_his_own(lines):
    forged = 'in\r\n2026-01-01 INFO portal: all is well\u2028\x1b[2J{"event": "forged"}'
    try:
        raise ValueError(forged)
    except ValueError:
        logging.getLogger("portal").exception("said %s", forged)

    assert all("\n" not in line and "\r" not in line for line in lines.written)
    assert json.loads(lines.written[0])["event"].startswith("said in")
    first, *rest = lines.words[0].split("\n")
    assert first.count("INFO portal") == 1 and "\x1b" not in lines.words[0] and "\u2028" not in lines.words[0]
    assert rest and all(line.startswith("  | ") for line in rest)


def test_a_letter_remembers_the_request_that_made_it_owed(lines, monkeypatch):
    with tracing.request("9f86d081884c7d65"):
        outbox.owe_mail("one", "a@example.kz", "Hello", "…")
    outbox.owe_mail("two", "a@example.kz", "Hello", "…")
    assert dict(Outbox.objects.values_list("key", "request_id")) == {"one": "9f86d081884c7d65", "two": ""}

    monkeypatch.setitem(outbox.DELIVERIES, "mail", lambda message: 1 / 0)
    deliver_outbox()

    causes = {one["event"]: one.get("caused_by") for one in lines.told if "was not delivered" in one["event"]}
    assert causes == {"one was not delivered": "9f86d081884c7d65", "two was not delivered": None}
    assert mail.outbox == []


def test_a_page_hands_its_number_on_to_the_letters_that_it_owes(client):
    UserFactory(username="one", email="one@example.kz")

    answer = client.post("/kk/accounts/password/reset/", {"email": "one@example.kz"})

    assert Outbox.objects.get().request_id == answer["X-Request-ID"]


def test_lines_of_a_job_say_which_it_was(lines, monkeypatch):
    monkeypatch.setattr("core.management.commands.work.import_string", lambda task: lambda: 1 / 0)

    call_command("work", once=True)

    jobs = {one["job"] for one in lines.told if "failed; it is tried again" in one["event"]}
    assert jobs == {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert tracing.number() == ""


def test_the_settings_of_the_log_are_sound():
    try:
        dictConfig(logs.configuration(as_json=True))
        logging.getLogger("portal").info("it works")
    finally:
        dictConfig(settings.LOGGING)
