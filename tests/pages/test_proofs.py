"""Photos and files of a report by its pages: added without a program, weighed, opened, released."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image

from tasks import services
from tasks.models import Evidence, Upload
from tests.api.test_uploads import photo
from tests.factories import ReportingPeriodFactory
from tests.tasks.progress_scene import ProgressScene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(request, db):
    return ProgressScene(request)


def with_words(taken="2026:01:10 12:00:00"):
    """A photo that says when, where and by whom."""
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "Асан Әлиев"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (43.0, 27.0, 0.0)
    return photo("noise", 90, exif=exif)


def add(client, report, name, content, **facts):
    file = SimpleUploadedFile(name, content)
    return client.post(
        f"/kk/report/proofs/{report.public_id}/", {"file": file, "kind": "photo"} | facts, follow=True
    )


def test_a_photo_is_added_weighed_shown_bare_and_taken_out(client, scene):
    report = scene.save()
    client.force_login(scene.akimat_preparer)
    page = add(client, report, "қасбет.jpg", with_words(), caption="Қасбет")
    assert "қасбет.jpg" in page.content.decode() and "70" in page.content.decode()
    proof = Evidence.objects.get()
    assert (proof.score, proof.reasons) == (70, ["in_period", "no_place"])
    assert proof.taken_lat is None  # never read from the picture

    shown = client.get(f"/kk/review/{report.public_id}/proofs/{proof.pk}/")
    with Image.open(BytesIO(b"".join(shown.streaming_content))) as picture:
        assert not picture.getexif()
    assert shown["Content-Type"] == "image/jpeg" and "sandbox" in shown["Content-Security-Policy"]

    here = f"/kk/report/proofs/{report.public_id}/{Upload.objects.get().pk}"
    client.post(f"{here}/caption/", {"caption": "Солтүстік қасбет"})
    assert Evidence.objects.get().note == "Солтүстік қасбет"
    client.post(f"{here}/remove/")
    assert not Evidence.objects.exists() and not Upload.objects.exists()


def test_what_is_wrong_is_said_and_nothing_is_kept(client, scene):
    report = scene.save()
    client.force_login(scene.akimat_preparer)
    for name, content in (("a.jpg", b"%PDF-1.7"), ("a.pdf", photo()), ("a.txt", b"a\x00b"), ("a.jpg", b"")):
        page = add(client, report, name, content)
        assert page.context["form"].errors, name
    assert not Evidence.objects.exists() and not Upload.objects.exists()


def test_a_photo_of_another_report_weighs_less(client, scene):
    same = with_words()
    client.force_login(scene.akimat_preparer)
    for starts in ("2026-01-01", "2026-02-01"):
        period = scene.period if starts == "2026-01-01" else ReportingPeriodFactory(starts=date(2026, 2, 1))
        add(client, scene.save(period=period), "a.jpg", same)

    first, second = Evidence.objects.order_by("pk")
    assert first.score == 70 and second.reasons == ["out_of_period", "no_place", "same_file"]
    assert second.score == 0


def test_a_document_opens_once_it_is_released(client, scene):
    report = scene.report("complete")
    client.force_login(scene.akimat_preparer)
    add(client, report, "акт.pdf", b"%PDF-1.7 act", kind="act")
    proof = Evidence.objects.get()
    here = f"/kk/review/{report.public_id}/proofs/{proof.pk}/"
    assert client.get(here).status_code == 403
    assert client.post(f"{here}release/").status_code in (403, 404)

    services.submit_progress(report, by=scene.akimat_signer)
    client.force_login(scene.office)
    assert "акт.pdf" in client.get(f"/kk/review/{report.public_id}/").content.decode()
    client.post(f"{here}release/")
    client.force_login(scene.akimat_preparer)
    assert client.get(here).status_code == 200
    client.force_login(scene.stranger)
    assert client.get(here).status_code == 404


def test_a_photo_that_the_store_has_damaged_is_said_to_be_lost(client, scene):
    """And the original is not handed out: it may say who took it, and where."""
    report = scene.save()
    client.force_login(scene.akimat_preparer)
    add(client, report, "қасбет.jpg", with_words())
    proof = Evidence.objects.get()
    default_storage.delete(proof.file.path)
    default_storage.save(proof.file.path, ContentFile(b"\xff\xd8\xff nothing more"))

    answer = client.get(f"/kk/review/{report.public_id}/proofs/{proof.pk}/")

    assert answer.status_code == 404
    assert proof.file.sha256 in answer.content.decode()
    assert f"/control/{report.public_id}/" not in answer.content.decode()
