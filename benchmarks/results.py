"""Writes results.md: ratios and budgets, so that a run elsewhere can be laid beside it."""

from datetime import date
from pathlib import Path
from typing import Any

from benchmarks import board, filing, following, mixed, reads, reminders
from benchmarks.browser import BUDGET, RUNS, Paint
from benchmarks.server import AT_ONCE, CONSTANT, ROUNDS, Answer

FILE = Path(__file__).parent / "results.md"
TEMPLATE = FILE.with_suffix(".template.md")


def write(
    days: dict[str, date],
    answers: list[Answer],
    paints: list[Paint],
    readings: list[board.Reading],
    instructions: int,
    planned: reminders.Planned,
    filed: filing.Filed,
    read: reads.Reads,
    wrote: following.Wrote,
    followed: list[following.Followed],
    mixtures: list[mixed.Mixed],
) -> None:
    base = next(answer for answer in answers if answer.name == CONSTANT)
    FILE.write_text(
        TEMPLATE.read_text().format(
            days=", ".join(f"{part} on {day}" for part, day in days.items()),
            runs=RUNS,
            budget=BUDGET,
            rounds=ROUNDS,
            at_once=AT_ONCE,
            paints="\n".join(_paint(paint) for paint in paints),
            instructions=f"{instructions:,}",
            asked=board.ROUNDS,
            queries=board.MOST_QUERIES,
            milliseconds=board.MOST_MILLISECONDS,
            readings="\n".join(_reading(reading) for reading in readings),
            opened=f"{planned.instructions:,}",
            seconds=reminders.MOST_SECONDS,
            megabytes=reminders.MOST_MEGABYTES,
            planned=_planned(planned),
            photos=filing.PHOTOS,
            clients=filing.CLIENTS,
            piece=filing.PIECE // 1024,
            filed=_filed(filed),
            **_wrote(wrote),
            followed="\n".join(_followed(one) for one in followed),
            readers=mixed.CLIENTS,
            read_for=f"{mixed.SECONDS:.0f}",
            most_times=f"{mixed.MOST_TIMES:.0f}",
            mixtures="\n".join(_mixture(one) for one in mixtures),
            answers="\n".join(_answer(answer, base) for answer in answers),
            times_cold=reads.COLD,
            times_warm=reads.WARM,
            of_constant=reads.OF_CONSTANT,
            read_rounds=reads.ROUNDS,
            read_at_once=reads.AT_ONCE,
            reads="\n".join(_read(name, read.rates) for name in reads.NAMES),
            found=_found(read.found),
        )
    )
    print(FILE.read_text())


def _read(name: str, rates: dict[str, float]) -> str:
    rate = rates[name]
    as_many = "—" if name in {"small", "constant"} else f"{rate / rates['large']:.3f}"
    ratios = f"{rate / rates['plain']:.1f} | {rate / rates['constant']:.3f} | {as_many}"
    return f"| {reads.NAMES[name]} | {rate:,.0f} | {ratios} |"


def _found(found: dict[str, Any]) -> str:
    counts = " | ".join(f"{found[name]:,}" for name in ("steps", "writes", "late", "reads", "unchanged"))
    return f"| {counts} | {len(found['stale'])} |"


def _paint(paint: Paint) -> str:
    return f"| {paint.name} | {paint.seconds:.2f} | {paint.bytes / 1024:.0f} | {paint.requests} |"


def _reading(one: board.Reading) -> str:
    return f"| {one.name} | {one.queries} | {one.middle:.0f} | {one.late:.0f} | {one.times:.1f} |"


def _planned(one: reminders.Planned) -> str:
    times = one.seconds / one.plain
    memory = f"{one.process:.0f} | {one.session:.0f}"
    return (
        f"| {one.rows:,} | {one.seconds:.1f} | {one.plain:.1f} | {times:.1f} | {one.again:.1f} | {memory} |"
    )


def _filed(one: filing.Filed) -> str:
    sizes = f"{one.reports:,} | {one.files:,} | {one.megabytes:.0f}"
    speed = f"{one.per_second / one.reports * one.seconds:.1f} | {one.constant / one.per_second:.0f}"
    return (
        f"| {sizes} | {one.requests:,} | {one.repeated:,} | {one.waits} | {speed} "
        f"| {one.duplicates} | {one.lost} | {one.failures} |"
    )


def _wrote(one: following.Wrote) -> dict[str, object]:
    return {
        "writers": following.WRITERS,
        "writing": following.SECONDS,
        "committed": f"{one.committed:,}",
        "changes": f"{one.changes:,}",
    }


def _followed(one: following.Followed) -> str:
    told = f"{one.pages:,} | {one.entries:,} | {one.repeated:,}"
    return f"| {one.reader} | {told} | {one.slowest:.1f} | {one.objects:,} | {one.wrong:,} |"


def _mixture(one: mixed.Mixed) -> str:
    times = f"{one.middle:.0f} | {one.late:.0f} | {one.times:.1f}"
    return f"| {one.who} | {one.answers:,} | {one.per_second:.0f} | {times} | {one.failures} |"


def _answer(answer: Answer, base: Answer) -> str:
    middle, late = answer.middle / base.middle, answer.late / base.middle
    share = answer.per_second / base.per_second
    sizes = f"{answer.plain / 1024:.1f} | {answer.packed / 1024:.1f}"
    return f"| {answer.name} | {middle:.1f} | {late:.1f} | {share:.1%} | {sizes} |"
