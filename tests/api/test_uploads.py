"""Files of progress reports through the API: in pieces, resumed, repeated, refused."""

import hashlib
from io import BytesIO
from typing import Any
from uuid import uuid4
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from PIL import ExifTags, Image

from core.models import StoredFile
from tasks import services
from tasks.models import Evidence, Upload, UploadChunk
from tests.api.conftest import having_read, path_of
from tests.api.test_errors import problem
from tests.tasks.progress_scene import ProgressScene

pytestmark = pytest.mark.django_db(transaction=True)
LIST = path_of("uploads")
PIECE = "application/offset+octet-stream"


@pytest.fixture
def scene(request: Any) -> ProgressScene:
    return ProgressScene(request)


def photo(colour: str = "red", side: int = 40, form: str = "JPEG", **facts: Any) -> bytes:
    made = BytesIO()
    Image.effect_noise((side, side), 60).convert("RGB").save(
        made, form, **facts
    ) if colour == "noise" else Image.new("RGB", (side, side), colour).save(made, form, **facts)
    return made.getvalue()


def announced(scene: ProgressScene, content: bytes, **facts: Any) -> dict[str, Any]:
    report = facts.pop("report", None) or scene.save()
    return {
        "client_uuid": str(uuid4()),
        "report": report.public_id,
        "kind": "photo",
        "name": "қасбет.jpg",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        **facts,
    }


def send(client: Any, said: dict[str, Any], content: bytes, offset: int = 0, **headers: str) -> Any:
    return client.patch(
        f"{LIST}{said['client_uuid']}/",
        data=content,
        content_type=PIECE,
        headers={"upload-offset": str(offset)} | headers,
    )


@pytest.fixture
def preparer(client: Any, scene: ProgressScene) -> Any:
    client.force_login(scene.akimat_preparer)
    return client


def begin(client: Any, said: dict[str, Any]) -> Any:
    return client.post(LIST, said, content_type="application/json")


def test_a_photo_comes_in_pieces_and_goes_on_where_it_ended(preparer: Any, scene: ProgressScene) -> None:
    content = photo("noise", 300)
    said = announced(
        scene, content, caption="Қасбет", place={"lat": "43.45000", "lon": "77.04000", "accuracy": 12}
    )
    first, again = begin(preparer, said), begin(preparer, said)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["offset"] == 0 and again.json()["complete"] is False

    assert send(preparer, said, content[:1000]).status_code == 204
    lost = send(preparer, said, content[:1000])  # the reply was lost, the piece is sent again
    assert problem(lost, 409)["code"] == "wrong_offset" and lost["Upload-Offset"] == "1000"
    asked = preparer.head(f"{LIST}{said['client_uuid']}/")
    assert (asked["Upload-Offset"], asked["Upload-Length"]) == ("1000", str(len(content)))
    last = send(preparer, said, content[1000:], 1000)
    assert last.status_code == 204 and last["Upload-Offset"] == str(len(content))

    receipt = preparer.get(f"{LIST}{said['client_uuid']}/").json()
    assert receipt["complete"] is True and receipt["refused"] is None
    proof = Evidence.objects.select_related("file").get()
    assert proof.file is not None and proof.file.sha256 == said["sha256"] and proof.note == "Қасбет"
    assert proof.progress.public_id == said["report"] and proof.accuracy == 12
    assert not UploadChunk.objects.exists() and StoredFile.objects.count() == 1


def test_another_file_under_the_same_number_is_refused(preparer: Any, scene: ProgressScene) -> None:
    said = announced(scene, photo())
    begin(preparer, said)
    assert problem(begin(preparer, said | {"size": 7}), 409)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.jpg", b"%PDF-1.7 not a picture", "photo"),
        ("a.jpg", photo()[:-200], "photo"),
        ("a.pdf", photo(), "document"),
        ("a.pdf", b"%PDF-1.7 a document", "photo"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_with_words(
    preparer: Any, scene: ProgressScene, name: str, content: bytes, kind: str
) -> None:
    said = announced(scene, content, name=name, kind=kind)
    begin(preparer, said)
    refused = problem(send(preparer, said, content), 422)

    assert refused["code"] == "bad_file" and name in refused["detail"]
    assert preparer.get(f"{LIST}{said['client_uuid']}/").json()["refused"] == refused["detail"]
    assert (
        not StoredFile.objects.exists() and not Evidence.objects.exists() and not UploadChunk.objects.exists()
    )


def huge() -> bytes:
    """The head of a PNG of 30,000 × 30,000 pixels."""
    content = bytearray(photo(form="PNG"))
    content[16:24] = (30_000).to_bytes(4) * 2
    import zlib

    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4)
    return bytes(content)


def bomb() -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", bytes(30 * 2**20))
    return made.getvalue()


