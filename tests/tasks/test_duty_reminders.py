"""Reminders of progress reports that are owed: planned with each change, sent to the right people, dropped in time."""

from datetime import date

import pytest
from django.utils.translation import override
from psycopg.types.range import DateRange

from core import ledger, notices
from core.models import Notice
from tasks import services
from tasks.jobs import remind
from tasks.models import Reminder, ReminderRule, ReportingPeriod
from tests.factories import OrganisationFactory, ReportingDutyFactory, SubstitutionFactory, UserFactory
from tests.refusals import sql
from tests.tasks.progress_scene import ProgressScene
from tests.tasks.reminding import at, delivered_calendar, delivered_rules, letters, told

__all__ = ["at"]

pytestmark = pytest.mark.django_db

#: A Tuesday; the report of January is due on the last working day of February, near enough for all of the ladder.
NOW, DUE = "2026-02-10 10:00", date(2026, 2, 27)
#: Five working days before, one, on the day, one after.
PREPARERS = ["2026-02-20", "2026-02-26", "2026-02-27", "2026-03-02"]


@pytest.fixture
def scene(request, db, at):
    at(NOW)
    delivered_rules()
    delivered_calendar()
    scene = ProgressScene(request)
    scene.period.due_on, scene.period.grace_until = DUE, date(2026, 3, 6)
    scene.period.save()
    services.plan_reminders(date(2026, 2, 10))
    return scene


def planned(person):
    rows = Reminder.objects.pending().filter(recipient=person, duty__isnull=False)
    return sorted({day.isoformat() for day in rows.values_list("planned_for", flat=True)})


def dropped():
    return set(Reminder.objects.exclude(cancelled_at=None).values_list("cancelled_because", flat=True))


def test_the_ladder_of_everybody(scene):
    assert planned(scene.akimat_preparer) == PREPARERS
    assert planned(scene.akimat_signer) == PREPARERS[1:]
    assert planned(scene.office) == PREPARERS[3:]
    others = ("leadership", "auditor", "executor", "investor", "stranger")
    assert [planned(scene.people[name]) for name in others] == [[]] * len(others)


def test_where_nobody_prepares_who_signs_is_reminded_of_everything(scene):
    scene.akimat_preparer.is_active = False
    scene.akimat_preparer.save()

    services.plan_reminders(date(2026, 2, 10))

    assert planned(scene.akimat_signer) == PREPARERS
    assert (planned(scene.akimat_preparer), dropped()) == ([], {"others"})


def test_who_acts_for_him_is_reminded_on_those_days(scene):
    friend = UserFactory(role="executor", organisation=OrganisationFactory())
    during = DateRange(date(2026, 2, 26), date(2026, 2, 28))
    SubstitutionFactory(person=scene.akimat_signer, substitute=friend, during=during)

    services.plan_reminders(date(2026, 2, 10))

    assert planned(friend) == PREPARERS[1:3]


def test_what_is_submitted_needs_no_reminder_and_what_comes_back_does(scene):
    report = scene.report("complete")
    assert planned(scene.akimat_preparer) == PREPARERS, "a draft is still owed"

    services.submit_progress(report, by=scene.akimat_signer)
    assert (planned(scene.akimat_preparer), planned(scene.office), dropped()) == ([], [], {"submitted"})

    services.return_progress(report, by=scene.office, notes={"spent": "Аз"})
    assert planned(scene.akimat_preparer) == PREPARERS
    services.submit_progress(report, by=scene.akimat_signer)
    services.accept_progress(report, by=scene.office)
    services.plan_reminders(date(2026, 2, 10))
    assert planned(scene.akimat_preparer) == []


def test_a_duty_that_ends_or_goes_to_others_takes_its_reminders_along(scene):
    other = UserFactory(role="executor", organisation=OrganisationFactory())
    services.end_duty(scene.duty, by=scene.office, until=date(2026, 1, 10))
    assert planned(scene.akimat_preparer) == PREPARERS, "of January it is owed all the same"

    ReportingDutyFactory(project=scene.project, organisation=other.organisation, since=date(2026, 1, 11))
    assert (planned(scene.akimat_preparer), dropped()) == ([], {"ended"})
    services.plan_reminders(date(2026, 2, 10))
    assert planned(other) == PREPARERS


def test_whatever_door_a_term_moves_through_its_reminders_follow(scene):
    def change(column):
        with ledger.acting("somebody:1", "mend"):  # which names the day to the database
            sql(f"UPDATE tasks_reportingperiod SET {column} WHERE id = %s", scene.period.pk)

    change("due_on = '2026-02-20'")
    assert planned(scene.akimat_preparer) == ["2026-02-13", "2026-02-19", "2026-02-20", "2026-02-23"]
    assert dropped() == {"term_moved"}

    change("locked_at = now()")
    assert planned(scene.akimat_preparer) == [] and "locked" in dropped()
    change("locked_at = NULL")
    assert len(planned(scene.akimat_preparer)) == 4


def test_the_rules_are_followed_at_once(scene):
    ReminderRule.objects.filter(code="duty-preparers-5").update(is_active=False)

    assert planned(scene.akimat_preparer) == PREPARERS[1:] and "rule" in dropped()


def test_one_notice_of_all_that_is_owed_in_the_language_of_its_reader(scene, at):
    second = ReportingDutyFactory(organisation=scene.akimat)
    services.plan_reminders(date(2026, 2, 10))
    preparer = scene.akimat_preparer
    preparer.language, preparer.email = "ru", "akimat@example.kz"
    preparer.save()

    for _twice in range(2):
        at("2026-02-26 08:00")
        remind()

    assert told(preparer, "duty_reminder") == [[scene.duty.pk, second.pk]] and told(preparer) == []
    [letter] = letters(preparer, "duty_reminder")
    with override("ru"):
        lines = [f"{project} — {scene.period}: " for project in (scene.project, second.project)]
    assert [line.startswith(start) for line, start in zip(letter.body.split("\n"), lines, strict=False)] == [
        True,
        True,
    ]
    assert "27.02.2026" in letter.body and "/ru/report/" in letter.body


def test_the_office_hears_of_what_is_late(scene, at):
    at("2026-03-02 08:00")
    remind()

    assert told(scene.office, "duty_late") == [[scene.duty.pk]]
    [one] = notices.tell(Notice.objects.filter(recipient=scene.office, kind="duty_late"), scene.office)
    assert str(scene.project) in one.text and one.link.startswith("/kk/review/")


@pytest.mark.parametrize("change", ["submitted", "locked", "moved", "ended"])
def test_the_sender_looks_at_the_report_itself(scene, at, change):
    """Whatever was planned: of what is not owed any more nobody hears."""
    {
        "submitted": lambda: scene.report("submitted"),
        "locked": lambda: ReportingPeriod.objects.update(locked_at="2026-02-10T00:00Z"),
        "moved": lambda: ReportingPeriod.objects.update(due_on=date(2026, 3, 3)),
        "ended": lambda: services.end_duty(scene.duty, by=scene.office, until=date(2025, 12, 31)),
    }[change]()
    Reminder.objects.filter(occurrence=DUE).update(cancelled_at=None, cancelled_because="")

    at("2026-02-20 08:00")
    remind()

    assert told(scene.akimat_preparer, "duty_reminder") == []
