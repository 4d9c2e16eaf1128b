"""Alive without a query; ready only with migrations and the real data; what is broken besides is named."""

import signal
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from alatau_portal.open_data import editions
from tests.database import as_owner
from tests.factories import DistrictFactory, OutboxFactory, ProjectFactory, WebhookDeliveryFactory
from tests.work.conftest import Broker

pytestmark = pytest.mark.django_db


def test_alive_asks_nobody(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/health/live")

    assert (answer.status_code, answer.content) == (200, b"alive\n")


def test_ready_without_the_four_districts_says_what_to_do(client):
    answer = client.get("/health/ready")

    assert answer.status_code == 503
    assert "load_alatau" in answer.json()["data"]


def test_ready_with_them_and_their_open_data(client):
    for code in ("gate", "golden", "growing", "green"):
        DistrictFactory(code=code)
    ProjectFactory(visibility="public")
    assert "publish_open_data" in client.get("/health/ready").json()["open_data"]
    editions.publish()

    answer = client.get("/health/ready")

    assert (answer.status_code, set(answer.json().values())) == (200, {"ok"})


@pytest.fixture
def parts(client):
    """parts(): what is said of each part by a portal that lacks nothing, and is ready whatever else is broken."""
    for code in ("gate", "golden", "growing", "green"):
        DistrictFactory(code=code)
    ProjectFactory(visibility="public")
    editions.publish()

    def ask():
        answer = client.get("/health/ready")
        assert answer.status_code == 200
        assert client.get("/health/live").status_code == 200
        return {name: said for name, said in answer.json().items() if said != "ok"}

    return ask


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGSTOP])
def test_a_broker_and_a_cache_that_do_not_answer_are_named(parts, settings, tmp_path, sign):
    broker = Broker(tmp_path)
    broker.start()
    settings.CELERY_BROKER_URL = broker.url
    settings.CACHES = {
        "default": {
            "BACKEND": "core.cache.ForgivingRedisCache",
            "LOCATION": broker.url,
            "OPTIONS": {"socket_connect_timeout": 0.3, "socket_timeout": 0.5},
        }
    }
    assert parts() == {}

    broker.process.send_signal(sign)
    if sign == signal.SIGKILL:
        broker.process.wait()
    try:
        assert set(parts()) == {"broker", "cache"}
    finally:
        broker.kill()


def test_jobs_that_nobody_does_are_named(parts):
    OutboxFactory(next_try_at=timezone.now() - timedelta(minutes=4))
    assert parts() == {}
    OutboxFactory(next_try_at=timezone.now() - timedelta(minutes=6))
    assert set(parts()) == {"jobs"}


def test_webhooks_that_nobody_sends_are_named(parts):
    WebhookDeliveryFactory(next_try_at=timezone.now() - timedelta(minutes=6))

    assert set(parts()) == {"jobs"}


def test_mail_that_goes_out_nowhere_is_named_until_some_does(parts):
    soon = timezone.now() + timedelta(minutes=1)
    OutboxFactory(tries=1, last_error="ConnectionRefusedError", next_try_at=soon)
    assert set(parts()) == {"mail"}

    OutboxFactory(delivered_at=timezone.now())
    assert parts() == {}


def test_files_that_cannot_be_kept_are_named(parts, settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    assert parts() == {}
    settings.FILES_DIR.write_bytes(b"in its place")

    assert set(parts()) == {"files"}


def test_a_database_that_only_reads_is_named(parts):
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
    try:
        assert set(parts()) == {"changes"}
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET default_transaction_read_only")


def test_not_ready_with_a_migration_to_come(client):
    as_owner("DELETE FROM django_migrations WHERE app = 'tasks'")

    answer = client.get("/health/ready")

    assert answer.status_code == 503
    assert "migrate" in answer.json()["migrations"]


def test_a_migration_to_come_is_no_dead_database(client):
    """Columns that it would bring are missing: what is owed cannot be asked."""
    as_owner("DELETE FROM django_migrations WHERE app = 'core'")
    as_owner("ALTER TABLE core_outbox DROP COLUMN next_try_at")

    told = client.get("/health/ready").json()

    assert told["database"] == told["jobs"] == "ok" and "migrate" in told["migrations"]


def test_not_ready_without_the_database(client, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", refuse)

    answer = client.get("/health/ready")

    assert (answer.status_code, answer.json()["database"]) == (503, "does not answer")
