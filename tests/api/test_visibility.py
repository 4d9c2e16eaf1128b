"""Who sees what: an outsider is told that there is nothing."""

from typing import Any

import pytest

from tests.api.conftest import path_of
from tests.factories import (
    ApiClientFactory,
    AttendanceFactory,
    DistrictFactory,
    ExecutorFactory,
    FigureFactory,
    InstructionFactory,
    InvestorFactory,
    MeetingFactory,
    OrganisationFactory,
    ProjectFactory,
    ProjectPartyFactory,
    ProtocolItemFactory,
)

HIDDEN = {
    "projects": lambda: ProjectFactory().public_id,
    "investors": lambda: InvestorFactory().organisation.code,
    "organisations": lambda: OrganisationFactory().code,
    "meetings": lambda: MeetingFactory().public_id,
    "instructions": lambda: InstructionFactory().public_id,
}


@pytest.mark.parametrize("persona", [None, "investor", "executor", "akimat_preparer"])
def test_what_is_internal_does_not_exist_for_an_outsider(
    request: pytest.FixtureRequest, db: None, api: Any, persona: str | None
) -> None:
    client = api(persona and request.getfixturevalue(persona))

    for register, make in HIDDEN.items():
        code = make()
        page = client.get(path_of(register), {"count": 1}).json()
        assert client.get(path_of(register, code)).status_code == 404
        assert code not in str(page) and page["count"] == len(page["results"])


@pytest.mark.parametrize("persona", ["office", "leadership", "auditor"])
def test_the_house_and_auditors_see_everything(
    request: pytest.FixtureRequest, get: Any, persona: str
) -> None:
    user = request.getfixturevalue(persona)

    for register, make in HIDDEN.items():
        assert get(path_of(register, make()), user)


def test_an_investor_sees_what_is_for_investors_and_its_own(db: None, investor: Any, api: Any) -> None:
    shared = ProjectFactory(visibility="investor")
    own = ProjectPartyFactory(organisation=investor.organisation).project

    seen = {row["public_id"] for row in api(investor).get(path_of("projects")).json()["results"]}

    assert seen == {shared.public_id, own.public_id}
    assert api().get(path_of("projects")).json()["results"] == []


def test_an_executor_sees_what_it_must_do(executor: Any, get: Any) -> None:
    own = ExecutorFactory(organisation=executor.organisation).instruction

    (seen,) = get(path_of("instructions"), executor)["results"]

    assert seen["public_id"] == own.public_id


def test_an_api_client_sees_what_its_organisation_may(db: None, get: Any) -> None:
    program = ApiClientFactory(role="executor", organisation=OrganisationFactory())
    own = ExecutorFactory(organisation=program.organisation).instruction
    InstructionFactory()

    (seen,) = get(path_of("instructions"), program)["results"]

    assert seen["public_id"] == own.public_id


def test_a_published_row_does_not_betray_hidden_ones_it_refers_to(db: None, get: Any, office: Any) -> None:
    hidden, secret = OrganisationFactory(code="hidden"), ProjectFactory(name_kk="secret")
    shown = ProjectFactory(visibility="public")
    ProjectPartyFactory(project=shown, organisation=hidden)
    FigureFactory(project=shown, chosen=True)
    OrganisationFactory(code="child", visibility="public", parent=hidden)
    item = ProtocolItemFactory(protocol__meeting=MeetingFactory(title_kk="secret"))
    instruction = InstructionFactory(visibility="public", issuer=hidden, project=secret, source_item=item)
    ExecutorFactory(instruction=instruction, organisation=hidden)
    meeting = MeetingFactory(visibility="public", chair_post=hidden)
    AttendanceFactory(meeting=meeting, organisation=hidden)
    InstructionFactory(source_item=ProtocolItemFactory(protocol__meeting=meeting))
    InvestorFactory(organisation=hidden, visibility="public")

    addresses = [
        path_of(name) for name in ("projects", "organisations", "instructions", "meetings", "investors")
    ]
    told = [get(address) for address in addresses]

    assert "hidden" not in str(told) and "secret" not in str(told)
    assert told[0]["results"][0]["parties"] == [] and told[0]["results"][0]["figures"] == []
    assert told[2]["results"][0]["meeting"] is None
    assert told[3]["results"][0]["instructions"] == [] and told[4]["results"] == []
    assert all("hidden" in str(get(address, office)) for address in addresses)


def test_a_filter_does_not_betray_what_is_hidden(db: None, get: Any) -> None:
    hidden = ProjectFactory()
    InstructionFactory(visibility="public", project=hidden, issuer__code="secret")

    for query in ({"project": hidden.public_id}, {"issuer": "secret"}, {"issuer": "unknown"}):
        assert get(path_of("instructions"), **query)["results"] == []


def test_a_district_counts_only_the_projects_that_the_reader_may_see(db: None, get: Any, office: Any) -> None:
    gate = DistrictFactory(code="gate")
    ProjectFactory(district=gate)
    ProjectFactory(district=gate, visibility="public")

    assert get(path_of("districts", "gate"))["project_count"] == 1
    assert get(path_of("districts", "gate"), office)["project_count"] == 2
