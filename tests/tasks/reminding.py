"""What tests of reminders share: the rules and the calendar that the portal is delivered with, and a clock."""

from datetime import date
from typing import Any

from core import loading
from core.jobs import deliver_outbox
from core.models import CalendarDay
from tasks import services
from tasks.loading import DATA
from tasks.models import Reminder, ReminderRule


def delivered_rules() -> None:
    ReminderRule.objects.bulk_create(
        [ReminderRule(**rule) for rule in loading.read(DATA / "reminder_rules.yaml")]
    )


def delivered_calendar() -> None:
    days = loading.read(loading.DATA / "calendar.yaml")
    CalendarDay.objects.bulk_create([CalendarDay(date=day["date"], kind=day["kind"]) for day in days])


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


def deliver() -> None:
    deliver_outbox()
