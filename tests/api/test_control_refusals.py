"""What the API of control refuses, and how it says so."""

import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from core.api import parsers
from tasks.models import Evidence, Instruction
from tests.api.conftest import path_of
from tests.api.control import DUE, LATER, RESULT, WHAT, controlled, registered, verb_of
from tests.api.test_errors import problem
from tests.factories import ApiClientFactory, InstructionFactory, OrganisationFactory, instruction_in
from tests.two import second_connection

__all__ = ["controlled", "registered"]

pytestmark = pytest.mark.django_db(transaction=True)
LIST = path_of("instructions")
RIGHT = {"text": WHAT, "issuer": "mic"}
CO = {"organisation": "mic", "role": "co"}

#: A body of a new instruction, and the place in it that is wrong.
WRONG = [
    ({"issuer": "mic"}, "/text", "required"),
    ({"text": WHAT}, "/issuer", "required"),
    (RIGHT | {"text": "Салу"}, "/text", "languages"),
    (RIGHT | {"text": {"en": "Build"}}, "/text", "languages"),
    (RIGHT | {"text": {"kk": None}}, "/text", "languages"),
    (RIGHT | {"text": {"de": "Bauen"}}, "/text", "languages"),
    (RIGHT | {"text": {"kk": " \u2060"}}, "/text/kk", "blank"),
    (RIGHT | {"text": {"kk": "a\u0000"}}, "/text/kk", "blank"),
    (RIGHT | {"text": {"kk": 5}}, "/text/kk", "text"),
    (RIGHT | {"text": {"kk": "ә" * 10_001}}, "/text/kk", "long"),
    (RIGHT | {"issuer": "nobody"}, "/issuer", "named"),
    (RIGHT | {"issuer": "a\u0000"}, "/issuer", "named"),
    (RIGHT | {"issuer": ["mic"]}, "/issuer", "text"),
    (RIGHT | {"due": "2026-02-30"}, "/due", "day"),
    (RIGHT | {"due": "2026-2-3"}, "/due", "day"),
    (RIGHT | {"due": 20260203}, "/due", "day"),
    (RIGHT | {"due": None}, "/due", "null"),
    (RIGHT | {"issued_on": "2026-02-30"}, "/issued_on", "partial"),
    (RIGHT | {"issued_on": "2026-25"}, "/issued_on", "partial"),
    (RIGHT | {"issued_on": "soon"}, "/issued_on", "partial"),
    (RIGHT | {"district": "north"}, "/district", "code"),
    (RIGHT | {"district": "gate"}, "/district", "named"),
    (RIGHT | {"project": "ALT-P-9999"}, "/project", "named"),
    (RIGHT | {"evidence_kind": "rumour"}, "/evidence_kind", "code"),
    (RIGHT | {"executors": {}}, "/executors", "not_a_list"),
    (RIGHT | {"executors": [CO, CO | {"group": {"kk": "x"}}]}, "/executors/1", "invalid"),
    (RIGHT | {"executors": [{"organisation": "mic"}]}, "/executors/0/role", "required"),
    (RIGHT | {"executors": [CO | {"accepted_on": "2026-01-01"}]}, "/executors/0/accepted_on", "unknown"),
    (RIGHT | {"executors": [CO, CO]}, "", "unique_together"),
    (RIGHT | {"executors": [{"group": {"kk": "x"}, "role": "lead"}]}, "", "invalid"),
    ([], "", "invalid"),
    ("text", "", "invalid"),
    (None, "", "null"),
]  # fmt: skip
#: What is not written from outside, whoever asks.
READ_ONLY = [
    "public_id", "state", "visibility", "original_due", "executed_on", "version", "updated_at", "code", "is_demo",
    "demo", "controller", "source", "id", "remainder_of", "recurrence", "removed_by", "url", "confidence",
]  # fmt: skip


@pytest.mark.parametrize(("body", "pointer", "code"), WRONG)
def test_what_is_wrong_is_pointed_at_and_nothing_is_written(
    ask: Any, office: Any, mic: Any, body: Any, pointer: str, code: str
) -> None:
    said = problem(ask(office, LIST, json.dumps(body), format=None, content_type="application/json"), 400)

    assert [(error["pointer"], error["code"]) for error in said["errors"]] in (
        [(pointer, code)],
        [(pointer, "invalid")],
    )
    assert not Instruction.objects.exists()


