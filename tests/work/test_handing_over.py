"""`manage.py work --hand-over`: workers do the jobs; where the broker takes none, it does them itself."""

import signal

import pytest
from django.db import transaction

from tests.work.test_outbox import end, mails, owe, undelivered, wait_until, worker

__all__ = ["worker"]

pytestmark = pytest.mark.django_db(transaction=True)
HAND_OVER = ("manage.py", "work", "--hand-over")


def owe_some(numbers):
    with transaction.atomic():
        for number in numbers:
            owe(number)


def test_a_broker_that_never_starts_loses_nothing(worker, tmp_path):
    owe_some(range(5))
    clock = worker(*HAND_OVER, REDIS_URL="redis://127.0.0.1:1/0")

    wait_until(lambda: undelivered() == 0, seconds=180)
    end(clock, signal.SIGTERM)

    assert clock.returncode == 0
    assert len(mails(tmp_path)) == 5


def test_a_broker_that_freezes_loses_nothing_and_workers_go_on_when_it_is_back(worker, tmp_path, broker):
    workers = worker("-m", "celery", "-A", "alatau_portal", "worker", "-c", "1", REDIS_URL=broker.url)
    clock = worker(*HAND_OVER, REDIS_URL=broker.url)
    owe_some(range(3))
    wait_until(lambda: undelivered() == 0, seconds=180)

    broker.process.send_signal(signal.SIGSTOP)
    try:
        owe_some(range(3, 6))
        wait_until(lambda: undelivered() == 0, seconds=180)
    finally:
        broker.process.send_signal(signal.SIGCONT)
    end(clock, signal.SIGTERM)
    owe_some(range(6, 9))
    clock = worker(*HAND_OVER, REDIS_URL=broker.url)
    wait_until(lambda: undelivered() == 0, seconds=180)

    assert workers.poll() is None
    assert len(mails(tmp_path)) == 9
