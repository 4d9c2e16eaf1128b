"""Progress reports through the API: saved, submitted, answered, corrected; once, whatever is sent twice."""

from typing import Any
from uuid import uuid4

import pytest

from tasks.models import ProgressReport
from tests.api.conftest import path_of
from tests.api.test_errors import problem
from tests.factories import ANSWERS, MilestoneFactory
from tests.tasks.progress_scene import ProgressScene, everything

pytestmark = pytest.mark.django_db
LIST = path_of("progress-reports")
VALUES = [
    {"metric": metric, **answer} | ({"value": str(answer["value"])} if "value" in answer else {})
    for metric, answer in ANSWERS.items()
]
UUID = "0198c6f2-0d5f-7c3a-b6c1-8f4f5a2f9f10"


@pytest.fixture
def scene(request: pytest.FixtureRequest) -> ProgressScene:
    return ProgressScene(request)


def at(row: Any, verb: str) -> str:
    return path_of("progress-reports", getattr(row, "public_id", row), verb)


def body(scene: ProgressScene, **facts: Any) -> dict[str, Any]:
    told = {"client_uuid": UUID, "project": scene.project.public_id, "period": "2026-01", "values": VALUES}
    return told | {"text": "Іргетас құйылды", "language": "kk"} | facts


def test_a_report_from_its_first_word_to_its_correction(ask: Any, scene: ProgressScene) -> None:
    milestone = MilestoneFactory(project=scene.project)
    moved = {"milestone": milestone.code, "outcome": "moved", "on": "2027-03", "reason": "contractor"}
    saved = ask(scene.akimat_preparer, LIST, body(scene, milestones=[moved], issues="Жол жабық"))
    assert saved.status_code == 201
    report = saved.json()
    assert (report["state"], report["issues"], report["risks"]) == ("draft", "Жол жабық", None)
    assert report["milestones"] == [moved | {"note": None}]
    assert {one["metric"]: one["value"] for one in report["values"]}["spent"] == "1500000"

    preparer, signer, office = scene.akimat_preparer, scene.akimat_signer, scene.office
    states = [
        ask(who, at(report["public_id"], verb), said).json()["state"]
        for who, verb, said in (
            (preparer, "complete", {}),
            (signer, "submit", {}),
            (office, "return", {"notes": {"spent": "Аз", "help_needed": "Нақтылаңыз"}}),
            (signer, "submit", {}),
            (office, "accept", {}),
        )
    ]
    assert states == ["complete", "submitted", "returned", "submitted", "accepted"]

    correction = ask(
        preparer, at(report["public_id"], "correct"), {"reason": "Қате", "client_uuid": str(uuid4())}
    )
    assert correction.status_code == 201
    newer = correction.json()
    assert (newer["supersedes"], newer["correction_reason"]) == (report["public_id"], "Қате")
    assert len(newer["notes"]) == 0 and newer["values"] == report["values"]
    assert ask(preparer, at(newer["public_id"], "discard")).status_code == 204


def test_what_is_left_out_stays_and_a_list_is_the_whole_list(ask: Any, scene: ProgressScene) -> None:
    first = ask(scene.akimat_preparer, LIST, body(scene, issues="Жол жабық")).json()
    facts = {name: body(scene)[name] for name in ("client_uuid", "project", "period")}

    words = facts | {"base": first["version"], "risks": "Су тасқыны", "issues": None}
    second = ask(scene.akimat_preparer, LIST, words)
    third = ask(scene.akimat_preparer, LIST, facts | {"base": second.json()["version"], "values": VALUES[:1]})

    assert second.status_code == 200 and second.json()["values"] == first["values"]
    assert (second.json()["text"], second.json()["issues"]) == ("Іргетас құйылды", None)
    assert [one["metric"] for one in third.json()["values"]] == ["physical_progress"]


@pytest.mark.parametrize("state", ["draft", "submitted", "accepted", "superseded"])
def test_whose_answer_was_lost_sends_it_again_and_has_one_report(
    ask: Any, scene: ProgressScene, state: str
) -> None:
    row = scene.report(state)
    same = body(scene, client_uuid=str(row.client_uuid), text=row.text)
    del same["language"]
    before = everything()

    again = ask(scene.akimat_preparer, LIST, same)

    assert (again.status_code, again.json()["public_id"], again.json()["state"]) == (
        200,
        row.public_id,
        state,
    )
    assert everything() == before


