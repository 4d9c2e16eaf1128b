"""Bad files and bombs through the doors: refused with a sentence, nothing half-written, memory bounded.

`make test` sends all of them through one door and some through each; HOSTILE=all, as `make judges` says, all through
all.
"""

import os
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import default_storage

from core.choices import ScanState
from core.models import StoredFile
from investors.models import EnquiryFile, MessageFile
from tasks.models import Evidence, UploadChunk
from tests.hostile.doors import KEEPING, READING, Door
from tests.hostile.files import BAD, TABLES, WAITING, File, picture
from tests.hostile.measuring import growth

pytestmark = pytest.mark.django_db
IS_THOROUGH = os.environ.get("HOSTILE") == "all"
#: Of one request: megabytes that it may take at the most, and seconds.
MOST_MEMORY, MOST_SECONDS = 150, 10
MAIN = "new request"
SOME = ("a page", "a bomb for Excel", "a picture of too many points", "backwards")
MADE: dict[str, bytes] = {}


def content_of(name: str, file: File) -> bytes:
    """Made once."""
    return MADE.setdefault(f"{name} {file.name}", file.make())


def kept() -> dict[str, int]:
    """What a file leaves behind, on the disk too."""
    tables: tuple[Any, ...] = (StoredFile, Evidence, EnquiryFile, MessageFile, UploadChunk)
    on_disk = sum(path.is_file() for path in settings.FILES_DIR.rglob("*"))
    return {model.__name__: model.objects.count() for model in tables} | {"disk": on_disk}


def sentence(answer: Any) -> str:
    """What is said beside the file, or of the whole form."""
    if answer["Content-Type"].startswith("application/problem+json"):
        return str(answer.json()["detail"])
    is_of_the_admin = "adminform" in answer.context
    form = answer.context["adminform"].form if is_of_the_admin else answer.context["form"]
    return " ".join(str(error) for errors in form.errors.values() for error in errors)


def carried(door: Door, name: str, content: bytes) -> Any:
    """Through the door, in time and in little memory."""
    started = time.process_time()  # of this process: others may be at work
    with growth() as grown:
        answer = door(name, content)
    assert time.process_time() - started < MOST_SECONDS
    assert grown.megabytes < MOST_MEMORY
    assert answer.status_code < 500, answer.content[:2000]
    return answer


@pytest.mark.parametrize("name", KEEPING)
def test_each_door_takes_what_is_right_and_refuses_what_is_not(request: Any, name: str) -> None:
    known = KEEPING[name]
    door = known.make(request)
    before = kept()

    for kind in BAD if IS_THOROUGH or name == MAIN else SOME:
        answer = carried(door, BAD[kind].name, content_of(kind, BAD[kind]))
        assert answer.status_code in known.refused, (kind, answer.status_code)
        assert sentence(answer), kind
        assert kept() == before, kind

    assert carried(door, known.good.name, known.good.make()).status_code == known.taken
    assert sum(kept().values()) > sum(before.values())


@pytest.mark.parametrize("kind", WAITING)
def test_what_may_be_harmful_waits_and_nobody_else_opens_it(
    request: Any, client: Any, office: Any, kind: str
) -> None:
    door, before = KEEPING[MAIN].make(request), set(StoredFile.objects.values_list("pk", flat=True))

    assert carried(door, WAITING[kind].name, WAITING[kind].make()).status_code == 302

    stored = StoredFile.objects.exclude(pk__in=before).get()
    assert stored.scan_state == ScanState.PENDING
    assert not set(stored.name) & set('/\\<>":‮') and stored.name.endswith(WAITING[kind].name[-4:])
    assert default_storage.path(stored.path).startswith(str(settings.FILES_DIR))
    sent = MessageFile.objects.get(file=stored)
    client.force_login(office)
    opened = client.get(f"/kk/room/requests/{sent.message.request.public_id}/files/{sent.pk}/")
    assert (
        opened["Content-Disposition"].startswith("attachment")
        and opened["X-Content-Type-Options"] == "nosniff"
    )
    assert opened["Content-Security-Policy"].startswith("sandbox")


@pytest.mark.parametrize("name", READING)
def test_what_only_reads_is_not_drowned(request: Any, name: str) -> None:
    make, status = READING[name]
    door, before = make(request), kept()
    sent = TABLES | ({f"file: {kind}": file for kind, file in BAD.items()} if IS_THOROUGH else {})

    for kind, file in sent.items():
        answer = carried(door, file.name, content_of(kind, file))
        assert answer.status_code == status, (kind, answer.status_code)
        assert kept() == before, kind


def test_a_picture_of_as_many_points_as_may_be_is_looked_at_in_bounded_memory(request: Any) -> None:
    """60 million points in 180 KB: what a phone sends is no more."""
    door: Callable[..., Any] = KEEPING["finding"].make(request)
    content = picture("PNG", 7740)
    assert len(content) < 2**20

    with growth() as grown:
        answer = door("жол.png", content)

    assert answer.status_code == 302
    assert grown.megabytes < 400