def test_nothing_is_taken_that_is_not_asked_for(ask: Any, office: Any, mic: Any, controlled: str) -> None:
    rows = Instruction.objects.count()
    said = problem(ask(office, LIST, RIGHT | dict.fromkeys(READ_ONLY, "x")), 400)
    assert {error["pointer"] for error in said["errors"]} == {f"/{name}" for name in READ_ONLY}
    for verb in ("start", "accept", "propose_removal", "put_on_control"):
        said = problem(ask(office, verb_of(controlled, verb), {"state": "executed"}), 400)
        assert said["errors"][0]["pointer"] == "/state"
    assert Instruction.objects.count() == rows


@pytest.mark.parametrize("persona", ["leadership", "executor", "investor", "auditor"])
def test_only_the_office_registers(ask: Any, request: pytest.FixtureRequest, mic: Any, persona: str) -> None:
    user = request.getfixturevalue(persona)
    mic.visibility = "public"
    mic.save()

    assert problem(ask(user, LIST, RIGHT), 403)["detail"]
    assert not Instruction.objects.exists()


def test_who_may_not_know_of_it_is_told_that_there_is_nothing(
    api: Any, ask: Any, controlled: str, investor: Any
) -> None:
    refused = ask(investor, verb_of(controlled, "start"))

    assert problem(refused, 404) == problem(ask(investor, verb_of("ALT-I-9999", "start")), 404)
    assert problem(ask(investor, verb_of("ALT-E-9999", "grant")), 404)["code"] == "not_found"


def test_what_is_public_is_known_and_forbidden(ask: Any, controlled: str, investor: Any) -> None:
    Instruction.objects.update(visibility="public")

    assert problem(ask(investor, verb_of(controlled, "start")), 403)["code"] == "forbidden"


def test_a_verb_out_of_turn_is_a_conflict_in_the_language_of_the_caller(
    ask: Any, controlled: str, office: Any, executor: Any
) -> None:
    said = problem(ask(office, verb_of(controlled, "propose_removal") + "?lang=kk", {}), 409)
    assert "бақылауда" in said["detail"]
    ask(executor, verb_of(controlled, "start"))
    assert problem(ask(executor, verb_of(controlled, "start")), 409)["code"] == "conflict"
    early = {"new_due": DUE, "reason": "Кешікті"}
    (error,) = problem(ask(executor, verb_of(controlled, "request_extension"), early), 400)["errors"]
    assert error["pointer"] == "/new_due"


def test_what_is_missing_for_control_is_named_together(ask: Any, registered: str, office: Any) -> None:
    said = problem(ask(office, verb_of(registered, "put_on_control")), 400)

    assert {error["pointer"] for error in said["errors"]} == {"/due", "/expected_result"}


def test_who_proposed_does_not_remove(ask: Any, office: Any, leadership: Any, api: Any, mic: Any) -> None:
    row = instruction_in("reported", issuer=leadership.organisation, lead=mic)
    program = ApiClientFactory(role="office", scopes=["read", "write"])

    assert problem(ask(program, verb_of(row, "propose_removal")), 403)["detail"]  # nobody signs for a program
    assert ask(leadership, verb_of(row, "propose_removal")).status_code == 403
    assert ask(office, verb_of(row, "propose_removal")).status_code == 200
    assert ask(leadership, verb_of(row, "accept")).status_code == 200


# Files


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("act.pdf", b"%PDF-1.7", 200),
        ("act.pdf", b"MZ", 400),
        ("act.exe", b"%PDF-1.7", 400),
        ("act.pdf", b"", 400),
    ],
)
def test_a_file_is_what_its_name_says(
    ask: Any, controlled: str, akimat_preparer: Any, name: str, content: bytes, status: int
) -> None:
    body = {"text": "Дайын", "act": SimpleUploadedFile(name, content)}
    response = ask(akimat_preparer, verb_of(controlled, "contribute"), body, format="multipart")

    assert response.status_code == status
    assert Evidence.objects.count() == (status == 200)


