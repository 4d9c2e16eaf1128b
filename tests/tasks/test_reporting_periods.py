"""Who owes reports, and how their periods are opened, locked and opened again."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from core.choices import DayKind
from core.exceptions import Conflict, Forbidden
from core.models import CalendarDay, Change, JobRun
from tasks import jobs, services
from tasks.models import ReportingDuty, ReportingPeriod
from tests.factories import OrganisationFactory, ProjectFactory, ReportingDutyFactory, ReportingPeriodFactory
from tests.tasks.progress_scene import PEOPLE, ProgressScene, everything

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 15)


@pytest.fixture
def scene(request, db):
    return ProgressScene(request)


def periods(kind="month"):
    rows = ReportingPeriod.objects.filter(kind=kind).order_by("starts")
    return [(row.code, row.due_on, row.grace_until) for row in rows]


def test_periods_are_opened_for_what_is_owed_once():
    ReportingDutyFactory(since=date(2026, 1, 20))
    ReportingDutyFactory(kind="quarter", since=date(2026, 3, 1))

    assert services.open_periods(TODAY) == 6
    assert services.open_periods(TODAY) == 0
    assert periods() == [
        ("2026-01", date(2026, 2, 27), date(2026, 3, 6)),  # the 28th is a Saturday
        ("2026-02", date(2026, 3, 31), date(2026, 4, 7)),
        ("2026-03", date(2026, 4, 30), date(2026, 5, 7)),
        ("2026-04", date(2026, 5, 29), date(2026, 6, 5)),
    ]
    assert periods("quarter") == [
        ("2026-Q1", date(2026, 4, 30), date(2026, 5, 7)),
        ("2026-Q2", date(2026, 7, 31), date(2026, 8, 7)),
    ]


def test_days_off_of_the_calendar_count():
    ReportingDutyFactory(since=date(2026, 4, 1))
    for day in (date(2026, 5, 29), date(2026, 6, 1)):
        CalendarDay.objects.update_or_create(date=day, defaults={"kind": DayKind.OFF})

    services.open_periods(TODAY)

    assert periods() == [("2026-04", date(2026, 5, 28), date(2026, 6, 8))]


def test_over_the_turn_of_the_year():
    ReportingDutyFactory(since=date(2026, 11, 30), until=date(2027, 1, 1))

    services.open_periods(date(2027, 3, 1))

    assert [(code, due) for code, due, _grace in periods()] == [
        ("2026-11", date(2026, 12, 31)), ("2026-12", date(2027, 1, 29)), ("2027-01", date(2027, 2, 26)),
    ]  # fmt: skip


def test_nothing_is_opened_that_nobody_owes():
    ReportingDutyFactory(since=date(2026, 1, 1), until=date(2026, 1, 31))
    ReportingDutyFactory(since=date(2026, 4, 2))
    assert services.open_periods(date(2025, 12, 31)) == 0

    services.open_periods(TODAY)

    assert [code for code, *_days in periods()] == ["2026-01", "2026-04"]


def test_the_job_runs_once_a_day_and_leaves_its_record(time_machine):
    time_machine.move_to("2026-04-15T00:10+05:00")
    ReportingDutyFactory(since=date(2026, 1, 1))

    for _twice in range(2):
        jobs.keep_periods()

    assert JobRun.objects.get(job="keep_periods").result == {"opened": 4, "locked": 2}
    first = ReportingPeriod.objects.get(starts=date(2026, 1, 1))
    assert first.is_locked and not ReportingPeriod.objects.get(starts=date(2026, 3, 1)).is_locked
    changes = Change.objects.of(first).order_by("id")
    assert [(one.actor, one.verb) for one in changes] == [
        ("system:reporting", "open_period"), ("system:reporting", "lock_period"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "locked"),
    [("draft", 1), ("complete", 1), ("submitted", 0), ("returned", 0), ("accepted", 1)],
)
def test_a_period_is_not_locked_over_what_is_under_way(scene, state, locked):
    scene.report(state)
    ReportingPeriod.objects.update(due_on=date(2026, 2, 27), grace_until=date(2026, 3, 6))

    assert services.lock_periods(date(2026, 3, 6)) == 0
    assert services.lock_periods(date(2026, 3, 7)) == locked
    assert services.lock_periods(date(2026, 3, 8)) == 0


def test_locked_by_hand_and_opened_again_with_a_reason(scene, time_machine):
    scene.report("accepted")
    ReportingPeriod.objects.update(due_on=date(2026, 2, 27), grace_until=date(2026, 3, 6))
    time_machine.move_to("2026-02-27T12:00+05:00")
    with pytest.raises(Conflict):
        services.lock_period(scene.period, by=scene.office)
    with pytest.raises(Conflict):
        services.reopen_period(scene.period, by=scene.office, until=date(2026, 3, 20), reason="Қате")

    time_machine.move_to("2026-02-28T12:00+05:00")
    row = services.lock_period(scene.period, by=scene.office)
    assert row.is_locked
    with pytest.raises(Conflict):
        services.lock_period(row, by=scene.office)
    for wrong in ({"reason": " "}, {"until": date(2026, 2, 27)}):
        with pytest.raises(ValidationError) as caught:
            services.reopen_period(
                row, by=scene.office, **({"until": date(2026, 3, 20), "reason": "Қате"} | wrong)
            )
        assert set(caught.value.message_dict) == set(wrong)

    row = services.reopen_period(row, by=scene.office, until=date(2026, 3, 20), reason="Жаңа деректер")
    assert (row.is_locked, row.grace_until, row.due_on) == (False, date(2026, 3, 20), date(2026, 2, 27))
    last = Change.objects.of(row).order_by("id").last()
    assert (last.verb, last.note, last.actor) == ("reopen_period", "Жаңа деректер", f"user:{scene.office.pk}")
    assert services.lock_periods(date(2026, 3, 20)) == 0 and services.lock_periods(date(2026, 3, 21)) == 1


def test_a_period_with_reports_that_wait_is_not_locked_by_hand(scene):
    scene.report("submitted")
    ReportingPeriod.objects.update(due_on=date(2026, 2, 27), grace_until=date(2026, 3, 6))

    with pytest.raises(Conflict):
        services.lock_period(scene.period, by=scene.office)


CALLS = {
    "assign_duty": lambda s, by: services.assign_duty(
        ProjectFactory(), s.akimat, by=by, kind="month", since=date(2026, 1, 1)
    ),
    "end_duty": lambda s, by: services.end_duty(s.duty, by=by, until=date(2026, 5, 31)),
    "lock_period": lambda s, by: services.lock_period(s.period, by=by),
    "reopen_period": lambda s, by: services.reopen_period(
        s.period, by=by, until=date(2199, 3, 1), reason="Қате"
    ),
}


@pytest.mark.parametrize("verb", CALLS)
@pytest.mark.parametrize("name", PEOPLE)
def test_only_the_office_keeps_duties_and_periods(scene, name, verb):
    locked = "2026-04-01T00:00Z" if verb == "reopen_period" else None
    ReportingPeriod.objects.update(locked_at=locked, due_on=date(2026, 2, 27), grace_until=date(2026, 3, 6))
    before = everything()
    if name == "office":
        CALLS[verb](scene, scene.office)
        return
    with pytest.raises(Forbidden):
        CALLS[verb](scene, scene.people[name])
    assert everything() == before


@pytest.mark.parametrize(
    "facts",
    [{"kind": "year"}, {"until": date(2025, 12, 31)}, {"since": date(2025, 6, 1), "until": date(2026, 1, 1)}],
)
def test_a_wrong_duty_is_refused_in_words(scene, facts):
    services.end_duty(scene.duty, by=scene.office, until=date(2026, 1, 1))
    given = {"kind": "month", "since": date(2026, 1, 2)}
    with pytest.raises(ValidationError):
        services.assign_duty(scene.project, OrganisationFactory(), by=scene.office, **(given | facts))
    services.assign_duty(scene.project, OrganisationFactory(), by=scene.office, **given)


def test_who_owes_it_last_in_the_period_reports(scene):
    other = scene.people["executor"].organisation
    services.end_duty(scene.duty, by=scene.office, until=date(2026, 1, 10))
    services.assign_duty(scene.project, other, by=scene.office, kind="month", since=date(2026, 1, 11))

    with pytest.raises(Forbidden):
        scene.save()
    assert scene.save(by=scene.executor).organisation == other
    assert scene.save(period=ReportingPeriodFactory(starts=date(2025, 12, 1))).organisation == scene.akimat


def test_who_sees_duties(scene):
    seen = {name for name in PEOPLE if ReportingDuty.objects.visible_to(scene.people[name]).exists()}

    assert seen == {"office", "leadership", "auditor", "akimat_preparer", "akimat_signer"}
