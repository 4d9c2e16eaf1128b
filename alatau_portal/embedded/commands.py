"""The programs that `make run` keeps alive: how each is called, and how it is asked to end."""

import os
import signal
import sys

from alatau_portal.embedded import postgres, valkey
from alatau_portal.embedded.places import Places
from alatau_portal.environment import Environment

#: Name, and the signal that ends it in good order.
PROGRAMS = {
    "supervisord": signal.SIGTERM,
    "postgres": signal.SIGINT,
    "redis": signal.SIGTERM,
    "web": signal.SIGTERM,
    "worker": signal.SIGQUIT,  # Celery's soft shutdown: running jobs have 8 s
    "beat": signal.SIGTERM,
}
PORTAL = "alatau_portal.wsgi:application"


def servers(environment: Environment) -> list[str]:
    """The embedded servers of this environment."""
    return ["postgres"] * environment.embedded + ["redis"] * environment.runs_redis


def processes(environment: Environment) -> list[str]:
    """The portal's own programs; without a broker one worker does all jobs."""
    return ["web", "worker", "beat"] if environment.redis_url else ["web", "worker"]


def command(name: str, environment: Environment, places: Places) -> list[str]:
    """The words that start the program in the foreground; the first is a path."""
    match name:
        case "postgres":
            return postgres.command(places)
        case "redis":
            return valkey.command(places)
        case "supervisord":
            return _python(
                "supervisor.supervisord",
                "--nodaemon",
                "--configuration",
                str(places.run / "supervisord.conf"),
            )
        case "web":
            return web(environment)
        case "worker" if environment.redis_url:
            return _celery(
                "worker", "--loglevel=INFO", "--concurrency=2", "--without-gossip", "--without-mingle"
            )
        case "worker":
            return [sys.executable, "manage.py", "work"]
        case _:  # not Celery's own, which waits for a broker for ever, and hours where the clock was set back
            return [sys.executable, "manage.py", "work", "--hand-over"]


def web(environment: Environment, application: str = PORTAL) -> list[str]:
    workers = min(4, max(2, os.cpu_count() or 2))
    options = {
        "interface": "wsgi",
        "host": environment.host,
        "port": environment.port,
        "workers": workers,
        "blocking-threads": environment.web_threads,
        "workers-kill-timeout": 4,
    }
    words = [f"--{name}={value}" for name, value in options.items()]
    server = "alatau_portal.embedded.serve" if application == PORTAL else "granian"
    return _python(server, *words, "--respawn-failed-workers", application)


def _celery(*words: str) -> list[str]:
    return _python("celery", "-A", "alatau_portal", *words)


def _python(module: str, *words: str) -> list[str]:
    return [sys.executable, "-m", module, *words]
