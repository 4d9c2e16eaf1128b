"""Values that several factories give."""

from datetime import date
from hashlib import sha256
from typing import Any

from core.choices import Precision


def hashed(number: int) -> str:
    """A hash in form, and another for each number."""
    return sha256(str(number).encode()).hexdigest()


def dated(name: str, day: date = date(2025, 9, 29)) -> dict[str, Any]:
    """The columns of a partial date that is known to the day."""
    return {f"{name}_day": day, f"{name}_precision": Precision.DAY, f"{name}_text": day.isoformat()}


def way(table: dict[str, set[str]], firsts: list[str], goal: str) -> list[str]:
    """The shortest way through a table of moves, from a first state to the goal."""
    ways = [[first] for first in firsts]
    while ways:
        taken = ways.pop(0)
        if taken[-1] == goal:
            return taken
        ways += [[*taken, str(following)] for following in sorted(table[taken[-1]]) if following not in taken]
    raise LookupError(goal)
