"""The days of control: Almaty's midnight, days off that were moved, the ends of months and years."""

from datetime import date

import pytest
from django.utils import timezone

from core import loading
from core.calendar import WorkingDays
from core.exceptions import Conflict
from core.models import CalendarDay
from tasks import services
from tasks.jobs import make_occurrences
from tasks.models import Instruction
from tests.tasks.scene import Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(request, db):
    return Scene(request)


@pytest.fixture
def calendar(db):
    """The days of the file that the portal is delivered with."""
    days = loading.read(loading.DATA / "calendar.yaml")
    CalendarDay.objects.bulk_create([CalendarDay(date=day["date"], kind=day["kind"]) for day in days])


def ask(scene, given, new_due):
    return services.request_extension(given, by=scene.executor, new_due=new_due, reason="Кешікті")


@pytest.mark.parametrize(
    ("due", "last", "too_late", "later"),
    [
        ("2026-04-30", "2026-04-30T23:59:59+05:00", "2026-05-01T00:00:00+05:00", "2026-05-15"),
        ("2026-12-31", "2026-12-31T18:59:59+00:00", "2026-12-31T19:00:00+00:00", "2027-01-15"),
        ("2028-02-29", "2028-02-29T23:59:59+05:00", "2028-03-01T00:00:00+05:00", "2028-03-15"),
        ("2026-03-22", "2026-03-22T23:59:59+05:00", "2026-03-23T00:00:00+05:00", "2026-04-01"),
        # until the end of February 2024 Almaty was six hours ahead; its last day had an hour more
        ("2024-02-28", "2024-02-28T17:59:59+00:00", "2024-02-28T18:00:00+00:00", "2024-03-15"),
        ("2024-02-29", "2024-02-29T18:59:59+00:00", "2024-02-29T19:00:00+00:00", "2024-03-15"),
        ("2024-03-01", "2024-03-01T18:59:59+00:00", "2024-03-01T19:00:00+00:00", "2024-03-15"),
    ],
)
def test_more_time_is_asked_for_up_to_the_midnight_of_the_due_day(
    scene, time_machine, due, last, too_late, later
):
    day = date.fromisoformat(due)
    time_machine.move_to(last, tick=False)
    given = scene.instruction("in_execution", due=day)
    other = scene.instruction("in_execution", due=day)
    assert timezone.localdate() == day
    asked = ask(scene, given, date.fromisoformat(later))
    assert asked.asked_on == day
    assert not Instruction.objects.overdue(timezone.localdate()).exists()

    time_machine.move_to(too_late, tick=False)
    assert timezone.localdate() > day
    with pytest.raises(Conflict):
        ask(scene, other, date.fromisoformat(later))
    assert set(Instruction.objects.overdue(timezone.localdate())) == {given, other}
    services.grant(asked, by=scene.leadership)
    assert set(Instruction.objects.overdue(timezone.localdate())) == {other}
    assert all(
        one.is_overdue(timezone.localdate()) == (one == other) for one in Instruction.objects.order_by("pk")
    )


def test_a_late_decision_moves_the_term_of_what_was_asked_in_time(scene, time_machine):
    time_machine.move_to("2026-04-30T23:00:00+05:00", tick=False)
    asked = ask(scene, scene.instruction(due=date(2026, 4, 30)), date(2026, 5, 20))
    time_machine.move_to("2026-05-05T10:00:00+05:00", tick=False)

    granted = services.grant(asked, by=scene.leadership)

    assert (granted.decided_on, Instruction.objects.get().due) == (date(2026, 5, 5), date(2026, 5, 20))


def test_what_is_handed_in_waits_for_the_office_and_is_not_overdue_until_it_comes_back(scene, time_machine):
    time_machine.move_to("2026-04-30T23:59:00+05:00", tick=False)
    given = scene.instruction("in_execution", due=date(2026, 4, 30))
    services.report(given, by=scene.executor, kind="final", text="Дайын")
    time_machine.move_to("2026-05-01T00:00:00+05:00", tick=False)
    assert not Instruction.objects.overdue(timezone.localdate()).exists()

    services.return_report(given, by=scene.office, note="Актісі жоқ")

    assert Instruction.objects.overdue(timezone.localdate()).get() == given


# --- working days ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_on", "last"),
    [
        ("2026-02-02", "2026-02-05"),
        ("2026-02-26", "2026-03-03"),  # over a weekend and the end of the month
        ("2026-03-19", "2026-03-27"),  # Nauryz on Saturday to Monday, moved to Tuesday and Wednesday
        ("2025-12-30", "2026-01-06"),  # over the new year
        ("2024-05-02", "2024-05-06"),  # a Saturday on which the state worked
    ],
)
def test_an_assignment_is_refused_within_three_working_days(scene, calendar, time_machine, given_on, last):
    time_machine.move_to(f"{given_on}T10:00:00+05:00", tick=False)
    given, other = scene.instruction(due=date(2026, 12, 1)), scene.instruction(due=date(2026, 12, 1))

    time_machine.move_to(f"{last}T23:59:59+05:00", tick=False)
    services.refuse_assignment(given, by=scene.executor, reason="Құзыретіміз емес")
    time_machine.shift(1)
    with pytest.raises(Conflict):
        services.refuse_assignment(other, by=scene.executor, reason="Құзыретіміз емес")


def test_the_window_begins_anew_with_a_new_assignment(scene, calendar, time_machine):
    time_machine.move_to("2026-02-02T10:00:00+05:00", tick=False)
    given = scene.instruction(due=date(2026, 12, 1))
    time_machine.move_to("2026-03-02T10:00:00+05:00", tick=False)
    services.reassign(given, by=scene.office, lead=scene.akimat_signer.organisation, reason="Құзыреті")

    assert services.refuse_assignment(given, by=scene.akimat_preparer, reason="Құзыретіміз емес")


def test_nauryz_with_its_moved_days_is_no_time_to_work(calendar):
    assert WorkingDays().between(date(2026, 3, 20), date(2026, 3, 25)) == 0
    assert WorkingDays().add(date(2026, 3, 20), 1) == date(2026, 3, 26)


def test_a_due_day_off_stays_where_it_is(scene, calendar, time_machine):
    time_machine.move_to("2026-03-01T10:00:00+05:00", tick=False)
    sunday = date(2026, 3, 22)

    given = services.put_on_control(scene.instruction("registered", due=sunday), by=scene.office)
    extension = ask(scene, given, date(2026, 5, 9))
    services.grant(extension, by=scene.leadership)

    given.refresh_from_db()
    assert (given.original_due, given.due) == (sunday, date(2026, 5, 9))


def test_occurrences_of_a_leap_year_and_of_a_day_off(scene, time_machine):
    time_machine.move_to("2028-01-31T23:30:00+05:00", tick=False)
    given = scene.instruction(due=date(2028, 12, 31))
    services.set_recurrence(given, by=scene.office, recurrence="monthly", day=30)

    make_occurrences()
    make_occurrences()
    time_machine.move_to("2028-02-01T00:00:00+05:00", tick=False)
    make_occurrences()

    assert list(given.children.order_by("due").values_list("due", flat=True)) == [date(2028, 2, 29)]
