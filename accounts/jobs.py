"""Background work of accounts. Safe to run twice."""

from celery import shared_task
from django.utils import timezone

from accounts import services
from core.jobs import once_per_slot


@shared_task
def warn_of_tokens() -> None:
    """Once a day, tell whose tokens end soon."""
    now = timezone.now()
    once_per_slot("warn_of_tokens", timezone.localdate(now).isoformat(), lambda: services.warn_of_ends(now))
