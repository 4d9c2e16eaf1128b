"""Hostile words through the doors: forms of pages, of the admin, writes of the API. Nothing fails, nothing runs."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from core.models import Change
from investors.models import RequestSeen
from tests.admin.rows import LOOKED_AT, NOT_ADDED, ROWS, address
from tests.api import possible
from tests.hostile import reading, words
from tests.hostile.bodies import VERSIONS, Filler
from tests.hostile.walking import Walk, undone
from tests.hostile.world import IS_THOROUGH, PEOPLE, World

WRITERS = [name for name in PEOPLE if name != "auditor"] if IS_THOROUGH else ["office"]
#: Registers of the admin whose forms are sent.
MODELS = list(ROWS) if IS_THOROUGH else ["core.Source", "districts.Place", "investors.Contact"]
#: How often a form is sent, each time with other words, and how often a write of the API.
TIMES, WRITES = (24, 40) if IS_THOROUGH else (1, 2)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        made = World()
        possible.populate()
        yield made
        transaction.set_rollback(True)


def told(who: str, walk: Walk) -> None:
    print(  # noqa: T201
        f"   {who}: {walk.sent} forms sent with {len(walk.fields)} text fields, {walk.taken.total()} taken,"
        f" {walk.mails} messages"
    )


def _changes() -> Any:
    """But for marks that a request was read, which a page of it leaves."""
    return Change.objects.exclude(relation=RequestSeen._meta.db_table).values_list("pk", "relation")


@pytest.mark.django_db
@pytest.mark.parametrize("name", WRITERS)
def test_every_form_of_every_page_is_sent_words(world: World, name: str) -> None:
    client, before = world.browser(name), set(_changes())
    walk = Walk(client, TIMES, alone=IS_THOROUGH)

    walk.through(list(reading.everything(client, PEOPLE[name][0], of_a_view=1, files=False)))
    told(name, walk)

    assert walk.faults == []
    assert walk.fields and walk.taken
    assert set(_changes()) == before, "all is undone"


@pytest.mark.django_db
def test_every_form_of_the_admin_is_sent_words(world: World) -> None:
    client = world.browser("office")
    walk = Walk(client, TIMES, alone=True)
    for model in MODELS:
        row = ROWS[model]()
        asked = [address(model, "change", row.pk)]
        asked += [address(model, "add")] if model not in NOT_ADDED else []
        asked += [f"{address(model, 'changelist')}import/"] if model not in LOOKED_AT else []
        walk.through(reading.get(client, one) for one in asked)
    told("admin", walk)

    assert walk.faults == []
    assert len(walk.fields) > 20 and walk.taken.total() > 10


@pytest.mark.django_db
@pytest.mark.parametrize("name", [one for one in WRITERS if one != "anonymous"])
def test_every_write_of_the_api_is_sent_words(world: World, api: Any, name: str) -> None:
    client, faults, taken, texts = api(world.people[name]), [], set(), 0
    client.raise_request_exception = False
    for turn in range(WRITES):
        for write in Filler(turn * len(words.EVERY) // WRITES).writes():
            with undone(client):
                answer = client.post(write.path, write.body, format="json", headers=VERSIONS)
                faults += [f"{write.path}: {answer.status_code}"] * (answer.status_code >= 500)
                taken |= {write.path.rpartition("/api/v1/")[2]} if answer.status_code < 300 else set()
                texts += write.texts
    print(f"   {name}: {texts} texts sent, {len(taken)} writes taken: {sorted(taken)}")  # noqa: T201

    assert faults == []
    assert texts > 50
    if name == "office":
        assert {"instructions/bulk/", "webhooks/"} <= taken
