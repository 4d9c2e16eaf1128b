"""What is owed is delivered at least once, in the order of debts, whatever dies in between."""

import os
import re
import signal
import subprocess
import sys
import time
from datetime import timedelta
from threading import Barrier, Thread
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from core import outbox
from core.jobs import clear_sessions, deliver_outbox, once_per_slot
from core.models import JobRun, Outbox

pytestmark = pytest.mark.django_db


def owe(number, to="a@example.kz"):
    outbox.owe_mail(f"message-{number}", to, f"Тақырып {number}", "Мәтін")


def test_a_debt_lives_and_dies_with_the_change():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        owe(1)
        1 / 0

    assert not Outbox.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_debt_outside_a_transaction_is_a_mistake_of_the_caller():
    with pytest.raises(RuntimeError, match="transaction"):
        owe(1)


def test_the_same_message_is_owed_once_and_sent_once():
    owe(1)
    owe(1)

    deliver_outbox()
    deliver_outbox()

    assert [message.subject for message in mail.outbox] == ["Тақырып 1"]
    assert Outbox.objects.get().delivered_at
    assert Outbox.objects.get().payload == {
        "to": "a@example.kz",
        "subject": "Тақырып 1",
    }  # a link dies with its mail


def test_one_refused_address_holds_nobody_up_and_is_tried_later(monkeypatch):
    owe(1, to="bad@example.kz")
    owe(2)
    send = outbox._send_mail

    def refuse(message):
        if message.payload["to"].startswith("bad"):
            raise OSError("550 no such user")
        send(message)

    monkeypatch.setitem(outbox.DELIVERIES, "mail", refuse)
    deliver_outbox()

    bad = Outbox.objects.get(key="message-1")
    assert len(mail.outbox) == 1
    assert (bad.delivered_at, bad.tries, bad.last_error) == (None, 1, "OSError: 550 no such user")
    assert bad.next_try_at > timezone.now()


def test_pauses_grow_and_after_three_days_somebody_must_look(monkeypatch):
    owe(1)
    monkeypatch.setitem(outbox.DELIVERIES, "mail", lambda message: 1 / 0)
    start = timezone.now()
    pauses = []
    for _ in range(3):
        row = Outbox.objects.get()
        moment = max(row.next_try_at, start)
        outbox.deliver_one(moment)
        pauses.append(Outbox.objects.get().next_try_at - moment)

    outbox.deliver_one(start + timedelta(days=4))

    assert pauses == [timedelta(seconds=10), timedelta(seconds=20), timedelta(seconds=40)]
    assert Outbox.objects.get().given_up_at
    assert outbox.deliver_one(start + timedelta(days=9)) is False


def test_a_message_keeps_its_identity_when_it_is_sent_again(monkeypatch):
    owe(1)
    send = outbox._send_mail
    monkeypatch.setitem(
        outbox.DELIVERIES, "mail", lambda message: send(message) or 1 / 0
    )  # sent, then it dies
    deliver_outbox()
    monkeypatch.setitem(outbox.DELIVERIES, "mail", send)
    let_leases_run_out()

    deliver_outbox()

    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first == second


@pytest.mark.django_db(transaction=True)
def test_eight_workers_at_once_send_each_message_once():
    with transaction.atomic():
        for number in range(40):
            owe(number)
    gate = Barrier(8)

    def work():
        gate.wait()
        deliver_outbox()
        connection.close()

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(message.subject for message in mail.outbox) == sorted(f"Тақырып {n}" for n in range(40))


@pytest.mark.django_db(transaction=True)
def test_a_slot_is_done_once_however_many_workers_there_are():
    done = []
    gate = Barrier(4)

    def work():
        gate.wait()
        once_per_slot("count", "2026-11-22", lambda: done.append(1))
        connection.close()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(done) == 1
    assert JobRun.objects.get().finished_at


def test_a_slot_whose_work_failed_is_done_at_the_next_run():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        once_per_slot("count", "2026-11-22", lambda: 1 / 0)

    assert once_per_slot("count", "2026-11-22", lambda: {"n": 1})
    assert JobRun.objects.get().result == {"n": 1}


def test_old_sessions_are_cleared_once_a_day(client):
    client.session.save()
    session = client.session
    session.set_expiry(-1)
    session.save()

    clear_sessions()
    clear_sessions()

    assert JobRun.objects.get(job="clear_sessions").result["sessions"] == 1


@pytest.fixture
def worker(tmp_path):
    """Starts real worker processes on the test's own database; their mail is files in DATA_DIR/mail."""
    at = connection.settings_dict
    place = {"host": at["HOST"], "port": at["PORT"], "user": at["USER"], "password": at["PASSWORD"]}
    query = "&".join(f"{name}={quote(str(value), safe='')}" for name, value in place.items() if value)
    environment = os.environ | {
        "DATABASE_URL": f"postgresql:///{at['NAME']}?{query}",
        "DATA_DIR": str(tmp_path),
        "SECRET_KEY": "only for this test " * 4,
        "ALLOWED_HOSTS": "localhost",
    }
    started = []

    def start(*arguments, **variables):
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=settings.BASE_DIR,
            env=environment | variables,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            end(process)


def wait_until(condition, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("waited in vain")


def undelivered():
    return Outbox.objects.filter(delivered_at=None).count()


def let_leases_run_out():
    Outbox.objects.filter(delivered_at=None).update(next_try_at=timezone.now())


def end(process, sign=signal.SIGKILL):
    os.killpg(process.pid, sign)
    process.wait(15)


def mails(data_dir):
    return [file.read_text() for file in (data_dir / "mail").glob("*.eml")]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_when_workers_are_killed_and_there_is_no_broker(worker, tmp_path):
    with transaction.atomic():
        for number in range(60):
            owe(number)
    kills = 2
    for _ in range(kills):
        before = undelivered()
        process = worker("manage.py", "work")
        wait_until(lambda before=before: undelivered() < before)
        end(process)
        let_leases_run_out()

    process = worker("manage.py", "work")
    wait_until(lambda: undelivered() == 0)
    end(process, signal.SIGTERM)

    sent = mails(tmp_path)
    identities = {match[0] for text in sent if (match := re.search(r"<outbox-\d+-\d{20}@", text))}
    assert len(identities) == 60
    assert len(sent) <= 60 + kills  # at most the message in hand goes out twice


@pytest.mark.django_db(transaction=True)
def test_a_celery_worker_whose_broker_dies_and_returns_delivers_everything(worker, tmp_path, broker):
    with transaction.atomic():
        for number in range(5):
            owe(number)
    celery = [
        "-m",
        "celery",
        "-A",
        "alatau_portal",
        "worker",
        "--beat",
        "-c",
        "1",
        "-s",
        str(tmp_path / "beat"),
    ]
    process = worker(*celery, REDIS_URL=broker.url)
    wait_until(lambda: undelivered() == 0)
    broker.kill()
    with transaction.atomic():
        for number in range(5, 10):
            owe(number)  # the change goes through at once, broker or not
    assert undelivered() == 5
    broker.start()
    wait_until(lambda: undelivered() == 0)
    end(process)

    assert len(mails(tmp_path)) == 10
