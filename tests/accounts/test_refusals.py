"""What the database refuses of organisations and people, by name."""

import secrets
from datetime import date

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from psycopg.types.range import DateRange

from accounts.bin import is_bin
from tests.factories import (
    ApiClientFactory,
    InvitationFactory,
    OrganisationFactory,
    OrganisationSourceFactory,
    SubstitutionFactory,
    UserFactory,
    WebhookDeliveryFactory,
    WebhookEndpointFactory,
    somebody,
)
from tests.refusals import Wrong, parameters, refused, refuses, sql

BINS = ("491240900016", "491250900020", "491141900038", "491240900705")
JULY = date(2026, 7, 1)
CLEAR = secrets.token_urlsafe(32)
EXECUTOR = {"role": "executor", "organisation": OrganisationFactory}
INVESTOR = {"role": "investor", "organisation": OrganisationFactory}

CASES = {
    "accounts_organisation_kind_known": [Wrong(OrganisationFactory, {"kind": "ministry"})],
    "accounts_organisation_bin_valid": [
        Wrong(OrganisationFactory, {"bin": wrong})
        for wrong in ("491240900017", "24014000029", "49124090001", "", "49124090001a", "４91240900016")
    ],
    "accounts_organisation_bin_of_a_company": [Wrong(OrganisationFactory, {"bin": "061211600012"})],
    "accounts_organisation_country_code": [Wrong(OrganisationFactory, {"country": "kz"})],
    "accounts_organisation_public_in_kk_and_ru": [
        Wrong(OrganisationFactory, {"name_kk": ""}, given={"visibility": "public"}),
        Wrong(OrganisationFactory, {"visibility": "public"}, given={"name_ru": ""}),
    ],
    "accounts_organisationsource_once": [
        Wrong(OrganisationSourceFactory, twin=("organisation_id", "source_id"))
    ],
    "accounts_user_role_known": [Wrong(UserFactory, {"role": "boss"})],
    "accounts_user_role_needs_organisation": [
        Wrong(UserFactory, {"role": "executor"}),
        Wrong(UserFactory, {"role": "investor"}),
        Wrong(UserFactory, {"organisation_id": None}, given=EXECUTOR),
        Wrong(UserFactory, {"organisation_id": None}, given=INVESTOR),
    ],
    "accounts_user_one_per_email": [Wrong(UserFactory, twin=("email",))],
    "accounts_user_email_lower": [Wrong(UserFactory, {"email": "A@example.kz"})],
    "accounts_invitation_role_known": [Wrong(InvitationFactory, {"role": "minister"})],
    "accounts_invitation_role_needs_organisation": [
        Wrong(InvitationFactory, {"role": "executor"}),
        Wrong(InvitationFactory, {"organisation_id": None}, given=INVESTOR),
    ],
    "accounts_invitation_token_hashed": [Wrong(InvitationFactory, {"token_hash": CLEAR})],
    "accounts_invitation_accepted_by_somebody": [
        Wrong(InvitationFactory, {"accepted_at": timezone.now()}),
        Wrong(
            InvitationFactory,
            {"accepted_at": None},
            given={"accepted_at": timezone.now(), "user": UserFactory},
        ),
    ],
    "accounts_invitation_user_id_key": [
        Wrong(
            InvitationFactory, twin=("user_id",), given={"accepted_at": timezone.now(), "user": UserFactory}
        )
    ],
    "accounts_apiclient_role_known": [Wrong(ApiClientFactory, {"role": "robot"})],
    "accounts_apiclient_role_needs_organisation": [
        Wrong(ApiClientFactory, {"role": "investor"}),
        Wrong(ApiClientFactory, {"organisation_id": None}, given=EXECUTOR),
    ],
    "accounts_apiclient_token_hashed": [
        Wrong(ApiClientFactory, {"token_hash": CLEAR}),
        Wrong(ApiClientFactory, {"token_hash": ""}),
    ],
    "accounts_apiclient_old_token_once": [
        Wrong(
            ApiClientFactory,
            twin=("old_token_hash",),
            given={"old_token_hash": lambda: secrets.token_hex(32), "old_token_until": timezone.now},
        )
    ],
    "accounts_apiclient_old_token_hashed": [
        Wrong(ApiClientFactory, {"old_token_hash": CLEAR, "old_token_until": timezone.now()})
    ],
    "accounts_apiclient_old_token_ends": [
        Wrong(ApiClientFactory, {"old_token_hash": "a" * 64}),
        Wrong(ApiClientFactory, {"old_token_until": timezone.now()}),
    ],
    "accounts_apiclient_limit_times": [
        Wrong(ApiClientFactory, {"limit_times": 0}),
        Wrong(ApiClientFactory, {"limit_times": 21}),
    ],
    "accounts_apiclient_scopes_known": [Wrong(ApiClientFactory, {"scopes": ["read", "everything"]})],
    "accounts_substitution_one_at_a_time": [Wrong(SubstitutionFactory, twin=("person_id",))],
    "accounts_substitution_by_another": [
        Wrong(
            SubstitutionFactory,
            {"person_id": lambda: somebody().pk, "substitute_id": lambda: somebody().pk},
        )
    ],
    "accounts_substitution_has_days": [
        Wrong(SubstitutionFactory, {"during": wrong})
        for wrong in (DateRange(None, JULY), DateRange(JULY, None), DateRange(empty=True))
    ],
    "accounts_substitution_by_act": [Wrong(SubstitutionFactory, {"act": ""})],
    "accounts_webhookendpoint_one_owner": [
        Wrong(WebhookEndpointFactory, {"user_id": None}),
        Wrong(WebhookEndpointFactory, {"client_id": lambda: ApiClientFactory().pk}),
    ],
    "accounts_webhookendpoint_address": [
        Wrong(WebhookEndpointFactory, {"target": wrong})
        for wrong in ("ftp://example.kz/", "https://example.kz/a b", "https://мысал.қаз/", "example.kz")
    ],
    "accounts_webhookendpoint_told_of_something": [
        Wrong(WebhookEndpointFactory, {"watches": wrong}) for wrong in ([], {}, [{}], [{"field": "state"}])
    ],
    "accounts_webhookendpoint_sealed": [Wrong(WebhookEndpointFactory, {"secret": f"whsec_{CLEAR}"})],
    "accounts_webhookendpoint_former_ends": [
        Wrong(WebhookEndpointFactory, {"former_secret": "sealed"}),
        Wrong(WebhookEndpointFactory, {"former_until": timezone.now()}),
    ],
    "accounts_webhookdelivery_told_once": [
        Wrong(WebhookDeliveryFactory, twin=("endpoint_id", "event")),
    ],
    "accounts_webhookdelivery_state_known": [Wrong(WebhookDeliveryFactory, {"state": "lost"})],
    "accounts_webhookdelivery_delivered_at": [
        Wrong(WebhookDeliveryFactory, {"state": "delivered"}),
        Wrong(WebhookDeliveryFactory, {"delivered_at": timezone.now()}),
    ],
}


