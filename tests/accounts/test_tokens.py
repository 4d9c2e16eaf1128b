"""Tokens: one's own, renewed beside the one before, revoked, and their owners told in time."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from accounts import services
from accounts.jobs import warn_of_tokens
from accounts.models import ApiClient
from core import notices
from core.exceptions import Conflict, Forbidden
from core.models import Change, Notice, Outbox
from core.outbox import deliver_one
from tests.factories import ApiClientFactory, UserFactory

pytestmark = pytest.mark.django_db

MONTH = timedelta(days=30)


def later(**span):
    return timezone.now() + timedelta(**span)


def owned(owner, **facts):
    facts = {"role": owner.role, "organisation": owner.organisation, "expires_at": later(days=5)} | facts
    return ApiClientFactory(owner=owner, token_hash=services.digest("old"), **facts)


def test_a_person_makes_a_token_of_his_own_and_is_told(executor):
    client, token = services.issue_own_token(
        by=executor, name="BI", scopes=["read", "reports"], expires_at=later(days=90)
    )

    assert (client.owner, client.role, client.organisation) == (executor, "executor", executor.organisation)
    assert client.token_hash == services.digest(token)
    assert token not in json.dumps(list(Change.objects.values("new", "old")))
    assert Outbox.objects.filter(key__startswith="bell-issue_token-").count() == 1


@pytest.mark.parametrize("days", [-1, 367, None])
def test_a_token_of_ones_own_ends_within_a_year(executor, days):
    expires_at = None if days is None else later(days=days)
    with pytest.raises(ValidationError) as refusal:
        services.issue_own_token(by=executor, name="x", scopes=["read"], expires_at=expires_at)

    assert list(refusal.value.message_dict) == ["expires_at"]
    assert not ApiClient.objects.exists()


def test_a_program_makes_no_tokens(executor):
    client = ApiClientFactory(role="office", scopes=["read", "write"])

    with pytest.raises(Forbidden):
        services.issue_own_token(by=client, name="x", scopes=["read"], expires_at=later(days=1))


def test_renewing_keeps_the_client_and_the_token_before_for_the_grace(executor):
    client = owned(executor, expires_at=later(days=200))

    token = services.rotate_token(client, by=executor, expires_at=later(days=300), grace=MONTH)

    client.refresh_from_db()
    assert (client.token_hash, client.old_token_hash) == (services.digest(token), services.digest("old"))
    assert abs(client.old_token_until - later(days=30)) < timedelta(minutes=1)
    assert client.expires_at > later(days=299)
    change = Change.objects.of(client).last()
    assert (change.verb, change.actor) == ("rotate_token", executor.ledger_name)
    assert services.digest(token) not in json.dumps([change.new, change.old])
    assert Outbox.objects.filter(key__startswith="mail-rotate_token-").count() == 1


@pytest.mark.parametrize(
    ("ends", "grace", "holds"),
    [({"days": 2}, MONTH, True), ({"days": -2}, MONTH, False), ({"days": 2}, timedelta(0), False)],
)
def test_the_token_before_never_outlives_its_own_end(executor, ends, grace, holds):
    client = owned(executor, expires_at=later(**ends))
    end = client.expires_at

    services.rotate_token(client, by=executor, expires_at=later(days=90), grace=grace)

    client.refresh_from_db()
    assert client.old_token_until == (end if holds else None)
    assert (client.old_token_hash is not None) == holds


def test_who_may_renew_and_revoke(office, executor, leadership):
    own, bodys = owned(executor), ApiClientFactory()
    until = later(days=30)

    for client, by in ((own, office), (own, leadership), (bodys, executor), (bodys, leadership)):
        with pytest.raises(Forbidden):
            services.rotate_token(client, by=by, expires_at=until)
    for client, by in ((own, leadership), (bodys, executor), (bodys, leadership)):
        with pytest.raises(Forbidden):
            services.revoke_token(client, by=by)

    services.rotate_token(bodys, by=office, expires_at=None)
    services.revoke_token(bodys, by=office)
    services.rotate_token(own, by=executor, expires_at=until)
    services.revoke_token(own, by=executor)
    assert not ApiClient.objects.filter(is_active=True).exists()


def test_the_owner_is_told_when_the_office_revokes(office, executor):
    services.revoke_token(owned(executor, old_token_hash="a" * 64, old_token_until=later(days=1)), by=office)

    client = ApiClient.objects.get()
    assert (client.is_active, client.old_token_hash, client.old_token_until) == (False, None, None)
    assert Outbox.objects.filter(key__startswith="bell-revoke_token-").count() == 1


def test_what_is_revoked_is_not_renewed(executor):
    client = owned(executor, is_active=False)

    with pytest.raises(Conflict):
        services.rotate_token(client, by=executor, expires_at=later(days=30))


def test_a_grace_of_more_than_a_month_is_refused(executor):
    with pytest.raises(ValidationError) as refusal:
        services.rotate_token(
            owned(executor), by=executor, expires_at=later(days=30), grace=timedelta(days=31)
        )

    assert list(refusal.value.message_dict) == ["grace"]


@pytest.mark.django_db(transaction=True)
def test_two_who_renew_at_once_hold_two_tokens_of_which_both_work():
    person = UserFactory()
    client = owned(person)

    def renew(_number):
        try:
            return services.rotate_token(client, by=person, expires_at=later(days=30))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        tokens = list(pool.map(renew, range(2)))

    client.refresh_from_db()
    assert {services.digest(token) for token in tokens} == {client.token_hash, client.old_token_hash}


def told(person):
    while deliver_one():
        pass
    return [one.text for one in notices.tell(Notice.objects.filter(recipient=person), person)]


def test_the_owner_is_told_a_fortnight_and_a_day_before_each_once(executor, time_machine):
    client = owned(executor, name="BI", expires_at=later(days=20))
    for days, number in ((0, 0), (5, 0), (7, 1), (8, 1), (18, 1), (19.5, 2), (21, 2)):
        time_machine.move_to(client.created_at + timedelta(days=days))
        warn_of_tokens()
        warn_of_tokens()
        assert Outbox.objects.filter(channel="bell").count() == number, days

    assert all("BI" in text for text in told(executor))


def test_after_a_standstill_only_the_nearest_warning_is_given(executor):
    owned(executor, expires_at=later(hours=5))
    services.warn_of_ends(timezone.now())

    assert Outbox.objects.filter(channel="bell").count() == 1


def test_of_a_token_without_an_owner_the_office_is_told(office, second_office, auditor):
    ApiClientFactory(expires_at=later(days=3))
    services.warn_of_ends(timezone.now())

    people = Outbox.objects.filter(channel="bell").values_list("payload__recipient", flat=True)
    assert set(people) == {office.pk, second_office.pk}


@pytest.mark.parametrize(
    "facts", [{"is_active": False}, {"expires_at": None}, {"expires_at": later(days=-1)}]
)
def test_nobody_is_told_of_what_is_over_or_has_no_end(executor, facts):
    owned(executor, **facts)

    assert services.warn_of_ends(timezone.now()) == 0
