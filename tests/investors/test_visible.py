"""Who sees which investors and talks."""

import pytest

from investors.models import Investor, Talk
from tests.factories import InvestorFactory, OrganisationFactory, TalkFactory
from tests.personas import EVERYBODY, HOUSE, reader

pytestmark = pytest.mark.django_db

PUBLIC, INVESTOR = {"public"}, {"public", "investor"}
ALL = {"public", "investor", "internal", "caspian_group", "mic", "hidden"}
SEEN = dict.fromkeys(HOUSE, ALL) | {
    "executor": PUBLIC | {"mic"},
    "akimat_preparer": PUBLIC,
    "investor": INVESTOR | {"caspian_group"},
    "anonymous": PUBLIC,
    "stranger": PUBLIC,
    "foreign_investor": INVESTOR,
    "client_of_investor": INVESTOR | {"caspian_group"},
}


@pytest.mark.parametrize("made", [InvestorFactory, TalkFactory])
@pytest.mark.parametrize("name", EVERYBODY)
def test_an_organisation_sees_its_own(name, made, request, mic, caspian_group):
    user = reader(name, request)
    for level in ("public", "investor", "internal"):
        made(organisation=OrganisationFactory(code=level, visibility="public"), visibility=level)
    for own in (mic, caspian_group):
        made(organisation=own)
    made(organisation=OrganisationFactory(code="hidden", visibility="internal"), visibility="public")

    model = Investor if made is InvestorFactory else Talk
    assert {row.organisation.code for row in model.objects.visible_to(user)} == SEEN[name]
