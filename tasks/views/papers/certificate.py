"""The certificate on execution: how many instructions of a filter stand how on this day, and which are overdue."""

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.calendar import WorkingDays
from core.filters import today
from core.listing import Listing
from core.paper import Facts, Heading, Paper, Part, Prose, Signatures, Table
from tasks.filters import CertificateFilter
from tasks.views.board import desk
from tasks.views.papers.figures import BY_BODY, FIGURES, Body, by_body, in_all
from tasks.views.papers.register import in_words
from tasks.views.papers.words import NOTHING, day, paper, short
from tasks.views.rows import told

#: Overdue ones that a certificate names.
MOST = 300


class Certificate(NamedTuple):
    listing: Listing
    bodies: list[Body]
    totals: dict[str, int]


def certificate(request: HttpRequest) -> Certificate:
    """Two queries of the reader's desk, besides those of the form."""
    listing, own = desk(request, CertificateFilter)
    if not listing.is_valid:
        return Certificate(listing, [], {})
    rows = CertificateFilter(request.GET, own, request=request).qs
    bodies = by_body(rows, request.user, today())
    return Certificate(listing, bodies, in_all(bodies))


def written(request: HttpRequest) -> Paper:
    """Of a valid address."""
    told_of = certificate(request)
    parts: list[Part] = [Facts(_totals(told_of.totals))]
    if told_of.bodies:
        parts += [Heading(_("By responsible executor")), by_executor(told_of)]
    parts += _overdue(told_of)
    parts += [Prose(_method()), Signatures([(_("Project office"), "")])]
    title = _("Certificate on the execution of instructions")
    subtitle = "\n".join(filter(None, (_("on %(day)s") % {"day": day(today())}, in_words(told_of.listing))))
    return paper(title, parts, subtitle=subtitle)


def _totals(totals: dict[str, int]) -> list[tuple[str, str]]:
    rows = [(_("Instructions in all"), totals["total"])]
    rows += [(capfirst(str(figure.label)), totals[figure.code]) for figure in FIGURES]
    return [(label, str(number)) for label, number in rows]


def _method() -> str:
    return _(
        "Overdue: on control, in execution or returned, and the due day has passed. "
        "The due day is the present one, moved by granted extensions only. Days overdue are calendar days."
    )


def head_of_bodies() -> list[str]:
    return [_("Responsible executor"), _("In all"), *(capfirst(str(figure.label)) for figure in BY_BODY)]


def name_of_body(body: Body) -> str:
    return str(body.name) if body.code else _("not named")


def by_executor(told_of: Certificate) -> Table:
    codes = ["total", *(figure.code for figure in BY_BODY)]
    rows = [[name_of_body(body), *(body.counts[code] for code in codes)] for body in told_of.bodies]
    rows.append([_("In all"), *(told_of.totals[code] for code in codes)])
    places = frozenset(range(1, len(codes) + 1))
    return Table(head_of_bodies(), rows, [24, 9, 13, 15, 14, 13, 12], places, total=True)


def _overdue(told_of: Certificate) -> list[Part]:
    """The longest overdue first."""
    number = told_of.totals["overdue"]
    if not number:
        return [Prose(_("None is overdue."))]
    rows = told_of.listing.rows.overdue(today()).order_by("due", "pk")[:MOST]
    table = _late(told(rows, today(), WorkingDays()))
    parts: list[Part] = [Heading(_("Overdue instructions")), table]
    if number > MOST:
        parts.append(Prose(_("The first %(number)d are named.") % {"number": MOST}, tone="quiet"))
    return parts


def _late(instructions: list[Any]) -> Table:
    head = [
        "№",
        _("Instruction"),
        _("Responsible executor"),
        _("First due"),
        _("Due"),
        _("Overdue, days"),
    ]
    rows = [
        [
            place,
            f"{instruction.public_id}\n{instruction.text}",
            next((str(one.name) for one in instruction.executed_by if one.leads), NOTHING),
            short(instruction.original_due),
            short(instruction.due),
            instruction.term.days,
        ]
        for place, instruction in enumerate(instructions, 1)
    ]
    return Table(head, rows, [5, 33, 24, 13, 13, 14], frozenset({0, 5}))
