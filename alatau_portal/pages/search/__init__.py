"""Search over everything the reader may see, however its Kazakh letters are typed."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.choices import OrganisationKind
from alatau_portal.pages import addresses
from alatau_portal.pages.frame import districts_for, frame
from alatau_portal.pages.search.kinds import KINDS, NAMED
from alatau_portal.pages.search.own_pages import pages_with
from alatau_portal.pages.search.words import Query, excerpt, marked, marked_text
from alatau_portal.templatetags.pages import measured
from alatau_portal.templatetags.portal import partial_date
from core.choices import ActKind
from core.dates import PartialDate
from core.text import Text
from districts.choices import ClaimField, Measure, PlaceKind, ProjectStatus
from districts.models import Figure
from districts.plot_choices import Availability
from investors.choices import OpportunityState
from tasks.choices import InstructionState

#: How many of a kind stand beside other kinds, and how many alone.
FEW, MANY = 6, 100
#: A name or a number that begins with what was asked for puts its kind first.
BY_NAME = 1
NAMES = {
    "pages": gettext_lazy("Pages"),
    "districts": gettext_lazy("Districts"),
    "projects": gettext_lazy("Projects"),
    "plots": gettext_lazy("Plots"),
    "opportunities": gettext_lazy("Opportunities"),
    "organisations": gettext_lazy("Investors and organisations"),
    "figures": gettext_lazy("Figures"),
    "instructions": gettext_lazy("Instructions"),
    "meetings": gettext_lazy("Meetings"),
    "talks": gettext_lazy("Talks"),
    "acts": gettext_lazy("Legal acts"),
    "statements": gettext_lazy("What sources say"),
    "places": gettext_lazy("Places"),
    "sources": gettext_lazy("Sources"),
}


class Hit(NamedTuple):
    """A thing that was found: where it is, what it is called, a line on it and a part of its text."""

    url: str
    title: SafeString
    about: str | SafeString
    excerpt: SafeString | str = ""


class Group(NamedTuple):
    """Everything of a kind that was found, as far as it is shown, and how many there are in all."""

    kind: str
    hits: list[Hit]
    number: int
    by_name: bool
    all: str = ""

    @property
    def name(self) -> str:
        return str(NAMES[self.kind])

    @property
    def has_more(self) -> bool:
        return self.number > len(self.hits)


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    query, kind = Query.parse(request.GET.get("q", "")), request.GET.get("kind", "")
    if kind and kind not in NAMES:
        query.notes.append(_("There is no such kind: everything was searched."))
        kind = ""
    groups = find(request.user, query, kind) if query.words else []
    context = {
        "query": query,
        "kind": kind,
        "groups": groups,
        "total": sum(group.number for group in groups),
        "everything": addresses.page("search", q=query.typed),
        "example": (_("Gate area"), addresses.page("search", q=_("Gate area"))),
        "alike": [] if groups or not query.words else alike(request.user, query),
        **frame(districts_for(request.user), ()),
    }
    return render(request, "pages/search.html", context)


def find(user: Any, query: Query, kind: str = "") -> list[Group]:
    """Everything in which all the words stand, kind by kind; kinds found by name come first. One query."""
    words, limit = query.words, MANY if kind else FEW
    kinds = [one for one in KINDS if kind in ("", one)]
    rows = _all([KINDS[one](user).found(one, query.phrase, words, limit) for one in kinds])
    groups = [_group(one, [row for row in rows if row[0] == one], query) for one in kinds]
    if kind in ("", "pages"):
        hits = [
            Hit(addresses.page(name), marked(title, words), about) for name, title, about in pages_with(words)
        ]
        groups.append(Group("pages", hits, len(hits), by_name=True))
    return sorted((group for group in groups if group.hits), key=lambda group: not group.by_name)


def alike(user: Any, query: Query) -> list[Hit]:
    """Names that are nearly what was asked for. One query."""
    rows = _all([KINDS[one](user).alike(one, query.phrase, query.in_latin) for one in NAMED])
    return [_hit(row, []) for row in sorted(rows, key=lambda row: row[5])[:5]]


def _all(parts: list[Any]) -> list[tuple[Any, ...]]:
    if len(parts) < 2:
        return [row for part in parts for row in part]
    return list(parts[0].union(*parts[1:], all=True).order_by())


def _group(kind: str, rows: list[tuple[Any, ...]], query: Query) -> Group:
    rows.sort(key=lambda row: row[5])
    hits = [_hit(row, query.words) for row in rows]
    address = addresses.page("search", q=query.typed, kind=kind)
    return Group(kind, hits, rows[0][6] if rows else 0, bool(rows) and rows[0][5] <= BY_NAME, address)


def _hit(row: Iterable[Any], words: list[str]) -> Hit:
    kind, key, title, body, facts, _rank, _number = row
    name = marked_text(Text.of(title), words)
    return LINES[kind](key, name, facts, words)._replace(excerpt=excerpt(Text.of(body), words))


def _day(facts: dict[str, Any]) -> str:
    day = parse_date(facts["day"]) if facts["day"] else None
    return partial_date(PartialDate(day, facts["precision"], facts["printed"]))


def _label(choices: Any, code: str) -> str:
    return capfirst(str(dict(choices.choices).get(code, code)))


def _line(*parts: Any) -> SafeString:
    """Facts beside each other; those that are not there leave no gap."""
    line: SafeString | str = ""
    for part in (part for part in parts if part):
        line = format_html("{} · {}", line, part) if line else format_html("{}", part)
    return format_html("{}", line)


def _project(key: str, name: Any, facts: Any, words: list[str]) -> Hit:
    line = _line(key, _label(ProjectStatus, facts["status"]), Text.of(facts["district"]))
    return Hit(addresses.project(key), name, line)


def _plot(key: str, name: Any, facts: Any, words: list[str]) -> Hit:
    line = _line(
        key, Text.of(facts["district"]), _label(Availability, facts["availability"]), _invented(facts)
    )
    return Hit(addresses.page("invest-plot", key), name, line)


def _opportunity(key: str, name: Any, facts: Any, words: list[str]) -> Hit:
    line = _line(key, Text.of(facts["district"]), _label(OpportunityState, facts["state"]), _invented(facts))
    return Hit(addresses.page("invest-opportunity", key), name, line)


def _invented(facts: Any) -> str:
    return _("Invented, for trying out") if facts["demo"] else ""


def _organisation(key: str, name: Any, facts: Any, words: list[str]) -> Hit:
    if facts["investor"]:
        return Hit(addresses.investor(key), name, _("Investor"))
    url = addresses.project(facts["project"]) if facts["project"] else ""
    return Hit(url, name, _label(OrganisationKind, facts["kind"]))


def _figure(key: str, name: Any, facts: Any, words: list[str]) -> Hit:
    numbers = {column: facts[column] for column in ("qualifier", "unit", "currency", "measure")}
    value, value_max = (None if facts[c] is None else Decimal(str(facts[c])) for c in ("value", "value_max"))
    figure = Figure(value=value, value_max=value_max, **numbers)
    place = marked_text(Text.of(facts["place"]), words) if facts["district"] else _("Alatau City")
    subject = name if facts["project"] else place
    title = format_html("{}: {}", marked(_label(Measure, facts["measure"]), words), subject)
    url = addresses.figure(facts["measure"], facts["project"], facts["district"])
    return Hit(url, title, _line(measured(figure), _day(facts)))


def _instruction(key: str, name: Any, facts: Any, words: list[str]) -> Hit:
    number = f"№ {facts['number']}" if facts["number"] else ""
    return Hit(addresses.dated(key), name, _line(key, number, _label(InstructionState, facts["state"])))


def _talk(key: str, name: Any, facts: Any, words: list[str]) -> Hit:
    company = marked_text(Text.of(facts["organisation"]), words)
    return Hit(addresses.dated(f"talk-{key}"), format_html("{}: {}", company, name), _day(facts))


def _act(key: str, name: Any, facts: Any, words: list[str]) -> Hit:
    number = f"№ {facts['number']}" if facts["number"] else ""
    signed = partial_date(date.fromisoformat(facts["signed_on"]))
    return Hit(addresses.act(key), name, _line(_label(ActKind, facts["kind"]), number, signed))


def _claim(key: str, name: Any, facts: Any, words: list[str]) -> Hit:
    subject = Text.of(facts["of"]) or Text.of(facts["place"])
    chosen = "" if facts["chosen"] else _("Not chosen")
    line = _line(_label(ClaimField, facts["field"]), marked_text(subject, words) if subject else "", chosen)
    return Hit(addresses.claim(facts["project"], facts["district"]), name, line)


def _place(key: str, name: Any, facts: Any, words: list[str]) -> Hit:
    url = addresses.district(facts["district"]) if facts["district"] else ""
    return Hit(url, name, _label(PlaceKind, facts["kind"]))


def _source(key: str, name: Any, facts: Any, words: list[str]) -> Hit:
    line = _line(marked(f"{facts['publisher']} [{key}]", words), _day(facts))
    return Hit(addresses.source(key), name, line)


LINES: dict[str, Callable[..., Hit]] = {
    "districts": lambda key, name, facts, words: Hit(addresses.district(key), name, ""),
    "projects": _project,
    "plots": _plot,
    "opportunities": _opportunity,
    "organisations": _organisation,
    "figures": _figure,
    "instructions": _instruction,
    "meetings": lambda key, name, facts, words: Hit(addresses.dated(key), name, _line(key, _day(facts))),
    "talks": _talk,
    "acts": _act,
    "statements": _claim,
    "places": _place,
    "sources": _source,
}
