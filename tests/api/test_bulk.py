"""Many instructions at once, each called as the system of the caller calls it."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation
from core.models import Change, Outbox
from tasks.models import Executor, ExternalReference, Instruction
from tests.api.conftest import path_of
from tests.api.control import DUE, LATER, RESULT, WHAT, verb_of
from tests.api.test_errors import problem
from tests.factories import ApiClientFactory, InstructionFactory, OrganisationFactory, UserFactory

LIST, MANY = path_of("instructions"), path_of("instructions", "bulk")
CO = {"organisation": "akimat_almaty_region", "role": "co"}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _known(mic: Any, akimat: Any, leadership: Any) -> None:
    Organisation.objects.update(visibility="public")


def row(name: str, **facts: Any) -> dict[str, Any]:
    return {"external_id": name, "text": WHAT, "issuer": "deputy_prime_minister", **facts}


def lead(code: str = "mic", **facts: Any) -> dict[str, Any]:
    return {"organisation": code, "role": "lead", **facts}


def everything() -> tuple[Any, ...]:
    """What is there, and how much the ledger and the outbox hold."""
    counts = (Change.objects.count(), Outbox.objects.count(), ExternalReference.objects.count())
    return *Instruction.objects.order_by("pk").values_list("pk", "version"), *counts


@pytest.fixture
def send(ask: Any, office: Any) -> Any:
    """send(rows) is the answer, after its status was what was expected."""

    def sent(rows: Any, status: int = 200, user: Any = office, **how: Any) -> Any:
        answer = ask(user, MANY, {"rows": rows, **how}, headers={"accept-language": "en"})
        assert answer.status_code == status, answer.content
        return answer.json()

    return sent


def statuses(told: Any) -> list[str]:
    return [one["status"] for one in told["results"]]


def test_they_are_registered_and_found_by_their_own_names(send: Any, api: Any, office: Any) -> None:
    told = send([row("edms-1", number="1", due=DUE, executors=[lead()]), row(" edms-2 ")])

    assert told["dry_run"] is False
    assert told["counts"] == {"created": 2, "updated": 0, "unchanged": 0, "refused": 0}
    first, second = told["results"]
    assert (first["index"], first["external_id"], second["external_id"]) == (0, "edms-1", "edms-2")
    shown = api(office).get(first["url"].partition("8000")[2]).json()
    assert (shown["public_id"], shown["number"], shown["original_due"]) == (first["id"], "1", DUE)
    found = api(office).get(LIST, {"external_id": "edms-2"}).json()["results"]
    assert [one["public_id"] for one in found] == [second["id"]]
    assert api(office).get(LIST, {"external_id": "edms-3"}).json()["results"] == []
    verbs = Change.objects.values_list("relation", "verb", "actor").distinct()
    assert ("tasks_externalreference", "register_instruction", office.ledger_name) in verbs


def test_sent_again_they_are_there_once_and_nothing_is_written(send: Any) -> None:
    rows = [
        row("a", number="1", due=DUE, expected_result=RESULT, issued_on="2026-22", executors=[lead()]),
        row("b", executors=[{"group": {"kk": "инвесторлар"}, "role": "co", "internal_due": DUE}]),
    ]
    first = send(rows)
    before = everything()

    again = send(rows)

    assert statuses(again) == ["unchanged", "unchanged"]
    assert [one["id"] for one in again["results"]] == [one["id"] for one in first["results"]]
    assert everything() == before


def test_what_is_said_otherwise_is_written_anew_and_the_rest_stays(send: Any) -> None:
    send([row("a", number="1", executors=[lead(), CO])])
    co = Executor.objects.get(role="co")

    told = send([row("a", due=DUE, executors=[lead(internal_due=DUE), CO])])

    assert statuses(told) == ["updated"]
    instruction = Instruction.objects.get()
    assert (instruction.number, str(instruction.original_due)) == ("1", DUE)
    assert Executor.objects.get(role="co") == co
    assert str(Executor.objects.get(role="lead").internal_due) == DUE
    assert Change.objects.filter(verb="amend_instruction").exists()
    assert statuses(send([row("a", executors=[lead("akimat_almaty_region")])])) == ["updated"]
    assert Executor.objects.get().organisation.code == "akimat_almaty_region"
    assert statuses(send([row("a", text={"kk": "Басқаша"})])) == ["updated"]
    assert statuses(send([row("a", text={"kk": "Басқаша"})])) == ["unchanged"]


def test_what_is_on_control_changes_by_its_verbs(send: Any, ask: Any, office: Any) -> None:
    rows = [row("a", number="1", due=DUE, expected_result=RESULT, executors=[lead()])]
    (made,) = send(rows)["results"]
    assert ask(office, verb_of(made["id"], "put_on_control"), {"due": DUE}).status_code == 200
    before = everything()

    refused = send([row("a", number="2")], 422)

    (fault,) = refused["errors"]
    assert (fault["pointer"], fault["code"]) == ("/rows/0", "on_control")
    assert "re-assigning" in fault["detail"]
    assert statuses(send(rows)) == ["unchanged"]
    assert everything() == before


def test_what_is_published_changes_by_publication(send: Any) -> None:
    send([row("a", number="1")])
    Instruction.objects.update(visibility="public")

    (fault,) = send([row("a", number="2")], 422)["errors"]

    assert (fault["pointer"], fault["code"]) == ("/rows/0", "published")
    assert statuses(send([row("a", number="1")])) == ["unchanged"]


def test_a_first_due_date_is_written_once(send: Any) -> None:
    send([row("a", due=DUE)])

    (fault,) = send([row("a", due=LATER)], 422)["errors"]
    assert fault["pointer"] == "/rows/0/due"


def test_one_that_is_refused_refuses_all_and_all_are_told_of(send: Any) -> None:
    send([row("known")])
    before = everything()

    refused = send(
        [row("a"), row("b", due="soon", number=5), row("known"), row("c", executors=[lead(), lead()])], 422
    )

    assert refused["code"] == "rows_refused"
    assert refused["counts"] == {"created": 1, "updated": 0, "unchanged": 1, "refused": 2}
    assert {one["pointer"].rpartition("/")[0] for one in refused["errors"]} >= {"/rows/1"}
    assert {"/rows/1/due", "/rows/1/number"} <= {one["pointer"] for one in refused["errors"]}
    created, wrong, unchanged, twice = refused["results"]
    assert (created["status"], created["id"], created["url"]) == ("created", None, None)
    assert unchanged["status"] == "unchanged" and unchanged["id"]
    assert wrong["errors"] and twice["errors"]
    assert everything() == before


def test_where_it_is_asked_for_the_others_are_written(send: Any) -> None:
    told = send([row("a"), row("b", due="soon"), row("c")], all_or_nothing=False)

    assert statuses(told) == ["created", "refused", "created"]
    assert told["counts"] == {"created": 2, "updated": 0, "unchanged": 0, "refused": 1}
    assert told["results"][1]["errors"][0]["pointer"] == "/rows/1/due"
    assert set(ExternalReference.objects.values_list("value", flat=True)) == {"a", "c"}


def test_a_dry_run_tells_and_writes_nothing(send: Any, ask: Any, office: Any) -> None:
    send([row("a", number="1"), row("b")])
    before = everything()
    rows = [row("a", number="2"), row("b"), row("c")]

    told = send(rows, dry_run=True)

    assert told["dry_run"] is True and statuses(told) == ["updated", "unchanged", "created"]
    assert told["results"][2]["id"] is None
    send([*rows, row("d", due="soon")], 422, dry_run=True)
    partial = send([*rows, row("d", due="soon")], dry_run=True, all_or_nothing=False)
    assert statuses(partial)[3] == "refused"
    assert everything() == before
    key = {"headers": {"idempotency-key": "dry"}}
    for _ in range(2):
        assert ask(office, MANY, {"rows": rows, "dry_run": True}, **key).json() == told
    assert everything() == before


def test_the_same_request_under_its_key_is_done_once(ask: Any, office: Any) -> None:
    key = {"headers": {"idempotency-key": "many"}}
    first, again = (ask(office, MANY, {"rows": [row("a")]}, **key) for _ in range(2))

    assert first.content == again.content and again["Idempotency-Replayed"] == "true"
    assert statuses(again.json()) == ["created"]
    problem(ask(office, MANY, {"rows": [row("b")]}, **key), 422)
    assert Instruction.objects.count() == 1


def test_two_rows_of_one_name_are_one_too_many(send: Any) -> None:
    refused = send([row("a"), row("b"), row(" a", number="2")], 422)

    (fault,) = refused["errors"]
    assert (fault["pointer"], fault["code"]) == ("/rows/2/external_id", "repeated")
    assert "0" in fault["detail"]


def test_a_name_is_ones_own(send: Any, api: Any, ask: Any) -> None:
    """Of the organisation, whoever of it sends; another system may call another thing the same."""
    bureau = OrganisationFactory(code="bureau")
    person = UserFactory(role="office", organisation=bureau)
    program = ApiClientFactory(role="office", organisation=bureau, scopes=["read", "write"])
    (theirs,) = send([row("a")])["results"]

    (ours,) = send([row("a")], user=person)["results"]

    assert ours["status"] == "created" and ours["id"] != theirs["id"]
    assert statuses(send([row("a")], user=program)) == ["unchanged"]
    for reader, seen in ((person, ours), (program, ours)):
        found = api(reader).get(LIST, {"external_id": "a"}).json()["results"]
        assert [one["public_id"] for one in found] == [seen["id"]]
    Instruction.objects.update(visibility="public")
    assert api().get(LIST, {"external_id": "a"}).json()["results"] == []
    before = {"external_id": "a", "as_of": "2025-12-01"}  # nobody, and no organisation, was in the register
    assert api(person).get(LIST, before).json()["results"] == []


def test_who_may_register_none_is_told_once(ask: Any, executor: Any, leadership: Any, auditor: Any) -> None:
    for person in (executor, leadership, auditor):
        answer = ask(person, MANY, {"rows": [row("a"), row("b")]})
        assert problem(answer, 403)["code"] == "forbidden"
    problem(ask(None, MANY, {"rows": [row("a")]}), 401)
    assert not Instruction.objects.exists()


def test_what_may_not_be_known_is_not_there(send: Any) -> None:
    (fault,) = send([row("a", issuer="nobody")], 422)["errors"]

    assert (fault["pointer"], fault["code"]) == ("/rows/0/issuer", "named")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"rows": []},
        {"rows": {"a": 1}},
        {"rows": [{"external_id": "a"}] * 501},
        {"rows": [{"external_id": "a"}], "dry_run": "yes"},
        {"rows": [{"external_id": "a"}], "all": True},
    ],
)
def test_a_request_that_is_none_is_refused_as_a_whole(ask: Any, office: Any, body: Any) -> None:
    assert problem(ask(office, MANY, body), 400)["errors"]


@pytest.mark.parametrize(
    "wrong",
    [
        None, 5, "a", [], {}, {"external_id": ""}, {"external_id": 5}, {"external_id": "x" * 101},
        {"external_id": "a\x00"}, {"external_id": "a", "colour": "red"},
    ],
)  # fmt: skip
def test_a_row_that_is_none_is_refused_alone(send: Any, wrong: Any) -> None:
    told = send([row("right"), wrong], all_or_nothing=False)

    assert statuses(told) == ["created", "refused"]
    assert all(one["pointer"].startswith("/rows/1") for one in told["results"][1]["errors"])


def test_what_only_the_commit_would_refuse_is_told_of_its_row(send: Any) -> None:
    """A part of what is closed: a rule that waits for the end of the transaction."""
    closed = InstructionFactory()
    Instruction.objects.filter(pk=closed.pk).update(state="cancelled", cancelled_reason="Т")

    told = send([row("a"), row("b", parent=closed.public_id)], all_or_nothing=False)

    assert statuses(told) == ["created", "refused"]
    assert told["results"][1]["errors"][0]["pointer"] == "/rows/1"
    assert Instruction.objects.filter(parent=None).count() == 2


def test_each_row_costs_the_same(send: Any) -> None:
    costs: dict[str, list[int]] = {"created": [], "unchanged": []}
    for number in (1, 3, 5):
        rows = [row(f"{number}-{place}", executors=[lead()]) for place in range(number)]
        for cost in costs.values():
            with CaptureQueriesContext(connection) as seen:
                send(rows)
            cost.append(len(seen))
    for outcome, most in {"created": 45, "unchanged": 20}.items():
        first, second, third = costs[outcome]
        assert third - second == second - first <= 2 * most, outcome
