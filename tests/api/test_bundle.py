"""Files of reports that come back through the API: the same rules as on the page, and a receipt for programs."""

from decimal import Decimal
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tasks import services
from tasks.models import ProgressReport, ReportingPeriod
from tasks.offline.sent import read
from tasks.services import Answer, bundles
from tests.factories import ApiClientFactory
from tests.tasks.filing_by_file import FULL, GOOD, answered, bytes_of, fill, workbook
from tests.tasks.progress_scene import ProgressScene, everything
from tests.tasks.test_races import at_once

pytestmark = pytest.mark.django_db

HERE = "/api/v1/progress-reports/bundle/"


@pytest.fixture
def scene(request, client):
    scene = ProgressScene(request)
    client.force_login(scene.akimat_preparer)
    return scene


def post(client, content):
    return client.post(HERE, content, content_type="application/json", headers={"Accept-Language": "en"})


def test_a_bundle_is_taken_once(client, scene):
    sent = answered(client, scene.project)
    made = post(client, sent)
    before = everything()
    again = post(client, sent)

    row = ProgressReport.objects.get()
    (receipt,) = made.json()["receipts"]
    assert made.status_code == again.status_code == 200 and receipt["state"] == "made"
    assert (receipt["report"], receipt["version"]) == (row.public_id, row.version)
    assert receipt["url"].endswith(f"/api/v1/progress-reports/{row.public_id}/")
    assert again.json()["receipts"] == [receipt | {"state": "there"}] and everything() == before


def test_what_both_changed_is_asked_and_then_chosen(client, scene):
    row = scene.save(words={"text": "Ескі"})
    sent = answered(client, scene.project, {"text": "Менікі"})
    services.save_progress(
        by=scene.akimat_signer, project=scene.project, period=scene.period, client_uuid=row.client_uuid,
        answers={"spent": Answer(Decimal(7), currency="KZT")}, words={"text": "Олардыкі"}, base=row.version,
    )  # fmt: skip

    (asked,) = post(client, sent).json()["receipts"]
    assert asked["state"] == "asks"
    assert asked["asks"] == [{"field": "text", "was": "Ескі", "mine": "Менікі", "theirs": "Олардыкі"}]
    (taken,) = post(client, sent | {"choose": {scene.project.public_id: {"text": "mine"}}}).json()["receipts"]

    row.refresh_from_db()
    assert taken["state"] == "saved" and row.text == "Менікі"


def test_a_workbook_is_taken_as_a_whole_or_not_at_all(client, scene):
    def send(book):
        return client.post(HERE, {"file": SimpleUploadedFile("a.xlsx", bytes_of(book))})

    bad = send(fill(workbook(client), **GOOD | {"physical_progress": "=1"}))
    worse = send(fill(workbook(client), **GOOD | {"physical_progress": 101}))
    assert bad.status_code == 400 and bad.json()["errors"][0]["pointer"].endswith("C3")
    assert worse.json()["receipts"][0]["state"] == "refused" and not ProgressReport.objects.exists()

    good = send(fill(workbook(client), **GOOD))

    assert good.json()["receipts"][0]["state"] == "made" and ProgressReport.objects.count() == 1


def test_what_is_forged_malformed_or_nobodys_is_refused(client, scene):
    sent = answered(client, scene.project)
    before = everything()
    for content in (
        sent | {"signature": "x"}, sent | {"frozen": {}}, {"answers": {}}, sent | {"answers": []},
        sent | {"frozen": []}, sent | {"answers": {"ALT-P-9999": {}}},
        sent | {"answers": {scene.project.public_id: {"text": "a\0"}}},
    ):  # fmt: skip
        refused = post(client, content)
        assert refused.status_code == 400 and refused.headers["Content-Type"] == "application/problem+json"
    for name, status in {"stranger": 403, "office": 403, "auditor": 403, "investor": 403}.items():
        client.force_login(scene.people[name])
        assert post(client, sent).status_code == status, name
    client.logout()
    assert post(client, sent).status_code in (401, 403)
    assert everything() == before


def test_a_program_of_the_organisation_may_and_a_locked_period_takes_nothing(client, scene):
    sent = answered(client, scene.project)
    program = ApiClientFactory(role="executor", organisation=scene.akimat)
    assert bundles.take(read(sent), by=program, chosen={})[0].state == "made"
    ReportingPeriod.objects.update(locked_at=timezone.now())

    assert post(client, sent).status_code == 409


@pytest.mark.django_db(transaction=True)
def test_two_send_the_same_file_at_once(client, scene):
    sent = read(answered(client, scene.project, FULL))
    told = []

    def send():
        told.append(bundles.take(sent, by=scene.akimat_preparer, chosen={})[0].state)

    assert at_once(send, send) is None
    row = ProgressReport.objects.get()
    assert "made" in told and set(told) <= {"made", "saved", "there"} and row.values.count() == 6
    assert row.client_uuid == UUID(sent.frozen["projects"][0]["client_uuid"])
