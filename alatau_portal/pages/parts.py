"""What hangs on a row and takes one line of a page, read within the query of the row: pages stay at a few queries.

What a function read in addition is an attribute of the rows that it gives.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_date

from accounts.models import Organisation
from core.dates import PartialDate
from core.text import LANGUAGES, Text
from districts.choices import PartyRole
from districts.models import Figure, FigureSource, Project, ProjectParty
from investors.choices import InvestorStage
from investors.models import Investor
from tasks.choices import ExecutorRole
from tasks.models import Executor, Instruction, InstructionSource


class SourceRef(NamedTuple):
    """As much of a source as a reference shows."""

    code: str
    publisher: str
    published: PartialDate


class InvestorRef(NamedTuple):
    """As much of an investor as a list shows."""

    stage: InvestorStage
    as_of: PartialDate
    source: SourceRef | None


@dataclass
class Party:
    """An organisation in a project, with all its roles there; `investor`, where it is one that may be seen."""

    roles: list[str]
    code: str
    name: Text
    note: Text
    source: SourceRef | None
    investor: InvestorRef | None


class Addressee(NamedTuple):
    name: Text
    leads: bool
    basis: Text


SOURCE = {
    "source_code": "source__code",
    "publisher": "source__publisher",
    "day": "source__published_day",
    "precision": "source__published_precision",
    "printed": "source__published_text",
}


def citing[M: Model](rows: QuerySet[M], citation: type[Model], owner: str) -> QuerySet[M]:
    """The queryset that `cited` reads: each row with those of its citations."""
    citations = citation._default_manager.filter(**{owner: OuterRef("pk")}).order_by("pk")
    return rows.annotate(more_sources=ArraySubquery(citations.values(json=JSONObject(**SOURCE))))


def cited[R](rows: Iterable[R]) -> list[R]:
    """Rows with `sources`: their own source first, then the others that say the same."""
    found: list[Any] = list(rows)
    for row in found:
        row.sources = [source for source in (row.source, *map(source_ref, row.more_sources)) if source]
    return found


def figures(user: Any, **of: Any) -> list[Figure]:
    """Figures with their sources; to staff also those that were not chosen."""
    rows = Figure.objects.visible_to(user).for_display().prefetch_related(None).filter(**of)
    return cited(citing(rows, FigureSource, "figure"))


def with_parties(projects: QuerySet[Project], user: Any) -> list[Project]:
    """Projects with `who`: those that take part in them now, as far as the reader may know them."""
    return told_parties(joined_by_parties(projects, user))


def joined_by_parties(projects: QuerySet[Project], user: Any) -> QuerySet[Project]:
    """The queryset that `told_parties` reads."""
    parties = ProjectParty.objects.filter(
        project=OuterRef("pk"), until=None, organisation__in=Organisation.objects.visible_to(user)
    )
    investors = Investor.objects.visible_to(user).filter(organisation=OuterRef("organisation"))
    stage = JSONObject(stage="stage", as_of_day="as_of_day", as_of_precision="as_of_precision", **SOURCE)
    parties = parties.annotate(investor=Subquery(investors.order_by().values(json=stage)[:1]))
    columns = {
        "role": "role",
        "organisation": "organisation__code",
        "investor": "investor",
        **_text("organisation__name"),
        **_text("note"),
        **SOURCE,
    }
    return projects.annotate(parts=ArraySubquery(parties.order_by("pk").values(json=JSONObject(**columns))))


def told_parties(projects: Iterable[Project]) -> list[Project]:
    found = list(projects)
    for project in found:
        project.who = _parties(project.parts)
    return found


def investors_in(projects: Iterable[Project]) -> list[Party]:
    """Those investors that take part in these projects, each once, as `with_parties` gave them."""
    met: dict[str, Party] = {}
    for party in (party for project in projects for party in project.who):
        if party.investor is not None:
            met.setdefault(party.code, party)
    return list(met.values())


def instructions(user: Any, today: Any, **of: Any) -> list[Instruction]:
    """Instructions with `addressees`, the lead first, and whether they are overdue."""
    known = Q(organisation=None) | Q(organisation__in=Organisation.objects.visible_to(user))
    executors = Executor.objects.filter(known, instruction=OuterRef("pk")).order_by("-role", "pk")
    columns = {"role": "role", **_text("organisation__name"), **_text("group"), **_text("role_basis")}
    rows = (
        Instruction.objects.visible_to(user)
        .for_display()
        .prefetch_related(None)
        .with_visible_links(user)
        .select_related("source_item__protocol__meeting__source")
        .filter(**of)
        .order_by("-issued_day", "pk")
    )
    rows = rows.annotate(executing=ArraySubquery(executors.values(json=JSONObject(**columns))))
    found = cited(citing(rows, InstructionSource, "instruction"))
    for instruction in found:
        instruction.addressees = [_addressee(part) for part in instruction.executing]
        instruction.overdue = instruction.is_overdue(today)
    return found


def sources_of(*groups: Iterable[Any]) -> list[Any]:
    """Every source of these rows, each once, in the order met."""
    met: dict[str, Any] = {}
    for row in (row for group in groups for row in group):
        for source in getattr(row, "sources", None) or [row.source]:
            if source:
                met.setdefault(source.code, source)
    return list(met.values())


def _text(name: str) -> dict[str, str]:
    return {f"{name.rpartition('__')[2]}_{language}": f"{name}_{language}" for language in LANGUAGES}


def _read_text(part: Mapping[str, Any], name: str) -> Text:
    return Text(*(part[f"{name}_{language}"] or "" for language in LANGUAGES))


def source_ref(part: Mapping[str, Any]) -> SourceRef | None:
    """What `SOURCE` read."""
    if not part["source_code"]:
        return None
    day = parse_date(part["day"]) if part["day"] else None
    return SourceRef(
        part["source_code"], part["publisher"], PartialDate(day, part["precision"], part["printed"])
    )


def _parties(parts: Iterable[Mapping[str, Any]]) -> list[Party]:
    met: dict[str, Party] = {}
    for part in parts:
        code, texts = part["organisation"], (_read_text(part, "name"), _read_text(part, "note"))
        new = Party([], code, *texts, source_ref(part), _investor(part["investor"]))
        met.setdefault(code, new).roles.append(str(PartyRole(part["role"]).label))
    return list(met.values())


def _investor(part: Mapping[str, Any] | None) -> InvestorRef | None:
    if part is None:
        return None
    day = parse_date(part["as_of_day"] or "")
    return InvestorRef(
        InvestorStage(part["stage"]), PartialDate(day, part["as_of_precision"], ""), source_ref(part)
    )


def _addressee(part: Mapping[str, Any]) -> Addressee:
    name = _read_text(part, "name") or _read_text(part, "group")
    return Addressee(name, part["role"] == ExecutorRole.LEAD, _read_text(part, "role_basis"))
