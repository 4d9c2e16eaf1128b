"""`python -m alatau_portal.embedded.serve <words of granian>`: the web server, with the portal loaded before it forks.

A worker that was killed is back in a moment, not after the seconds that loading takes, and what is loaded is in memory
once. Nothing may be open that a fork would share: no connection, no pool, no thread. macOS does not fork safely: there
each worker loads for itself.
"""

import gc
import multiprocessing
import sys

from granian.cli import entrypoint

from alatau_portal import web_process


def main() -> None:
    if sys.platform == "linux":
        multiprocessing.set_start_method("fork")
        load()
    entrypoint()


def load() -> None:
    """All that a first visitor would wait for."""
    web_process.prepare()  # as wsgi.py does
    gc.disable()  # nothing of this is ever thrown away
    import django

    django.setup()
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler
    from django.template.loader import get_template
    from django.urls import get_resolver
    from django.utils import translation

    WSGIHandler()
    get_resolver().url_patterns  # noqa: B018 each view is imported
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext("Sign in")
    for name in ("base.html", "error.html"):
        get_template(name)
    gc.freeze()
    gc.enable()


if __name__ == "__main__":
    main()
