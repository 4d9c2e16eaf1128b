"""Documents in the admin: handed in with a file, given another one, released; never typed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.choices import ScanState
from core.models import Change
from districts.models import Document
from tests.admin.forms import sentences
from tests.admin.rows import address
from tests.factories import DistrictFactory, DocumentFactory, StoredFileFactory

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 a plan"
MODEL = "districts.Document"


def verb(document, name):
    return f"/admin/districts/document/{document.pk}/{name}/"


def upload(content=PDF, name="жоспар.pdf"):
    return SimpleUploadedFile(name, content, content_type="application/x-evil")


def typed(**facts):
    return {
        "kind": "projectPlan",
        "name_kk": "Жоспар",
        "name_ru": "План",
        "published_precision": "unknown",
        "version": "",
    } | facts


def test_a_document_comes_with_its_file_and_is_internal(browse, office):
    district = DistrictFactory()

    response = browse(office).post(address(MODEL, "add"), typed(upload=upload(), district=district.pk))

    document = Document.objects.get()
    assert response.status_code == 302
    assert (document.visibility, document.district, document.is_demo) == ("internal", district, False)
    assert (document.file.content_type, document.file.scan_state) == ("application/pdf", ScanState.PENDING)
    assert document.file.uploaded_by == office
    assert Change.objects.of(document).latest("at").verb == "add_document"


@pytest.mark.parametrize(
    ("content", "name"), [(b"MZ a program", "plan.pdf"), (PDF, "plan.exe"), (b"", "plan.pdf")]
)
def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_is_lost(browse, office, content, name):
    response = browse(office).post(address(MODEL, "add"), typed(upload=upload(content, name)))

    assert response.status_code == 200
    assert sentences(response)
    assert 'value="Жоспар"' in response.content.decode()
    assert not Document.objects.exists()


def test_without_a_file_there_is_no_document(browse, office):
    response = browse(office).post(address(MODEL, "add"), typed())

    assert response.status_code == 200
    assert "upload" in response.context["adminform"].form.errors


def test_a_file_is_released_by_a_verb(browse, office):
    document = DocumentFactory(file=StoredFileFactory(scan_state=ScanState.PENDING))
    page = verb(document, "release-file")

    assert browse(office).post(page, {"note": ""}, follow=True).status_code == 200

    document.file.refresh_from_db()
    assert document.file.scan_state == ScanState.CLEAN


def test_what_the_scanner_found_is_not_released(browse, office):
    document = DocumentFactory(file=StoredFileFactory(scan_state=ScanState.INFECTED))
    page = verb(document, "release-file")

    browse(office).post(page, {"note": ""}, follow=True)

    document.file.refresh_from_db()
    assert document.file.scan_state == ScanState.INFECTED


def test_another_file_takes_the_place_of_the_first_until_it_is_published(browse, office):
    document, client = DocumentFactory(), browse(office)
    first = document.file
    page = verb(document, "replace-file")

    client.post(page, {"upload": upload(), "note": "signed now"})

    document.refresh_from_db()
    assert document.file != first
    assert Change.objects.of(document).latest("at").note == "signed now"

    Document.objects.filter(pk=document.pk).update(visibility="public")
    second = document.file
    assert client.post(page, {"upload": upload(b"%PDF-1.7 else")}).status_code == 200
    document.refresh_from_db()
    assert document.file == second


def test_an_auditor_hands_in_nothing(browse, auditor):
    document = DocumentFactory()
    client = browse(auditor)

    assert client.get(address(MODEL, "add")).status_code == 403
    for name in ("release-file", "replace-file"):
        assert client.post(verb(document, name), {"upload": upload(), "note": ""}).status_code == 403, name
