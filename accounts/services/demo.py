"""The accounts for trying the portal in embedded mode."""

import secrets
from typing import Any

from django.db import transaction

from accounts.models import Organisation, User
from accounts.services.tokens import new_client
from core import ledger

#: User name, role, organisation, may sign.
#: The first of a role is the usual one.
DEMO = [
    ("office", "office", "project_office", False),
    ("office2", "office", "project_office", False),
    ("leadership", "leadership", "deputy_prime_minister", True),
    ("executor", "executor", "mic", True),
    ("akimat", "executor", "akimat_almaty_region", False),
    ("akimat-signer", "executor", "akimat_almaty_region", True),
    ("investor", "investor", "caspian_group", True),
    ("auditor", "auditor", None, False),
]


@transaction.atomic
def make_demo_accounts() -> list[dict[str, Any]]:
    """Make those demo accounts that are missing; what must be shown once (passwords, tokens) is returned."""
    actor, made = "system:demo_accounts", []
    for username, role, code, may_sign in DEMO:
        if User.objects.filter(username=username).exists():
            continue
        organisation = Organisation.objects.get(code=code) if code else None
        password = secrets.token_urlsafe(16)
        with ledger.acting(actor, "make_demo_account"):
            user = User.objects.create_user(
                username,
                password,
                email=f"{username}@demo.invalid",
                full_name=f"Demo {username}",
                role=role,
                organisation=organisation,
                may_sign=may_sign,
            )
        facts = {"role": role, "organisation": organisation, "owner": user}
        _client, token = new_client(actor, f"demo {username}", ["read", "write"], facts)
        made.append(
            {
                "username": username,
                "password": password,
                "role": role,
                "organisation": code,
                "api_token": token,
            }
        )
    return made
