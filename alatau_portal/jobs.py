"""Background work that needs all the apps. Safe to run twice, and by `manage.py work` without any broker."""

from time import monotonic

from celery import shared_task

from accounts.services.deliveries import deliver_one
from alatau_portal import webhooks

AT_ONCE, SECONDS = 500, 20.0  # a run at the most; the next one is two seconds away


@shared_task
def deliver_webhooks() -> None:
    """Write what is owed to webhooks, then send what is due."""
    webhooks.dispatch()
    until = monotonic() + SECONDS
    for _ in range(AT_ONCE):
        if monotonic() > until or not deliver_one(webhooks.is_shown):
            return
