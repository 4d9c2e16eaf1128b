"""Locks that die with their holder, by exit or by `kill -9`: so nothing is ever counted or cleaned up.

In DATA_DIR/run:
`users.lock`    shared by every process that uses the embedded servers; who gets it alone may stop them
`start.lock`    one process at a time looks whether the servers must be started
`servers.lock`  held by who runs the servers: the keeper of a single command, or the launcher of `make run`
`portal.lock`   held by the launcher of `make run`
`<name>.pid`    held by a program and inherited by its children: free once none of them is left
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def take(path: Path, *, shared: bool = False, seconds: float | None = None) -> int | None:
    """The descriptor that holds the lock; None where others still hold it after so many seconds.

    Without `seconds` it waits for ever.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    deadline = time.monotonic() + (seconds or 0)
    while True:
        try:
            fcntl.flock(descriptor, kind if seconds is None else kind | fcntl.LOCK_NB)
            return descriptor
        except BlockingIOError:
            if time.monotonic() >= deadline:
                os.close(descriptor)
                return None
            time.sleep(0.02)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock for a while."""
    descriptor = take(path)
    assert descriptor is not None
    try:
        yield
    finally:
        os.close(descriptor)


def wait_until_free(path: Path, seconds: float) -> bool:
    """Whether nobody holds the lock any more in time."""
    descriptor = take(path, seconds=seconds)
    if descriptor is not None:
        os.close(descriptor)
    return descriptor is not None


def is_held(path: Path) -> bool:
    """Somebody holds the lock, alone or shared."""
    return not wait_until_free(path, 0)


def write_number(descriptor: int) -> None:
    """Put this process's number into the file whose lock it holds."""
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)


def read_number(path: Path) -> int | None:
    """The number in a lock's file, whether or not its process lives."""
    try:
        return int(path.read_text())
    except (OSError, ValueError):
        return None
