"""Reminders of enquiries: the day before, on the day, after it; once each, whatever was missed before."""

from datetime import UTC, date, datetime

import pytest

from accounts.models import User
from core.models import Change, JobRun, Outbox
from investors.jobs import remind_enquiries
from investors.models import Enquiry
from investors.services import answer_enquiry, mark_spam, remind_of_enquiries, take_enquiry
from tests.factories import CalendarDayFactory, EnquiryFactory, UserFactory

pytestmark = pytest.mark.django_db
#: Thursday, Friday, Monday.
BEFORE, PROMISED, AFTER = date(2026, 12, 3), date(2026, 12, 4), date(2026, 12, 7)


def told(kind):
    """To whom, and of which enquiries, by the bell."""
    rows = Outbox.objects.filter(channel="bell", payload__kind=kind).order_by("pk")
    return [(row.payload["recipient"], row.payload["facts"]["subjects"]) for row in rows]


@pytest.fixture
def enquiry(db):
    return EnquiryFactory(promised_on=PROMISED)


def test_nobody_is_told_too_early(enquiry, office):
    assert remind_of_enquiries(date(2026, 12, 2)) == 0
    assert told("enquiry_due") == []


def test_of_one_that_nobody_took_the_office_is_told(enquiry, office, second_office, leadership, auditor):
    assert remind_of_enquiries(BEFORE) == 1

    assert told("enquiry_due") == [(office.pk, [enquiry.pk]), (second_office.pk, [enquiry.pk])]


def test_of_a_taken_one_who_took_it(enquiry, office, second_office):
    take_enquiry(enquiry, by=second_office)
    remind_of_enquiries(PROMISED)

    assert told("enquiry_due") == [(second_office.pk, [enquiry.pk])]


@pytest.mark.parametrize("facts", [{"is_active": False}, {"valid_until": BEFORE}])
def test_where_the_one_who_took_it_is_gone_the_office_is_told(enquiry, office, second_office, facts):
    take_enquiry(enquiry, by=second_office)
    User.objects.filter(pk=second_office.pk).update(**facts)
    remind_of_enquiries(PROMISED)

    assert told("enquiry_due") == [(office.pk, [enquiry.pk])]


def test_a_late_one_is_carried_to_leadership_and_again_every_week(enquiry, office, leadership):
    assert remind_of_enquiries(AFTER) == 1
    assert told("enquiry_overdue") == [(office.pk, [enquiry.pk]), (leadership.pk, [enquiry.pk])]

    assert [remind_of_enquiries(date(2026, 12, day)) for day in (8, 9, 10, 11)] == [0, 0, 0, 0]
    assert remind_of_enquiries(date(2026, 12, 14)) == 1
    assert len(told("enquiry_overdue")) == 4


def test_each_stage_once_and_both_days(enquiry, office):
    assert [remind_of_enquiries(day) for day in (BEFORE, BEFORE, PROMISED, PROMISED, AFTER, AFTER)] == [
        1, 0, 1, 0, 1, 0,
    ]  # fmt: skip


def test_after_days_without_a_run_one_notice_of_all(office, enquiry):
    others = [EnquiryFactory(promised_on=day) for day in (date(2026, 11, 20), PROMISED)]

    assert remind_of_enquiries(AFTER) == 3

    assert [len(subjects) for _person, subjects in told("enquiry_overdue")] == [3]
    assert told("enquiry_due") == []
    assert {row.reminded for row in Enquiry.objects.exclude(pk=others[0].pk)} == {3}


@pytest.mark.parametrize("done", ["answered", "spam"])
def test_what_waits_no_more_is_not_told(enquiry, office, done):
    if done == "answered":
        answer_enquiry(enquiry, by=office, text="Yes.")
    else:
        mark_spam(enquiry, by=office)
    Outbox.objects.all().delete()

    assert remind_of_enquiries(AFTER) == 0 and not Outbox.objects.exists()


def test_what_is_invented_reminds_nobody(office):
    EnquiryFactory(promised_on=PROMISED, is_demo=True)

    assert remind_of_enquiries(AFTER) == 0


def test_nobody_is_told_on_a_day_off(enquiry, office):
    CalendarDayFactory(date=AFTER, kind="off")

    assert remind_of_enquiries(date(2026, 12, 5)) == remind_of_enquiries(AFTER) == 0


def test_a_reminder_is_no_change_of_the_enquiry(enquiry, office):
    before = Change.objects.of(enquiry).count()
    remind_of_enquiries(BEFORE)

    row = Enquiry.objects.get()
    assert (row.reminded, row.version) == (1, enquiry.version)
    assert Change.objects.of(enquiry).count() == before


def test_the_mail_says_which_and_until_when(enquiry):
    UserFactory(role="office", language="en", email="o@example.org", username="o")
    remind_of_enquiries(BEFORE)

    mail = Outbox.objects.get(channel="mail").payload
    assert enquiry.receipt in mail["body"]
    assert "1 working day is left" in mail["body"]
    assert f"/en/review/enquiries/{enquiry.receipt}/" in mail["body"]
    assert enquiry.person_name not in mail["body"] and enquiry.email not in mail["body"]


@pytest.mark.parametrize(("hour", "runs"), [(2, 0), (3, 1)])
def test_the_job_runs_once_a_day_from_the_morning_on(enquiry, office, time_machine, hour, runs):
    time_machine.move_to(datetime(2026, 12, 7, hour, 30, tzinfo=UTC))

    remind_enquiries()
    remind_enquiries()

    assert JobRun.objects.filter(job="remind_enquiries").count() == runs
    assert len(told("enquiry_overdue")) == runs
