"""Progress reports through the API: who may, what is locked, lists and what they warn of."""

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
from tests.api.test_progress_reports import LIST, UUID, VALUES, at, body, scene
from tests.factories import ReportingPeriodFactory, progress_in
from tests.tasks.progress_scene import MAY, PEOPLE, ProgressScene, everything

__all__ = ["scene"]

pytestmark = pytest.mark.django_db


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
        read = api(user).get(path_of("progress-reports", row.public_id))
        assert read.status_code == (200 if knows else 404)
        seen = {"if-match": read["ETag"]} if knows else {}
        before = everything()
        answer = api(user).post(at(row, verb), bodies.get(verb, {}), format="json", headers=seen)
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
