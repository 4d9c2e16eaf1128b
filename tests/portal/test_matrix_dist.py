"""Role × address × method of what districts hand out: everybody reads what is published, nobody writes."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.factories import DistrictFactory, DocumentFactory, PublishedFigureFactory, StoredFileFactory

pytestmark = pytest.mark.django_db

PERSONAS = ["anonymous", "office", "leadership", "executor", "akimat_preparer", "investor", "auditor"]
METHODS = ["get", "head", "post", "put", "patch", "delete"]
READ = {"get": 200, "head": 200, "post": 405, "put": 405, "patch": 405, "delete": 405}
#: Address → name of its route.
ADDRESSES = {
    "/kk/districts/compare/": "district-compare",
    "/kk/districts/{district}/factsheet.docx": "district-factsheet",
    "/kk/documents/{document}/": "document",
    "/kk/figures/published/": "published-figures",
    "/kk/figures/difference/": "figure-difference",
    "/api/v1/published-figures/": "published-figure-list",
    "/api/v1/published-figures/{said}/": "published-figure-detail",
    "/api/v1/published-figures.csv": "published-figure-csv",
    "/api/v1/published-figures.xlsx": "published-figure-xlsx",
    "/api/v1/figure-differences/?from=2025-11-01&to=2026-02-01": "api-figure-differences",
    "/api/v1/figure-differences.csv?from=2025-11-01&to=2026-02-01": "api-figure-differences-csv",
    "/share/home/city.kk.png": "share-picture",
    "/share/district/{district}.kk.png": "share-picture",
    "/api/v1/documents/": "document-list",
    "/api/v1/documents/{document}/": "document-detail",
    "/api/v1/documents.csv": "document-csv",
    "/api/v1/documents.xlsx": "document-xlsx",
}
ROUTES = set(ADDRESSES.values())


@pytest.fixture
def rows():
    file = StoredFileFactory(path="aa/matrix")
    if not default_storage.exists(file.path):
        default_storage.save(file.path, ContentFile(b"%PDF-1.7"))
    return {
        "district": DistrictFactory().code,
        "document": DocumentFactory(file=file, visibility="public").public_id,
        "said": PublishedFigureFactory(visibility="public").pk,
    }


@pytest.mark.parametrize("persona", PERSONAS)
def test_what_is_handed_out_is_the_same_for_everybody(client, request, rows, persona):
    if persona != "anonymous":
        client.force_login(request.getfixturevalue(persona))

    answers = {
        (address, method): getattr(client, method)(address.format(**rows)).status_code
        for address in ADDRESSES
        for method in METHODS
    }

    assert answers == {(address, method): READ[method] for address in ADDRESSES for method in METHODS}


@pytest.mark.parametrize("persona", PERSONAS)
def test_what_is_not_published_is_there_for_the_house_alone(client, request, persona):
    file = StoredFileFactory(path="aa/matrix")
    if not default_storage.exists(file.path):
        default_storage.save(file.path, ContentFile(b"%PDF-1.7"))
    document, said = DocumentFactory(file=file).public_id, PublishedFigureFactory().pk
    if persona != "anonymous":
        client.force_login(request.getfixturevalue(persona))
    expected = 200 if persona in {"office", "leadership", "auditor"} else 404

    for address in (
        f"/kk/documents/{document}/",
        f"/api/v1/documents/{document}/",
        f"/api/v1/published-figures/{said}/",
    ):
        assert client.get(address).status_code == expected, address
