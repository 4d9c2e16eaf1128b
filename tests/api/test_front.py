"""In front of Django: an answer that is asked for again in the same words, proved by the ledger like any other."""

import io
import sys
import tracemalloc

import psycopg
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.http.response import ResponseHeaders
from django.test import Client

from core import watch
from core.api import front, stored
from core.models import Source
from tests.api.conftest import path_of
from tests.factories import SourceFactory
from tests.two import second_connection

pytestmark = pytest.mark.django_db(transaction=True)
SOURCES = path_of("sources")


class Door:
    """The portal as a WSGI server has it; `passed` counts what went on to Django."""

    def __init__(self):
        self.passed, django = 0, WSGIHandler()

        def counting(environ, start_response):
            self.passed += 1
            return django(environ, start_response)

        self._application = front.Front(counting)

    def get(self, path, query="", method="GET", **said):
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "HTTP_ACCEPT": "*/*",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http",
        } | said
        started = []
        answer = self._application(environ, lambda status, headers, _=None: started.append((status, headers)))
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        ((status, headers),) = started
        return status, sorted(headers), body


@pytest.fixture
def door(monkeypatch):
    monkeypatch.setattr(front, "_keys", {})
    return Door()


@pytest.fixture
def known(door):
    """Asked for so often that it is answered in front."""
    SourceFactory(publisher="The first")
    answers = [door.get(SOURCES) for _ in range(3)]
    assert door.passed == 2  # made, found in the store, answered in front
    assert answers[0] == answers[1] == answers[2]
    return answers[0]


@pytest.mark.usefixtures("known")
def test_a_change_by_any_door_is_in_the_very_next_answer(door):
    source = Source.objects.get(publisher="The first")
    Source.objects.filter(pk=source.pk).update(publisher="The second")
    assert "The second" in door.get(SOURCES)[2].decode()

    door.get(SOURCES)
    with second_connection() as other:
        other.execute("UPDATE core_source SET publisher = 'The third'")
        assert "The second" in door.get(SOURCES)[2].decode()
    assert "The third" in door.get(SOURCES)[2].decode()


@pytest.mark.parametrize(
    "said",
    [
        {"HTTP_AUTHORIZATION": "Bearer unknown"},
        {"HTTP_COOKIE": "s=unknown"},
        {"HTTP_COOKIE": "django_language=ru"},
        {"HTTP_IF_NONE_MATCH": '"other"'},
        {"HTTP_RANGE": "bytes=0-1"},
        {"HTTP_TRANSFER_ENCODING": "chunked"},
        {"HTTP_HOST": "elsewhere.example"},
        {"HTTP_ACCEPT": "application/json"},
        {"HTTP_ACCEPT_LANGUAGE": "ru"},
        {"CONTENT_LENGTH": "1"},
        {"query": "limit=1"},
        {"method": "HEAD"},
        {"method": "POST"},
        {"wsgi.url_scheme": "https"},
    ],
    ids=str,
)
def test_what_is_said_otherwise_goes_on(door, known, said):
    before = door.passed
    door.get(SOURCES, **said)
    assert door.passed == before + 1
    assert door.get(SOURCES) == known
    assert door.passed == before + 1


def test_a_wrong_host_is_refused_beside_an_answer_that_is_known(door, known):
    assert known[0] == "200 OK"
    assert [door.get(SOURCES, HTTP_HOST="elsewhere.example")[0][:3] for _ in range(3)] == ["400"] * 3


def test_who_signs_in_is_not_answered_in_front(door, known, office):
    browser = Client()
    browser.force_login(office)
    cookie = f"s={browser.cookies['s'].value}"

    for _ in range(2):
        assert ("Cache-Control", "private, no-store") in door.get(SOURCES, HTTP_COOKIE=cookie)[1]
    assert ("Cache-Control", "no-cache") in known[1]


def test_a_connection_that_was_lost_is_made_anew(door, known):
    with second_connection(autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid = ANY(%s)",
            [[link.info.backend_pid for link in watch._idle]],
        )
    before = door.passed
    assert door.get(SOURCES) == known
    assert door.passed == before


def test_without_the_database_the_portal_itself_says_so(door, known, monkeypatch):
    def fails(*_asked):
        raise psycopg.OperationalError("gone")

    monkeypatch.setattr(watch, "fresh", fails)
    before = door.passed
    assert door.get(SOURCES)[0][:3] == "200"  # made anew: only the question has failed
    assert door.passed == before + 1
    assert known[0] == "200 OK"


def test_wordings_are_remembered_up_to_a_number(door, monkeypatch):
    monkeypatch.setattr(front, "MOST", 3)
    for number in range(1, 10):
        for _ in range(2):
            door.get(SOURCES, query=f"limit={number}")
        assert len(front._keys) <= 3


def test_what_is_asked_at_length_is_answered_and_not_kept(door):
    before = len(stored.memory._kept)
    for said in ({"HTTP_ACCEPT_LANGUAGE": "ru, " + "x" * 3000}, {"HTTP_ACCEPT": "*/*, " + "x/y," * 800}):
        for _ in range(3):
            assert door.get(SOURCES, **said)[0] == "200 OK"
    assert door.get(SOURCES, query="q=" + "a" * 3000)[0][:3] in {"200", "400"}

    assert (len(stored.memory._kept), front._keys) == (before, {})


def test_the_memory_of_a_process_is_bounded_by_what_answers_take(monkeypatch):
    """Small answers take their place too: with their key, their headers and the objects around them."""
    memory = stored.Memory(2_000_000)
    tracemalloc.start()
    for number in range(3000):
        headers = ResponseHeaders({f"Header-{place}": f"{number} {place}" for place in range(14)})
        memory.put(
            stored.Stored(f"{number:060}", b"x" * 42, headers, ("core_source",), None, (0, 1), "m" * 60, 0)
        )
    taken, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert 100 < len(memory._kept) < 500
    assert taken < 4_000_000