@pytest.mark.django_db
@pytest.mark.parametrize(("door", "rule", "case"), parameters(CASES))
def test_the_wrong_row_is_refused_by_name(door, rule, case):
    door(rule, case)


@pytest.mark.django_db
@pytest.mark.parametrize("number", BINS)
def test_a_bin_that_was_issued_is_taken(number):
    assert is_bin(number)
    assert OrganisationFactory(bin=number).bin == number


@pytest.mark.django_db
@refuses("accounts_organisation_bin_key")
def test_a_bin_is_given_once():
    OrganisationFactory(bin=BINS[0])
    other = OrganisationFactory(bin=BINS[1])

    with refused("accounts_organisation_bin_key"):
        OrganisationFactory(bin=BINS[0])
    with refused("accounts_organisation_bin_key"):
        sql("UPDATE accounts_organisation SET bin = %s WHERE id = %s", BINS[0], other.pk)


@pytest.mark.parametrize("digit", range(10))
def test_a_bin_whose_second_round_gives_ten_is_never_issued(digit):
    assert not is_bin(f"24014000029{digit}")


@pytest.mark.django_db
def test_the_database_and_the_program_agree_on_bins():
    @given(
        st.lists(st.integers(0, 10**11 - 1), max_size=20),
        st.text(st.characters(exclude_characters="\0"), max_size=13),
    )
    def agree(stems, other):
        numbers = [f"{stem:011}{digit}" for stem in stems for digit in range(10)] + [other]
        asked = sql(
            "SELECT core_is_bin(n) FROM unnest(%s::text[]) WITH ORDINALITY AS t(n, i) ORDER BY i", numbers
        )
        assert [found for (found,) in asked] == [is_bin(number) for number in numbers]

    agree()


@pytest.mark.django_db
@refuses("accounts_user_username_any_case")
def test_two_users_do_not_differ_by_case_alone():
    UserFactory(username="Aigul", email="")
    other = UserFactory(email="")

    with refused("accounts_user_username_any_case"):
        UserFactory(username="aIGUL", email="")
    with refused("accounts_user_username_any_case"):
        sql("UPDATE accounts_user SET username = 'AIGUL' WHERE id = %s", other.pk)


@pytest.mark.django_db
def test_an_address_is_one_whatever_its_case_and_may_be_unknown():
    UserFactory(email="a@example.kz")

    with refused("accounts_user_one_per_email"):
        UserFactory(email="a@example.kz")
    with refused("accounts_user_email_lower"):
        UserFactory(email="B@example.kz")
    assert UserFactory(email="").email == UserFactory(email="").email