def test_files_come_in_a_form_and_addresses_in_either(
    ask: Any, controlled: str, akimat_preparer: Any
) -> None:
    at = verb_of(controlled, "contribute")
    for body, pointer in (
        ({"text": "x", "evidence": [{"kind": "act", "url": "https://a.kz"}]}, "/evidence/0/kind"),
        ({"text": "x", "evidence": [{"url": "javascript:alert(1)"}]}, "/evidence/0/url"),
        ({"text": "x", "act": "data"}, "/act"),
    ):
        (error,) = problem(ask(akimat_preparer, at, body), 400)["errors"]
        assert error["pointer"] == pointer
    for body in (
        {"text": "x", "act": "words"},
        {"text": "x", "link": "nowhere"},
        {"text": "x", "photos": "y"},
    ):
        problem(ask(akimat_preparer, at, body, format="multipart"), 400)
    assert not Evidence.objects.exists()


def test_the_final_report_brings_the_proof_that_was_asked_for(
    ask: Any, office: Any, executor: Any, controlled: str
) -> None:
    Instruction.objects.update(evidence_kind="act")
    ask(executor, verb_of(controlled, "start"))

    said = problem(ask(executor, verb_of(controlled, "report"), {"kind": "final", "text": "Салынды"}), 400)

    assert said["errors"][0]["pointer"] == "/evidence"
    assert (
        Instruction.objects.get().state == "in_execution" and not Instruction.objects.get().reports.exists()
    )


# Bodies


@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff", "application/json", 400),
        (b'{"text": NaN}', "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"9" * 10_000, "application/json", 400),
        (b"<a/>", "application/xml", 415),
        (b"a=1", "application/x-www-form-urlencoded", 415),
        (b"", "application/json", 400),
    ],
)
def test_a_body_that_cannot_be_read(
    ask: Any, office: Any, content: bytes, content_type: str, status: int
) -> None:
    problem(ask(office, LIST, content, format=None, content_type=content_type), status)


def test_a_body_that_is_too_large(ask: Any, office: Any, controlled: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(parsers, "LARGEST", 100)
    monkeypatch.setattr(parsers, "LARGEST_FORM", 2000)
    body = {"text": WHAT | {"en": "x" * 100}, "issuer": "mic"}
    problem(ask(office, LIST, body), 413)
    file = {"text": "x", "act": SimpleUploadedFile("a.pdf", b"%PDF-" + b"x" * 3000)}
    problem(ask(office, verb_of(controlled, "contribute"), file, format="multipart"), 413)


# Two at once


def test_who_waits_too_long_for_another_is_told_to_try_again(
    ask: Any, controlled: str, executor: Any
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '200ms'")
    try:
        with second_connection() as other:
            other.execute("SELECT FROM tasks_instruction FOR UPDATE")
            said = problem(ask(executor, verb_of(controlled, "start")), 409)
            other.rollback()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")

    assert said["code"] == "busy"
    assert ask(executor, verb_of(controlled, "start")).status_code == 200


def test_what_is_closed_stays_closed(ask: Any, office: Any, leadership: Any, mic: Any) -> None:
    row = instruction_in("executed", issuer=leadership.organisation, lead=mic)
    part = {"text": WHAT, "expected_result": RESULT, "due": LATER}
    for verb, body in (
        ("cancel", {"reason": "x"}),
        ("accept", {}),
        ("return", {"note": "x"}),
        ("remove_part", part),
    ):
        by = leadership if verb == "remove_part" else office
        problem(ask(by, verb_of(row, verb), body), 409)


def test_a_part_of_what_is_hidden_is_not_added(ask: Any, office: Any, mic: Any) -> None:
    whole = InstructionFactory(issuer=OrganisationFactory())
    made = ask(office, LIST, RIGHT | {"parent": whole.public_id, "issued_on": "2026-22"})

    assert made.json()["parent"]["public_id"] == whole.public_id
    assert made.json()["issued_on"] == "2026-22"
    assert Instruction.objects.get(public_id=made.json()["public_id"]).issued.day == date(2026, 6, 1)
