"""Whoever leaves is out at once, by every door, whichever way his account was closed; and nothing of it comes back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from psycopg.types.range import DateRange

from accounts import services
from accounts.models import ApiClient, Session, Substitution, User, WebhookEndpoint
from core import notices
from core.models import Change, Outbox
from tasks import services as tasks
from tasks.models import CalendarFeed
from tests.accounts.test_tokens import owned
from tests.admin.forms import filled
from tests.factories import ProjectFactory, SubstitutionFactory, UserFactory, WebhookEndpointFactory
from tests.refusals import sql

pytestmark = pytest.mark.django_db

PASSWORD = "a password of tests"


def close_in_the_admin(user: User, office: User) -> None:
    client, address = Client(), f"/admin/accounts/user/{user.pk}/change/"
    client.force_login(office)
    data = filled(client.get(address))
    del data["is_active"]
    assert client.post(address, data).status_code == 302


def close_by_sql(user: User, office: User) -> None:
    sql("UPDATE accounts_user SET is_active = false WHERE id = %s", user.pk)


def end_the_term(user: User, office: User) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    User.objects.filter(pk=user.pk).update(valid_until=yesterday)


def erase(user: User, office: User) -> None:
    services.erase_user(user, by=office)


WAYS: list[Callable[[User, User], None]] = [close_in_the_admin, close_by_sql, end_the_term, erase]


@pytest.fixture(params=WAYS)
def leave(request: Any, office: User) -> Callable[[User], None]:
    return lambda user: request.param(user, office)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_pages_admin_and_the_api_of_a_session(leave, second_office):
    client = browser(second_office)
    doors = ["/en/accounts/profile/", "/admin/", "/en/review/", "/en/accounts/access/"]
    assert [client.get(door).status_code for door in doors] == [200] * 4
    secret = f"/api/v1/projects/{ProjectFactory(visibility='internal').public_id}/"
    assert client.get(secret).status_code == 200

    leave(second_office)

    assert [client.get(door).status_code for door in doors] == [302] * 4
    assert client.get(secret).status_code == 404
    assert client.post("/en/accounts/profile/", {"full_name": "x", "language": "kk"}).status_code == 302


def test_the_door_itself(leave, executor):
    leave(executor)

    answer = Client().post("/en/accounts/login/", {"login": "executor", "password": PASSWORD})

    assert answer.status_code == 200 and not Session.objects.filter(user=executor).exists()


def test_a_token_that_acts_for_him(leave, executor):
    owned(executor)
    program = Client(headers={"authorization": "Bearer old"})
    assert program.get("/api/v1/progress-reports/").status_code == 200

    leave(executor)

    assert program.get("/api/v1/progress-reports/").status_code == 401
    assert program.get("/api/v1/projects/").status_code == 401


def test_the_room_of_an_investor(leave, investor):
    client = browser(investor)
    assert client.get("/en/room/").status_code == 200

    leave(investor)

    assert client.get("/en/room/").status_code == 302


def test_webhooks(leave, executor):
    hook = WebhookEndpointFactory(user=executor)
    assert hook in WebhookEndpoint.objects.live(timezone.now())

    leave(executor)

    assert not WebhookEndpoint.objects.live(timezone.now()).exists()


def test_the_address_of_a_calendar(leave, executor):
    _feed, token = tasks.make_feed(by=executor, organisation=executor.organisation, language="kk")
    address = f"/feeds/terms/{token}.ics"
    assert Client().get(address).status_code == 200

    leave(executor)

    assert Client().get(address).status_code == 404
    assert CalendarFeed.objects.filter(owner=executor).exists()


def test_whoever_acts_for_him(leave, executor, second_office):
    stand_in = UserFactory(username="stand_in", role="executor", organisation=executor.organisation)
    today = timezone.localdate()
    days = DateRange(today - timedelta(days=1), today + timedelta(days=2))
    SubstitutionFactory(person=executor, substitute=stand_in, during=days)

    assert Substitution.objects.by(stand_in, today).exists()

    leave(executor)

    assert not Substitution.objects.by(stand_in, today).exists()


def test_news(leave, executor):
    leave(executor)
    executor.refresh_from_db()
    Outbox.objects.all().delete()

    notices.notify("security", [executor], event="e", what="set_password")

    assert not Outbox.objects.exists()


@pytest.mark.parametrize("close", [close_in_the_admin, close_by_sql])
def test_opening_the_account_again_brings_back_neither_sessions_nor_tokens(executor, office, close):
    owned(executor, old_token_hash="a" * 64, old_token_until=timezone.now() + timedelta(days=1))
    client, program = browser(executor), Client(headers={"authorization": "Bearer old"})

    close(executor, office)
    User.objects.filter(pk=executor.pk).update(is_active=True)

    assert client.get("/en/accounts/profile/").status_code == 302
    assert program.get("/api/v1/progress-reports/").status_code == 401
    token = ApiClient.objects.get(owner=executor)
    assert (token.is_active, token.old_token_hash) == (False, None)
    assert not Session.objects.filter(user=executor).exists()


def test_the_ledger_says_who_took_the_tokens(executor, office):
    client = owned(executor)

    close_in_the_admin(executor, office)

    assert Change.objects.of(client).last().actor == f"user:{office.pk}"


def test_the_last_day_of_a_term_is_still_his(executor):
    client = browser(executor)
    User.objects.filter(pk=executor.pk).update(valid_until=timezone.localdate())

    assert client.get("/en/accounts/profile/").status_code == 200
    assert executor in User.objects.with_access(timezone.localdate())
    assert executor not in User.objects.with_access(timezone.localdate() + timedelta(days=1))


def test_a_role_that_is_taken_away_is_gone_in_the_next_request(office, second_office, mic):
    client = browser(second_office)
    owned(second_office)
    program = Client(headers={"authorization": "Bearer old"})
    assert client.get("/en/accounts/access/").status_code == 200
    secret = f"/api/v1/projects/{ProjectFactory(visibility='internal').public_id}/"
    assert program.get(secret).status_code == 200

    User.objects.filter(pk=second_office.pk).update(role="auditor", is_superuser=False)
    assert client.get("/en/review/personal-data/person/").status_code == 403
    User.objects.filter(pk=second_office.pk).update(role="executor", organisation=mic)

    assert client.get("/en/accounts/access/").status_code == 403
    assert client.get("/admin/").status_code == 302
    assert program.get(secret).status_code == 404
