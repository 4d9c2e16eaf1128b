"""A right request with fields that nobody may set is refused, each of them by name, and nothing is written.

The operations come from the description of the API, so what is new is asked too.
"""

import copy
import json
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from core.models import Change, Outbox
from tests.matrix.conftest import World
from tests.matrix.overposting import FOREIGN, example, operations, places, read_only

pytestmark = pytest.mark.django_db
#: Register → what stands in the address, and who may write there.
WHO = {
    "enquiries": ("", "office"),
    "extensions": ("extension", "leadership"),
    "figure-disputes": ("dispute", "executor"),
    "instructions": ("instruction", "office"),
    "progress-reports": ("draft", "akimat_preparer"),
    "reporting-periods": ("period", "office"),
    "requests": ("request", "investor"),
    "uploads": ("upload", "akimat_preparer"),
    "webhooks": ("webhook", "executor"),
}
LANGUAGES = {"kk", "ru", "en"}
ALL = [(method, path, media) for method, path, media, _operation in operations()]


def written() -> tuple[int, int]:
    return Change.objects.count(), Outbox.objects.count()


def send(client: Client, method: str, path: str, media: str, body: Any) -> Any:
    """Nothing of it remains."""
    data: Any = json.dumps(body)
    if media.startswith("multipart"):
        flat = {name: json.dumps(one) if isinstance(one, dict | list) else one for name, one in body.items()}
        data, media = encode_multipart(BOUNDARY, flat), MULTIPART_CONTENT
    with transaction.atomic():
        answer = client.generic(method.upper(), path, data, content_type=media, headers={"if-match": "*"})
        left = written()
        transaction.set_rollback(True)
    return answer, left


def named(answer: Any) -> set[str]:
    """Where the problem says that something is wrong."""
    return {error["pointer"] for error in answer.json().get("errors", ())}


@pytest.mark.parametrize(("method", "path", "media"), ALL)
def test_what_nobody_may_set_is_refused_by_its_name(world: World, method: str, path: str, media: str) -> None:
    register = path.split("/")[3]
    assert register in WHO, f"Say in WHO what stands in the addresses of {register}, and who may write there."
    kind, name = WHO[register]
    client = world.people.browser(name)
    (operation,) = [one for a, b, c, one in operations() if (a, b, c) == (method, path, media)]
    content = operation["requestBody"]["content"][media]
    body = example(content["schema"], content)
    address = path.replace("{public_id}", "{}").replace("{code}", "{}").replace("{client_uuid}", "{}")
    address = address.format(world.rows.own.get(kind, ""))
    before = written()

    for at, _object, known in places(body, content["schema"]):
        sent = copy.deepcopy(body)
        holder = sent
        for step in at.split("/")[1:]:
            holder = holder[int(step) if isinstance(holder, list) else step]
        foreign = {name: one for name, one in FOREIGN.items() if name not in known}
        foreign |= dict.fromkeys(read_only(operation) - known - set(foreign), "stranger")
        holder.update(foreign)
        if at and known <= LANGUAGES:  # a text is refused as a whole
            foreign = {"": ""}
        answer, left = send(client, method, address, media, sent)

        assert answer.status_code == 400, (at, answer.content.decode()[:500])
        expected = {f"{at}/{one}" if one else at for one in foreign}
        assert expected <= named(answer), (at, expected - named(answer))
        assert left == before


@pytest.mark.parametrize(("method", "path", "media"), ALL)
def test_the_same_request_without_them_is_understood(
    world: World, method: str, path: str, media: str
) -> None:
    """So that the refusals above are about what was added: no field of the example is unknown."""
    kind, name = WHO[path.split("/")[3]]
    (operation,) = [one for a, b, c, one in operations() if (a, b, c) == (method, path, media)]
    content = operation["requestBody"]["content"][media]
    address = path.replace("{public_id}", "{}").replace("{code}", "{}").replace("{client_uuid}", "{}")
    address = address.format(world.rows.own.get(kind, ""))

    answer, _left = send(
        world.people.browser(name), method, address, media, example(content["schema"], content)
    )

    assert answer.status_code not in {401, 404, 405, 415, 428}, answer.content.decode()[:500]
    told = answer.json().get("errors", ()) if answer.status_code != 204 else ()
    assert "unknown" not in {error["code"] for error in told}, told
