"""Who sees which districts, places, projects and statements."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from districts.models import Claim, District, Figure, Milestone, Place, Project, ProjectParty, StageChange
from tests.factories import (
    ClaimFactory,
    DistrictFactory,
    FigureFactory,
    MilestoneFactory,
    OrganisationFactory,
    PlaceFactory,
    ProjectFactory,
    ProjectPartyFactory,
)
from tests.personas import EVERYBODY, HOUSE, reader

pytestmark = pytest.mark.django_db

PUBLIC, INVESTOR = {"public"}, {"public", "investor"}
ALL = {"public", "investor", "internal", "own", "left"}
#: An executor of mic and an investor of caspian_group take part in the internal project "own"; both have left "left".
PROJECTS = dict.fromkeys(HOUSE, ALL) | {
    "executor": PUBLIC | {"own"},
    "akimat_preparer": PUBLIC,
    "investor": INVESTOR | {"own"},
    "anonymous": PUBLIC,
    "stranger": PUBLIC,
    "foreign_investor": INVESTOR,
    "client_of_investor": INVESTOR | {"own"},
}
LEVELS = {name: {"public", "investor", "internal"} for name in HOUSE} | {
    name: INVESTOR if "investor" in name else PUBLIC for name in EVERYBODY if name not in HOUSE
}


@pytest.fixture
def projects(mic, caspian_group):
    for level in ("public", "investor", "internal"):
        ProjectFactory(code=level, visibility=level)
    for code, until in (("own", None), ("left", date(2025, 1, 1))):
        project = ProjectFactory(code=code)
        for organisation in (mic, caspian_group):
            ProjectPartyFactory(project=project, organisation=organisation, until=until)
    for project in Project.objects.all():
        MilestoneFactory(project=project)


@pytest.mark.parametrize("name", EVERYBODY)
def test_a_project_is_seen_with_its_parts(name, request, projects):
    user = reader(name, request)

    assert {project.code for project in Project.objects.visible_to(user)} == PROJECTS[name]
    for part in (Milestone, StageChange):
        assert {row.project.code for row in part.objects.visible_to(user)} == PROJECTS[name]
    assert {row.project.code for row in ProjectParty.objects.visible_to(user)} == PROJECTS[name] & {
        "own",
        "left",
    }


@pytest.mark.parametrize("name", EVERYBODY)
def test_a_place_is_seen_by_its_level_and_a_district_by_all(name, request):
    user = reader(name, request)
    DistrictFactory()
    for level in ("public", "investor", "internal"):
        PlaceFactory(code=level, visibility=level)

    assert {place.code for place in Place.objects.visible_to(user)} == LEVELS[name]
    assert District.objects.visible_to(user).count() == 1


@pytest.mark.parametrize("made", [FigureFactory, ClaimFactory])
@pytest.mark.parametrize("name", EVERYBODY)
def test_outsiders_see_the_chosen_statement_and_the_house_all(name, made, request):
    user = reader(name, request)
    subject = {"project": ProjectFactory(visibility="public")}
    kinds = (
        ("measure", "area", "height", "jobs")
        if made is FigureFactory
        else ("field", "status", "location", "name")
    )
    for level, kind in zip(("public", "investor", "internal"), kinds[1:], strict=True):
        made(code=level, visibility=level, chosen=True, **{kinds[0]: kind}, **subject)
        made(code=f"{level}-other", visibility=level, **{kinds[0]: kind}, **subject)

    seen = {row.code for row in (Figure if made is FigureFactory else Claim).objects.visible_to(user)}
    others = {f"{level}-other" for level in LEVELS[name]} if name in HOUSE else set()
    assert seen == LEVELS[name] | others


@pytest.mark.parametrize("make", [FigureFactory, ClaimFactory])
def test_a_published_statement_does_not_tell_of_a_hidden_project(make, office, investor):
    hidden = ProjectFactory(visibility="internal")
    statement = make(project=hidden, visibility="public", chosen=True)

    assert not type(statement).objects.visible_to(AnonymousUser()).exists()
    assert not type(statement).objects.visible_to(investor).exists()
    assert type(statement).objects.visible_to(office).get() == statement


def test_a_published_claim_does_not_tell_of_a_hidden_organisation():
    hidden = OrganisationFactory(visibility="internal")
    ClaimFactory(project=None, organisation=hidden, visibility="public", chosen=True)

    assert not Claim.objects.visible_to(AnonymousUser()).exists()
