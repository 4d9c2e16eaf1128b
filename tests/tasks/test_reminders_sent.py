"""Reminders are sent: to the right people, on the right day, in their language, once, and never lost."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from core import notices
from core.jobs import deliver_outbox
from core.models import JobRun, Notice, Outbox, Silence
from tasks import jobs, services
from tasks.jobs import remind
from tasks.models import Reminder
from tests.tasks.reminding import (
    at,
    controlled,
    days_told,
    letters,
    planned,
    staffed,
    told,
)

__all__ = ["at"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(request, db):
    return staffed(request)


# --- what is said ---------------------------------------------------------------------------------


def test_everybody_in_his_language_by_bell_and_mail(scene, at):
    scene.executor.language = "ru"
    scene.executor.save()
    at("2026-02-18 10:00")
    given = controlled(scene, date(2026, 2, 25))
    at("2026-02-24 08:00")
    remind()

    [letter] = letters(scene.executor)
    with override("ru"):
        [one] = notices.tell(
            Notice.objects.filter(recipient=scene.executor, kind="term_reminder"), scene.executor
        )
    assert letter.body.startswith(f"{given.public_id}: {given.text.ru}")
    assert "25.02.2026" in letter.body and f"/ru/control/{given.public_id}/" in letter.body
    assert one.text == letter.body.split("\n\n")[0]


def test_several_terms_are_one_notice(scene, at):
    at("2026-02-18 10:00")
    first, second = (
        controlled(scene, date(2026, 2, 25)),
        controlled(scene, date(2026, 3, 3), text_kk="Көшет егу"),
    )
    at("2026-02-24 08:00")
    remind()

    [subjects] = told(scene.executor)
    assert subjects == [first.pk, second.pk]
    assert len(letters(scene.executor)) == 1


def test_what_somebody_silenced_does_not_come(scene, at):
    for channel in ("bell", "mail"):
        Silence.objects.create(owner=scene.executor, kind="term_reminder", channel=channel)
    at("2026-02-18 10:00")
    controlled(scene, date(2026, 2, 25))
    at("2026-02-24 08:00")
    remind()

    assert told(scene.executor) == [] and letters(scene.executor) == []
    assert not Reminder.objects.due(date(2026, 2, 24)).filter(recipient=scene.executor).exists()


def test_a_notice_says_nothing_of_what_its_reader_may_not_see_any_more(scene, at):
    at("2026-02-18 10:00")
    given = controlled(scene, date(2026, 2, 25))
    at("2026-02-24 08:00")
    remind()
    deliver_outbox()
    services.reassign(given, by=scene.office, lead=scene.stranger.organisation, reason="Құзыреті")

    [one] = notices.tell(
        Notice.objects.filter(recipient=scene.executor, kind="term_reminder"), scene.executor
    )

    assert given.public_id not in one.text and not one.link


# --- closed, extended, asked for ------------------------------------------------------------------


def test_what_is_handed_in_or_closed_is_silent(scene, at):
    at("2026-02-18 10:00")
    done, gone = controlled(scene, date(2026, 2, 25)), controlled(scene, date(2026, 2, 25), text_kk="Екінші")
    services.start(done, by=scene.executor)
    services.report(done, by=scene.executor, kind="final", text="Дайын")
    services.cancel(gone, by=scene.office, reason="Екі рет")

    assert days_told(scene, at, date(2026, 2, 19), date(2026, 3, 5)) == []


def test_the_sender_itself_passes_over_what_was_not_dropped(scene, at):
    """As after a run over all that read what somebody was just changing: the sender looks at the instruction."""
    at("2026-02-18 10:00")
    given = controlled(scene, date(2026, 2, 25))
    services.cancel(given, by=scene.office, reason="Екі рет")
    Reminder.objects.update(cancelled_at=None, cancelled_because="")
    at("2026-02-24 08:00")

    assert services.send_reminders(date(2026, 2, 24)) == 0


def test_while_more_time_is_asked_for_the_present_term_is_called_then_the_new_one(scene, at):
    at("2026-02-10 10:00")
    given = controlled(scene, date(2026, 2, 25))
    asked = services.request_extension(given, by=scene.executor, new_due=date(2026, 3, 17), reason="Кешікті")
    at("2026-02-18 08:00")
    remind()
    assert len(told(scene.executor)) == 1

    at("2026-02-19 10:00")
    services.grant(asked, by=scene.leadership)

    assert days_told(scene, at, date(2026, 2, 20), date(2026, 3, 2)) == ["2026-03-02"]
    assert planned(given, scene.executor)[-1] == "2026-03-20"


# --- nothing lost, nothing twice ------------------------------------------------------------------


def test_run_again_nothing_is_sent_again(scene, at):
    at("2026-02-18 10:00")
    controlled(scene, date(2026, 2, 25))
    at("2026-02-24 08:00")
    for _minute in range(3):
        remind()

    assert len(told(scene.executor)) == len(letters(scene.executor)) == 1


def test_beat_down_for_three_days_is_one_digest_with_each_term_once(scene, at):
    at("2026-02-16 10:00")
    first, second = (
        controlled(scene, date(2026, 2, 25)),
        controlled(scene, date(2026, 2, 26), text_kk="Көшет егу"),
    )
    at("2026-02-20 08:00")
    remind()
    before = len(told(scene.executor))

    at("2026-02-27 09:00")  # rungs of four working days were missed
    remind()

    after = told(scene.executor)
    assert len(after) == before + 1
    assert sorted(after[-1]) == [first.pk, second.pk]
    remind()
    assert len(told(scene.executor)) == before + 1


def test_a_worker_that_dies_before_the_mark_has_told_nobody_and_the_next_one_does(scene, at, monkeypatch):
    at("2026-02-18 10:00")
    controlled(scene, date(2026, 2, 25))
    at("2026-02-24 08:00")
    Outbox.objects.all().delete()

    monkeypatch.setattr("tasks.services.reminding.notices.notify", _killed_once(notices.notify))
    with pytest.raises(SystemExit), transaction.atomic():
        services.send_reminders(date(2026, 2, 24))
    assert not Outbox.objects.exists()

    remind()

    assert len(told(scene.executor)) == 1
    assert JobRun.objects.get(job="send_reminders").finished_at


def _killed_once(then):
    """What `notify` does, and the first time the end of the worker just after it."""
    calls = []

    def call(*args, **facts):
        calls.append(1)
        then(*args, **facts)
        if len(calls) == 1:
            raise SystemExit("killed")

    return call


def test_a_day_whose_sending_failed_has_no_record(scene, at, monkeypatch):
    at("2026-02-24 08:00")
    monkeypatch.setattr(jobs, "send_reminders", lambda today: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        remind()

    assert not JobRun.objects.filter(job="send_reminders").exists()


# --- the preview ----------------------------------------------------------------------------------


def test_the_preview_of_tomorrow_is_what_tomorrow_is_sent(scene, at):
    at("2026-02-10 10:00")
    for number in range(6):
        controlled(scene, date(2026, 2, 20) + timedelta(days=number), text_kk=f"Тапсырма {number}")
    at("2026-02-17 08:00")
    remind()
    for day, tomorrow in [
        ("2026-02-17", "2026-02-18"),
        ("2026-02-18", "2026-02-19"),
        ("2026-02-19", "2026-02-20"),
    ]:
        at(f"{day} 15:00")
        promised = Reminder.objects.on(date.fromisoformat(tomorrow), timezone.localdate())
        promised = set(promised.values_list("recipient", "instruction"))

        at(f"{tomorrow} 08:00")
        remind()

        sent = Reminder.objects.filter(sent_at=timezone.now())
        assert promised and set(sent.values_list("recipient", "instruction")) == promised
