"""A page costs a handful of queries, and no more when there are more rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from districts.models import District, Project
from tests import factories
from tests.pages.words import PAGES, project_page

pytestmark = pytest.mark.django_db


def cost(client, page):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(page).status_code == 200
    return len(queries)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_costs_at_most_eight_queries(city, client, page):
    assert cost(client, f"/kk{page}") <= 8


def test_a_project_costs_at_most_eight_queries(city, client):
    for project in Project.objects.all():
        assert cost(client, project_page(project.code)) <= 8


def test_more_rows_cost_nothing(city, client):
    pages = [*(f"/kk{page}" for page in PAGES), project_page("pepsico_plant")]
    before = {page: cost(client, page) for page in pages}

    _double()

    assert {page: cost(client, page) for page in pages} == before


def _double():
    shown = {"visibility": "public"}
    pepsico, gate = Project.objects.get(code="pepsico_plant"), District.objects.get(code="gate")
    for number in range(5):
        company = factories.OrganisationFactory(**shown)
        project = factories.ProjectFactory(district=gate, **shown)
        for one in (project, pepsico):
            factories.ProjectPartyFactory(project=one, organisation=company, role="adviser")
            factories.MilestoneFactory(project=one)
        factories.FigureFactory(project=project, chosen=True, **shown)
        factories.ClaimFactory(project=project, chosen=True, **shown)
        factories.InvestorFactory(organisation=company, **shown)
        factories.TalkFactory(organisation=company, district=gate, **shown)
        for about in ({"project": pepsico}, {"district": gate}):
            instruction = factories.InstructionFactory(**about, **shown)
            factories.ExecutorFactory(instruction=instruction, organisation=company)
        factories.LegalActStageFactory(act=factories.LegalActFactory(signed_on=f"2024-01-{number + 1:02}"))
