"""The second step of signing in: demanded of some roles, counted by the database, taken off a lost phone."""

import pytest
from allauth.mfa.models import Authenticator

from accounts import services
from core.exceptions import Forbidden
from core.models import Change, Outbox
from tests.factories import UserFactory
from tests.refusals import sql

pytestmark = pytest.mark.django_db

HERE = "/kk/accounts/second-factor/"
DEMANDED = ["/kk/", "/kk/accounts/profile/", "/admin/", "/kk/projects/", "/admin/accounts/user/"]


@pytest.mark.parametrize("page", DEMANDED)
def test_a_listed_role_without_a_second_factor_is_led_to_set_it_up(client, office, executor, settings, page):
    settings.MFA_ROLES = ["office"]
    client.force_login(office)

    assert client.get(page)["Location"] == HERE
    assert client.post(page)["Location"] == HERE
    assert client.get(HERE).status_code == 200
    client.force_login(executor)
    assert client.get(page).status_code != 302 or "/second-factor/" not in client.get(page)["Location"]


def test_a_listed_role_reaches_the_api_only_afterwards(client, office, settings):
    settings.MFA_ROLES = ["office"]
    client.force_login(office)

    refusal = client.get("/api/v1/projects/")
    assert (refusal.status_code, refusal["Content-Type"]) == (403, "application/problem+json")
    Authenticator.objects.create(user=office, type="totp", data={"secret": "A" * 32})
    assert client.get("/api/v1/projects/").status_code == 200
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize(("roles", "said"), [([], "MFA_ROLES"), (["office"], "тек екі қадаммен")])
def test_the_profile_says_what_is_demanded(client, office, settings, roles, said):
    settings.MFA_ROLES = roles
    Authenticator.objects.create(user=office, type="totp", data={"secret": "A" * 32})
    client.force_login(office)

    assert said in client.get("/kk/accounts/profile/").content.decode()


def test_the_count_is_the_databases_own(office):
    sql("UPDATE accounts_user SET second_factors = 7 WHERE id = %s", office.pk)
    office.refresh_from_db()
    assert office.second_factors == 0

    for _ in range(2):
        Authenticator.objects.create(user=office, type="webauthn", data={})
    Authenticator.objects.create(user=office, type="recovery_codes", data={})
    office.refresh_from_db()
    assert office.second_factors == 2
    sql("DELETE FROM mfa_authenticator WHERE user_id = %s", office.pk)
    office.refresh_from_db()
    assert office.second_factors == 0
    assert Change.objects.of(office).last().verb == "sql"  # also what came past every door


def test_a_lost_phone_is_mended_by_the_office_and_told(office, executor):
    Authenticator.objects.create(user=executor, type="totp", data={})

    services.reset_second_factors(executor, by=office, note="lost the phone")

    executor.refresh_from_db()
    assert executor.second_factors == 0
    change = Change.objects.of(executor).last()
    assert (change.verb, change.note, change.actor) == (
        "reset_second_factors",
        "lost the phone",
        office.ledger_name,
    )
    assert Outbox.objects.filter(channel="mail", payload__to=executor.email).exists()


def test_nobody_else_mends_it_and_an_administrator_is_mended_by_one(office, executor, leadership):
    admin = UserFactory(is_superuser=True)
    Authenticator.objects.create(user=admin, type="totp", data={})
    for by in (executor, leadership, office):
        with pytest.raises(Forbidden):
            services.reset_second_factors(admin, by=by, note="")

    admin.refresh_from_db()
    assert admin.second_factors == 1
