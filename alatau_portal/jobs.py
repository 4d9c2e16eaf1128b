"""Background work that needs all the apps. Safe to run twice, and by `manage.py work` without any broker."""

from time import monotonic

from celery import shared_task
from django.utils import timezone

from accounts.services.deliveries import deliver_one
from alatau_portal import webhooks
from alatau_portal.open_data import editions
from core.jobs import once_per_slot

DAILY = "publish_open_data"
AT_ONCE, SECONDS = 500, 20.0  # a run at the most; the next one is two seconds away


@shared_task
def deliver_webhooks() -> None:
    """Write what is owed to webhooks, then send what is due."""
    webhooks.dispatch()
    until = monotonic() + SECONDS
    for _ in range(AT_ONCE):
        if monotonic() > until or not deliver_one(webhooks.is_shown):
            return


@shared_task
def keep_open_data() -> None:
    """Every few seconds: make the open data again, where the register has changed since or an embargo has ended."""
    editions.keep_up()


@shared_task
def publish_open_data() -> None:
    """Once a day: check everything anew, and keep a permanent copy of what has changed."""
    today = timezone.localdate()
    once_per_slot(DAILY, today.isoformat(), lambda: editions.publish_daily(today))
