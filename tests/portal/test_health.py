"""Alive without a query; ready only with migrations and the real data."""

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from alatau_portal.open_data import editions
from tests.factories import DistrictFactory, ProjectFactory

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


def test_not_ready_with_a_migration_to_come(client):
    MigrationRecorder.Migration.objects.filter(app="tasks").delete()

    answer = client.get("/health/ready")

    assert answer.status_code == 503
    assert "migrate" in answer.json()["migrations"]


def test_not_ready_without_the_database(client, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", refuse)

    answer = client.get("/health/ready")

    assert (answer.status_code, answer.json()["database"]) == (503, "does not answer")
