"""Progress reports through the API: saved, submitted, answered, corrected; once, whatever is sent twice."""

from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tasks.models import ProgressReport
from tasks.services.uploads import add_chunk, begin_upload
from tests.api.conftest import path_of
from tests.api.test_errors import problem
from tests.factories import ANSWERS, MilestoneFactory, ReportingPeriodFactory, progress_in
from tests.tasks.progress_scene import MAY, PEOPLE, ProgressScene, everything

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


@pytest.mark.parametrize("persona", PEOPLE)
def test_who_may_do_what(api: Any, scene: ProgressScene, persona: str) -> None:
    """Each verb by everybody: 404 where the report is not to be known, 403 where it is, 401 for nobody."""
    user = None if persona == "anonymous" else scene.people[persona]
    states = {"complete": "draft", "submit": "complete", "discard": "draft", "return": "submitted",
              "accept": "submitted", "correct": "accepted"}  # fmt: skip
    bodies = {"return": {"notes": {"spent": "Аз"}}, "correct": {"reason": "Қате", "client_uuid": UUID}}
    own, house = persona.startswith("akimat"), persona in {"office", "leadership", "auditor"}
    done = {"discard": 204, "correct": 201}

    for number, (verb, state) in enumerate(states.items(), 2):
        scene.period = ReportingPeriodFactory(starts=scene.period.starts.replace(month=number))
        row = scene.report(state)
        knows = own or (house and state not in ("draft", "complete"))
        expected = 401 if user is None else 404 if not knows else 403
        if persona in MAY[verb] and knows:
            expected = done.get(verb, 200)
        assert api(user).get(path_of("progress-reports", row.public_id)).status_code == (
            200 if knows else 404
        )
        before = everything()
        answer = api(user).post(at(row, verb), bodies.get(verb, {}), format="json")
        assert (verb, answer.status_code) == (verb, expected)
        assert (everything() == before) == (expected >= 400)


@pytest.mark.parametrize("persona", PEOPLE)
def test_who_may_write_a_report(api: Any, scene: ProgressScene, persona: str) -> None:
    user = None if persona == "anonymous" else scene.people[persona]
    scene.project.visibility = "public"
    scene.project.save()

    answer = api(user).post(LIST, body(scene), format="json")

    expected = 401 if user is None else 201 if persona.startswith("akimat") else 403
    assert answer.status_code == expected
    assert ProgressReport.objects.count() == (expected == 201)


def test_a_locked_period_takes_nothing(ask: Any, scene: ProgressScene) -> None:
    row = scene.report("draft")
    scene.period.due_on = scene.period.grace_until = "2026-02-27"
    scene.period.save()
    period = path_of("reporting-periods", "2026-01")
    assert ask(scene.akimat_signer, period + "lock/").status_code == 403
    locked = ask(scene.office, period + "lock/")
    assert locked.status_code == 200 and locked.json()["locked_at"]

    for verb, said in (("complete", {}), ("discard", {})):
        assert problem(ask(scene.akimat_preparer, at(row, verb), said), 409)
    changed = body(scene, text="Жаңа", base=row.version)
    assert problem(ask(scene.akimat_preparer, LIST, changed), 409)["current"]["public_id"] == row.public_id

    assert problem(ask(scene.office, period + "reopen/", {"until": "2099-01-05"}), 400)
    assert problem(ask(scene.office, period + "reopen/", {"until": "2020-01-05", "reason": "x"}), 400)
    said = {"until": "2099-01-05", "reason": "Құжаттар кешікті"}
    reopened = ask(scene.office, period + "reopen/", said).json()
    assert (reopened["locked_at"], reopened["grace_until"]) == (None, "2099-01-05")
    assert ask(scene.akimat_preparer, at(row, "complete")).status_code == 200


def test_the_list_is_filtered_and_costs_the_same(api: Any, get: Any, scene: ProgressScene) -> None:
    rows = [progress_in("submitted", organisation=scene.akimat) for _ in range(6)]
    client = api(scene.akimat_preparer)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST, {"limit": 1})
    with CaptureQueriesContext(connection) as many:
        found = client.get(LIST).json()["results"]

    assert len(found) == 6 and len(many) == len(few) <= 8
    first = rows[0]
    for name, value in (
        ("project", first.project.public_id),
        ("period", first.period.code),
        ("client_uuid", first.client_uuid),
    ):
        told = get(LIST, scene.office, **{name: value})["results"]
        assert [one["public_id"] for one in told] == [first.public_id]
    assert len(get(LIST, scene.office, organisation=scene.akimat.code, state="submitted")["results"]) == 6
    assert get(LIST, scene.office, state="draft")["results"] == []
    assert get(LIST, scene.stranger)["results"] == []
    page = get(LIST, scene.office, limit=2, ordering="-submitted_at")
    assert len(page["results"]) == 2 and page["next"]
    for name, value in (("period", "2026-13"), ("period", "x"), ("client_uuid", "1"), ("state", "lost")):
        assert problem(api(scene.office).get(LIST, {name: value}), 400)["errors"][0]["parameter"] == name


