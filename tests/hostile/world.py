"""A portal whose every text is hostile, and who reads it."""

import os
from typing import Any

from django.core.management import call_command
from django.test import Client

from accounts.models import Organisation, User
from accounts.services import make_demo_accounts
from alatau_portal.management.commands.load_alatau import load_all
from alatau_portal.open_data import editions
from tests.factories import OrganisationFactory, UserFactory
from tests.hostile.planting import Planting

IS_THOROUGH = os.environ.get("HOSTILE") == "all"
#: Who reads and writes, in which language, and of which organisation: between them all three languages.
PEOPLE: dict[str, tuple[str, str]] = {
    "anonymous": ("kk", ""),
    "office": ("en", ""),
    "leadership": ("ru", "deputy_prime_minister"),
    "executor": ("kk", "akimat_almaty_region"),
    "investor": ("ru", "caspian_group"),
    "auditor": ("kk", ""),
}
#: Of a table, how many rows of the real city and of the invented content get hostile words.
OF_A_TABLE = 12


class World:
    """Everybody by name; `planting` says which columns took the words."""

    def __init__(self) -> None:
        if IS_THOROUGH:
            load_all()
            make_demo_accounts()
            call_command("load_demo", verbosity=0)
        Organisation.objects.filter(code="mic").exists() or _made("mic")
        self.people: dict[str, User] = {}
        for name, (_language, code) in PEOPLE.items():
            if name != "anonymous":
                body = (Organisation.objects.filter(code=code).first() or _made(code)) if code else None
                self.people[name] = UserFactory(
                    username=f"reads_{name}", role=name, organisation=body, may_sign=True
                )
        self.planting = Planting()
        self.planting.plant_every_table()
        if IS_THOROUGH:
            self.planting.plant_every_row(OF_A_TABLE)
        editions.publish()

    def browser(self, name: str, language: str = "") -> Client:
        client = Client(
            raise_request_exception=False, headers={"accept-language": language or PEOPLE[name][0]}
        )
        if name != "anonymous":
            client.force_login(self.people[name], "accounts.backends.Passwords")
        return client


def _made(code: str) -> Any:
    return OrganisationFactory(code=code, visibility="public")