def test_what_was_written_meanwhile_is_shown_and_not_overwritten(ask: Any, scene: ProgressScene) -> None:
    row = scene.report("draft")
    for base in (None, row.version + 7):
        other = body(scene, text="Екінші құрылғы", base=base)
        said = problem(ask(scene.akimat_preparer, LIST, other), 409)
        assert said["code"] == "written_over"
        assert said["current"]["public_id"] == row.public_id and said["current"]["text"] == row.text

    ask(scene.akimat_preparer, at(row, "complete"))
    said = problem(ask(scene.akimat_signer, at(row, "submit"), {"version": row.version + 9}), 409)
    assert said["code"] == "written_over"
    ask(scene.akimat_signer, at(row, "submit"))
    late = body(scene, text="Кеш", base=ProgressReport.objects.get().version)
    assert problem(ask(scene.akimat_preparer, LIST, late), 409)["current"]["state"] == "submitted"


def test_a_submit_whose_answer_was_lost_is_one_submit(ask: Any, scene: ProgressScene) -> None:
    row = scene.report("complete")
    answers = [ask(scene.akimat_signer, at(row, "submit"), {"version": row.version}) for _ in range(2)]

    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()


WRONG = [
    ({"client_uuid": "1"}, "/client_uuid", "uuid"),
    ({"client_uuid": None}, "/client_uuid", "null"),
    ({"project": "ALT-P-9999"}, "/project", "named"),
    ({"project": "a\x00"}, "/project", "named"),
    ({"period": "2026-13"}, "/period", "named"),
    ({"period": "2031-01"}, "/period", "named"),
    ({"period": 5}, "/period", "text"),
    ({"base": "x"}, "/base", "invalid"),
    ({"base": 2**40}, "/base", "max_value"),
    ({"text": "a\x00"}, "/text", "blank"),
    ({"text": 5}, "/text", "text"),
    ({"risks": "ә" * 20_001}, "/risks", "long"),
    ({"language": "en"}, "/language", "code"),
    ({"state": "accepted"}, "/state", "unknown"),
    ({"values": {}}, "/values", "not_a_list"),
    ({"values": [{"metric": "spent", "value": "x", "currency": "KZT"}]}, "/values/0/value", "number"),
    ({"values": [{"metric": "spent", "value": "1e5", "currency": "KZT"}]}, "/values/0/value", "number"),
    ({"values": [{"metric": "spent", "value": True}]}, "/values/0/value", "number"),
    ({"values": [{"metric": "weight", "value": "1"}]}, "/values/0/metric", "code"),
    ({"values": [VALUES[0], VALUES[0]]}, "/values/1", "repeated"),
    ({"values": [VALUES[0], {"metric": "spent", "value": "1"}]}, "/values/1", "invalid"),
    ({"values": [{"metric": "physical_progress", "value": "101"}]}, "/values/0", "invalid"),
    ({"values": [{"metric": "jobs_local", "value": "1.5"}]}, "/values/0", "invalid"),
    ({"values": [{"metric": "jobs_local", "mark": "no_data", "value": "1"}]}, "/values/0", "invalid"),
    ({"values": [{"metric": "jobs_local", "value": "9" * 20}]}, "/values/0/value", "number"),
    ({"milestones": [{"milestone": "none", "outcome": "met", "on": "2026-01"}]}, "/milestones/0", "invalid"),
    ({"milestones": [{"milestone": "x", "outcome": "met", "on": "soon"}]}, "/milestones/0/on", "partial"),
    ({"milestones": [{"milestone": "x", "outcome": "met", "on": "2026"}] * 2}, "/milestones/1", "repeated"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "pointer", "code"), WRONG)
def test_what_is_wrong_is_pointed_at_and_nothing_is_written(
    ask: Any, scene: ProgressScene, facts: dict[str, Any], pointer: str, code: str
) -> None:
    said = problem(ask(scene.akimat_preparer, LIST, body(scene, **facts)), 400)

    assert [(error["pointer"], error["code"]) for error in said["errors"]] == [(pointer, code)]
    assert not ProgressReport.objects.exists()


@pytest.mark.parametrize(
    "notes",
    [None, {}, [], {"spent": ""}, {"spent": " "}, {"colour": "x"}, {"spent": 5}, {"spent": "x" * 2001}],
)
def test_a_return_says_what_is_to_be_corrected(ask: Any, scene: ProgressScene, notes: Any) -> None:
    row = scene.report("submitted")

    assert problem(ask(scene.office, at(row, "return"), {"notes": notes}), 400)["errors"]
    row.refresh_from_db()
    assert row.state == "submitted"


@pytest.mark.parametrize("name", ["executor", "investor", "auditor"])
def test_who_may_not_write_one_is_not_told_that_one_is_accepted(
    ask: Any, scene: ProgressScene, name: str
) -> None:
    type(scene.project).objects.update(visibility="public")
    nothing_there = ask(scene.people[name], LIST, body(scene))
    scene.report("accepted")

    accepted = ask(scene.people[name], LIST, body(scene))

    assert nothing_there.status_code == accepted.status_code == 403
    assert nothing_there.json() == accepted.json()
