"""Background work of the investors' side. Safe to run twice."""

from datetime import time

from celery import shared_task
from django.utils import timezone

from core.jobs import once_per_slot
from investors.services import remind_of_enquiries
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


@shared_task
def remind_enquiries() -> None:
    """Once a day from the morning on: enquiries whose promised day is near or has passed.

    A day that was missed is made up for by the next one, with one notice of all.
    """
    now = timezone.localtime()
    if now.time() >= MORNING:
        today = now.date()
        once_per_slot("remind_enquiries", today.isoformat(), lambda: {"told": remind_of_enquiries(today)})
