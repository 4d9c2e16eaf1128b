"""The Celery application: `celery -A alatau_portal worker`. Jobs are found in each app's `jobs.py`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alatau_portal.settings")

app = Celery("alatau_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="jobs")
