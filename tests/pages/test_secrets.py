"""What is internal is in no page of an outsider, and the military airfield in nobody's."""

import pytest

from districts.models import Claim, Figure, Place, Project, ProjectParty
from investors.models import Investor, Talk
from tasks.models import Instruction
from tests.pages.words import PAGES, project_page

pytestmark = pytest.mark.django_db
OUTSIDERS = [None, "executor", "investor"]


def everything(read, user=None, language="ru"):
    return "".join(read(f"/{language}{page}", user) for page in PAGES)


@pytest.fixture(params=OUTSIDERS, ids=str)
def outsider(request):
    return request.param and request.getfixturevalue(request.param)


def test_an_internal_project_is_nowhere_and_its_page_is_not_found(city, client, read, outsider, office):
    Project.objects.filter(code="f1_track").update(visibility="internal", name_ru="Тайный проект")
    page = project_page("f1_track", "ru")

    assert "Тайный проект" not in everything(read, outsider)
    assert client.get(page).status_code == 404
    assert "Тайный проект" in read(page, office)


def test_an_internal_organisation_is_not_named_on_the_projects_it_takes_part_in(city, read, outsider):
    party = ProjectParty.objects.select_related("organisation").get(project__code="pepsico_plant")
    type(party.organisation).objects.filter(pk=party.organisation_id).update(
        visibility="internal", name_ru="Тайная компания"
    )

    seen = everything(read, outsider) + read(project_page("pepsico_plant", "ru"), outsider)

    assert "Тайная компания" not in seen


@pytest.mark.parametrize(
    ("model", "field"), [(Investor, "profile_ru"), (Talk, "subject_ru"), (Instruction, "text_ru")]
)
def test_an_internal_row_is_in_no_page(city, read, model, field):
    model.objects.update(visibility="internal", **{field: "Тайное слово"})

    assert "Тайное слово" not in everything(read)


def test_the_airfield_is_on_no_map_and_in_no_page_whoever_reads(city, read, office):
    assert Place.objects.get(kind="airfield").geometry

    for user in (None, office):
        for language in ("kk", "ru", "en"):
            page = everything(read, user, language).lower()
            assert not any(word in page for word in ("airfield", "аэродром", "77.1168"))


def test_what_was_not_chosen_is_for_staff_and_marked(city, read, office, auditor, investor):
    page = project_page("pepsico_plant", "en")

    assert "160\u00a0m USD" not in read(page)
    assert "160\u00a0m USD" not in read(page, investor)
    for user in (office, auditor):
        seen = read(page, user)
        assert "160\u00a0m USD" in seen
        assert "Not chosen" in seen


def test_internal_figures_and_claims_do_not_leak(city, read):
    Figure.objects.update(visibility="internal")
    Claim.objects.update(visibility="internal")

    seen = everything(read) + read(project_page("pepsico_plant", "ru"))

    assert "368\u00a0млн" not in seen
    assert "31\u00a0730" not in read("/ru/districts/green/")
