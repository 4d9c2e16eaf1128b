"""The portal for a WSGI server: `granian --interface wsgi alatau_portal.wsgi:application`."""

import multiprocessing
import os
import signal
import threading

from django.core.wsgi import get_wsgi_application

from alatau_portal import environment


def _leave_with_parent() -> None:
    """A worker must not go on serving when its server was killed: it would keep the port."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGKILL)


def _count_together() -> None:
    """Each web process keeps its counts in a file of this folder; who is asked for metrics adds them up."""
    folder = environment.read().data_dir / "run" / "metrics"
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


threading.Thread(target=_leave_with_parent, name="leave-with-parent", daemon=True).start()
os.environ["PORTAL_WEB"] = "1"  # settings: with a connection pool
_count_together()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alatau_portal.settings")
_django = get_wsgi_application()

from core.api.front import Front  # noqa: E402  Django is set up now

application = Front(_django)
