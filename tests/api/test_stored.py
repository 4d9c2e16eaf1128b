"""Stored answers: the same to the last header, never older than what was committed, never for one who signs in."""

from datetime import timedelta

import psycopg
import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import ApiClient
from accounts.services import digest
from core import watch
from core.api import stored
from core.models import Source
from tests.api.conftest import EXPORTS, REGISTERS, path_of, populate
from tests.core.test_cache import NOBODY
from tests.factories import DistrictFactory, ProjectFactory, SourceFactory
from tests.two import second_connection

pytestmark = pytest.mark.django_db(transaction=True)
SOURCES = path_of("sources")


@pytest.fixture
def made(monkeypatch):
    """The addresses of answers that were made and kept, rather than given from the store."""
    keys, keep = [], stored.keep
    monkeypatch.setattr(stored, "keep", lambda one: (keys.append(one.key), keep(one)))
    return keys


@pytest.fixture
def visitor():
    return Client()


@pytest.fixture
def token(office):
    facts = {"owner": office, "role": office.role, "scopes": ["read"]}
    ApiClient.objects.create(name="a program", token_hash=digest("secret"), **facts)
    return {"authorization": "Bearer secret"}


def words(answer):
    return [row["publisher"] for row in answer.json()["results"]]


def test_every_register_is_stored_and_given_back_to_the_last_header(visitor, made):
    DistrictFactory(code="gate")
    populate()
    for register in ("", *REGISTERS):
        addresses = [f"/api/v1/{register}/".replace("//", "/")]
        if register:
            (row, *_more) = visitor.get(path_of(register)).json()["results"]
            addresses = [path_of(register) + "?count=1&lang=ru", "/" + row["url"].split("/", 3)[3]]
        for address in addresses:
            before = len(made)
            first, second, head = visitor.get(address), visitor.get(address), visitor.head(address)
            assert len(made) == before + 1, address
            assert first.content == second.content
            assert first.headers == second.headers == head.headers
            assert (first.status_code, head.content) == (200, b"")
            assert visitor.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304


def test_the_order_of_parameters_and_their_spelling_make_no_difference(visitor, made):
    SourceFactory.create_batch(3)
    first = visitor.get(f"{SOURCES}?limit=1&count=1")

    assert visitor.get(f"{SOURCES}?count=1&limit=%31").content == first.content
    assert len(made) == 1
    assert first.json()["next"].startswith("http") and "count=1&cursor=" in first.json()["next"]


def test_what_is_asked_wrongly_is_refused_beside_a_stored_answer_too(visitor, made):
    visitor.get(SOURCES)

    for wrong in ("colour=red", "limit=1&limit=1", "lang=xx", "as_of=2025-12-01"):
        assert visitor.get(f"{SOURCES}?{wrong}").status_code in {400, 403}
    assert visitor.get(SOURCES, headers={"accept": "text/csv"}).status_code == 406
    assert visitor.get(SOURCES, headers={"host": "elsewhere.example"}).status_code == 400
    assert len(made) == 1


def test_a_language_of_its_own_is_an_answer_of_its_own(visitor, made):
    said = {
        language: visitor.get("/api/v1/", headers={"accept-language": language})["Content-Language"]
        for language in ("kk", "ru", "en", "ru")
    }

    assert said == {"kk": "kk", "ru": "ru", "en": "en"}
    assert len(made) == 3


def test_who_signs_in_neither_makes_nor_takes_a_stored_answer(visitor, token, office, made):
    ProjectFactory(visibility="public")
    ProjectFactory()
    browser = Client()
    browser.force_login(office)

    def seen(client, **headers):
        answer = client.get(path_of("projects"), headers=headers)
        return len(answer.json()["results"]), answer["Cache-Control"]

    mine, everybodys = (2, "private, no-store"), (1, "no-cache")
    assert [seen(visitor, **token), seen(browser)] == [mine, mine]
    assert not made
    assert [seen(visitor), seen(visitor, **token), seen(browser), seen(visitor)] == [
        everybodys,
        mine,
        mine,
        everybodys,
    ]
    assert len(made) == 1


def test_what_others_read_is_tagged_too(visitor, token):
    address = path_of("projects")
    first = visitor.get(address, headers=token)
    again = visitor.get(address, headers=token | {"if-none-match": first["ETag"]})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert "no-store" in again["Cache-Control"]


@pytest.mark.parametrize("known", ["{}", "W/{}", '"other", {}', "*"])
def test_who_has_it_already_is_told_so(visitor, known):
    """From the store and anew; with the headers that may have changed, and without those of the content."""
    tag = visitor.get(SOURCES)["ETag"]
    stored.memory.clear()
    caches["default"].clear()
    asked = {"if-none-match": known.format(tag)}
    anew, from_store = (visitor.get(SOURCES, headers=asked) for _time in range(2))

    assert anew.headers == from_store.headers
    assert (anew.status_code, anew.content) == (from_store.status_code, from_store.content) == (304, b"")
    assert {"ETag", "Vary", "Cache-Control", "Access-Control-Allow-Origin"} <= set(anew.headers)
    assert not {"Content-Type", "Content-Length", "Last-Modified"} & set(anew.headers)
    assert visitor.get(SOURCES, headers={"if-none-match": '"other"'}).status_code == 200


