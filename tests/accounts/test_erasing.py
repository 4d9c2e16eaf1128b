"""A person who has an account is forgotten: nothing of him is left but his number."""

import pytest
from allauth.account.models import EmailAddress

from accounts import services
from accounts.choices import Role
from core import ledger
from core.exceptions import Conflict, Forbidden
from core.models import Change
from tests.factories import (
    ApiClientFactory,
    InvitationFactory,
    SilenceFactory,
    UserFactory,
    WebhookEndpointFactory,
)
from tests.refusals import sql

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    user = UserFactory(
        username="aidana.canary", full_name="Айдана Канарейкина", email="aidana@canary.example", may_sign=True
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True)
    ApiClientFactory(owner=user)
    SilenceFactory(owner=user)
    WebhookEndpointFactory(user=user)
    return user


def test_an_account_is_closed_and_empty(client, office, person):
    client.force_login(person)
    assert client.get("/kk/accounts/profile/").status_code == 200

    services.erase_user(person, by=office)

    person.refresh_from_db()
    assert (person.username, person.full_name, person.email) == (f"erased-{person.pk}", "", "")
    assert not person.is_active
    assert not person.may_sign
    assert not person.has_usable_password()
    assert not EmailAddress.objects.exists()
    assert not person.api_clients.filter(is_active=True).exists()
    assert not person.silences.exists()
    assert not person.webhooks.exists()
    assert client.get("/kk/accounts/profile/").status_code == 302


def test_the_ledger_never_knew_him(office, person):
    services.erase_user(person, by=office)

    for word in ("canary", "Канарейкина", "aidana"):
        assert sql("SELECT count(*) FROM core_change WHERE core_change::text ILIKE %s", f"%{word}%") == [(0,)]
    last = Change.objects.of(person).last()
    assert (last.verb, last.actor, last.new["email"]) == ("erase", office.ledger_name, "")


@pytest.mark.parametrize("persona", ["leadership", "executor", "investor", "auditor"])
def test_only_the_office_erases(request, person, persona):
    with pytest.raises(Forbidden):
        services.erase_user(person, by=request.getfixturevalue(persona))


def test_nobody_erases_himself_nor_an_administrator(office):
    admin = UserFactory(is_superuser=True, role=Role.OFFICE)

    with pytest.raises(Conflict):
        services.erase_user(office, by=office)
    with pytest.raises(Forbidden):
        services.erase_user(admin, by=office)


def test_an_open_invitation_dies_with_its_address(office):
    with ledger.acting(office, "test"):
        invitation = InvitationFactory(email="b@canary.example", full_name="Канарейкин")

    services.erase_invitation(invitation, by=office)

    invitation.refresh_from_db()
    assert (invitation.email, invitation.full_name, invitation.is_open()) == ("", "", False)
