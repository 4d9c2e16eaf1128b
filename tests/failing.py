"""What surrounds the portal, failing for real: a disk without room, a server that does not answer."""

import resource
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def full_disk(room: int = 4096) -> Iterator[None]:
    """The kernel itself refuses what this process writes beyond so many bytes of a file."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def only_read() -> Iterator[None]:
    """The database takes no changes, as a standby."""
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET default_transaction_read_only")


@contextmanager
def frozen_server() -> Iterator[int]:
    """The port of somebody who takes calls and never answers."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(50)
        yield int(server.getsockname()[1])
