"""Background work of the office's side of investors. Safe to run twice."""

from datetime import time

from celery import shared_task
from django.utils import timezone

from core.jobs import once_per_slot
from investors.services import remind_of_enquiries

#: Nobody is written to before this hour of Almaty.
MORNING = time(8)


# --- enquiries ---


@shared_task
def remind_enquiries() -> None:
    """Once a day from the morning on: enquiries whose promised day is near or has passed.

    A day that was missed is made up for by the next one, with one notice of all.
    """
    now = timezone.localtime()
    if now.time() < MORNING:
        return
    today = now.date()
    once_per_slot("remind_enquiries", today.isoformat(), lambda: {"told": remind_of_enquiries(today)})
