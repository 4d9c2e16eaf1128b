"""Schemathesis, which none of us wrote, asks the API of the real city all that its description allows and forbids.

Every check is on. SCHEMATHESIS_EXAMPLES says how many requests made up at random an operation gets (20, as a visitor
and as the office; `make judges` asks 200, as every role). Besides these it tries each constraint of the description
once ("coverage"), some 160 requests an operation: in `make judges` everywhere; in `make test`, where half a minute is
what it may last, as the office on two registers, on an instruction and on two of its verbs, one of which takes files.

SCHEMATHESIS_ROLES names others who ask. How many requests each sent is written into the folder SCHEMATHESIS_COUNTS,
where it is given.

What a JSON schema cannot say is said here, for requests that are meant to be right only (a wrong one goes out as it
was made up): a cursor is one that the list itself gave for this very query, `as_of` is a moment of the past; a verb is
said of an instruction that is there, and a body names organisations and projects that are (tests/api/possible.py).
"""

import json
import os
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zlib import crc32

import pytest
import schemathesis
from django.contrib.auth.models import AnonymousUser
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from schemathesis import Case, GenerationMode
from schemathesis.config import SchemathesisConfig

from accounts.models import ApiClient, Organisation
from accounts.services import digest
from alatau_portal.management.commands.load_alatau import load_all
from core.api.schema import openapi
from core.middleware import parse_instant
from tests.api import possible
from tests.factories import ApiClientFactory, UserFactory

EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "20"))
IS_THOROUGH = EXAMPLES > 20
COUNTS, SENT = os.environ.get("SCHEMATHESIS_COUNTS"), Counter[str]()
#: Who asks in `make judges`, beside a visitor.
ROLES = {
    "office": None,
    "leadership": "deputy_prime_minister",
    "executor": "mic",
    "investor": "caspian_group",
} | {"auditor": None}
HEADERS = {"anonymous": {}} | {role: {"Authorization": f"Bearer alt_schemathesis_{role}"} for role in ROLES}
ASKING = os.environ.get("SCHEMATHESIS_ROLES", "anonymous office").split()
FIRST_DAY = date(2025, 1, 1)
A_FEW = r"^/api/v1/((projects|districts)/(\{\w+\}/)?|instructions/\{\w+\}/((put_on_control|report)/)?)?$"


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The real data, an instruction in each state and a token of each role, once for all operations: what one writes
    the others meet."""
    ends = (request_started, request_finished)
    with django_db_blocker.unblock(), transaction.atomic():
        load_all()
        for role, code in ROLES.items():
            body = Organisation.objects.get(code=code) if code else None
            owner = UserFactory(role=role, organisation=body, may_sign=True)
            hashed = digest(f"alt_schemathesis_{role}")
            ApiClientFactory(token_hash=hashed, owner=owner, scopes=["read", "write"])
        possible.populate()
        for end in ends:
            end.disconnect(close_old_connections)  # it would close the one that the data is in
        yield
        for end in ends:
            end.connect(close_old_connections)
        transaction.set_rollback(True)
    if COUNTS:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        (Path(COUNTS) / f"{worker}.json").write_text(json.dumps(SENT))


def described(*phases: str) -> Any:
    """The description, to be tried in these phases of schemathesis alone."""
    chosen = {phase: {"enabled": phase in phases} for phase in ("examples", "coverage", "fuzzing")}
    generation = {"max-examples": EXAMPLES, "deterministic": True, "no-shrink": True}
    config = {"seed": 1, "generation": generation, "phases": chosen}
    schema = schemathesis.openapi.from_dict(openapi(), config=SchemathesisConfig.from_dict(config))
    schema.app = get_wsgi_application()
    return schema


#: Bytes of a piece have no serializer: tests/api/test_uploads.py.
random = described("fuzzing").exclude(method="PATCH")
constraints = described("examples", "coverage")
if not IS_THOROUGH:
    constraints = constraints.include(path_regex=A_FEW)


@pytest.mark.parametrize("persona", ASKING)
@pytest.mark.usefixtures("city")
@pytest.mark.django_db
@random.parametrize()
def test_what_is_made_up_is_answered_as_described(case: Case, persona: str) -> None:
    ask(case, persona)


@pytest.mark.parametrize("persona", ASKING if IS_THOROUGH else ["office"])
@pytest.mark.usefixtures("city")
@pytest.mark.django_db
@constraints.parametrize()
def test_every_constraint_of_the_description_holds(case: Case, persona: str) -> None:
    ask(case, persona)


def ask(case: Case, persona: str) -> None:
    headers = HEADERS[persona]
    make_possible(case, persona)
    SENT.update([persona])
    case.call_and_validate(headers=headers)


def make_possible(case: Case, persona: str) -> None:
    """What is meant to be right is made right where the schema cannot say what that is."""
    if case.meta is None or case.meta.generation.mode is not GenerationMode.POSITIVE:
        return
    case.headers.pop("Idempotency-Key", None)  # each is a request of its own
    if case.method == "POST":
        possible.address(case)
        possible.body(case, _asking(persona))
    if not case.query:
        return
    if "as_of" in case.query:
        case.query["as_of"] = _past(str(case.query["as_of"]))
    possible.days(case.query)
    for name in {"cursor", "after"} & set(case.query):
        case.query.pop(name)
        case.query |= _cursor(case, HEADERS[persona], name)


def _asking(persona: str) -> Any:
    program = ApiClient.objects.filter(token_hash=digest(f"alt_schemathesis_{persona}")).first()
    return program.owner if program else AnonymousUser()


def _past(moment: str) -> str:
    """The moment itself where it has been; otherwise a day that the moment picks."""
    try:
        parse_instant(moment)
    except ValueError:
        return str(FIRST_DAY + timedelta(days=crc32(moment.encode()) % 300))
    return moment


def _cursor(case: Case, headers: dict[str, str], name: str) -> dict[str, str]:
    """Where the second page of this list begins; none where it has no second page."""
    asked = {"query": {**case.query, "limit": 1}, "path_parameters": case.path_parameters}
    answer = case.operation.Case(**asked).call(headers=headers)
    following = answer.json().get("next") if answer.status_code == 200 else None
    return {name: parse_qs(urlsplit(following).query)[name][0]} if following else {}
