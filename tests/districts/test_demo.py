"""An invented project: marked wherever it is shown, and in no total, list of news or search, whoever looks."""

import pytest

from alatau_portal.pages.counters import counted
from districts.models import Figure, Milestone, Project, StageChange
from tests.factories import (
    ClaimFactory,
    DistrictFactory,
    FigureFactory,
    MilestoneFactory,
    MilestoneMoveFactory,
    ProjectFactory,
    ProjectPartyFactory,
)
from tests.personas import EVERYBODY, HOUSE, reader
from tests.tasks.progress_scene import PEOPLE

pytestmark = pytest.mark.django_db
MARK, NAME = "ойдан шығарылған", "Сынақ жобасы А"


@pytest.fixture
def invented(akimat):
    """With all that may belong to a project."""
    project = ProjectFactory(is_demo=True, name_kk=NAME, name_ru="Проба А", name_en="Trial A")
    ProjectPartyFactory(project=project, organisation=akimat, role="public_authority")
    FigureFactory(project=project, source=None, chosen=True)
    ClaimFactory(project=project, source=None, chosen=True)
    milestone = MilestoneFactory(project=project, name_kk="Сынақ белесі")
    MilestoneMoveFactory(milestone=milestone)
    return project


@pytest.mark.parametrize("name", sorted({*EVERYBODY, *PEOPLE}))
def test_the_house_and_its_parties_know_of_it_and_nobody_else(request, invented, name):
    user = reader(name, request)
    knows = name in HOUSE or name in {"akimat_preparer", "akimat_signer"}

    for model in (Project, Figure, Milestone, StageChange):
        assert model.objects.visible_to(user).exists() == knows, model
    assert not Project.objects.visible_to(user).real().exists()


def test_no_total_counts_it(office, invented):
    ProjectFactory()

    assert [row.number for row in counted(office) if row.register == "project"] == [1]


@pytest.mark.parametrize(
    "place",
    [
        "",
        "districts/gate/",
        "timeline/",
        "changes/",
        "about-data/",
        "search/?q=Сынақ",
        "search/?q=Сынақ&kind=figures",
    ],
)
def test_pages_of_the_whole_city_do_not_tell_of_it(client, office, invented, place):
    DistrictFactory(code="gate")
    client.force_login(office)

    shown = client.get(f"/kk/{place}").content.decode()

    assert NAME not in shown and invented.public_id not in shown


@pytest.mark.parametrize(
    "place", ["projects/", "projects/?view=map", "projects/{}/", "figures/{}/site_area/"]
)
def test_where_it_is_shown_it_is_marked(client, akimat_signer, invented, place):
    client.force_login(akimat_signer)

    shown = client.get(f"/kk/{place.format(invented.public_id)}")

    assert shown.status_code == 200
    assert NAME in shown.content.decode() and MARK in shown.content.decode()


def test_the_api_marks_it_and_hides_it_from_the_public(api, office, invented):
    real = ProjectFactory(visibility="public")

    told = {row["public_id"]: row for row in api(office).get("/api/v1/projects/").data["results"]}
    assert (told[invented.public_id]["demo"], told[invented.public_id]["source"]) == (True, None)
    assert told[real.public_id]["demo"] is False
    only = api(office).get("/api/v1/projects/?demo=false").data["results"]
    assert [row["public_id"] for row in only] == [real.public_id]
    assert api().get(f"/api/v1/projects/{invented.public_id}/").status_code == 404
    assert api().get(f"/api/v1/projects/{real.public_id}/").data["demo"] is False


def test_what_is_written_once_goes_with_what_is_invented(invented):
    for rows in (Milestone.objects.get().moves, Figure.objects, invented.claims, StageChange.objects):
        rows.all().delete()
    invented.delete()

    assert not Project.objects.exists()
