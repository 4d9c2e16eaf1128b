"""What the database refuses of files of progress reports."""

import pytest
from django.utils import timezone

from core.models import StoredFile
from tasks.models import Evidence
from tests.factories import (
    EvidenceFactory,
    ProgressReportFactory,
    StoredFileFactory,
    UploadChunkFactory,
    UploadFactory,
    answered,
    enter_progress,
)
from tests.refusals import Wrong, parameters, refused, refuses

pytestmark = pytest.mark.django_db


def sent_file(**facts):
    """A file of a report that was handed in since."""
    upload = UploadFactory(received=1000, file=StoredFileFactory(), **facts)
    answered(upload.report)
    for step in ("complete", "submitted"):
        enter_progress(upload.report, step)
    return upload


def whole_file():
    return UploadFactory(received=1000, file=StoredFileFactory())


def file_of_locked():
    upload = UploadFactory()
    type(upload.report.period).objects.filter(pk=upload.report.period_id).update(locked_at=timezone.now())
    return upload


def photo():
    return EvidenceFactory(report=None, progress=ProgressReportFactory())


CASES = {
    "tasks_upload_one_per_client_uuid": [Wrong(UploadFactory, twin=("client_uuid",))],
    "tasks_upload_kind_known": [Wrong(UploadFactory, {"kind": "link"})],
    "tasks_upload_sha256": [Wrong(UploadFactory, {"sha256": "x"})],
    "tasks_upload_within_its_size": [Wrong(UploadFactory, {"received": 1001})],
    "tasks_upload_whole_when_taken": [Wrong(UploadFactory, {"file_id": lambda: StoredFileFactory().pk})],
    "tasks_upload_place_whole": [Wrong(UploadFactory, {"lat": 43})],
    "tasks_upload_kept": [Wrong(UploadFactory, {"name": "b.jpg"}), Wrong(whole_file, {"caption": "Басқа"})],
    "tasks_upload_while_written": [
        Wrong(sent_file, {"caption": "Басқа"}),
        Wrong(file_of_locked, {"received": 1}),
    ],
    "tasks_uploadchunk_once": [Wrong(UploadChunkFactory, copied=True)],
    "tasks_evidence_score_in_percent": [Wrong(photo, {"score": 101})],
}


@pytest.mark.parametrize(("door", "rule", "case"), parameters(CASES))
def test_refused(door, rule, case):
    door(rule, case)


@refuses("tasks_evidence_place_whole")
def test_a_place_is_whole():
    with refused("tasks_evidence_place_whole"):
        EvidenceFactory(report=None, progress=ProgressReportFactory(), taken_lat=43)


@refuses("tasks_progressreport_submitted_with_whole_files")
def test_nothing_is_handed_in_while_a_file_is_on_its_way():
    upload = UploadFactory()
    answered(upload.report)
    enter_progress(upload.report, "complete")
    with refused("tasks_progressreport_submitted_with_whole_files"):
        enter_progress(upload.report, "submitted")


@refuses("tasks_evidence_kept")
def test_what_was_handed_in_is_kept_and_may_be_weighed_anew():
    proof = photo()
    answered(proof.progress)
    for step in ("complete", "submitted"):
        enter_progress(proof.progress, step)
    Evidence.objects.filter(pk=proof.pk).update(score=50, reasons=["no_time"])
    for change in (lambda: Evidence.objects.filter(pk=proof.pk).update(note="Басқа"), proof.delete):
        with refused("tasks_evidence_kept"):
            change()
    assert Evidence.objects.get(pk=proof.pk).score == 50
    assert not StoredFile.objects.exists()
