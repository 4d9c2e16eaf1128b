"""All background work in one process, without a broker."""

import logging
import signal
import time
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils.module_loading import import_string

from core import tracing

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Does all background work (the schedule of settings.CELERY_BEAT_SCHEDULE) in this process, with no broker."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--once", action="store_true", help="do every job once and leave")

    def handle(self, *args: Any, **options: Any) -> None:
        self.over = Event()
        for name in ("SIGINT", "SIGTERM"):
            signal.signal(getattr(signal, name), lambda *_: self.over.set())
        due = dict.fromkeys(settings.CELERY_BEAT_SCHEDULE, 0.0)
        while not self.over.is_set():
            now = time.monotonic()
            for entry in [entry for entry, at in due.items() if at <= now]:
                self.run(entry)
                due[entry] = time.monotonic() + float(settings.CELERY_BEAT_SCHEDULE[entry]["schedule"])
            if options["once"]:
                return
            self.over.wait(max(0.0, min(due.values()) - time.monotonic()))

    def run(self, entry: str) -> None:
        """One job; its failure is logged and does not end the others."""
        close_old_connections()
        task = settings.CELERY_BEAT_SCHEDULE[entry]["task"]
        with tracing.job(task):
            try:
                import_string(task)()
            except Exception:
                logger.exception("%s failed; it is tried again at its next time", entry)
