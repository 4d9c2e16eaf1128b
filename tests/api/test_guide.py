"""Every example of docs/api.md is run as it stands against a live portal, and prints what the guide says."""

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db import connection

from accounts.models import Organisation
from accounts.services import digest
from alatau_portal.management.commands.load_alatau import load_all
from core.api.exports import FORMATS
from core.api.schema import openapi
from districts.models import Project
from tests.factories import ApiClientFactory, ReportingDutyFactory, ReportingPeriodFactory, UserFactory

GUIDE = Path(__file__).parents[2] / "docs" / "api.md"
HOME = "http://127.0.0.1:8000"
TOKEN, ENDED = "alt_of_the_guide", "alt_that_is_over"
#: As in demo-accounts.json: name of the token in the guide, role, organisation.
WRITERS = [
    ("OFFICE", "office", "project_office"),
    ("EXECUTOR", "executor", "mic"),
    ("LEADERSHIP", "leadership", "deputy_prime_minister"),
    ("AKIMAT", "executor", "akimat_almaty_region"),
]
RUNS = {"sh": ["sh", "-c"], "python": [sys.executable, "-c"], "js": ["node", "--input-type=module", "-e"]}
NEEDED = {"sh": "curl", "js": "node"}


class Example(NamedTuple):
    language: str
    code: str
    kind: str
    output: str


def examples() -> list[Example]:
    blocks = re.findall(
        r"^```(sh|python|js)\n(.*?)^```\n(?:```(json|text)\n(.*?)^```\n)?", GUIDE.read_text(), re.M | re.S
    )
    return [Example(*block) for block in blocks]


@pytest.mark.django_db(transaction=True)
def test_the_examples_print_what_the_guide_says(live_server: Any, settings: Any, monkeypatch: Any) -> None:
    monkeypatch.setitem(
        connection.settings_dict, "CONN_MAX_AGE", 0
    )  # the server's threads keep no connection
    settings.PUBLIC_URL = live_server.url
    load_all()
    ApiClientFactory(token_hash=digest(TOKEN), role="office")
    ApiClientFactory(token_hash=digest(ENDED), role="office", expires_at=datetime(2026, 1, 1, tzinfo=UTC))
    for name, role, code in WRITERS:
        facts = {"role": role, "organisation": Organisation.objects.get(code=code)}
        person = UserFactory(may_sign=True, **facts)
        ApiClientFactory(token_hash=digest(name), owner=person, scopes=["read", "write"], **facts)
    ReportingDutyFactory(
        project=Project.objects.get(name_kk__istartswith="pepsico"),
        organisation=Organisation.objects.get(code="akimat_almaty_region"),
    )
    ReportingPeriodFactory(starts=date(2026, 10, 1))

    for example in examples():
        if shutil.which(NEEDED.get(example.language, "sh")):
            printed = _run(example, live_server.url)
            expected = example.output.replace(HOME, live_server.url)
            assert _read(example.kind, printed) == _read(example.kind, expected), example.code


def _run(example: Example, home: str) -> str:
    words = [*RUNS[example.language], example.code.replace(HOME, home)]
    tokens = {"TOKEN": TOKEN, "ENDED": ENDED} | {name: name for name, _role, _code in WRITERS}
    run = subprocess.run(words, capture_output=True, text=True, timeout=60, env=os.environ | tokens)
    assert run.returncode == 0, run.stderr
    return run.stdout


def _read(kind: str, text: str) -> Any:
    """JSON is compared as JSON, several documents one after the other; anything else as it is printed."""
    if kind != "json":
        return [line.rstrip() for line in text.strip().splitlines()]
    documents, rest = [], text.strip()
    while rest:
        document, end = json.JSONDecoder().raw_decode(rest)
        documents.append(document)
        rest = rest[end:].lstrip()
    return documents


def test_every_example_says_what_it_prints() -> None:
    assert len(examples()) >= 12
    assert {example.language for example in examples()} == set(RUNS)
    assert all(example.kind for example in examples()), "a block of code has no output below it"
    blocks = len(re.findall(r"^```\w", GUIDE.read_text(), re.M))
    assert blocks == 2 * len(examples()), "a block that is neither run nor what one prints"


def test_the_changelog_is_dated_newest_first_and_can_be_read(client: Any, db: None) -> None:
    text = (GUIDE.parent / "api-changelog.md").read_text()
    days = re.findall(r"^## (\d{4}-\d\d-\d\d)$", text, re.M)

    assert days == sorted(days, reverse=True) and len(days) == len(set(days)) > 3
    assert len(re.findall(r"^## ", text, re.M)) == len(days)
    answer = client.get("/api/docs/changelog.md")
    assert (answer["Content-Type"], answer.text) == ("text/markdown; charset=utf-8", text)


def test_the_guide_names_nothing_that_there_is_not() -> None:
    named = re.findall(rf"{HOME}(/api/v1/[a-z/-]*(?:\.(?:{'|'.join(FORMATS)}))?)", GUIDE.read_text())
    described = {re.sub(r"\{.*?\}", "[a-z]+", path) for path in openapi()["paths"]} | {"/api/v1/openapi"}

    assert {path for path in named if not any(re.fullmatch(known, path) for known in described)} == set()


def test_it_can_be_read_at_the_portal_with_its_addresses(client: Any, db: None, settings: Any) -> None:
    settings.PUBLIC_URL = "https://alatau.example"
    answer = client.get("/api/docs/guide.md")

    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer["Content-Language"] == "en"
    assert HOME not in answer.text and "https://alatau.example/api/v1/districts.csv" in answer.text
    assert 'href="/api/docs/guide.md"' in client.get("/api/docs/").text
