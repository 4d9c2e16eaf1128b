"""What the filing wizard is made of: light, versioned, nobody's data in what browsers keep; and what it may know."""

import gzip
import json
import re
from datetime import date
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from tasks.views.wizard import ASSETS
from tests.factories import MilestoneFactory, ReportingPeriodFactory
from tests.tasks.progress_scene import PEOPLE, ProgressScene

pytestmark = pytest.mark.django_db

SCRIPTS = Path(finders.find("js/report/wizard.js")).parent
MOST = 12 * 1024


@pytest.fixture
def scene(request):
    return ProgressScene(request)


def test_the_scripts_are_light(client):
    worker = client.get("/kk/report/sw.js").content
    weights = [len(gzip.compress(file.read_bytes(), mtime=0)) for file in SCRIPTS.glob("*.js")]

    assert sum(weights) + len(gzip.compress(worker, mtime=0)) <= MOST


def test_the_worker_is_fresh_at_each_look_and_names_what_there_is(client):
    answer = client.get("/ru/report/sw.js")

    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    kept = json.loads(re.search(r"ADDRESSES = (\[.*?\]);", answer.content.decode())[1])
    assert kept[0] == "/ru/report/shell/"
    assert [name.removeprefix("/static/") for name in kept[1:]] == ASSETS
    assert {f"js/report/{file.name}" for file in SCRIPTS.glob("*.js")} <= set(ASSETS)


def test_another_shell_is_another_worker(client, monkeypatch):
    before = client.get("/kk/report/sw.js").content
    assert client.get("/kk/report/sw.js").content == before

    monkeypatch.setattr("tasks.views.wizard.render_to_string", _changed)

    assert client.get("/kk/report/sw.js").content != before


def _changed(name, facts=None):
    return render_to_string(name, facts) + ("" if facts else "changed")


def test_the_worker_takes_itself_away_where_it_is_switched_off(client, settings):
    settings.WIZARD_OFFLINE = False

    text = client.get("/kk/report/sw.js").content.decode()

    assert "unregister()" in text and "caches.delete" in text and "onfetch" not in text


def test_the_shell_is_the_same_for_everybody(client, scene):
    shells = [client.get("/kk/report/shell/").content]
    for user in (scene.office, scene.akimat_signer):
        client.force_login(user)
        shells.append(client.get("/kk/report/shell/").content)

    assert len(set(shells)) == 1
    assert b"csrf" not in shells[0] and str(scene.akimat_signer).encode() not in shells[0]


@pytest.mark.parametrize("persona", PEOPLE)
def test_who_may_read_what_the_wizard_has_to_know(client, scene, persona):
    scene.report("returned")
    if persona != "anonymous":
        client.force_login(scene.people[persona])

    answer = client.get(f"/kk/report/2026-01/{scene.project.public_id}/form.json")

    own = persona in {"akimat_preparer", "akimat_signer"}
    assert answer.status_code == (200 if own else 302 if persona == "anonymous" else 404)
    if own:
        assert "no-store" in answer.headers["Cache-Control"] and "private" in answer.headers["Cache-Control"]
        told = answer.json()
        assert told["user"] == str(scene.people[persona].pk) and len(told["csrf"]) == 64
        assert told["may_submit"] == (persona == "akimat_signer")
        assert [(one["field"], one["text"]) for one in told["notes"]] == [("spent", "Аз")]


def test_what_was_accepted_last_and_the_milestones_are_told(client, scene):
    scene.report("accepted")
    MilestoneFactory(project=scene.project, code="bridge")
    later = ReportingPeriodFactory(starts=date(2026, 2, 1))
    client.force_login(scene.akimat_signer)

    told = client.get(f"/kk/report/{later.code}/{scene.project.public_id}/form.json").json()

    assert told["number"] is None and told["version"] is None
    assert told["last"]["spent"]["spent_currency"] == "KZT" and "40" in told["beside"]["physical_progress"]
    assert [one["code"] for one in told["milestones"]] == ["bridge"]


def test_signing_out_clears_what_the_device_keeps(client, scene):
    client.force_login(scene.akimat_signer)

    assert "Clear-Site-Data" not in client.get("/kk/accounts/logout/").headers
    assert client.post("/kk/accounts/logout/").headers["Clear-Site-Data"] == '"storage"'
