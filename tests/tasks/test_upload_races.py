"""Two at once on one file: it is there once, with every byte once."""

import hashlib
from uuid import uuid4

import pytest

from core.exceptions import Conflict
from tasks import services
from tasks.models import Evidence, Upload, UploadChunk
from tasks.services.evidence import FilesMissing
from tasks.services.uploads import WrongOffset
from tests.api.test_uploads import photo
from tests.tasks.progress_scene import ProgressScene
from tests.tasks.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene(request, db):
    return ProgressScene(request)


def begin(scene, report, content, number=None):
    return services.begin_upload(
        by=scene.akimat_preparer,
        report=report,
        client_uuid=number or uuid4(),
        kind="photo",
        name="a.jpg",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def test_a_file_is_announced_twice(scene):
    report, content, number = scene.save(), photo(), uuid4()
    step = lambda: begin(scene, report, content, number)  # noqa: E731

    assert at_once(step, step) is None
    assert Upload.objects.count() == 1


def test_a_piece_comes_twice(scene):
    content = photo("noise", 90)
    row = begin(scene, scene.save(), content)
    send = lambda: services.add_chunk(by=scene.akimat_preparer, upload=row, offset=0, content=content[:500])  # noqa: E731

    told = at_once(send, send)

    assert isinstance(told, WrongOffset) and told.offset == 500
    assert bytes(UploadChunk.objects.get().content) == content[:500]


def test_the_last_piece_comes_twice(scene):
    content = photo()
    row = begin(scene, scene.save(), content)
    send = lambda: services.add_chunk(by=scene.akimat_preparer, upload=row, offset=0, content=content)  # noqa: E731

    assert isinstance(at_once(send, send), WrongOffset)
    assert Evidence.objects.count() == 1


def test_a_report_is_submitted_while_a_file_is_announced(scene):
    """Either the file is known and the report waits for it, or the report is closed to it."""
    report, content = scene.report("complete"), photo()
    announce = lambda: begin(scene, report, content)  # noqa: E731
    submit = lambda: services.submit_progress(report, by=scene.akimat_signer)  # noqa: E731

    assert isinstance(at_once(announce, submit), FilesMissing)
    services.drop_upload(by=scene.akimat_preparer, upload=Upload.objects.get())
    assert isinstance(at_once(submit, announce), Conflict)
    assert not Upload.objects.exists()
