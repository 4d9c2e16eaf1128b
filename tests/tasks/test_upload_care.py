"""What becomes of files of reports later: weighed anew as others come, unfinished pieces swept."""

import hashlib
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core.models import Change
from tasks import jobs, services
from tasks.models import Evidence, ReportingPeriod, Upload, UploadChunk
from tests.api.test_uploads import photo
from tests.factories import ProgressReportFactory, UploadChunkFactory, UploadFactory
from tests.tasks.progress_scene import ProgressScene

pytestmark = pytest.mark.django_db
FAR = timezone.now() + timedelta(days=8)


@pytest.fixture
def scene(request, db):
    return ProgressScene(request)


def attach(scene, report, content):
    file = SimpleUploadedFile("a.jpg", content)
    by = scene.akimat_preparer
    row = services.attach_file(by=by, report=report, kind="photo", file=file)
    return Evidence.objects.get(file=row.file)


def test_what_came_later_is_weighed_against(scene):
    """Until a report is accepted; and who weighs stands in the history."""
    content = photo("noise", 90)
    first = attach(scene, scene.save(), content)
    other = ProgressReportFactory(organisation=scene.akimat)
    second = attach(scene, other, content)
    assert (first.reasons, second.reasons) == (["no_time", "no_place"], ["no_time", "no_place", "same_file"])

    jobs.care_for_files()
    first.refresh_from_db()

    assert (first.score, first.reasons) == (0, ["no_time", "no_place", "same_file"])
    assert Change.objects.of(first).last().actor == "system:weigh"
    assert services.weigh_anew() == 0


def test_a_correction_shows_again_what_it_corrects(scene):
    report = scene.report("draft")
    content = photo("noise", 90)
    attach(scene, report, content)
    services.complete_progress(report, by=scene.akimat_preparer)
    services.submit_progress(report, by=scene.akimat_signer)
    accepted = services.accept_progress(report, by=scene.office)

    again = attach(scene, scene.correction(accepted), content)

    assert again.reasons == ["no_time", "no_place"]


def test_pieces_go_where_nobody_may_finish_them(scene):
    """Of a report that is written they stay; the file begins anew if its period is opened again."""
    report = scene.save()
    written, locked = UploadFactory(report=report), UploadFactory()
    for row in (written, locked):
        UploadChunkFactory(upload=row)
    ReportingPeriod.objects.filter(pk=locked.report.period_id).update(locked_at=timezone.now())

    assert services.sweep_pieces(timezone.now() - timedelta(days=7)) == 0
    assert services.sweep_pieces(FAR) == 1
    assert UploadChunk.objects.get().upload == written
    assert Upload.objects.count() == 2


def test_a_whole_without_its_swept_pieces_begins_anew(scene):
    content = photo("noise", 90)
    row = services.begin_upload(
        by=scene.akimat_preparer, report=scene.save(), client_uuid=uuid4(), kind="photo", name="a.jpg",
        size=len(content), sha256=hashlib.sha256(content).hexdigest(),
    )  # fmt: skip
    row = services.add_chunk(by=scene.akimat_preparer, upload=row, offset=0, content=content[:500])
    UploadChunk.objects.all().delete()

    row = services.add_chunk(by=scene.akimat_preparer, upload=row, offset=500, content=content[500:])

    assert (row.received, row.refused, row.file_id) == (0, "", None)
