"""The progress of a project as a paper: the drawings and tables of its page."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from alatau_portal.milestone_chart import WIDE, draw
from alatau_portal.pages import milestones as terms
from alatau_portal.pages import progress
from alatau_portal.pages.frame import today
from alatau_portal.pages.project import find, told_milestone
from alatau_portal.schematic import colour_of
from core.paper import Drawing, Facts, Heading, Paper, Part, Prose, Table
from districts.models import Milestone
from tasks.views.papers import words
from tasks.views.papers.doors import answer


@login_not_required
@require_safe
def file(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """Whoever may read the page may have its paper."""
    project = find(request.user, public_id)
    back = (reverse("project", args=[public_id]), project.name)
    return answer(request, paper(request.user, project), f"{public_id}-progress", form, back)


def paper(user: Any, project: Any) -> Paper:
    day = today()
    milestones = terms.of_project(user, project, day)
    parts = [
        Facts(_facts(project)),
        *_curves(project, day),
        *_latest(project),
        *_milestones(project, milestones, day),
    ]
    return words.paper(
        f"{pgettext('project', 'Progress')}: {project.name}",
        parts,
        project.public_id,
        subtitle=project.public_id,
        mark=words.invented(project),
    )


def _facts(project: Any) -> list[tuple[str, str]]:
    suspended = project.suspended_since and words.partial(project.suspended_since)
    return words.known(
        (_("District"), project.district and project.district.name),
        (_("Kind"), capfirst(project.get_kind_display())),
        (_("Status"), capfirst(project.get_status_display())),
        (_("Suspended"), suspended and _("since %(day)s") % {"day": suspended}),
    )


def _curves(project: Any, day: Any) -> Iterator[Part]:
    for shown in progress.of_project(project, day):
        yield Heading(shown.title)
        for chart in shown.charts[:1]:
            drawn = {"chart": chart, "id": shown.code, "title": shown.title, "desc": shown.description}
            yield Drawing(render_to_string("components/s_curve_drawing.html", drawn), shown.description)
        if shown.nothing:
            yield Prose(shown.nothing)
        if shown.facts:
            yield Facts(shown.facts)
        if shown.rows:
            yield Table(shown.heads, shown.rows, [4, 2, 3, 3, 2], numbers=frozenset({1, 2, 3, 4}))


def _latest(project: Any) -> Iterator[Part]:
    accepted = progress.latest(project)
    if accepted:
        yield Heading(_("Latest accepted values"))
        yield Table([_("What"), _("Value"), _("Period")], accepted, [4, 3, 5])


def _milestones(project: Any, milestones: list[Milestone], day: Any) -> Iterator[Part]:
    if not milestones:
        return
    yield Heading(_("Milestones"))
    dated = [milestone for milestone in milestones if milestone.when]
    told = [told_milestone(milestone) for milestone in dated]
    if dated:
        colour = colour_of(project.district.code if project.district else "")
        drawn = {"chart": draw(dated, told, day, WIDE, colour), "id": "terms", "told_milestones": told}
        desc = " ".join(f"{one.name}: {one.when}." for one in told)
        yield Drawing(render_to_string("components/milestone_drawing.html", drawn), desc)
    head = [_("Milestone"), _("Planned"), _("Now expected"), _("State")]
    yield Table(head, [_milestone(one) for one in milestones], [4, 3, 4, 3])


def _milestone(one: Any) -> list[str]:
    moves = [
        f"{words.partial(move.old)} → {words.partial(move.new)}: {move.reason}" for move in one.moves_made
    ]
    expected = (
        words.NOTHING if one.met else words.partial(one.forecast) if one.forecast else _("not published")
    )
    met = words.partial(one.met) if one.met else ""
    silent = _("no later report is known") if one.silent else ""
    return [
        str(one.name),
        words.partial(one.baseline) if one.baseline else _("not published"),
        "\n".join(filter(None, [expected, capfirst(one.slip), *moves])),
        "\n".join(filter(None, [capfirst(one.get_status_display()), met, silent])),
    ]