@pytest.mark.parametrize("address", ["/api/v1/openapi.json", "/api/docs/guide.md", *EXPORTS[:2], EXPORTS[-1]])
def test_what_is_not_stored_is_tagged_by_its_bytes(visitor, address):
    first = visitor.get(address)

    assert visitor.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert visitor.get(address)["ETag"] == first["ETag"]
    assert ("RateLimit-Limit" in first) == (address in EXPORTS)
    assert visitor.head(address).get("ETag") == (None if address in EXPORTS else first["ETag"])


def test_a_page_for_people_has_no_tag(visitor):
    assert "ETag" not in visitor.get("/api/docs/")


def test_a_late_commit_shows_in_the_very_next_answer(visitor, made):
    source = SourceFactory(publisher="first")
    with second_connection(autocommit=True) as other:
        other.execute("BEGIN")
        other.execute("UPDATE core_source SET publisher = 'late' WHERE id = %s", [source.pk])
        assert words(visitor.get(SOURCES)) == words(visitor.get(SOURCES)) == ["first"]
        other.execute("COMMIT")
    assert len(made) == 1
    assert words(visitor.get(SOURCES)) == ["late"]


def test_an_answer_outlives_changes_of_what_it_was_not_made_from(visitor, made):
    visitor.get(SOURCES)
    ProjectFactory(source=None, is_demo=True)
    visitor.get(SOURCES)

    assert len(made) == 1


def test_an_embargo_ends_without_a_write(visitor, made):
    ProjectFactory(visibility="public", published_at=timezone.now() + timedelta(seconds=0.5))
    address = path_of("projects")
    assert visitor.get(address).json()["results"] == []
    visitor.get(address)
    assert len(made) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.5)")

    assert len(visitor.get(address).json()["results"]) == 1


def test_a_new_day_makes_new_answers(visitor, made, time_machine):
    time_machine.move_to("2026-11-30T23:59:59+05:00", tick=False)
    visitor.get(SOURCES)
    visitor.get(SOURCES)
    assert len(made) == 1
    time_machine.move_to("2026-12-01T00:00:00+05:00", tick=False)
    visitor.get(SOURCES)

    assert len(made) == 2


def test_an_answer_of_another_place_is_never_given(visitor, made):
    visitor.get(SOURCES)
    for one in (*stored.memory._kept.values(), *_shared(made)):
        one.mark = one.mark.replace(".", ".9", 1)
        stored.share(one)
    visitor.get(SOURCES)

    assert len(made) == 2


def _shared(keys):
    return [caches["default"].get(stored._place(key)) for key in keys]


def test_another_process_takes_it_from_the_shared_cache(visitor, made):
    first = visitor.get(SOURCES)
    stored.memory.clear()

    assert visitor.get(SOURCES).content == first.content
    assert len(made) == 1


def test_a_dead_shared_cache_is_an_empty_one(visitor, made, settings):
    settings.CACHES = {"default": {"BACKEND": "core.cache.ForgivingRedisCache", "LOCATION": NOBODY}}
    visitor.get(SOURCES)
    assert visitor.get(SOURCES).status_code == 200
    assert len(made) == 1
    stored.memory.clear()

    assert visitor.get(SOURCES).status_code == 200
    assert len(made) == 2


def test_a_connection_that_was_cut_is_made_anew(visitor, made):
    visitor.get(SOURCES)
    visitor.get(SOURCES)
    pids = [link.info.backend_pid for link in watch._idle]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid, 5000) FROM unnest(%s) pid", [pids])

    assert pids
    assert visitor.get(SOURCES).status_code == 200
    assert len(made) == 1


def test_where_the_question_fails_the_answer_is_made(visitor, made, monkeypatch):
    visitor.get(SOURCES)

    def fails(*asked):
        raise psycopg.OperationalError

    monkeypatch.setattr(watch, "fresh", fails)
    assert visitor.get(SOURCES).status_code == 200


def test_what_only_a_transaction_sees_is_not_stored(visitor, made):
    source = SourceFactory(publisher="before")
    with transaction.atomic():
        Source.objects.filter(pk=source.pk).update(publisher="never")
        assert words(visitor.get(SOURCES)) == ["never"]
        transaction.set_rollback(True)

    assert not made
    assert words(visitor.get(SOURCES)) == ["before"]


def test_the_store_is_bounded():
    memory = stored.Memory(10 * (stored.AROUND + 200))
    for number in range(100):
        memory.put(stored.Stored(f"key {number}", b"x" * 100, {}, (), None, (0, 0), "", 0))

    assert memory.get("key 0") is None
    assert memory.get("key 99")
    assert len(memory._kept) == 10
    assert len({stored._place(f"key {number}") for number in range(10_000)}) <= stored.PLACES
