"""What stands in the way of `make run`, each said in one sentence before anything is started."""

import errno
import socket

from alatau_portal.embedded import locks
from alatau_portal.embedded.places import Places
from alatau_portal.environment import Environment


def hold_portal(
    places: Places, remedy: str = "use that one, or stop it, or set DATA_DIR and PORT for a second one"
) -> int:
    """The lock of the one portal of this DATA_DIR."""
    path = places.run / "portal.lock"
    lock = locks.take(path, seconds=0)
    if lock is None:
        raise SystemExit(
            f"A portal of {places.data_dir} runs already (process {locks.read_number(path)}): {remedy}."
        )
    locks.write_number(lock)
    return lock


def refuse_taken_port(environment: Environment) -> None:
    """HOST and PORT can be listened on."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            environment.host, environment.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
    except OSError as error:
        raise SystemExit(_sentence(environment, error)) from None


def _sentence(environment: Environment, error: OSError) -> str:
    port = environment.port
    match error.errno:
        case errno.EADDRINUSE:
            return (
                f"Port {port} of {environment.host} is taken: "
                f"stop what listens there, or choose another, `make run PORT={port + 1}`."
            )
        case errno.EACCES:
            return f"PORT={port} needs special rights: choose one above 1023, `make run PORT=8000`."
        case _:
            return f"HOST={environment.host!r} is not an address of this machine: use 127.0.0.1 or 0.0.0.0."
