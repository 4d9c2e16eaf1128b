"""Compares what was acknowledged with what is there; each figure with the bound that it must keep."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from chaos.clients import History, Written
from chaos.faults import Fault
from chaos.jobs import Job, Sent, owed

FAILURES = 3  # answers 5xx for each kill of the database
LONGEST = 10.0  # seconds that a client waits
SETTLED = 60.0  # seconds after the last fault until all jobs are done
JOBS = 300
MINUTE = 60.0


@dataclass(frozen=True)
class Figure:
    """What was seen; kept or not. Without a bound it is only told."""

    name: str
    seen: str
    bound: str = ""
    is_kept: bool = True


def most(name: str, seen: float, bound: float, unit: str = "") -> Figure:
    return Figure(name, f"{seen:.4g}{unit}", f"≤ {bound:g}{unit}", seen <= bound)


def least(name: str, seen: float, bound: float) -> Figure:
    return Figure(name, f"{seen:g}", f"≥ {bound:g}", seen >= bound)


def of_writes(history: History, there: Iterable[dict[str, Any]]) -> list[Figure]:
    """`there`: the instructions that the portal has, with number, public_id and state."""
    rows = list(there)
    found = Counter(row["number"] for row in rows)
    states = {row["public_id"]: row["state"] for row in rows}
    lost = [one.number for one in history.written if _is_lost(one, found, states)]
    doubled = [one.number for one in history.written if found[one.number] > 1]
    return [
        Figure("writes acknowledged", str(history.acknowledged)),
        Figure("acknowledged writes lost", f"{len(lost)} {' '.join(lost[:3])}".strip(), "0", not lost),
        Figure("writes done twice", f"{len(doubled)} {' '.join(doubled[:3])}".strip(), "0", not doubled),
        most("writes that were never answered", history.given_up, 0),
        Figure(
            "writes refused",
            " ".join([str(len(history.refused)), *history.refused[:2]]),
            "0",
            not history.refused,
        ),
    ]


def _is_lost(one: Written, found: Counter[str], states: dict[str, str]) -> bool:
    if one.registered and (not found[one.number] or one.registered not in states):
        return True
    return one.controlled and states[one.registered] != "on_control"


def of_jobs(written: Iterable[Written], came: Sent, settled: float) -> list[Figure]:
    jobs = owed(written)
    done = [job for job in jobs if len(came.messages.get(job, ())) == 1]
    doubled = [job for job in jobs if len(came.messages.get(job, ())) > 1]
    return [
        least("jobs owed", len(jobs), JOBS),
        Figure("jobs done once", f"{len(done)} of {len(jobs)}", "all", len(done) == len(jobs)),
        most("jobs done twice", len(doubled), 0),
        most("settled after the last fault", settled, SETTLED, " s"),
        Figure("sent again under the same number", str(came.repeats)),
    ]


def missing(written: Iterable[Written], came: Sent) -> list[Job]:
    return [job for job in owed(written) if job not in came.messages]


def of_answers(history: History, faults: list[Fault], least_faults: int) -> list[Figure]:
    kills = sum(fault.program == "postgres" and fault.what == "kill" for fault in faults)
    answers = sum(history.statuses.values())
    return [
        least("kills and freezes within a minute", sum(fault.at < MINUTE for fault in faults), least_faults),
        Figure("answers", str(answers)),
        most(f"answers 5xx, {kills} kills of the database", history.failures, FAILURES * kills),
        Figure("connections cut off", str(history.cut_off)),
        most("longest answer", history.longest_answer, LONGEST, " s"),
        most("longest wait with its repeats", history.longest_wait, LONGEST, " s"),
        most(
            "longest until a program was back",
            max((fault.back for fault in faults), default=0.0),
            LONGEST,
            " s",
        ),
    ]


def table(title: str, figures: list[Figure]) -> str:
    lines = [f"== {title}"]
    for figure in figures:
        mark = " " if figure.is_kept else "!"
        lines.append(f"{mark} {figure.name:42} {figure.seen:>16}   {figure.bound}".rstrip())
    return "\n".join(lines)
