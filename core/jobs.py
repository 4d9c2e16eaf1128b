"""Background work of the ground floor. Safe to run twice, and by `manage.py work` without any broker."""

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core import retention, scanning, seals
from core.models import IdempotencyRecord, JobRun, Notice
from core.outbox import deliver_one

#: What else is forgotten once a day: name → how many it was. Apps fill it in ready().
FORGET: dict[str, Callable[[], int]] = {}
AT_ONCE = 200  # messages a run; the next run is two seconds away


@shared_task
def deliver_outbox() -> None:
    """Deliver what is owed, as long as there is any."""
    for _ in range(AT_ONCE):
        if not deliver_one():
            return


@shared_task
def scan_files() -> None:
    """Ask the scanner, where there is one, about files that wait."""
    scanning.scan_files()


@shared_task
def clear_sessions() -> None:
    """Once a day, forget sessions and answers that are over, and runs and notices read more than 90 days ago."""
    once_per_slot("clear_sessions", timezone.localdate().isoformat(), _forget_old)


def _forget_old() -> dict[str, int]:
    now = timezone.now()
    long_ago = now - timedelta(days=90)
    sessions = import_module(settings.SESSION_ENGINE).SessionStore.get_model_class()
    ended, _ = sessions.objects.filter(expire_date__lt=now).delete()
    runs, _ = JobRun.objects.filter(started_at__lt=long_ago).exclude(job=retention.JOB).delete()
    notices, _ = Notice.objects.filter(read_at__lt=long_ago).delete()
    answers, _ = IdempotencyRecord.objects.filter(expires_at__lt=now).delete()
    forgotten = {"sessions": ended, "runs": runs, "notices": notices, "answers": answers}
    return forgotten | {name: forget() for name, forget in FORGET.items()}


@shared_task
def keep_terms() -> None:
    """Once a day, clear personal data whose term is over; what was cleared stands in the record of the run."""
    once_per_slot(retention.JOB, timezone.localdate().isoformat(), lambda: retention.keep(timezone.now()))


@shared_task
def seal_ledger() -> None:
    """Close what is visible in the ledger: what is not sealed yet is not protected."""
    seals.seal()


@shared_task
def prove_ledger() -> None:
    """Once a day, check all seals; head and faults stand in the record of the run, and people are told."""
    once_per_slot(seals.JOB, timezone.localdate().isoformat(), seals.prove)


@transaction.atomic
def once_per_slot(job: str, slot: str, work: Callable[[], Any]) -> bool:
    """Do the work of a slot once. A second worker waits for the first on the unique row, then leaves it alone.

    A worker that dies takes its row with it, so that the next run does the slot.
    """
    run, new = JobRun.objects.get_or_create(job=job, slot=slot)
    if not new:
        return False
    run.result = work()
    run.finished_at = timezone.now()
    run.save(update_fields=["result", "finished_at"])
    return True
