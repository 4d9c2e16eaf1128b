"""Role × verb × method of control in the API: what whoever calls is answered where the state allows the verb."""

import json
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation
from accounts.services import digest
from tasks.models import Extension, Instruction
from tests.factories import (
    ApiClientFactory,
    ExecutorFactory,
    ExtensionFactory,
    OrganisationFactory,
    UserFactory,
    decided_extension,
    instruction_in,
    somebody,
)

pytestmark = pytest.mark.django_db

DUE, LATER = date(2099, 3, 2), "2099-04-01"
TOKENS = {"token": ["read", "write"], "token_that_reads": ["read"]}
PERSONAS = [
    "office", "leadership", "lead", "co", "stranger", "investor", "auditor", "anonymous", *TOKENS,
]  # fmt: skip
WHAT, RESULT = {"kk": "Салу"}, {"kk": "Акт"}
WHY, PART = {"reason": "Себебі"}, {"text": WHAT, "expected_result": RESULT, "due": "2099-02-01"}

#: Verb → the state it needs, what is said, what those who may are answered, and who they are.
INSTRUCTION: dict[str, tuple[str, Any, int, set[str]]] = {
    "amend": ("registered", {"number": "12-2"}, 200, {"office", "token"}),
    "put_on_control": ("registered", {"expected_result": RESULT}, 200, {"office", "token"}),
    "accept_assignment": ("on_control", {}, 200, {"lead", "co"}),
    "refuse_assignment": ("on_control", WHY, 200, {"lead", "co"}),
    "reassign": ("on_control", WHY | {"lead": "other"}, 200, {"office", "token"}),
    "start": ("on_control", {}, 200, {"lead"}),
    "contribute": ("in_execution", {"text": "Дайын"}, 200, {"co"}),
    "report": ("in_execution", {"kind": "final", "text": "Дайын"}, 200, {"lead"}),
    "return": ("reported", {"note": "Акт жоқ"}, 200, {"office", "token", "leadership"}),
    "propose_removal": ("reported", {}, 200, {"office", "token"}),
    "accept": ("proposed", {}, 200, {"leadership"}),
    "remove_part": ("proposed", PART, 201, {"leadership"}),
    "cancel": ("in_execution", WHY, 200, {"office", "token", "leadership"}),
    "request_extension": ("in_execution", WHY | {"new_due": LATER}, 201, {"lead"}),
    "split": ("in_execution", PART | {"lead": "other"}, 201, {"lead"}),
}
EXTENSION: dict[str, tuple[str, Any, int, set[str]]] = {
    "take_up": ("requested", {}, 200, {"office", "token", "leadership"}),
    "grant": ("requested", {}, 200, {"leadership"}),
    "refuse": ("requested", WHY, 200, {"leadership"}),
    "withdraw": ("requested", {}, 200, {"lead"}),
    "correct": ("granted", {"why": "Қате", "due": "2099-03-20"}, 201, {"leadership"}),
}


@pytest.fixture
def callers(office, leadership, executor, akimat_preparer, investor, auditor):
    for name, scopes in TOKENS.items():
        ApiClientFactory(token_hash=digest(name), owner=office, scopes=scopes)
    stranger = UserFactory(role="executor", organisation=OrganisationFactory(code="stranger"))
    OrganisationFactory(code="other")
    Organisation.objects.update(visibility="public")
    return {
        "office": office, "leadership": leadership, "lead": executor, "co": akimat_preparer, "stranger": stranger,
        "investor": investor, "auditor": auditor,
    }  # fmt: skip


def instruction(callers: Any, state: str, visibility: str) -> Instruction:
    """Given by the deputy prime minister, led by one body, helped by another."""
    facts = {"issuer": callers["leadership"].organisation, "due": DUE, "visibility": visibility}
    row = instruction_in(
        "reported" if state == "proposed" else state, lead=callers["lead"].organisation, **facts
    )
    ExecutorFactory(instruction=row, organisation=callers["co"].organisation)
    if state == "proposed":
        row.removal_proposed_by, row.removal_proposed_at = somebody(), timezone.now()
        row.save()
    return row


