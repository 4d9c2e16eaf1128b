"""The four districts side by side: a row a question, a column a district."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alatau_portal.pages import district as pages
from alatau_portal.pages import land, parts, structured
from alatau_portal.pages import milestones as terms
from alatau_portal.pages.bars import by_status
from alatau_portal.pages.frame import frame, today
from districts.choices import Measure
from districts.models import District, Figure, Milestone, Project


class Column(NamedTuple):
    """A district, and the answers to all questions."""

    district: District
    figures: dict[str, Figure]
    projects: int
    shares: list[Any]
    investors: list[Any]
    #: None where no real plot is published: then nobody knows how many are free.
    free: int | None
    utilities: list[land.Readiness]
    slipped: list[Milestone]
    silent: list[Milestone]


@login_not_required
@require_safe
def districts(request: HttpRequest) -> HttpResponse:
    user, day = request.user, today()
    rows = pages.all_of(user, day)
    figures = parts.figures(user, district__isnull=False, chosen=True)
    found = Project.objects.visible_to(user).real().exclude(district=None).for_display(user)
    projects = parts.with_parties(found.prefetch_related(None), user)
    told = _by_district(terms.of_districts(user, day), lambda milestone: milestone.project.district_id)
    built = _by_district(projects, lambda project: project.district_id)
    stated = _by_district(figures, lambda figure: figure.district_id)
    columns = [
        _column(row, stated.get(row.pk, []), built.get(row.pk, []), told.get(row.pk, [])) for row in rows
    ]
    steps = (
        (_("Home"), structured.whole("home")),
        (_("Compare the districts"), structured.whole("district-compare")),
    )
    context = {
        "columns": columns,
        "measures": [
            (measure, [(column, column.figures.get(measure)) for column in columns])
            for measure in _measures(figures)
        ],
        "linked_data": [structured.breadcrumbs(*steps)],
        **frame(rows, _dates(rows, figures, projects)),
    }
    return render(request, "pages/district_compare.html", context)


def _by_district[R](rows: list[R], key: Callable[[R], Any]) -> dict[Any, list[R]]:
    found: dict[Any, list[R]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def _column(
    district: District, figures: list[Figure], projects: list[Project], milestones: list[Milestone]
) -> Column:
    plots = land.told(district)
    real = [plot for plot in plots if not plot.is_demo]
    return Column(
        district,
        {figure.measure: figure for figure in figures},
        len(projects),
        by_status((project.status, 1) for project in projects),
        parts.investors_in(projects),
        sum(plot.is_free for plot in real) if real else None,
        land.readiness(plots),
        [milestone for milestone in milestones if milestone.slip],
        [milestone for milestone in milestones if milestone.silent],
    )


def _measures(figures: list[Figure]) -> list[Measure]:
    """The expected ones, then whatever is known of any district."""
    known = {figure.measure for figure in figures}
    return [*pages.EXPECTED, *(one for one in Measure if one in known and one not in pages.EXPECTED)]


def _dates(rows: list[District], figures: list[Figure], projects: list[Project]) -> list[Any]:
    published: list[Any] = [project.source.published for project in projects if project.source]
    return [*(row.as_of for row in rows), *(figure.as_of for figure in figures), *published]
