"""Background work of the roof. Safe to run twice."""

from celery import shared_task
from django.utils import timezone

from alatau_portal.open_data import editions
from core.jobs import once_per_slot

DAILY = "publish_open_data"


@shared_task
def keep_open_data() -> None:
    """Every few seconds: make the open data again, where the register has changed since or an embargo has ended."""
    editions.keep_up()


@shared_task
def publish_open_data() -> None:
    """Once a day: check everything anew, and keep a permanent copy of what has changed."""
    today = timezone.localdate()
    once_per_slot(DAILY, today.isoformat(), lambda: editions.publish_daily(today))
