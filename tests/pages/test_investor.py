"""The page of an investor, and what the registers cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from districts.choices import ClaimField
from tests import factories
from tests.factories import (
    DistrictFactory,
    MilestoneFactory,
    ProjectFactory,
    ProjectPartyFactory,
    TalkFactory,
)
from tests.pages.registers import INVESTORS, PROJECTS, SHOWN, investor, project

pytestmark = pytest.mark.django_db


def test_the_page_of_an_investor_tells_who_it_is_and_what_rests_on_what(client):
    source = factories.SourceFactory(code="S-STAGE", publisher="adilet.zan.kz")
    one = investor(
        "Каспий", company={"country": "KZ", "aliases": ["KSP"]}, stage="building", sectors=["health", "energy"],
        stage_basis_kk="келісім", profile_kk="зауыт салады", source=source,
    )  # fmt: skip
    part = ProjectPartyFactory(project=project("Зауыт"), organisation=one.organisation, role="investor")
    ProjectPartyFactory(project=part.project, organisation=one.organisation, role="developer")
    ProjectPartyFactory(project=ProjectFactory(name_kk="Құпия жоба"), organisation=one.organisation)
    TalkFactory(organisation=one.organisation, subject_kk="Логистика", **SHOWN)
    factories.ClaimFactory(
        project=None,
        organisation=one.organisation,
        field="identity",
        text_kk="еншілес ұйым",
        chosen=True,
        **SHOWN,
    )

    html = client.get(f"{INVESTORS}{one.organisation.code}/").content.decode()

    for words in (
        "Каспий", "Қазақстан", "KSP", "Салып жатыр", "келісім", "зауыт салады", "Зауыт</a>, инвестор, девелопер",
        "Логистика", "еншілес ұйым", "[S-STAGE]", "2025 ж. 29 қыркүйек", "Денсаулық сақтау, энергетика",
    ):  # fmt: skip
        assert words in html, words
    assert "Құпия жоба" not in html
    assert f'href="{INVESTORS}{one.organisation.code}/"' in client.get(INVESTORS).content.decode()


def cost(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    "address", [PROJECTS, f"{PROJECTS}?view=map&q=жоба", INVESTORS, f"{INVESTORS}?district=gate"]
)
def test_a_list_costs_the_same_however_long_it_is(client, address):
    gate = DistrictFactory(code="gate")
    _build(gate)
    short = cost(client, address)
    for _ in range(30):
        _build(gate)

    assert cost(client, address) == short <= 8


def test_an_investor_costs_the_same_however_much_is_known(client):
    gate = DistrictFactory(code="gate")
    company = _build(gate)
    address = f"{INVESTORS}{company.code}/"
    little = cost(client, address)
    for number in range(5):
        source, one = factories.SourceFactory(), project(f"More {number}", district=gate)
        ProjectPartyFactory(project=one, organisation=company, source=source)
        TalkFactory(organisation=company, district=gate, **SHOWN)
        claim = factories.ClaimFactory(
            project=None, organisation=company, chosen=True, field=ClaimField.values[number + 1], **SHOWN
        )
        factories.ClaimSourceFactory(claim=claim, source=source)

    assert cost(client, address) == little <= 8


def _build(district):
    """One more project with its investor, of whom something is said and with whom it was talked."""
    company = investor("Компания").organisation
    one = project("Жоба", district=district)
    ProjectPartyFactory(project=one, organisation=company, source=factories.SourceFactory())
    MilestoneFactory(project=one)
    TalkFactory(organisation=company, district=district, **SHOWN)
    claim = factories.ClaimFactory(
        project=None, organisation=company, chosen=True, field=ClaimField.values[0], **SHOWN
    )
    factories.ClaimSourceFactory(claim=claim)
    return company
