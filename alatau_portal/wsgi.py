"""The portal for a WSGI server: `granian --interface wsgi alatau_portal.wsgi:application`."""

import multiprocessing
import os
import signal
import threading

from django.core.wsgi import get_wsgi_application

from alatau_portal import web_process
from alatau_portal.legible import Legible


def _leave_with_parent() -> None:
    """A worker must not go on serving when its server was killed: it would keep the port."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGKILL)


threading.Thread(target=_leave_with_parent, name="leave-with-parent", daemon=True).start()
web_process.prepare()
_django = get_wsgi_application()

from core.api.front import Front  # noqa: E402  Django is set up now

application = Front(Legible(_django))
