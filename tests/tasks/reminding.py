"""What tests of reminders share: the rules and the calendar that the portal is delivered with, and a clock."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils.translation import override

from core import loading, notices
from core.jobs import deliver_outbox
from core.models import CalendarDay, Notice
from tasks import services
from tasks.jobs import remind
from tasks.loading import DATA
from tasks.models import Reminder, ReminderRule
from tests.tasks.scene import Scene


def delivered_rules() -> None:
    ReminderRule.objects.bulk_create(
        [ReminderRule(**rule) for rule in loading.read(DATA / "reminder_rules.yaml")]
    )


def delivered_calendar() -> None:
    days = loading.read(loading.DATA / "calendar.yaml")
    CalendarDay.objects.bulk_create([CalendarDay(date=day["date"], kind=day["kind"]) for day in days])


def staffed(request: Any) -> Scene:
    """A scene with rules and calendar; of the responsible executor one prepares, with an address, and nobody signs."""
    delivered_rules()
    delivered_calendar()
    scene = Scene(request)
    scene.executor.may_sign, scene.executor.email = False, "lead@example.kz"
    scene.executor.save()
    return scene


def controlled(scene: Any, due: date, **facts: Any) -> Any:
    """Put on control by the office, through the service, with the office as its controller."""
    given = scene.instruction("registered", due=due, controller=scene.office, **facts)
    return services.put_on_control(given, by=scene.office, reason="Керек")


def planned(instruction: Any, person: Any = None) -> list[str]:
    """Days for which something is still to be sent."""
    rows = Reminder.objects.pending().filter(instruction=instruction)
    rows = rows.filter(recipient=person) if person else rows
    return sorted({day.isoformat() for day in rows.values_list("planned_for", flat=True)})


def dropped(instruction: Any) -> set[str]:
    rows = Reminder.objects.filter(instruction=instruction).exclude(cancelled_at=None)
    return set(rows.values_list("cancelled_because", flat=True))


@pytest.fixture
def at(time_machine: Any) -> Any:
    """Move the clock of Almaty: at("2026-02-20 08:00")."""

    def move(moment: str) -> None:
        time_machine.move_to(f"{moment.replace(' ', 'T')}:00+05:00", tick=False)

    return move


def told(person: Any, kind: str = "term_reminder") -> list[list[int]]:
    """Instructions, or duties, in each notice to this person, oldest first."""
    deliver_outbox()
    rows = Notice.objects.filter(recipient=person, kind=kind).order_by("pk")
    return [row.facts["subjects"] for row in rows]


def letters(person: Any, kind: str = "term_reminder") -> list[Any]:
    deliver_outbox()
    with override(person.language):
        title = str(notices.KINDS[kind].title)
    return [one for one in mail.outbox if one.to == [person.email] and one.subject == title]


def days_told(scene: Any, at: Any, first: date, last: date) -> list[str]:
    """Run the job each morning; the days on which the responsible executor was told."""
    days: list[str] = []
    day = first
    before = len(told(scene.executor))
    while day <= last:
        at(f"{day} 08:00")
        remind()
        days += [day.isoformat()] * (len(told(scene.executor)) - before - len(days))
        day += timedelta(days=1)
    return days
