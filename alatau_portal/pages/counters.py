"""How much the registers hold, of which state and as of when: all of them in one query."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, Count, F, Max, Q, QuerySet, TextChoices, Value
from django.utils.translation import gettext as _

from core.choices import Precision
from core.dates import PartialDate
from core.models import Source
from districts.choices import ProjectStatus
from districts.models import Project
from investors.choices import InvestorStage
from investors.models import Investor
from tasks.choices import InstructionState
from tasks.models import Instruction

NOWHERE = Value(None, output_field=BigIntegerField())


class Row(NamedTuple):
    """So many rows of a register in a state, with the newest exact day among their dates."""

    register: str
    district: int | None
    state: str
    number: int
    newest: date | None


@dataclass
class Counter:
    """How many rows a register has, with the newest date that they stand on."""

    label: str
    value: int
    as_of: PartialDate | None
    parts: list[tuple[str, int]]
    url: str = ""


def counted(user: Any) -> list[Row]:
    """What this reader may see of projects, investors, instructions and sources; nothing that is invented."""
    rows = {model: model.objects.visible_to(user) for model in (Project, Investor, Instruction, Source)}
    projects = _count(
        "project",
        rows[Project].filter(is_demo=False),
        "source__published",
        state=F("status"),
        district=F("district"),
    )
    others = [
        _count("investor", rows[Investor], "as_of", state=F("stage")),
        _count("instruction", rows[Instruction].filter(is_demo=False), "issued", state=F("state")),
        _count("source", rows[Source], "published", state=Value("")),
    ]
    return [Row(*row) for row in projects.union(*others, all=True).order_by()]


def counters(rows: Iterable[Row]) -> list[Counter]:
    of: dict[str, list[Row]] = {}
    for row in rows:
        of.setdefault(row.register, []).append(row)
    return [
        _counter(_("Projects in the register"), of.get("project", []), ProjectStatus),
        _counter(_("Investors, present and prospective"), of.get("investor", []), InvestorStage),
        _counter(_("Instructions in the register"), of.get("instruction", []), InstructionState),
        _counter(_("Public sources read"), of.get("source", []), None),
    ]


def _count(
    name: str, counted: Any, newest: str, *, state: Any, district: Any = NOWHERE
) -> QuerySet[Any, tuple[Any, ...]]:
    """A date that is no exact day is passed over: a year is not newer than a day in it."""
    exact = Max(f"{newest}_day", filter=Q(**{f"{newest}_precision": Precision.DAY}))
    named = counted.order_by().annotate(register=Value(name), of_district=district, in_state=state)
    groups = named.values_list("register", "of_district", "in_state")
    return groups.annotate(number=Count("pk"), newest=exact)


def _counter(label: str, rows: list[Row], states: type[TextChoices] | None) -> Counter:
    newest = max((row.newest for row in rows if row.newest), default=None)
    shares = [
        (str(state.label), sum(row.number for row in rows if row.state == state)) for state in states or ()
    ]
    total = sum(row.number for row in rows)
    return Counter(label, total, PartialDate.parse(newest) or None, [share for share in shares if share[1]])