def extension(callers: Any, state: str, visibility: str) -> Extension:
    row = instruction(callers, "in_execution", visibility)
    facts = {
        "instruction": row, "old_due": DUE, "new_due": date(2099, 4, 1), "organisation": callers["lead"].organisation,
    }  # fmt: skip
    return decided_extension(**facts) if state == "granted" else ExtensionFactory(**facts)


def statuses(client: Any, callers: Any, address: str, body: Any) -> dict[str, int]:
    return {name: _asked(client, callers, name, address, body) for name in PERSONAS}


def _asked(client: Any, callers: Any, name: str, address: str, body: Any) -> int:
    """Nothing of what was done remains for the next one."""
    client.logout()
    if name in callers:
        client.force_login(callers[name])
    headers = {"authorization": f"Bearer {name}"} if name in TOKENS else {}
    headers["if-match"] = "*"
    with transaction.atomic():
        response = client.post(address, json.dumps(body), content_type="application/json", headers=headers)
        transaction.set_rollback(True)
    return response.status_code


def expected(answer: int, may: set[str], unknown: int) -> dict[str, int]:
    """Who may not is told so, as far as he may know of it at all."""
    others = dict.fromkeys(PERSONAS, 403) | {"anonymous": 401, "stranger": unknown, "investor": unknown}
    return others | dict.fromkeys(may, answer)


@pytest.mark.parametrize("visibility", ["internal", "public"])
@pytest.mark.parametrize("verb", INSTRUCTION)
def test_who_may_do_what_to_an_instruction(client, callers, verb, visibility):
    state, body, answer, may = INSTRUCTION[verb]
    if (verb, visibility) == ("amend", "public"):
        answer = 409  # what is published is changed by two
    address = f"/api/v1/instructions/{instruction(callers, state, visibility).public_id}/{verb}/"

    unknown = 404 if visibility == "internal" else 403
    assert statuses(client, callers, address, body) == expected(answer, may, unknown)


@pytest.mark.parametrize("visibility", ["internal", "public"])
@pytest.mark.parametrize("verb", EXTENSION)
def test_who_may_do_what_to_a_request(client, callers, verb, visibility):
    """It is the inner life of an instruction: also of a public one nobody else knows of it."""
    state, body, answer, may = EXTENSION[verb]
    address = f"/api/v1/extensions/{extension(callers, state, visibility).public_id}/{verb}/"

    assert statuses(client, callers, address, body) == expected(answer, may, 404)


def test_who_may_register_one(client, callers):
    answers = statuses(client, callers, "/api/v1/instructions/", {"text": WHAT, "issuer": "other"})

    assert answers == expected(201, {"office", "token"}, 403)


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_verb_is_said_by_post_alone(client, callers, persona):
    row = instruction(callers, "in_execution", "public")
    asked = ExtensionFactory(instruction=row, old_due=DUE, new_due=date(2099, 4, 1))
    if persona in callers:
        client.force_login(callers[persona])
    headers = {"authorization": f"Bearer {persona}"} if persona in TOKENS else {}
    addresses = [f"/api/v1/instructions/{row.public_id}/{verb}/" for verb in INSTRUCTION]
    addresses += [f"/api/v1/extensions/{asked.public_id}/{verb}/" for verb in EXTENSION]

    answers = {
        getattr(client, method)(address, headers=headers).status_code
        for address in addresses
        for method in ("get", "head", "put", "patch", "delete")
    }

    assert answers == {405}


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_reads_requests(client, callers, persona):
    asked = extension(callers, "requested", "public")
    if persona in callers:
        client.force_login(callers[persona])
    headers = {"authorization": f"Bearer {persona}"} if persona in TOKENS else {}
    concerned = persona not in {"stranger", "investor", "anonymous"}

    lists = [
        client.get(f"/api/v1/extensions{end}", headers=headers).status_code for end in ("/", ".csv", ".xlsx")
    ]
    one = client.get(f"/api/v1/extensions/{asked.public_id}/", headers=headers).status_code
    assert (lists, one) == ([200] * 3, 200 if concerned else 404)
