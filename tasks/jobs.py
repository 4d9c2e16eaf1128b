"""Background work of control (not tasks.py: the app's own name is `tasks`)."""

from celery import shared_task
from django.utils import timezone

from core.jobs import once_per_slot
from tasks.services import make_occurrences as make


@shared_task
def make_occurrences() -> None:
    """Once a day by the calendar of Almaty: the occurrences of recurring instructions that come next."""
    today = timezone.localdate()
    once_per_slot("make_occurrences", today.isoformat(), lambda: {"made": make(today)})