def damaged() -> bytes:
    """A Word file of which a packed part cannot be unpacked."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "салынып жатыр " * 99)
    content = bytearray(made.getvalue())
    begins = content.index(b"word/document.xml") + len("word/document.xml")
    content[begins : begins + 8] = b"\xff" * 8
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "make", "kind"),
    [("a.png", huge, "photo"), ("a.xlsx", bomb, "document"), ("a.docx", damaged, "document")],
)
def test_what_is_made_to_harm_is_refused(
    preparer: Any, scene: ProgressScene, name: str, make: Any, kind: str
) -> None:
    content = make()
    said = announced(scene, content, name=name, kind=kind)
    begin(preparer, said)
    assert problem(send(preparer, said, content), 422)["code"] == "bad_file"
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("year", ["0001", "0000", "9999"])
def test_a_clock_that_was_never_set_says_nothing(preparer: Any, scene: ProgressScene, year: str) -> None:
    exif = Image.Exif()
    facts = exif.get_ifd(ExifTags.IFD.Exif)
    facts[ExifTags.Base.DateTimeOriginal], facts[ExifTags.Base.OffsetTimeOriginal] = (
        f"{year}:01:01 00:00:00",
        "+14:00",
    )
    content = photo(exif=exif)
    said = announced(scene, content)
    begin(preparer, said)

    assert send(preparer, said, content).status_code == 204
    assert Evidence.objects.get().taken_at is None


def test_a_whole_that_differs_begins_anew(preparer: Any, scene: ProgressScene) -> None:
    content = photo()
    said = announced(scene, content, sha256="0" * 64)
    begin(preparer, said)
    answer = send(preparer, said, content)
    assert problem(answer, 422)["code"] == "bad_checksum" and answer["Upload-Offset"] == "0"
    assert not UploadChunk.objects.exists()


def test_a_piece_that_changed_or_is_no_piece_is_refused(preparer: Any, scene: ProgressScene) -> None:
    content = photo()
    said = announced(scene, content)
    begin(preparer, said)
    assert problem(send(preparer, said, content, **{"upload-checksum": "sha256 AAAA"}), 400)
    assert problem(send(preparer, said, content, **{"upload-offset": "x"}), 400)
    assert problem(send(preparer, said, content + b"0"), 400)
    assert problem(send(preparer, said, bytes(2**20 + 1)), 413)
    assert Upload.objects.get().received == 0


@pytest.mark.parametrize(
    "wrong", [{"name": "a\x00.jpg"}, {"caption": "\x00"}, {"size": 26 * 2**20}, {"kind": "link"}]
)
def test_what_is_announced_wrong_is_told(preparer: Any, scene: ProgressScene, wrong: dict[str, Any]) -> None:
    assert problem(begin(preparer, announced(scene, photo(), **wrong)), 400)["errors"]
    assert not Upload.objects.exists()


def test_others_do_not_know_of_it(preparer: Any, client: Any, scene: ProgressScene) -> None:
    content = photo()
    said = announced(scene, content)
    begin(preparer, said)
    for person in (scene.executor, scene.stranger, scene.investor):
        client.force_login(person)
        assert problem(begin(client, said | {"client_uuid": str(uuid4())}), 400)
        assert send(client, said, content).status_code == 404
        assert client.delete(f"{LIST}{said['client_uuid']}/").status_code == 404
    client.force_login(scene.office)
    assert send(client, said, content).status_code == 404  # a draft is its organisation's own
    client.logout()
    assert send(client, said, content).status_code in (401, 403, 404)
    assert Upload.objects.get().received == 0


def test_a_piece_says_where_it_begins_and_whoever_takes_a_file_out_what_he_has_seen(
    preparer: Any, scene: ProgressScene
) -> None:
    content = photo()
    said = announced(scene, content)
    begun, here = begin(preparer, said), f"{LIST}{said['client_uuid']}/"
    assert begun["ETag"] == preparer.get(here)["ETag"]

    assert problem(preparer.delete(here), 428)["code"] == "precondition_required"
    assert send(preparer, said, content[:9]).status_code == 204
    assert problem(send(preparer, said, content[9:], 9, **{"if-match": begun["ETag"]}), 412)
    stale = preparer.delete(here, headers={"if-match": begun["ETag"]})
    assert problem(stale, 412)["current"]["offset"] == 9
    assert preparer.delete(here, headers={"if-match": stale["ETag"]}).status_code == 204
    assert not Upload.objects.exists()


def test_nothing_is_submitted_while_a_file_is_on_its_way(preparer: Any, scene: ProgressScene) -> None:
    report = scene.report("complete")
    said = announced(scene, photo(), report=report)
    begin(preparer, said)
    preparer.force_login(scene.akimat_signer)
    submit, here = path_of("progress-reports", report.public_id, "submit"), f"{LIST}{said['client_uuid']}/"
    answer = preparer.post(submit, {}, "application/json", headers=having_read(preparer, submit))
    assert problem(answer, 409)["code"] == "files_missing"
    assert preparer.delete(here, headers=having_read(preparer, here)).status_code == 204
    services.submit_progress(report, by=scene.akimat_signer)
    assert problem(begin(preparer, announced(scene, photo(), report=report)), 409)
