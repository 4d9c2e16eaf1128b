"""What surrounds the portal fails: pages go on, nothing is half-written, and whoever asked is told what to do."""

import hashlib
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, connection
from django.test import Client
from django.utils import timezone, translation

from alatau_portal import errors
from core.cache import ForgivingClient
from core.files import MAX_BYTES
from core.models import StoredFile
from tasks.models import Evidence, ExecutionReport, Instruction, Upload
from tests.api.conftest import path_of
from tests.api.test_errors import problem
from tests.api.test_uploads import announced, begin, photo, send
from tests.failing import frozen_server, full_disk, only_read
from tests.pages.control import address, executing
from tests.tasks.progress_scene import ProgressScene

pytestmark = pytest.mark.django_db
BACKEND = "accounts.backends.Passwords"


def heading(words, language):
    with translation.override(language):
        return f"<h1>{words.title}</h1>"


@pytest.fixture
def store(settings, tmp_path):
    """A store of this test's own."""
    place = {"BACKEND": "core.storage.WholeFiles", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = settings.STORAGES | {"default": place}
    return tmp_path / "files"


@pytest.fixture
def visitor():
    """An exception is an answer."""
    return Client(raise_request_exception=False)


def document(size=100_000):
    return SimpleUploadedFile("Хат.pdf", b"%PDF-1.4\n" + b"x" * size, "application/pdf")


def files_in(store):
    return [path for path in store.rglob("*") if path.is_file()]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_without_room_a_form_with_a_file_is_a_507_that_says_what_to_do(
    visitor, store, office, leadership, executor, akimat_preparer, language
):
    instruction = executing(office, leadership, executor, akimat_preparer)
    visitor.force_login(executor, BACKEND)
    here = address(instruction, "report").replace("/kk/", f"/{language}/", 1)
    said = {"kind": "interim", "text": "Салынды", "save": "1"}

    with full_disk():
        answer = visitor.post(here, said | {"documents": [document()]})

    assert answer.status_code == 507
    assert heading(errors.WORDS[507], language) in answer.content.decode()
    assert not ExecutionReport.objects.exists() and not Evidence.objects.exists()
    assert not StoredFile.objects.exists() and files_in(store) == []
    assert visitor.post(here, said | {"documents": [document()]}).status_code == 302
    assert StoredFile.objects.get().size == files_in(store)[0].stat().st_size


def test_without_room_even_to_take_a_large_file_in_it_is_a_507_too(visitor, store, office, settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(store.parent)
    visitor.force_login(office, BACKEND)

    with full_disk():
        answer = visitor.post("/kk/meetings/import/", {"file": document(MAX_BYTES // 5)})

    assert answer.status_code == 507


def test_the_last_piece_of_an_upload_is_refused_without_room_and_taken_later(client, request, store):
    scene = ProgressScene(request)
    client.force_login(scene.akimat_preparer)
    client.raise_request_exception = False
    content = photo("noise", 300)
    said = announced(scene, content)
    begin(client, said)
    assert send(client, said, content[:1000]).status_code == 204

    with full_disk():
        refused = send(client, said, content[1000:], 1000)

    assert problem(refused, 507)["code"] == "storage_full"
    assert Upload.objects.get().received == 1000
    assert not StoredFile.objects.exists() and files_in(store) == []
    assert send(client, said, content[1000:], 1000).status_code == 204
    assert StoredFile.objects.get().sha256 == hashlib.sha256(content).hexdigest()


def test_where_files_cannot_be_written_it_is_a_503(client, request, store):
    scene = ProgressScene(request)
    client.force_login(scene.akimat_preparer)
    client.raise_request_exception = False
    content = photo()
    said = announced(scene, content)
    begin(client, said)
    store.write_bytes(b"in its place")

    refused = send(client, said, content)

    assert problem(refused, 503)["code"] == "storage_unavailable"
    assert refused["Retry-After"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_database_that_only_reads_shows_pages_and_says_why_it_changes_nothing(
    visitor, office, leadership, executor, akimat_preparer, language
):
    instruction = executing(office, leadership, executor, akimat_preparer)
    here = address(instruction, "report").replace("/kk/", f"/{language}/", 1)
    with only_read():
        for page in ("", "projects/", "invest/"):
            assert visitor.get(f"/{language}/{page}").status_code == 200
        assert visitor.get("/api/v1/projects/").status_code == 200
    visitor.force_login(executor, BACKEND)
    with only_read():
        assert visitor.get(here).status_code == 200
        answer = visitor.post(here, {"kind": "interim", "text": "Салынды", "save": "1"})

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert heading(errors.ONLY_READ, language) in answer.content.decode()
    assert not ExecutionReport.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_database_that_only_reads_refuses_writes_of_the_api_for_now(api, office, mic):
    client = api(office)
    client.raise_request_exception = False
    with only_read():
        answer = client.post(
            path_of("instructions"), {"text": {"kk": "Салу"}, "issuer": "mic"}, format="json"
        )

    assert problem(answer, 503)["code"] == "unavailable"
    assert answer["Retry-After"]
    assert not Instruction.objects.exists()


def test_a_connection_that_broke_is_a_503_of_the_api_too(visitor):
    def fail(*_):
        raise InterfaceError("the connection is closed")

    with connection.execute_wrapper(fail):
        answer = visitor.get("/api/v1/projects/?limit=7")

    assert problem(answer, 503)["code"] == "unavailable"


def test_a_cache_that_is_frozen_costs_one_short_wait_and_no_page(visitor, settings, monkeypatch):
    monkeypatch.setattr(ForgivingClient, "_dead_until", 0.0)
    with frozen_server() as port:
        settings.CACHES = {
            "default": {
                "BACKEND": "core.cache.ForgivingRedisCache",
                "LOCATION": f"redis://127.0.0.1:{port}/0",
                "OPTIONS": {"socket_connect_timeout": 0.1, "socket_timeout": 0.1},
            }
        }
        for page in ("/kk/", "/kk/projects/", "/api/v1/projects/"):
            assert visitor.get(page).status_code == 200


def test_three_hours_later_at_once_people_are_signed_in_and_lists_are_there(visitor, office, executor):
    visitor.force_login(office, BACKEND)

    with time_machine.travel(timezone.now() + timedelta(hours=3), tick=True):
        for page in ("/kk/", "/kk/control/", "/kk/changes/", "/api/v1/projects/"):
            assert visitor.get(page).status_code == 200
