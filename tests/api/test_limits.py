"""How many files a client may take; reading is never limited."""

from typing import Any

import pytest

from accounts.services import digest
from core.api.throttles import ExportThrottle, WriteThrottle
from tests.api.conftest import path_of
from tests.api.test_errors import problem
from tests.factories import ApiClientFactory

FILE = "/api/v1/sources.csv"


@pytest.fixture(autouse=True)
def _three_a_minute(monkeypatch: pytest.MonkeyPatch, own_cache: None) -> None:
    monkeypatch.setattr(ExportThrottle, "rate", "3/min")


def test_one_file_too_many_is_refused_with_a_time(db: None, anonymous: Any) -> None:
    left = [anonymous.get(FILE)["RateLimit-Remaining"] for _ in range(3)]
    refused = anonymous.get(FILE, headers={"accept-language": "ru"})

    assert left == ["2", "1", "0"]
    assert problem(refused, 429)["title"] == "Слишком много запросов"
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert (refused["RateLimit-Limit"], refused["RateLimit-Remaining"]) == ("3", "0")
    assert 1 <= int(refused["RateLimit-Reset"]) <= 60


def test_lists_are_not_limited(db: None, anonymous: Any) -> None:
    answers = [anonymous.get(path_of("sources")) for _ in range(5)]

    assert {answer.status_code for answer in answers} == {200}
    assert "RateLimit-Limit" not in answers[0]


def test_everybody_is_counted_alone(db: None, api: Any, office: Any, executor: Any, anonymous: Any) -> None:
    for _ in range(3):
        api(office).get(FILE)

    assert api(office).get(FILE).status_code == 429
    assert api(executor).get(FILE).status_code == 200
    assert anonymous.get(FILE).status_code == 200
    assert anonymous.get(FILE, REMOTE_ADDR="192.0.2.7")["RateLimit-Remaining"] == "2"


def test_each_program_is_counted_alone_and_may_have_more(db: None, api: Any, executor: Any) -> None:
    for name, times in (("usual", 1), ("much", 2)):
        ApiClientFactory(owner=executor, token_hash=digest(name), limit_times=times)

    left = {
        name: [api(token=name).get(FILE)["RateLimit-Remaining"] for _ in range(3)]
        for name in ("usual", "much")
    }
    refused = api(token="usual").get(FILE)

    assert left == {"usual": ["2", "1", "0"], "much": ["5", "4", "3"]}
    assert (refused.status_code, refused["RateLimit-Limit"]) == (429, "3")
    assert api(token="much").get(FILE)["RateLimit-Limit"] == "6"
    assert api(executor).get(FILE)["RateLimit-Remaining"] == "2"


@pytest.mark.parametrize("address", ["instructions", "enquiries"])
def test_whatever_is_limited_says_how_it_stands(
    db: None, api: Any, office: Any, monkeypatch: Any, address: str
) -> None:
    monkeypatch.setattr(WriteThrottle, "rate", "1/min")

    first, second = (api(office).post(path_of(address), {}, format="json") for _ in range(2))

    assert (first.status_code, first["RateLimit-Remaining"]) == (400, "0")
    assert problem(second, 429)["code"] == "throttled"
    assert int(second["Retry-After"]) >= 1
    assert (second["RateLimit-Limit"], second["RateLimit-Remaining"]) == ("1", "0")


def test_a_made_up_proxy_does_not_make_another_visitor(db: None, anonymous: Any) -> None:
    statuses = [
        anonymous.get(FILE, headers={"x-forwarded-for": f"192.0.2.{n}"}).status_code for n in range(4)
    ]

    assert statuses == [200, 200, 200, 429]


def test_the_limit_passes_with_time(db: None, anonymous: Any, monkeypatch: Any) -> None:
    now = [1000.0]
    monkeypatch.setattr(ExportThrottle, "timer", lambda _self: now[0])
    for _ in range(4):
        anonymous.get(FILE)
    now[0] += 61

    assert anonymous.get(FILE).status_code == 200


def test_without_a_cache_nobody_is_counted(db: None, anonymous: Any, settings: Any) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "core.cache.ForgivingRedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
            "OPTIONS": {"socket_connect_timeout": 0.1},
        }
    }

    assert {anonymous.get(FILE).status_code for _ in range(5)} == {200}
