"""Invitations, tokens and demo accounts: what works, who may, what is refused, what is never kept in clear."""

import json
import re
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from accounts import services
from accounts.models import ApiClient, Invitation, User
from core.exceptions import Conflict, Forbidden
from core.models import Change, Outbox
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "Tulpar-zhuldyz-77"


def token_of_the_link():
    body = Outbox.objects.get().payload["body"]
    return re.search(r"/accounts/invitation/([^/]+)/", body)[1]


def test_an_invitation_becomes_the_account_it_promised(office, mic):
    services.invite(
        by=office, email="a@example.kz", role="executor", organisation=mic, may_sign=True, language="ru"
    )
    token = token_of_the_link()

    user = services.accept_invitation(token, username="a", password=PASSWORD, full_name="А. Б.")

    assert (user.role, user.organisation, user.may_sign, user.language) == ("executor", mic, True, "ru")
    assert user.check_password(PASSWORD)
    assert Invitation.objects.get().user == user
    letter = Outbox.objects.get(key__startswith="invitation-")
    assert "приглаш" in letter.payload["body"].lower()  # in the language he was invited in


def test_neither_token_nor_address_nor_password_is_in_the_ledger(office):
    services.invite(by=office, email="secret@example.kz", role="auditor", full_name="Құпия Адам")
    token = token_of_the_link()
    services.accept_invitation(token, username="qupiya", password=PASSWORD)

    everything = json.dumps(
        list(Change.objects.values("old", "new", "note", "verb", "actor")), ensure_ascii=False
    )

    for secret in (token, services.digest(token), "secret@example.kz", "Құпия", "qupiya", "argon2", "md5$"):
        assert secret not in everything


@pytest.mark.parametrize("persona", ["leadership", "executor", "investor", "auditor"])
def test_only_the_office_invites_and_issues_tokens(request, persona):
    user = request.getfixturevalue(persona)

    with pytest.raises(Forbidden):
        services.invite(by=user, email="a@example.kz", role="auditor")
    with pytest.raises(Forbidden):
        services.issue_token(by=user, name="x", scopes=["read"], role="auditor")

    assert not Invitation.objects.exists()
    assert not ApiClient.objects.exists()
    assert not Outbox.objects.exists()


def test_a_link_works_once_and_dies_after_a_week(office):
    services.invite(by=office, email="a@example.kz", role="auditor")
    token = token_of_the_link()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    with pytest.raises(Conflict):
        services.accept_invitation(token, username="a", password=PASSWORD)

    Invitation.objects.update(expires_at=timezone.now() + timedelta(days=1))
    services.accept_invitation(token, username="a", password=PASSWORD)
    with pytest.raises(Conflict):
        services.accept_invitation(token, username="b", password=PASSWORD)
    assert not User.objects.filter(username="b").exists()


@pytest.mark.parametrize(
    ("username", "password"),
    [("OFFICE-1", PASSWORD), ("new", "short"), ("new", "password1234"), ("", PASSWORD)],
)
def test_a_bad_choice_leaves_the_invitation_open(office, username, password):
    UserFactory(username="office-1")
    services.invite(by=office, email="a@example.kz", role="auditor")
    token = token_of_the_link()

    with pytest.raises(ValidationError):
        services.accept_invitation(token, username=username, password=password)

    assert services.open_invitation(token)


def test_nobody_is_invited_twice_under_one_address(office):
    UserFactory(email="a@example.kz")

    with pytest.raises(Conflict):
        services.invite(by=office, email="A@Example.kz", role="auditor")


def test_an_investor_is_invited_for_an_organisation(office):
    with pytest.raises(ValidationError):
        services.invite(by=office, email="a@example.kz", role="investor")

    assert not Outbox.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_follow_one_link_at_once_are_one_user():
    office = UserFactory(role="office")
    services.invite(by=office, email="a@example.kz", role="auditor")
    token, gate, results = token_of_the_link(), Barrier(2), []

    def accept(username):
        gate.wait()
        try:
            services.accept_invitation(token, username=username, password=PASSWORD)
            results.append("in")
        except Conflict:
            results.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=accept, args=(name,)) for name in ("first", "second")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == ["in", "refused"]
    assert User.objects.filter(email="a@example.kz").count() == 1


def test_a_token_is_shown_once_and_can_be_revoked(office, mic):
    client, token = services.issue_token(
        by=office, name="BI", scopes=["read"], role="executor", organisation=mic
    )

    assert token.startswith(client.token_prefix)
    assert client.token_hash == services.digest(token) != token
    services.revoke_token(client, by=office)
    client.refresh_from_db()
    assert client.is_active is False
    assert Change.objects.of(client).last().verb == "revoke_token"


def test_demo_accounts_are_made_once(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    for code in ("project_office", "deputy_prime_minister", "mic", "akimat_almaty_region", "caspian_group"):
        OrganisationFactory(code=code)

    call_command("demo_accounts", verbosity=0)
    call_command("demo_accounts", verbosity=0)

    path = tmp_path / "demo-accounts.json"
    accounts = json.loads(path.read_text())
    assert path.stat().st_mode & 0o777 == 0o600
    assert [account["role"] for account in accounts].count("office") == 2
    assert len(accounts) == User.objects.count() == 8
    for account in accounts:
        user = User.objects.get(username=account["username"])
        assert user.check_password(account["password"])
        assert ApiClient.objects.get(token_hash=services.digest(account["api_token"])).owner == user


def test_an_address_is_kept_in_small_letters_so_that_its_owner_can_sign_in(office):
    invitation = services.invite(by=office, email=" Aigul@Example.KZ ", role="auditor")

    assert invitation.email == "aigul@example.kz"


def test_a_withdrawn_invitation_is_over(office, auditor):
    invitation = services.invite(by=office, email="a@example.kz", role="auditor")
    token = token_of_the_link()

    with pytest.raises(Forbidden):
        services.withdraw_invitation(invitation, by=auditor)
    services.withdraw_invitation(invitation, by=office)

    assert services.open_invitation(token) is None
    assert Change.objects.of(invitation).last().verb == "withdraw_invitation"
    with pytest.raises(Conflict):
        services.withdraw_invitation(invitation, by=office)


def test_nobody_issues_a_token_that_acts_as_another_person(office, leadership):
    with pytest.raises(Forbidden):
        services.issue_token(by=office, name="x", scopes=["read"], role="leadership", owner=leadership)
    own, _token = services.issue_token(by=office, name="x", scopes=["read"], role="office", owner=office)

    assert own.owner == office
