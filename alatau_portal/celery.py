"""The Celery application: `celery -A alatau_portal worker`. Jobs are found in each app's `jobs.py`."""

import os
from typing import Any

from celery import Celery, signals
from structlog.contextvars import bind_contextvars, clear_contextvars

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alatau_portal.settings")

app = Celery("alatau_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="jobs")


@signals.task_prerun.connect
def _name_the_job(task: Any, **kwargs: Any) -> None:
    """Every line of the log that a job writes tells which it was."""
    clear_contextvars()
    bind_contextvars(job=task.name)


@signals.task_postrun.connect
def _forget_the_job(**kwargs: Any) -> None:
    clear_contextvars()
