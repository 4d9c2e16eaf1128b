"""The fact sheet of a district: what its page says, on one sheet of A4."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alatau_portal.pages import district as pages
from alatau_portal.pages import land, legal, parts
from alatau_portal.pages import milestones as terms
from alatau_portal.pages.frame import atlas, facts, latest, today
from alatau_portal.templatetags.pages import measured
from core import formats
from core.paper import Facts, Heading, Paper, Part, Prose, Table, write_fitting
from districts.choices import PlaceKind
from tasks.views.papers import words
from tasks.views.papers.doors import answer

#: How many projects are told of, and whether in small letters: the first way in which all is one page.
WAYS = ((12, False), (12, True), (8, True), (5, True), (3, True), (0, True))


class Known(NamedTuple):
    """What the sheet is made of."""

    district: Any
    bounds: list[Any]
    figures: list[Any]
    claims: list[Any]
    projects: list[Any]
    milestones: list[Any]
    day: date


@login_not_required
@require_safe
def file(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Whoever may read the page may have its sheet."""
    known = _known(request, code)
    back = (reverse("district", args=[code]), known.district.name)
    sheets = [_paper(known, most, is_dense) for most, is_dense in WAYS]
    if form == "pdf":
        return answer(request, sheets, f"{code}-district", form, back, write=write_fitting)
    return answer(request, sheets[0], f"{code}-district", form, back)


def _known(request: HttpRequest, code: str) -> Known:
    user, day = request.user, today()
    districts, district = pages.find(user, code, day)
    milestones = terms.of_district(user, district, day)
    return Known(
        district,
        atlas(request, districts, bounding=district)["bounds"],
        parts.figures(user, district=district),
        pages.said_of(user, district),
        [project for project in pages.projects_of(user, district) if not project.is_demo],
        milestones,
        day,
    )


def _paper(known: Known, most: int, is_dense: bool) -> Paper:
    sheet = [
        Facts(list(_facts(known))),
        *_projects(known, most),
        Heading(_("Transport, utilities, plots")),
        Facts(list(_ground(known))),
        Heading(_("Legal regime")),
        *_regime(known),
        Prose(_contact(known), tone="quiet"),
        Prose(_sources(known), tone="quiet"),
    ]
    district = known.district
    return words.paper(str(district.name), sheet, subtitle=str(district.profile), is_dense=is_dense)


def _facts(known: Known) -> Iterator[tuple[str, str]]:
    district = known.district
    yield _("Location"), str(district.location)
    if known.bounds:
        yield _("Places named as its bounds"), ", ".join(str(place.name) for place in known.bounds)
    for claim in pages.reasons(known.claims):
        yield _("Why here"), f"{claim.text}{_cited(claim.sources)}"
    for fact in facts(known.figures, pages.EXPECTED):
        yield str(capfirst(fact.measure.label)), _figure(fact.figure) if fact.figure else _("not published")
    dates = [district.as_of, *(row.as_of for row in (*known.figures, *known.claims, *known.milestones))]
    newest = latest([*dates, *(project.source.published for project in known.projects)])
    yield _("Date of the data"), words.partial(newest) if newest else _("not published")


def _figure(figure: Any) -> str:
    when = formats.as_of(figure.as_of.day, figure.as_of.precision, figure.as_of.text, get_language())
    return f"{strip_tags(measured(figure))}, {when}{_cited(figure.sources)}"


def _cited(sources: Any) -> str:
    return "".join(f" [{source.code}]" for source in sources)


def _projects(known: Known, most: int) -> Iterator[Part]:
    number = len(known.projects)
    counted = ngettext("%(number)s project", "%(number)s projects", number) % {"number": number}
    yield Heading(f"{_('Projects')}: {counted}" if number else _("Projects"))
    if not number:
        yield Prose(_("No project is published yet"))
    if known.projects[:most]:
        head = [_("Project"), _("Status"), _("Who takes part"), _("Expected next")]
        yield Table(head, [_project(one, known) for one in known.projects[:most]], [5, 3, 4, 4])
    if number > most:
        yield Prose(_("The others are in the register: %(address)s") % {"address": _address("project-list")})


def _project(project: Any, known: Known) -> list[str]:
    own = (one for one in known.milestones if one.project_id == project.pk and one.when and not one.met)
    coming = next((one for one in own if not one.silent), None)
    who = dict.fromkeys(str(party.name) for party in project.who)
    return [
        str(project.name),
        capfirst(project.get_status_display()),
        ", ".join(who) or _("not published"),
        f"{coming.name}: {words.partial(coming.when)}" if coming else words.NOTHING,
    ]


def _ground(known: Known) -> Iterator[tuple[str, str]]:
    ways = [place for place in pages.ways(known.bounds) if place.kind != PlaceKind.STATION]
    yield _("Roads and railways"), ", ".join(map(_way, ways)) or _("not published")
    plots = [plot for plot in land.told(known.district) if not plot.is_demo]
    ready = land.readiness(plots)
    yield _("Utilities"), "; ".join(map(_utility, ready)) or _("not published")
    free = [plot for plot in plots if plot.is_free]
    number = ngettext("%(number)s free plot", "%(number)s free plots", len(free)) % {"number": len(free)}
    yield _("Open plots"), number if plots else _("not published")


def _way(place: Any) -> str:
    if place.length_km is None:
        return str(place.name)
    return f"{place.name} ({formats.number(place.length_km, get_language())} {_('km')})"


def _utility(one: land.Readiness) -> str:
    states = ", ".join(f"{state.label} {number}" for state, number in one.states)
    return f"{one.utility.label}: {states}"


def _regime(known: Known) -> Iterator[Part]:
    """What came into force, and what is to come; acts without stages are on the page of legal acts."""
    regime = legal.regime(known.district, known.day)
    staged = [act for act in regime.acts if act.stages]
    rows = [(_title(act), "\n".join(map(_stage, act.stages))) for act in staged[:2]]
    if rows:
        yield Facts(rows)
    yield Prose(_("All acts: %(address)s") % {"address": _address("legal-acts")}, tone="quiet")


def _title(act: legal.ActRow) -> str:
    return f"{act.title}, {words.short(act.signed_on)}{_cited(act.sources)}"


def _stage(stage: legal.Stage) -> str:
    applies = _("Applies") if stage.applies else _("Will apply")
    return f"{applies}: {words.day(stage.on)}" + (f", {stage.name}" if stage.name else "")


def _contact(known: Known) -> str:
    """Nobody's telephone: the form of the portal, and by when it is answered."""
    promise = ngettext(
        "The project office answers in writing within %(days)s working day: %(address)s",
        "The project office answers in writing within %(days)s working days: %(address)s",
        settings.ENQUIRY_DAYS,
    )
    address = f"{_address('enquiry')}?district={known.district.code}"
    return promise % {"days": settings.ENQUIRY_DAYS, "address": address}


def _sources(known: Known) -> str:
    groups = ([known.district], known.figures, pages.reasons(known.claims))
    said = (
        f"[{one.code}] {one.publisher}, {words.partial(one.published)}" for one in parts.sources_of(*groups)
    )
    return f"{_('Sources')}: {'; '.join(said)}. {_address('about-data')}"


def _address(name: str, *args: Any) -> str:
    return settings.PUBLIC_URL + reverse(name, args=args)
