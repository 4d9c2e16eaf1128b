"""Who may ask for the metrics, what they tell, and that they stay few."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families as parsed

from tests.factories import ProjectFactory, SourceFactory
from tests.portal.test_errors import failing

pytestmark = pytest.mark.django_db
TOKEN = "t" * 40


def samples(client, **headers):
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200, answer.status_code
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in parsed(answer.content.decode())
        for sample in family.samples
    }


def grown(before, after, name):
    """What was counted between, by the labels of it."""
    return {
        tuple(value for _name, value in key[1:]): after[key] - before.get(key, 0)
        for key in after
        if key[0] == name and after[key] != before.get(key, 0)
    }


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("10.0.0.5", {}, 404),
        ("127.0.0.1", {"x-forwarded-for": "203.0.113.9"}, 404),  # a proxy on this machine passed it on
        ("127.0.0.1", {"x-forwarded-proto": "https"}, 404),
        ("127.0.0.1", {"forwarded": "for=203.0.113.9"}, 404),
        ("127.0.0.1", {"x-forwarded-host": "portal.example"}, 404),
        ("127.0.0.1", {"cf-connecting-ip": "203.0.113.9"}, 404),
        ("10.0.0.5", {"authorization": f"Bearer {TOKEN}"}, 200),
        ("10.0.0.5", {"authorization": "Bearer wrong"}, 404),
        ("10.0.0.5", {"authorization": "Bearer "}, 404),
        ("10.0.0.5", {"authorization": TOKEN}, 404),
        ("10.0.0.5", {"authorization": "Bearer \xe9"}, 404),
    ],
)
def test_who_may_ask(settings, address, headers, status):
    settings.METRICS_TOKEN = TOKEN

    assert Client().get("/metrics", REMOTE_ADDR=address, headers=headers).status_code == status


def test_no_token_is_no_token(settings):
    settings.METRICS_TOKEN = ""
    bare = Client(REMOTE_ADDR="10.0.0.5")

    assert bare.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404
    assert bare.get("/metrics").content == bare.get("/metrics").content  # as of what is not there


def test_requests_are_counted_by_route_and_never_by_address(client, office):
    first, second = ProjectFactory(visibility="public"), ProjectFactory(visibility="public")
    client.force_login(office)
    before = samples(client)

    for address in (first.public_id, second.public_id, "ALT-P-9999"):
        client.get(f"/kk/projects/{address}/")
    client.get("/kk/no-such-place/")
    client.get("/admin/core/outbox/")
    client.generic("BREW", "/kk/")
    after = samples(client)

    counted = grown(before, after, "portal_http_requests_total")
    assert counted[("GET", "project", "200")] == 2 and counted[("GET", "project", "404")] == 1
    assert counted[("GET", "unmatched", "404")] == 1 and counted[("GET", "admin", "200")] == 1
    assert ("other", "home", "405") in counted
    assert grown(before, after, "portal_http_request_seconds_count")[("project",)] == 3
    assert grown(before, after, "portal_http_request_queries_sum")[()] > 10
    assert not any("ALT-P" in str(key) or "/" in "".join(map(str, key[1:])) for key in after)


@pytest.mark.django_db(transaction=True)
def test_an_answer_from_the_store_is_counted_and_nothing_else(client):
    SourceFactory()
    client.get("/api/v1/sources/")
    before = samples(client)

    client.get("/api/v1/sources/")
    client.get("/health/live")

    after = samples(client)
    assert grown(before, after, "portal_stored_answers_total")[()] == 1
    assert grown(before, after, "portal_http_requests_total").keys() == {("GET", "metrics", "200")}


def test_the_moment_is_told(client):
    told = samples(client)

    assert told[("portal_outbox_waiting",)] == 0
    assert told[("portal_alarm", ("code", "outbox_late"))] == 0
    assert told[("portal_ready", ("part", "data"))] == 0  # these tests have no real data
    assert told[("portal_disk_free_bytes",)] > 0 and told[("portal_database_bytes",)] > 0
    assert ("portal_ledger_proved_seconds",) not in told  # it was never: unknown is not nought


def test_they_are_told_without_the_database(client):
    with failing(OperationalError("gone")):
        told = samples(client)

    assert told[("portal_ready", ("part", "database"))] == 0
    assert told[("portal_alarm", ("code", "database_down"))] == 1
    assert ("portal_outbox_waiting",) not in told


COUNT = "from core import counting; counting.answered('home', 'GET', 200, .01, 3); counting.STORED.inc()"


def test_the_counts_of_all_processes_are_added_up(client, tmp_path, monkeypatch):
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    for _process in range(2):
        subprocess.run([sys.executable, "-c", COUNT], check=True, cwd=settings.BASE_DIR, env=dict(os.environ))

    told = samples(client)

    labels = (("method", "GET"), ("route", "home"), ("status", "200"))
    assert told[("portal_http_requests_total", *labels)] == 2
    assert told[("portal_stored_answers_total",)] == 2
    assert told[("portal_http_request_queries_sum",)] == 6
