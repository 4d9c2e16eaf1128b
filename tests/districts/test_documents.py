"""Documents: what the database refuses of them, and who may know of which."""

import pytest
from django.contrib.auth.models import AnonymousUser

from core.choices import ScanState
from districts.models import Document
from tests.districts.test_refusals import partial
from tests.factories import (
    DistrictFactory,
    DocumentFactory,
    LandPlotFactory,
    ProjectFactory,
    SourceFactory,
    StoredFileFactory,
)
from tests.personas import EVERYBODY, HOUSE, reader
from tests.refusals import Wrong, parameters

pytestmark = pytest.mark.django_db

PUBLIC = {"visibility": "public"}
CASES = {
    "districts_document_one_subject": [
        Wrong(DocumentFactory, {"project_id": lambda: ProjectFactory().pk}, {"district": DistrictFactory}),
        Wrong(DocumentFactory, {"plot_id": lambda: LandPlotFactory().pk}, {"district": DistrictFactory}),
        Wrong(DocumentFactory, {"plot_id": lambda: LandPlotFactory().pk}, {"project": ProjectFactory}),
    ],
    "districts_document_kind_known": [Wrong(DocumentFactory, {"kind": "rumour"})],
    "districts_document_named": [Wrong(DocumentFactory, {"name_kk": "", "name_ru": "", "name_en": ""})],
    "districts_document_demo_has_no_source": [
        Wrong(DocumentFactory, {"source_id": lambda: SourceFactory().pk}, {"is_demo": True})
    ],
    "districts_document_is_demo_for_ever": [
        Wrong(DocumentFactory, {"is_demo": True}),
        Wrong(DocumentFactory, {"is_demo": False}, {"is_demo": True}),
    ],
    "districts_document_public_in_kk_and_ru": [
        Wrong(DocumentFactory, {"name_ru": ""}, PUBLIC),
        Wrong(DocumentFactory, PUBLIC, {"name_kk": ""}),
    ],
    **partial(DocumentFactory, "districts_document_published_partial", "published"),
}


@pytest.mark.parametrize(("door", "rule", "case"), parameters(CASES))
def test_the_wrong_document_is_refused_by_name(door, rule, case):
    door(rule, case)


def seen(user):
    return set(Document.objects.visible_to(user))


def test_a_published_document_is_everybodys_and_an_internal_one_the_houses(request):
    shown, hidden = DocumentFactory(**PUBLIC), DocumentFactory()

    for name in EVERYBODY:
        assert seen(reader(name, request)) == ({shown, hidden} if name in HOUSE else {shown}), name


@pytest.mark.parametrize("state", [ScanState.PENDING, ScanState.INFECTED])
def test_no_document_is_shown_before_its_file_was_found_clean(state):
    DocumentFactory(file=StoredFileFactory(scan_state=state), **PUBLIC)

    assert seen(AnonymousUser()) == set()


@pytest.mark.parametrize("subject", ["project", "plot"])
def test_a_document_does_not_tell_of_what_is_not_published(subject):
    factory = {"project": ProjectFactory, "plot": LandPlotFactory}[subject]
    row = factory()
    document = DocumentFactory(**{subject: row}, **PUBLIC)
    assert seen(AnonymousUser()) == set()

    type(row).objects.filter(pk=row.pk).update(visibility="public")

    assert seen(AnonymousUser()) == {document}


def test_of_a_district_are_its_own_and_those_of_the_whole_city():
    gate, golden = DistrictFactory(code="gate"), DistrictFactory(code="golden")
    own, city = DocumentFactory(district=gate), DocumentFactory()
    DocumentFactory(district=golden)
    DocumentFactory(project=ProjectFactory(district=gate))

    assert set(Document.objects.of_district(gate)) == {own, city}
