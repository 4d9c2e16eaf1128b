"""What is read of an instruction on its way, and by whom."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tasks.models import Contribution, Extension, Instruction
from tests.api.conftest import path_of
from tests.api.files import read_csv, read_json, read_xlsx
from tests.factories import (
    CalendarDayFactory,
    ContributionFactory,
    EvidenceFactory,
    ExecutionReportFactory,
    ExecutorFactory,
    ExtensionFactory,
    InstructionFactory,
    OrganisationFactory,
    decided_extension,
    instruction_in,
)

pytestmark = pytest.mark.django_db

LIST = path_of("instructions")
INNER = ("holder", "extensions", "reports", "contributions")


@pytest.fixture
def busy(mic: Any, akimat: Any, leadership: Any) -> Instruction:
    """Led by mic, helped by the akimat, with one of everything."""
    row = instruction_in("on_control", lead=mic, issuer=leadership.organisation, visibility="public")
    co = ExecutorFactory(instruction=row, organisation=akimat, internal_due=date(2026, 2, 1))
    EvidenceFactory(contribution=ContributionFactory(executor=co), report=None)
    EvidenceFactory(report=ExecutionReportFactory(instruction=row, organisation=mic))
    decided_extension(instruction=row, organisation=mic)
    Instruction.objects.filter(pk=row.pk).update(issuer=leadership.organisation)
    return row


@pytest.mark.parametrize("persona", ["office", "leadership", "auditor", "executor", "akimat_preparer"])
def test_its_inner_life_is_for_whom_it_concerns(
    request: pytest.FixtureRequest, get: Any, busy: Instruction, persona: str
) -> None:
    shown = get(path_of("instructions", busy.public_id), request.getfixturevalue(persona))

    assert shown["holder"]["side"] == "executor" and shown["holder"]["since"]
    assert [one["state"] for one in shown["extensions"]] == ["granted"]
    assert [one["kind"] for one in shown["reports"]] == (["interim"] if persona == "executor" else [])
    (sent,) = shown["contributions"]
    assert sent["evidence"] == [{"kind": "link", "file": None, "url": "https://example.kz/act", "note": None}]
    assert "2026-02-01" in [one["internal_due"] for one in shown["executors"]] or persona == "executor"


@pytest.mark.parametrize("persona", [None, "investor"])
def test_a_visitor_of_what_is_public_sees_none_of_it(
    request: pytest.FixtureRequest, get: Any, busy: Instruction, persona: str | None
) -> None:
    OrganisationFactory._meta.model.objects.update(visibility="public")
    user = persona and request.getfixturevalue(persona)
    shown = get(path_of("instructions", busy.public_id), user)

    assert [shown[name] for name in INNER] == [None] * 4
    assert len(shown["executors"]) == 2
    for one in shown["executors"]:
        assert [one[name] for name in ("internal_due", "accepted_on", "refused_on", "refused_reason")] == [
            None
        ] * 4
    assert get(path_of("extensions"), user)["results"] == []
    for query in ({"holder": "executor"}, {"extended_min": 1}, {"returned_min": 1}, {"stalled_days": 1}):
        assert get(LIST, user, **query)["results"] == [], query


def test_extensions_are_a_register_of_those_whom_they_concern(
    get: Any, api: Any, busy: Instruction, office: Any, executor: Any, investor: Any
) -> None:
    first = Extension.objects.get()
    open_ = ExtensionFactory()
    for user, codes in ((office, [open_, first]), (executor, [first]), (investor, []), (None, [])):
        found = get(path_of("extensions"), user, ordering="-asked_on")["results"]
        assert [row["public_id"] for row in found] == [one.public_id for one in codes]
    for query, found in (
        ({"state": "granted"}, first),
        ({"undecided": "true"}, open_),
        ({"undecided": "false"}, first),
        ({"instruction": busy.public_id}, first),
        ({"organisation": "mic"}, first),
    ):
        (row,) = get(path_of("extensions"), office, **query)["results"]
        assert row["public_id"] == found.public_id
    assert api(investor).get(path_of("extensions", first.public_id)).status_code == 404
    assert get(path_of("extensions", first.public_id), executor)["instruction"]["public_id"] == busy.public_id


def test_days_left_are_working_days(get: Any, office: Any, time_machine: Any) -> None:
    time_machine.move_to("2026-03-18T12:00:00+05:00", tick=False)
    CalendarDayFactory(date=date(2026, 3, 23), kind="off")
    CalendarDayFactory(date=date(2026, 3, 21), kind="work")
    rows = [
        instruction_in("on_control", due=date(2026, 3, 25)),
        instruction_in("on_control", due=date(2026, 3, 18)),
        instruction_in("on_control", due=date(2026, 3, 13)),
        InstructionFactory(),
        instruction_in("executed", due=date(2026, 3, 25)),
    ]
    shown = {row["public_id"]: row for row in get(LIST, office)["results"]}

    assert [shown[row.public_id]["working_days_left"] for row in rows] == [5, 0, -3, None, None]
    assert [shown[row.public_id]["overdue"] for row in rows] == [False, False, True, False, False]


@pytest.fixture
def many(office: Any, mic: Any, akimat: Any, leadership: Any) -> dict[str, Instruction]:
    made = {
        "extended": decided_extension(instruction=instruction_in("on_control", lead=mic)).instruction,
        "returned": instruction_in("returned", lead=mic),
        "reported": instruction_in("reported"),
        "given": InstructionFactory(issuer=mic),
        "other": instruction_in("on_control", lead=akimat, controller=office),
    }
    ExecutorFactory(instruction=made["other"], organisation=mic, released_on=date(2026, 1, 1))
    ExecutorFactory(instruction=made["other"], organisation=mic)
    return made


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"lead": "mic"}, {"extended", "returned"}),
        ({"executor": "mic"}, {"extended", "returned", "other"}),
        ({"holder": "office"}, {"reported", "given"}),
        ({"holder": "executor"}, {"extended", "returned", "other"}),
        ({"extended_min": 1}, {"extended"}),
        ({"extended_min": 2}, set()),
        ({"returned_min": 1}, {"returned"}),
        ({"mine": "true"}, {"other"}),
        ({"mine": "false"}, {"extended", "returned", "reported", "given"}),
        ({"stalled_days": 1}, set()),
        ({"state": "on_control", "holder": "executor", "lead": "mic"}, {"extended"}),
    ],
)
def test_they_are_found_by_what_happens_to_them(
    get: Any, office: Any, many: dict[str, Instruction], query: Any, found: set[str]
) -> None:
    shown = [row["public_id"] for row in get(LIST, office, **query)["results"]]

    assert sorted(shown) == sorted(many[name].public_id for name in found)


def test_what_is_mine_is_what_my_organisation_executes_or_gave(get: Any, executor: Any, many: Any) -> None:
    shown = {row["public_id"] for row in get(LIST, executor, mine="true")["results"]}

    assert shown == {many[name].public_id for name in ("extended", "returned", "given", "other")}


def test_what_stands_still_is_found_by_its_days(get: Any, office: Any, time_machine: Any) -> None:
    """By the whole days since anything of it was written: the clock of the database moves, ours is set ahead."""
    row = instruction_in("on_control")
    moved = instruction_in("on_control")
    now = timezone.now()
    time_machine.move_to(now + timedelta(days=10), tick=False)

    assert {one["public_id"] for one in get(LIST, office, stalled_days=10)["results"]} == {
        row.public_id,
        moved.public_id,
    }
    assert get(LIST, office, stalled_days=11)["results"] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("holder", "nobody"),
        ("mine", "yes"),
        ("extended_min", "0"),
        ("extended_min", "1.0"),
        ("returned_min", "٣"),
        ("stalled_days", "10000"),
        ("stalled_days", "-1"),
        ("stalled_days", "9" * 5000),
    ],
)
def test_a_wrong_filter_is_named(api: Any, office: Any, name: str, value: str) -> None:
    response = api(office).get(LIST, {name: value})

    assert response.status_code == 400
    assert [error["parameter"] for error in response.json()["errors"]] == [name]


def test_the_past_of_an_instruction_has_its_own_holder(get: Any, office: Any, time_machine: Any) -> None:
    row = InstructionFactory()
    (there,) = get(LIST, office, as_of=timezone.localdate().isoformat())["results"]

    assert there["public_id"] == row.public_id and there["holder"]["side"] == "office"


def test_what_is_invented_says_so(get: Any, office: Any) -> None:
    row = InstructionFactory(is_demo=True)

    assert get(path_of("instructions", row.public_id), office)["demo"] is True
    assert get(LIST)["results"] == []


@pytest.mark.parametrize("persona", ["office", "executor", "akimat_preparer"])
@pytest.mark.parametrize("register", ["instructions", "extensions"])
def test_many_rows_cost_no_more_queries_than_few(
    request: pytest.FixtureRequest, api: Any, mic: Any, akimat: Any, persona: str, register: str
) -> None:
    client = api(request.getfixturevalue(persona))
    _grow(mic, akimat, 2)
    few = _cost(client, register)
    _grow(mic, akimat, 6)

    assert (_cost(client, register), few) == (few, {"instructions": 10, "extensions": 1}[register])


def _grow(mic: Any, akimat: Any, number: int) -> None:
    for _ in range(number):
        row = instruction_in("on_control", lead=mic)
        EvidenceFactory(
            contribution=ContributionFactory(executor=ExecutorFactory(instruction=row, organisation=akimat)),
            report=None,
        )
        report = ExecutionReportFactory(instruction=row, organisation=mic)
        EvidenceFactory(report=report)
        report.state, report.submitted_on = "submitted", date(2026, 2, 1)
        report.save()
        decided_extension(instruction=row, organisation=mic)


def _cost(client: Any, register: str) -> int:
    with CaptureQueriesContext(connection) as spent:
        assert client.get(path_of(register)).json()["results"]
    return len(spent)


def test_fields_that_are_not_asked_for_cost_nothing(api: Any, office: Any, busy: Instruction) -> None:
    with CaptureQueriesContext(connection) as spent:
        api(office).get(LIST, {"fields": "public_id,due,state"})

    assert len(spent) == 1


def test_it_goes_out_as_a_file(api: Any, office: Any, busy: Instruction) -> None:
    (row,) = read_csv(api(office), "instructions")
    assert (row["holder_side"], row["extensions"], row["contributions"][:5]) == (
        "executor",
        f"{Extension.objects.get().public_id}:granted",
        "akima",
    )
    (row,) = read_csv(api(), "instructions")
    assert (row["holder_side"], row["extensions"], row["demo"]) == ("", "", "false")
    (row,) = read_csv(api(office), "extensions")
    assert row["granted_due"] == "2026-04-01"
    assert read_xlsx(api(office), "extensions").worksheets[0].max_row == 3
    assert len(read_json(api(office), "extensions")) == 1
    assert Contribution.objects.count() == 1
