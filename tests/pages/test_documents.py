"""The door of documents: who may know of one has its file, and nobody else a byte of it."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from districts.models import Document
from tests.factories import DocumentFactory, StoredFileFactory

pytestmark = pytest.mark.django_db

PUBLIC = {"visibility": "public"}


def stored(content, **facts):
    file = StoredFileFactory(path="aa/document", **facts)
    default_storage.save(file.path, ContentFile(content))
    return file


def test_a_document_is_handed_out_as_a_download_that_can_do_nothing(client):
    document = DocumentFactory(file=stored(b"%PDF-1.7 plan", name="жоспар.pdf"), **PUBLIC)

    response = client.get(f"/kk/documents/{document.public_id}/")

    assert b"".join(response.streaming_content) == b"%PDF-1.7 plan"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


def test_the_door_asks_each_time_who_reads(client, office):
    document = DocumentFactory(file=stored(b"%PDF-1.7 secret"))
    address = f"/kk/documents/{document.public_id}/"
    assert client.get(address).status_code == 404
    assert client.get("/kk/documents/ALT-F-9999/").status_code == 404

    Document.objects.filter(pk=document.pk).update(visibility="public")
    assert client.get(address).status_code == 200

    Document.objects.filter(pk=document.pk).update(published_at="2099-01-01T00:00Z")
    assert client.get(address).status_code == 404
    client.force_login(office)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("state", ["pending", "infected"])
def test_what_is_not_clean_is_handed_to_nobody(client, office, state):
    document = DocumentFactory(file=stored(b"%PDF-1.7 bad", scan_state=state), **PUBLIC)
    address = f"/kk/documents/{document.public_id}/"

    assert client.get(address).status_code == 404
    client.force_login(office)
    assert client.get(address).status_code == 403


def test_the_map_of_the_site_has_what_is_published(client):
    shown, hidden = DocumentFactory(**PUBLIC), DocumentFactory()

    said = client.get("/sitemap.xml").content.decode()

    assert f"/kk/documents/{shown.public_id}/" in said
    assert hidden.public_id not in said
    assert "/kk/districts/compare/" in said


def test_the_api_names_the_door(api, settings):
    document = DocumentFactory(**PUBLIC)
    DocumentFactory()

    rows = api().get("/api/v1/documents/").json()["results"]

    assert [row["public_id"] for row in rows] == [document.public_id]
    assert rows[0]["file"]["address"] == f"{settings.PUBLIC_URL}/kk/documents/{document.public_id}/"
    assert rows[0]["file"]["sha256"] == document.file.sha256
