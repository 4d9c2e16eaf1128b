"""How good the published data are, counted now: what is missing, inexact, overdue or contradictory.

Nothing is counted of what is not public, so that a number tells nobody of it; what is invented is never counted.
"""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from alatau_portal.open_data.city import VISITOR
from core.choices import Confidence, Precision, Qualifier, Visibility
from core.querysets import shown_to
from districts.choices import Measure
from districts.models import Claim, Figure, Milestone, Project


class Line(NamedTuple):
    """So many of so many."""

    words: str
    number: int
    total: int


class Part(NamedTuple):
    title: str
    lines: list[Line]


def report(today: date) -> list[Part]:
    projects = Project.objects.visible_to(VISITOR).real()
    return [
        Part(_("Projects"), _of_projects(projects)),
        Part(_("Terms"), _of_milestones(projects, today)),
        Part(_("Figures"), _of_figures()),
        Part(_("Contradictions between sources"), _of_contradictions()),
    ]


def _counted(rows: QuerySet[Any], conditions: dict[str, Q]) -> list[Line]:
    """A line a condition, in one query."""
    numbers = {
        f"n{place}": Count("pk", filter=condition) for place, condition in enumerate(conditions.values())
    }
    counted = rows.order_by().aggregate(total=Count("pk"), **numbers)
    return [Line(words, counted[f"n{place}"], counted["total"]) for place, words in enumerate(conditions)]


def _of_projects(projects: QuerySet[Any]) -> list[Line]:
    sums = Figure.objects.visible_to(VISITOR).filter(project=OuterRef("pk"), measure=Measure.INVESTMENT)
    terms = Milestone.objects.filter(project=OuterRef("pk"))
    return _counted(
        projects.alias(has_sum=Exists(sums), has_term=Exists(terms)),
        {
            _("without a district"): Q(district=None),
            _("without a sector"): Q(sectors=[]),
            _("without a type of works"): Q(type=""),
            _("without a sum of investment"): Q(has_sum=False),
            _("without any term"): Q(has_term=False),
            _("without an outline of the site"): Q(geometry__isnull=True),
            _("without a name in English"): Q(name_en=""),
            _("with words that were not renewed in every language"): ~Q(stale=[]),
        },
    )


def _of_milestones(projects: QuerySet[Any], today: date) -> list[Line]:
    rows = Milestone.objects.filter(project__in=projects)
    silent, moved = rows.silent(today), rows.moved()
    return _counted(
        rows.alias(
            is_silent=Exists(silent.filter(pk=OuterRef("pk"))),
            is_moved=Exists(moved.filter(pk=OuterRef("pk"))),
        ),
        {
            _("whose time has passed without a word that they were met"): Q(is_silent=True),
            _("now expected later than first said"): Q(is_moved=True),
            _("without any date"): Q(baseline_day=None, forecast_day=None, met_day=None),
            _("dated to a month, a season or a year, not to a day"): Q(
                forecast_precision__in=[Precision.MONTH, Precision.SEASON, Precision.YEAR]
            ),
            _("without a source"): Q(source=None),
        },
    )


def _of_figures() -> list[Line]:
    rows = Figure.objects.visible_to(VISITOR).real()
    return _counted(
        rows,
        {
            _("without a date"): Q(as_of_day=None),
            _("without a source"): Q(source=None),
            _("dated to a month, a season or a year, not to a day"): ~Q(as_of_precision=Precision.DAY),
            _("not exact in the source: “about”, “up to” and the like"): ~Q(qualifier=Qualifier.EXACT),
            _("of low or medium confidence"): ~Q(confidence=Confidence.HIGH),
        },
    )


def _of_contradictions() -> list[Line]:
    """Of what is said and public, chosen or not: several of one measure contradict or replace each other."""
    return [
        _contested(_("measures of which sources give several figures"), Figure, "measure"),
        _contested(_("matters of which sources say several things"), Claim, "field"),
    ]


def _contested(words: str, model: type[Any], about: str) -> Line:
    public = model._base_manager.filter(shown_to(VISITOR), visibility=Visibility.PUBLIC)
    of_known = Q(project=None) | Q(project__in=Project.objects.visible_to(VISITOR).real())
    keys = ("district", "project", about, *(("organisation",) if model is Claim else ()))
    things = public.filter(of_known).order_by().values(*keys).annotate(said=Count("pk"))
    counted = things.aggregate(total=Count("said"), contested=Count("said", filter=Q(said__gt=1)))
    return Line(words, counted["contested"], counted["total"])
