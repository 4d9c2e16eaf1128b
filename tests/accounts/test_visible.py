"""Who sees which organisations and people."""

import pytest

from accounts.models import ApiClient, Invitation, Organisation, User
from tests.factories import ApiClientFactory, InvitationFactory, OrganisationFactory, UserFactory
from tests.personas import EVERYBODY, HOUSE, reader

pytestmark = pytest.mark.django_db

#: Beside the organisation that a reader belongs to.
LEVELS = {name: {"public", "investor", "internal"} for name in HOUSE} | {
    name: {"public", "investor"} if "investor" in name else {"public"}
    for name in EVERYBODY
    if name not in HOUSE
}


@pytest.mark.parametrize("name", EVERYBODY)
def test_an_organisation_is_seen_by_its_level_and_by_its_own(name, request):
    user = reader(name, request)
    for level in ("public", "investor", "internal"):
        OrganisationFactory(code=level, visibility=level)

    own = {user.organisation.code} if getattr(user, "organisation", None) else set()
    assert {row.code for row in Organisation.objects.visible_to(user)} == LEVELS[name] | own


@pytest.mark.parametrize("name", EVERYBODY)
def test_people_are_seen_by_the_house_and_by_themselves(name, request):
    user = reader(name, request)
    InvitationFactory()
    ApiClientFactory()
    other = UserFactory()

    people = User.objects.visible_to(user)
    if name in HOUSE:
        assert {user, other} <= set(people)
        assert Invitation.objects.visible_to(user).count() == 1
        assert ApiClient.objects.visible_to(user).exists()
    else:
        assert list(people) == ([user] if isinstance(user, User) else [])
        assert not Invitation.objects.visible_to(user).exists()
        assert not ApiClient.objects.visible_to(user).exists()


def test_a_token_of_a_person_sees_its_owner(office):
    owner = UserFactory(role="executor", organisation=OrganisationFactory())
    client = ApiClientFactory(owner=owner, role="executor", organisation=owner.organisation)

    assert list(User.objects.visible_to(client)) == [owner]
