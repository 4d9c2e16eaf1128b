"""Whom PostgreSQL runs as: it refuses to run as root."""

import os
import pwd
from functools import cache
from pathlib import Path

UNPRIVILEGED = ("postgres", "www-data", "nobody")


@cache
def server_account() -> pwd.struct_passwd | None:
    """Whom PostgreSQL runs as: this user, or an existing unprivileged account where this user is root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in UNPRIVILEGED:
        if name in known:
            return known[name]
    raise SystemExit(
        f"PostgreSQL cannot run as root, and none of {', '.join(UNPRIVILEGED)} exists: run as another user."
    )


def reachable(path: Path) -> bool:
    """The server's account may enter this directory and all above it."""
    account = server_account()
    return account is None or all(_may_enter(place.stat(), account) for place in (path, *path.parents))


def _may_enter(status: os.stat_result, account: pwd.struct_passwd) -> bool:
    if status.st_uid == account.pw_uid:
        return bool(status.st_mode & 0o100)
    return bool(status.st_mode & (0o010 if status.st_gid == account.pw_gid else 0o001))
