"""All background work by the clock of the schedule: done in this process, or handed to workers through the broker."""

import logging
import signal
import time
from threading import Event
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils.module_loading import import_string

from core import tracing

logger = logging.getLogger(__name__)
#: A broker that does not take a job in this time is left alone for a while, and its jobs are done here.
PATIENCE, LEAVE_ALONE = 1.0, 5.0


class Command(BaseCommand):
    help = (
        "Does all background work (the schedule of settings.CELERY_BEAT_SCHEDULE) in this process, with no broker; "
        "with --hand-over it gives each job to the workers, and does itself what the broker does not take."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--once", action="store_true", help="do every job once and leave")
        parser.add_argument("--hand-over", action="store_true", help="give the jobs to the workers")

    def handle(self, *args: Any, **options: Any) -> None:
        """By a clock that nobody sets: one that is put forward or back does not make a job wait."""
        self.over = Event()
        self.broker = Broker() if options["hand_over"] else None
        for name in ("SIGINT", "SIGTERM"):
            signal.signal(getattr(signal, name), lambda *_: self.over.set())
        due = dict.fromkeys(settings.CELERY_BEAT_SCHEDULE, 0.0)
        while not self.over.is_set():
            now = time.monotonic()
            for entry in [entry for entry, at in due.items() if at <= now]:
                self.run(entry)
                due[entry] = time.monotonic() + float(settings.CELERY_BEAT_SCHEDULE[entry]["schedule"])
                if self.over.is_set():
                    return
            if options["once"]:
                return
            self.over.wait(max(0.0, min(due.values()) - time.monotonic()))

    def run(self, entry: str) -> None:
        """One job; its failure is logged and does not end the others."""
        job = settings.CELERY_BEAT_SCHEDULE[entry]
        if self.broker and self.broker.takes(job["task"], job["options"]):
            return
        close_old_connections()
        with tracing.job(job["task"]):
            try:
                import_string(job["task"])()
            except Exception:
                logger.exception("%s failed; it is tried again at its next time", entry)


class Broker:
    """Where jobs are handed over; one that is dead or frozen costs a second now and then, and loses nothing."""

    def __init__(self) -> None:
        limits = {**settings.CELERY_BROKER_TRANSPORT_OPTIONS, "socket_timeout": PATIENCE}
        self.line = current_app.connection_for_write(transport_options=limits)
        self.dead_until = 0.0

    def takes(self, task: str, options: dict[str, Any]) -> bool:
        if time.monotonic() < self.dead_until:
            return False
        try:
            import_string(task).apply_async(connection=self.line, retry=False, **options)
        except Exception as error:  # whatever it is, the job is done all the same
            self.dead_until = time.monotonic() + LEAVE_ALONE
            self.line.close()  # it opens again by itself
            logger.warning("the broker takes no jobs, doing them here: %s", error)
            return False
        return True
