"""What the feed takes: cursors that it gave, to whom it gave them; and what it says of all others."""

from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone
from psycopg.types.range import DateRange

from accounts.models import User
from alatau_portal.feed.cursor import BadCursor, Cursor, Place
from core.bookmarks import Moment
from tests.api.conftest import faults, path_of
from tests.api.following import FEED, Copy
from tests.database import as_owner
from tests.factories import ApiClientFactory, OrganisationFactory, SourceFactory, SubstitutionFactory

pytestmark = pytest.mark.django_db


def cursor_of(client: Any, **query: Any) -> str:
    (text,) = parse_qs(urlsplit(client.get(FEED, query).json()["next"]).query)["after"]
    return text


def refusal(client: Any, **query: Any) -> tuple[str, str]:
    """Its code, and the remedy."""
    answer = client.get(FEED, query)
    assert answer.status_code == 400, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert not faults(FEED, answer.json(), "400")
    (error,) = answer.json()["errors"]
    assert error["parameter"] == "after"
    return error["code"], error["detail"]


MARK = "7440000000000000000.00000001.16455/9:12:10"
WRONG = {
    "cut": lambda text: text[:-7],
    "no base64": lambda text: "ä",
    "padded": lambda text: text + "=",
    "no text": lambda text: "_" * 40,
    "huge": lambda text: "a" * 20_000,
    "changed": lambda text: text[:30] + ("A" if text[30] != "A" else "B") + text[31:],
    "made by oneself": lambda text: urlsafe_b64encode(b"||||1|0123456789ab").decode().rstrip("="),
}


@pytest.mark.parametrize("how", WRONG)
def test_what_is_no_cursor_is_refused_with_what_to_do(api: Any, how: str) -> None:
    client = api()
    code, remedy = refusal(client, after=WRONG[how](cursor_of(client)))

    assert code == "invalid" and "after" in remedy


@pytest.mark.parametrize(
    "cursor",
    [
        Cursor("0123456789ab"),
        Cursor("0123456789ab", Moment(MARK, timezone.now(), 17)),
        Cursor(
            "0123456789ab", None, *[Moment(MARK, timezone.now(), 17)] * 2, Place(1, 0, "legal-acts", 12), True
        ),
    ],
)
def test_a_cursor_is_read_as_it_was_written(cursor: Cursor) -> None:
    assert Cursor.parse(str(cursor)) == cursor
    assert str(cursor) == str(cursor)  # the same bytes have the same tag
    with pytest.raises(BadCursor):
        Cursor.parse(str(cursor)[:-3])


def test_it_belongs_to_its_registers_and_language(api: Any) -> None:
    client = api()
    text = cursor_of(client, resource="projects,sources")

    assert client.get(FEED, {"after": text, "resource": "sources,projects"}).status_code == 200
    assert refusal(client, after=text)[0] == "other_reader"
    assert refusal(client, after=text, resource="projects")[0] == "other_reader"
    assert refusal(client, after=text, resource="projects,sources", lang="ru")[0] == "other_reader"


def test_it_belongs_to_the_rights_of_its_reader(api: Any, office: Any, executor: Any, investor: Any) -> None:
    given = {name: cursor_of(api(user)) for name, user in {"executor": executor, "anybody": None}.items()}

    for user in (office, investor, None):
        assert refusal(api(user), after=given["executor"])[0] == "other_reader"
    client = ApiClientFactory(role="executor", organisation=executor.organisation)
    assert api(client).get(FEED, {"after": given["executor"]}).status_code == 200
    User.objects.filter(pk=executor.pk).update(organisation=OrganisationFactory())
    executor.refresh_from_db()
    assert refusal(api(executor), after=given["executor"])[0] == "other_reader"


def test_who_begins_to_act_for_somebody_begins_anew(api: Any, executor: Any, akimat_signer: Any) -> None:
    client = api(executor)
    text = cursor_of(client)
    today = timezone.localdate()
    SubstitutionFactory(
        person=akimat_signer, substitute=executor, during=DateRange(today, today + timedelta(days=3))
    )

    code, remedy = refusal(client, after=text)

    assert code == "other_reader" and "after" in remedy


def test_it_belongs_to_what_this_portal_has_seen(api: Any) -> None:
    client = api()
    text = cursor_of(client)
    given = Cursor.parse(text)
    assert given.since and given.since.mark not in text

    elsewhere = given.since._replace(mark=given.since.mark.replace(".", "9.", 1))
    assert refusal(client, after=str(given._replace(since=elsewhere)))[0] == "lost"
    as_owner(  # restored from a dump that was taken before
        "INSERT INTO core_era (floor, place, since) SELECT %s, 'another.life', now()", given.since.newest - 1
    )
    assert refusal(client, after=text)[0] == "lost"


@pytest.mark.parametrize(
    ("query", "parameter", "code"),
    [
        ({"colour": "red"}, "colour", "unknown"),
        ({"as_of": "2025-12-01"}, "as_of", "unknown"),
        ({"fields": "id"}, "fields", "unknown"),
        ({"limit": "0"}, "limit", "out_of_range"),
        ({"limit": "201"}, "limit", "out_of_range"),
        ({"after": ""}, "after", "empty"),
        ({"resource": "projects,secrets"}, "resource", "invalid_choice"),
        ({"resource": "projects,projects"}, "resource", "repeated"),
        ({"lang": "de"}, "lang", "invalid_choice"),
    ],
)
def test_what_it_does_not_take_is_named(api: Any, query: Any, parameter: str, code: str) -> None:
    answer = api().get(FEED, query)

    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert (error["parameter"], error["code"]) == (parameter, code) and error["detail"]


def test_one_language_and_a_few_registers(api: Any) -> None:
    SourceFactory(about_ru="О городе")
    client = api()

    answer = client.get(FEED, {"lang": "ru", "resource": "sources"})

    (entry,) = answer.json()["results"]
    assert entry["object"]["about"] == "О городе" and answer["Content-Language"] == "ru"
    assert "lang=ru" in answer.json()["next"] and "resource=sources" in answer.json()["next"]


def test_it_is_named_at_the_root_and_only_read(api: Any, settings: Any) -> None:
    root = api().get("/api/v1/").json()

    assert root["changes"] == f"{settings.PUBLIC_URL}{FEED}"
    assert api().post(FEED).status_code == 405
    assert api().head(FEED).status_code == 200


def test_words_that_nobody_may_read_are_not_in_it(api: Any) -> None:
    """Whatever table they stand in."""
    from tests.leak.canaries import Planted

    planted = Planted()
    planted.plant_every_table()
    for user in (None, "executor", "investor"):
        reader = api(
            user and ApiClientFactory(role=user, organisation=OrganisationFactory(code=f"of_{user}"))
        )
        copy = Copy(reader, limit=200)
        copy.follow()
        assert planted.found(str(copy.told)) == []
        assert copy.client.get(path_of("projects")).json()["results"] == []
