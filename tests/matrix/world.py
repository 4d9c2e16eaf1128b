"""Everybody who may come, and of every kind of object one that is his own and one that is somebody else's.

Own is what concerns the ministry that leads, the akimat that helps and reports, and the company that invests; foreign
is what concerns none of them. All of it is internal.
"""

import time
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from PIL import Image

from accounts.models import User
from accounts.services import digest
from tests import factories as make
from tests.database import as_owner

HOUSE = ("office", "leadership", "auditor")
#: Whoever has a session.
PEOPLE = (
    *HOUSE, "executor", "stranger", "akimat_preparer", "investor", "foreign_investor",
)  # fmt: skip
#: Programs of the executor, and what they may.
TOKENS = {"token_that_reads": ["read"], "token": ["read", "write"]}
#: Bodies, what they are, and who acts for them.
BODIES = {
    "deputy_prime_minister": "state_body",
    "mic": "state_body",
    "akimat_almaty_region": "akimat",
    "caspian_group": "company",
    "stranger": "state_body",
    "foreign": "company",
}
BELONGS = {
    "leadership": "deputy_prime_minister",
    "executor": "mic",
    "stranger": "stranger",
    "akimat_preparer": "akimat_almaty_region",
    "investor": "caspian_group",
    "foreign_investor": "foreign",
}
ROLES = {"stranger": "executor", "akimat_preparer": "executor"}
#: For so long a password was shown just now, however slow a machine asks.
HOUR = 3600
#: Keys begin here: a number that stands nowhere else can be taken out of an answer.
FIRST_KEY = 7_000_001


class People:
    """`row[name]` is the account, `browser(name)` a client that has just shown a password, or comes with a token."""

    def __init__(self) -> None:
        self.body = {code: make.OrganisationFactory(code=code, kind=kind) for code, kind in BODIES.items()}
        self.row: dict[str, User] = {}
        for name in PEOPLE:
            role = ROLES.get(name, name.removeprefix("foreign_"))
            body = self.body.get(BELONGS.get(name, ""))
            signs = name in {"leadership", "executor", "stranger"}
            self.row[name] = make.UserFactory(username=name, role=role, organisation=body, may_sign=signs)
        for name, scopes in TOKENS.items():
            facts = {"owner": self.row["executor"], "role": "executor", "organisation": self.body["mic"]}
            make.ApiClientFactory(token_hash=digest(name), scopes=scopes, **facts)

    def browser(self, name: str) -> Client:
        headers = {"accept-language": "kk"}
        if name in TOKENS:
            headers["authorization"] = f"Bearer {name}"
        client = Client(headers=headers, raise_request_exception=False)
        if name in self.row:
            client.force_login(self.row[name])
            session = client.session
            session["account_authentication_methods"] = [{"method": "password", "at": time.time() + HOUR}]
            session.save()
        return client


def begin_keys_high() -> None:
    """Of every table, from now on; undone with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(sequencename) FROM pg_sequences"
            " WHERE schemaname = 'public' AND sequencename ~ '_id_seq$'"
        )
        names = [name for (name,) in cursor.fetchall()]
    for name in names:
        as_owner(f"ALTER SEQUENCE {name} RESTART WITH {FIRST_KEY}")


def stored(path: str) -> Any:
    """A file that was found clean, and its bytes: a picture where its name says so."""
    content, facts = b"%PDF-1.7", {}
    if path.endswith(".png"):
        facts = {"name": "photo.png", "content_type": "image/png"}
        made = BytesIO()
        Image.new("RGB", (2, 2)).save(made, "PNG")
        content = made.getvalue()
    file = make.StoredFileFactory(path=path, **facts)
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(content))
    return file
