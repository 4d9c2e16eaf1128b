"""Contesting a figure in the browser: the form, the queue, the decision, and what stands beside the figure."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import escape

from districts.models import Figure
from tasks import services
from tasks.models import FigureDispute
from tests.factories import FigureFactory, ReportingDutyFactory
from tests.personas import reader
from tests.tasks.progress_scene import PEOPLE
from tests.tasks.test_disputes import SAID

pytestmark = pytest.mark.django_db
TYPED = {
    "value": "25,5",
    "value_max": "",
    "qualifier": "about",
    "as_of": "2026-03-01",
    "motive": "Актіде 25,5 га",
    "source_text": "Акт № 12",
    "source_url": "",
    "language": "kk",
}


@pytest.fixture
def figure(akimat):
    made = FigureFactory(chosen=True, visibility="public", project__visibility="public")
    ReportingDutyFactory(project=made.project, organisation=akimat)
    return made


@pytest.fixture
def here(figure):
    return f"/kk/figures/{figure.project.public_id}/site_area/"


def test_from_the_figure_to_the_decision(client, figure, here, office, akimat_preparer):
    client.force_login(akimat_preparer)
    assert f"{here}dispute/" in client.get(here).content.decode()
    proof = SimpleUploadedFile("акт.pdf", b"%PDF-1.7 act")
    sent = client.post(f"{here}dispute/", TYPED | {"file": proof})
    dispute = FigureDispute.objects.get()
    page = f"/kk/review/disputes/{dispute.public_id}/"
    assert sent["Location"] == page
    assert (str(dispute.value), dispute.qualifier, dispute.unit) == ("25.5000", "about", "ha")
    assert b"".join(client.get(f"{page}file/").streaming_content) == b"%PDF-1.7 act"

    client.force_login(office)
    assert page in client.get("/kk/review/disputes/").content.decode()
    unsaid = client.post(page, {"do": "uphold", "note": ""})
    assert unsaid.status_code == 200 and FigureDispute.objects.open().exists()
    assert client.post(page, {"do": "uphold", "note": "Рас"})["Location"] == page
    assert page in client.get("/kk/review/disputes/?closed").content.decode()
    assert Figure.objects.get(chosen=True, project=figure.project).value == dispute.value

    client.logout()
    shown = client.get(here).content.decode()
    assert "25,5" in shown and str(dispute.organisation.name) in shown


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("value", "көп"),
        ("value", ""),
        ("motive", ""),
        ("as_of", "ертең"),
        ("source_text", ""),
        ("source_url", "акт"),
        ("motive", "a\x00b"),
        ("value_max", "1"),
        ("qualifier", "x"),
        ("language", "en"),
    ],
)
def test_bad_input_is_said_at_its_field_and_what_was_typed_stays(client, here, akimat_preparer, field, typed):
    client.force_login(akimat_preparer)

    answer = client.post(f"{here}dispute/", TYPED | {field: typed})

    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {field}
    assert not FigureDispute.objects.exists()
    if field != "motive":
        assert escape(TYPED["motive"]) in answer.content.decode()


def test_a_file_that_lies_is_refused(client, here, akimat_preparer):
    client.force_login(akimat_preparer)

    answer = client.post(f"{here}dispute/", TYPED | {"file": SimpleUploadedFile("акт.pdf", b"MZ")})

    assert set(answer.context["form"].errors) == {"file"}


def test_it_is_withdrawn_by_whoever_filed_it(client, figure, akimat_preparer, akimat_signer):
    dispute = services.file_dispute(figure, by=akimat_preparer, **SAID)
    client.force_login(akimat_signer)

    client.post(f"/kk/review/disputes/{dispute.public_id}/", {})

    dispute.refresh_from_db()
    assert dispute.state == "withdrawn"


@pytest.mark.parametrize("name", PEOPLE)
def test_beside_the_figure_it_is_for_the_house_and_whoever_filed_it(
    client, request, figure, here, akimat_preparer, name
):
    dispute = services.file_dispute(figure, by=akimat_preparer, **SAID)
    if name != "anonymous":
        client.force_login(reader(name, request))

    sees = name in {"office", "leadership", "auditor", "akimat_preparer", "akimat_signer"}
    for page in (here, f"/kk/projects/{figure.project.public_id}/"):
        assert (dispute.public_id in client.get(page).content.decode()) == sees


PAGES = {
    "review/disputes/": ({"office", "leadership", "auditor", "executor", "akimat_preparer", "akimat_signer", "investor",
                          "stranger"}, set(), 403),
    "review/disputes/{dispute}/": ({"office", "leadership", "auditor", "akimat_preparer", "akimat_signer"},
                                   {"office", "akimat_preparer", "akimat_signer"}, 404),
    "figures/{project}/site_area/dispute/": ({"akimat_preparer", "akimat_signer"}, {"akimat_preparer", "akimat_signer"},
                                             403),
    "review/disputes/ALT-D-999999/": (set(), set(), 404),
    "figures/{project}/height/dispute/": (set(), set(), 404),
}  # fmt: skip


@pytest.mark.parametrize("name", PEOPLE)
def test_pages_by_role(client, request, figure, akimat_preparer, name):
    dispute = services.file_dispute(figure, by=akimat_preparer, **SAID)
    if name != "anonymous":
        client.force_login(reader(name, request))
    places = {"dispute": dispute.public_id, "project": figure.project.public_id}

    for page, (read, written, otherwise) in PAGES.items():
        address = f"/kk/{page.format(**places)}"
        if name == "anonymous":
            assert (client.get(address).status_code, client.post(address).status_code) == (302, 302), page
            continue
        assert client.get(address).status_code == (200 if name in read else otherwise), page
        assert client.put(address).status_code == 405, page
        if page == "review/disputes/":
            assert client.post(address).status_code == 405
        elif page.startswith("figures") or name not in written:
            refused = 403 if name in read else otherwise
            assert client.post(address).status_code == (200 if name in written else refused), page


def test_the_queue_costs_the_same_for_one_and_for_many(
    client, office, akimat_preparer, akimat, django_assert_max_num_queries
):
    client.force_login(office)
    for measure, unit in (("site_area", "ha"), ("height", "m"), ("floors", "floor"), ("jobs", "job")):
        figure = FigureFactory(chosen=True, measure=measure, unit=unit)
        ReportingDutyFactory(project=figure.project, organisation=akimat)
        services.file_dispute(figure, by=akimat_preparer, **SAID | {"as_of": date(2026, 1, 1)})
    with django_assert_max_num_queries(9):
        shown = client.get("/kk/review/disputes/").content.decode()
    assert shown.count("ALT-D-") >= 4
