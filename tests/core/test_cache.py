"""A cache may be empty, never broken."""

import time

import pytest

from core.cache import ForgivingClient, ForgivingRedisCache

NOBODY = "redis://127.0.0.1:1/0"


@pytest.fixture
def dead(monkeypatch):
    monkeypatch.setattr(ForgivingClient, "_dead_until", 0.0)
    return ForgivingRedisCache(NOBODY, {"OPTIONS": {"socket_connect_timeout": 0.3}})


def test_a_dead_cache_is_an_empty_one(dead):
    assert dead.get("key", "default") == "default"
    assert dead.set("key", 1) is None
    assert dead.add("key", 1) is True
    assert dead.get_many(["key"]) == {}
    assert dead.delete("key") is False
    assert dead.has_key("key") is False
    assert dead.touch("key") is False
    assert dead.get_or_set("key", 5) == 5


def test_after_a_failure_it_is_left_alone_for_a_while(dead):
    dead.get("key")
    begun = time.monotonic()

    for _ in range(1000):
        dead.get("key")

    assert time.monotonic() - begun < 1
    assert ForgivingClient._dead_until > begun