def test_a_register_is_a_table_too(api: Any, scene: ProgressScene) -> None:
    progress_in("submitted", organisation=scene.akimat)

    table = api(scene.office).get("/api/v1/progress-reports.csv?fields=state,values,period&lang=en")
    header, row = b"".join(table.streaming_content).decode().splitlines()

    assert header == "period_code,state,values"
    assert row.endswith('submitted,physical_progress:40; financial_progress:35; spent:1500000; '
                        'jobs_construction:120; jobs_permanent; jobs_local')  # fmt: skip
    assert api(scene.office).get("/api/v1/progress-reports.xlsx").status_code == 200
    assert api().get(path_of("reporting-periods", "2026-Q4")).status_code == 404


def test_what_looks_wrong_is_told_and_wants_a_word(ask: Any, get: Any, scene: ProgressScene) -> None:
    scene.report("accepted")
    scene.period = ReportingPeriodFactory(starts=scene.period.starts.replace(month=2))
    less = [*VALUES[1:], {"metric": "physical_progress", "value": 30}]
    said = {"period": "2026-02", "values": less}
    row = ask(scene.akimat_preparer, LIST, body(scene, **said)).json()
    assert [(one["field"], one["code"], one["has_word"]) for one in row["warnings"]] == [
        ("physical_progress", "fell", False)
    ]
    ask(scene.akimat_preparer, at(row["public_id"], "complete"))

    (fault,) = problem(ask(scene.akimat_signer, at(row["public_id"], "submit")), 400)["errors"]
    assert (fault["pointer"], fault["code"]) == ("/physical_progress", "needs_word")

    less[-1]["note"] = "Қайта өлшенді"
    base = get(path_of("progress-reports", row["public_id"]), scene.akimat_signer)["version"]
    row = ask(scene.akimat_signer, LIST, body(scene, **said, base=base)).json()
    assert row["warnings"][0]["has_word"]
    assert ask(scene.akimat_signer, at(row["public_id"], "submit")).json()["state"] == "submitted"
    assert [one["warnings"] for one in get(LIST, scene.office)["results"]] == [None, None]


def test_nothing_is_submitted_whose_files_are_not_here(ask: Any, get: Any, scene: ProgressScene) -> None:
    row = scene.report("draft")
    facts = {"client_uuid": uuid4(), "size": 12, "sha256": sha256(b"%PDF-1.7 act").hexdigest()}
    said = {"by": scene.akimat_preparer, "report": row, "kind": "act", "name": "akt.pdf"}
    upload = begin_upload(**said, **facts)
    ask(scene.akimat_preparer, at(row, "complete"))
    held = {"files": [facts | {"client_uuid": str(facts["client_uuid"])}, facts | {"client_uuid": UUID}]}

    for body_of_it in ({}, held):
        refused = problem(ask(scene.akimat_signer, at(row, "submit"), body_of_it), 409)
        assert refused["code"] == "files_missing" and "akt.pdf" in refused["detail"]
    assert refused["files"] == [str(facts["client_uuid"]), UUID]

    add_chunk(by=scene.akimat_preparer, upload=upload, offset=0, content=b"%PDF-1.7 act")
    assert problem(ask(scene.akimat_signer, at(row, "submit"), held), 409)["files"] == [UUID]
    wrong = {"files": [held["files"][0] | {"size": 11}]}
    assert problem(ask(scene.akimat_signer, at(row, "submit"), wrong), 409)["code"] == "files_missing"
    submitted = ask(scene.akimat_signer, at(row, "submit"), {"files": held["files"][:1]}).json()
    assert [(one["name"], one["kind"], one["score"]) for one in submitted["files"]] == [
        ("akt.pdf", "act", None)
    ]
    assert [(one["offset"], one["complete"]) for one in submitted["uploads"]] == [(12, True)]
    assert problem(ask(scene.akimat_signer, at(row, "submit"), {"files": [{"size": 1}]}), 400)
