"""Secrets of second factors stand sealed in the database: a copy of it opens nobody's."""

import importlib
import json
import logging

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.test import Client

from accounts import services
from accounts.models import User
from core.sealed import is_sealed, unseal
from tests.accounts.test_second_factor import (
    HERE,
    clock,
    code_of,
    codes_on,
    executor_with_app,
    set_up,
    sign_in,
)
from tests.refusals import sql

__all__ = ["clock", "executor_with_app"]

pytestmark = pytest.mark.django_db

MIGRATION = importlib.import_module("accounts.migrations.0011_seal_second_factors")
SEED = "5e" * 40


def kept(kind: str) -> dict:
    return Authenticator.objects.get(type=kind).data


def comes_in(code: str) -> bool:
    door = Client()
    sign_in(door, "executor")
    answer = door.post(f"{HERE}sign-in/", {"code": code})
    is_in = door.get("/kk/accounts/profile/").status_code == 200
    assert answer.status_code == (302 if is_in else 200)
    return is_in


def laid_open(secret: str) -> str:
    """As it stood before: the secret of the app and the seed of the codes in the clear. One of the codes."""
    Authenticator.objects.filter(type="totp").update(data={"secret": secret})
    Authenticator.objects.filter(type="recovery_codes").update(data={"seed": SEED, "used_mask": 0})
    code: str = Authenticator.objects.get(type="recovery_codes").wrap().generate_codes()[2]
    return code


def test_neither_the_secret_nor_a_code_stands_in_the_database(client, executor_with_app):
    codes = codes_on(client)

    everything = str(sql("SELECT data FROM mfa_authenticator"))
    assert len(codes) == 10
    assert [secret for secret in [executor_with_app, *codes] if secret in everything] == []
    assert is_sealed(kept("totp")["secret"]) and is_sealed(kept("recovery_codes")["seed"])
    assert unseal(kept("totp")["secret"]) == executor_with_app
    assert comes_in(code_of(executor_with_app))
    assert comes_in(codes[0])


def test_what_was_kept_in_the_clear_works_on(executor_with_app):
    recovery = laid_open(executor_with_app)

    assert comes_in(code_of(executor_with_app))
    assert comes_in(recovery)


def test_the_migration_seals_what_was_in_the_clear_and_back(executor_with_app):
    recovery = laid_open(executor_with_app)
    before = {row.pk: row.data for row in Authenticator.objects.all()}

    MIGRATION._seal(apps, None)
    once = {row.pk: row.data for row in Authenticator.objects.all()}
    MIGRATION._seal(apps, None)

    assert {row.pk: row.data for row in Authenticator.objects.all()} == once
    assert executor_with_app not in json.dumps(list(once.values()))
    assert SEED not in json.dumps(list(once.values()))
    assert comes_in(recovery)
    MIGRATION._unseal(apps, None)
    after = {row.pk: row.data for row in Authenticator.objects.all()}
    assert after[min(after)] == before[min(before)]
    assert kept("recovery_codes")["seed"] == SEED


def test_a_key_of_passkeys_is_left_as_it_is(executor):
    data = {"name": "phone", "credential": {"secret": "none"}}
    Authenticator.objects.create(user=executor, type="webauthn", data=data)

    MIGRATION._seal(apps, None)

    assert kept("webauthn") == data


def test_where_the_key_is_lost_no_code_fits_and_the_office_helps(
    client, executor_with_app, office, settings, caplog
):
    codes = codes_on(client)
    settings.SECRET_KEY = "another " * 8

    with caplog.at_level(logging.ERROR, "accounts.adapter"):
        assert not comes_in(code_of(executor_with_app))
        assert not comes_in(codes[0])
    assert "sealed with another SECRET_KEY" in caplog.text and executor_with_app not in caplog.text

    services.reset_second_factors(User.objects.get(username="executor"), by=office, note="key lost")
    anew = Client()
    sign_in(anew, "executor")
    secret = set_up(anew)
    assert secret != executor_with_app
    assert unseal(kept("totp")["secret"]) == secret
