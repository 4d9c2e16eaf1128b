"""`make bench`: measures portals of its own, part by part, and writes results.md. Ends with 1 over a budget.

`python -m benchmarks board mixed` measures these parts alone, such as those that a busy machine has spoiled; of the
others results.md shows what was measured last.
"""

import pickle
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alatau_portal import environment
from alatau_portal.embedded import apart
from benchmarks import board, browser, filing, following, mixed, reads, reminders, results, server

#: By the name that `results.write` has for it.
type Figures = dict[str, Any]


def _pages() -> Figures:
    with apart.portal("bench") as portal:
        return {"answers": server.measure(portal.url), "paints": browser.measure(portal.url)}


def _reads() -> Figures:
    with apart.portal(reads.PORTAL) as portal:
        return {"read": reads.measure(portal)}


def _board() -> Figures:
    with apart.portal(board.PORTAL) as portal:
        readings, instructions = board.measure(portal)
        return {
            "readings": readings,
            "instructions": instructions,
            "planned": reminders.measure(portal),
        }


def _filing() -> Figures:
    with apart.portal(filing.PORTAL) as portal:
        return {"filed": filing.measure(portal)}


def _following() -> Figures:
    with apart.portal(following.PORTAL) as portal:
        wrote, followed = following.measure(portal)
        return {"wrote": wrote, "followed": followed}


def _mixed() -> Figures:
    with apart.portal(mixed.PORTAL) as portal:
        return {"mixtures": mixed.measure(portal)}


#: Each on a portal of its own: invented rows by the thousand slow nobody else down.
PARTS: dict[str, Callable[[], Figures]] = {
    "pages": _pages,
    "reads": _reads,
    "board": _board,
    "filing": _filing,
    "following": _following,
    "mixed": _mixed,
}


def main(names: list[str]) -> None:
    if unknown := set(names) - PARTS.keys():
        raise SystemExit(f"no such part: {', '.join(sorted(unknown))}. There are {', '.join(PARTS)}.")
    kept = environment.read().data_dir / "measured"
    kept.mkdir(parents=True, exist_ok=True)
    failed = [name for name in names or PARTS if not _measured(name, kept)]
    if failed:
        raise SystemExit(f"results.md is not written: {', '.join(failed)} failed.")
    if missing := [name for name in PARTS if not (kept / name).exists()]:
        raise SystemExit(f"results.md is not written: not measured yet are {', '.join(missing)}.")
    known = {name: pickle.loads((kept / name).read_bytes()) for name in PARTS}
    figures: Figures = {key: value for part, _day in known.values() for key, value in part.items()}
    results.write({name: day for name, (_part, day) in known.items()}, **figures)
    if slow := _over(figures):
        raise SystemExit(f"over budget: {', '.join(slow)}")


def _measured(name: str, kept: Path) -> bool:
    """One that fails says so, and costs nobody the figures of the others."""
    print(name, flush=True)
    try:
        measured = PARTS[name](), datetime.now(UTC).date()
    except SystemExit as failure:
        print(f"{name} failed: {failure}", file=sys.stderr, flush=True)
        return False
    (kept / name).write_bytes(pickle.dumps(measured))
    return True


def _over(figures: Figures) -> list[str]:
    single = [figures[name] for name in ("planned", "filed", "read")]
    several = [one for name in ("paints", "readings", "followed", "mixtures") for one in figures[name]]
    return [one.name for one in single + several if one.is_over]


if __name__ == "__main__":
    main(sys.argv[1:])
