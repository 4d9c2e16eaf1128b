"""Background work of the investors' side."""

from datetime import time

from celery import shared_task
from django.utils import timezone

from core.jobs import once_per_slot
from investors.services.request_reminding import remind_of_requests as remind

#: Nobody is written to before this hour of Almaty.
MORNING = time(8)


@shared_task
def remind_of_requests() -> None:
    """Once a day, from the morning on: whoever holds a request that is near its term or late."""
    now = timezone.localtime()
    if now.time() >= MORNING:
        today = now.date()
        once_per_slot("remind_of_requests", today.isoformat(), lambda: {"reminded": remind(today)})
