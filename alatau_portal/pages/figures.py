"""All that was ever said of a number: what is shown and why, what else sources give, how it changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alatau_portal.pages import addresses, district, home, parts, project
from alatau_portal.pages.changes import at_almaty, names_of
from alatau_portal.pages.changes.rows import VALUE, began, was_open
from alatau_portal.pages.changes.subjects import visibility_of
from alatau_portal.pages.changes.words import figure_of
from alatau_portal.pages.disputes import may_contest, with_disputes
from alatau_portal.pages.frame import CITY, districts_for, frame
from core.choices import Operation
from core.models import Change
from core.policies import levels_open_to, sees_everything
from core.querysets import shown_to
from districts.choices import ClaimField, Measure
from districts.models import Claim, ClaimSource, District, Figure, FigureSource, Project

#: What a reader looks for first: where nobody has published it, its page says so.
EXPECTED_OF_THE_CITY = [*home.HEADLINES, Measure.PLANNED_POPULATION_2050]
#: Claims that bear on a measure, besides those about the schedule of what it counts.
TOUCHED = {
    Measure.AREA: {ClaimField.LOCATION, ClaimField.COMPOSITION},
    Measure.SITE_AREA: {ClaimField.LOCATION, ClaimField.DISTRICT},
    Measure.POPULATION: {ClaimField.COMPOSITION},
    Measure.SEZ_AREA: {ClaimField.LEGAL_REGIME},
    Measure.INVESTMENT: {ClaimField.FUNDING, ClaimField.PARTIES},
    Measure.INVESTMENT_PROJECTS_SUM: {ClaimField.FUNDING},
    Measure.CAPACITY: {ClaimField.SCHEDULE, ClaimField.IDENTITY},
    Measure.CAPACITY_START: {ClaimField.SCHEDULE, ClaimField.IDENTITY},
    Measure.JOBS: {ClaimField.SCHEDULE},
    Measure.PLANNED_JOBS: {ClaimField.SCHEDULE, ClaimField.PROFILE},
    Measure.PLANNED_POPULATION: {ClaimField.SCHEDULE, ClaimField.PROFILE},
    Measure.PLANNED_POPULATION_2050: {ClaimField.SCHEDULE},
    Measure.INFRASTRUCTURE_POOL_2030: {ClaimField.SCHEDULE},
    Measure.INFRASTRUCTURE_POOL_2050: {ClaimField.SCHEDULE},
    Measure.HEIGHT: {ClaimField.IDENTITY},
}


@dataclass
class Subject:
    """What is measured: the city, a district or a project."""

    code: str
    name: Any
    url: str
    expected: list[Measure]
    district: District | None = None
    project: Project | None = None

    @property
    def rows(self) -> dict[str, Any]:
        return {"district": self.district, "project": self.project}


@dataclass
class Step:
    """What the register said from an instant on."""

    at: datetime
    key: int
    figure: Figure
    what: str
    who: str = ""
    why: str = ""
    given_up: bool = False

    @property
    def when(self) -> str:
        return at_almaty(self.at)


@login_not_required
@require_safe
def detail(request: HttpRequest, subject: str, measure: str) -> HttpResponse:
    user = request.user
    if measure not in Measure.values:
        raise Http404
    districts = districts_for(user)
    about = subject_of(user, subject, districts)
    said = _figures(user, about)
    same = [figure for figure in said if figure.measure == measure]
    if not same and measure not in about.expected:
        raise Http404
    chosen = next((figure for figure in with_disputes(user, same) if figure.chosen), None)
    steps = _history(user, about, measure)
    context = {
        "subject": about,
        "measure": Measure(measure),
        "figure": chosen,
        "others": _not_chosen([figure for figure in same if figure is not chosen], steps),
        "parts": [part for part in said if chosen and part.part_of_id == chosen.pk],
        "whole": next((whole for whole in said if chosen and whole.pk == chosen.part_of_id), None),
        "claims": _claims(user, about, Measure(measure)),
        "steps": steps,
        "may_contest": may_contest(user, chosen),
        "more": sorted({Measure(f.measure) for f in said if f.chosen and f.measure != measure}, key=_place),
        **frame(districts, (figure.as_of for figure in same)),
    }
    return render(request, "pages/figure.html", context)


def _not_chosen(others: list[Figure], steps: list[Step]) -> list[Figure]:
    """With `given_up`: why another was chosen instead of one that had been."""
    for other in others:
        other.given_up = next((step.why for step in steps if step.given_up and step.key == other.pk), "")
    return others


def _place(measure: Measure) -> int:
    return Measure.values.index(measure)


def subject_of(user: Any, code: str, districts: list[District]) -> Subject:
    if code == CITY:
        return Subject(CITY, _("Alatau City"), addresses.page("home"), EXPECTED_OF_THE_CITY)
    for one in districts:
        if one.code == code:
            return Subject(code, one.name, addresses.district(code), district.EXPECTED, district=one)
    found = Project.objects.visible_to(user).filter(public_id=code).first()
    if found is None:
        raise Http404
    return Subject(code, found.name, addresses.project(code), project.EXPECTED, project=found)


def _figures(user: Any, about: Subject) -> list[Figure]:
    """Every figure of the subject that the reader may see; there are few, and parts of one are among them."""
    rows = Figure.objects.visible_to(user).for_display().prefetch_related(None).filter(**about.rows)
    return parts.cited(parts.citing(rows, FigureSource, "figure"))


def _claims(user: Any, about: Subject, measure: Measure) -> list[Claim]:
    fields = TOUCHED.get(measure, set())
    if not fields:
        return []
    rows = Claim.objects.visible_to(user).for_display().prefetch_related(None)
    rows = rows.filter(**about.rows, organisation=None, field__in=fields)
    return parts.cited(parts.citing(rows, ClaimSource, "claim"))


def _history(user: Any, about: Subject, measure: str) -> list[Step]:
    """From the ledger, the newest first: to staff every change of every figure, to others what the portal showed."""
    figures = Figure.objects.filter(**about.rows, measure=measure)
    everything = sees_everything(user)
    if not everything:
        figures = figures.filter(shown_to(user))
    changes = Change.objects.filter(relation=Figure._meta.db_table, row_key__in=figures.values("pk"))
    rows = list(changes.exclude(op=Operation.REMOVED).order_by("at", "id"))
    if not everything:
        return _shown(rows, user, about)[::-1]
    names = names_of(row.actor for row in rows)
    steps = [
        Step(
            row.at, row.row_key, figure_of(row.new), _what(row), names[row.actor], row.note, _is_given_up(row)
        )
        for row in rows
        if _what(row)
    ]
    return steps[::-1]


def _shown(rows: Iterable[Change], user: Any, about: Subject) -> list[Step]:
    """What an outsider could read, from when on; the same value again is no step."""
    levels = levels_open_to(user)
    was = list(visibility_of(Project, about.project.pk)) if about.project else []
    steps: list[Step] = []
    before: Any = None
    for row in rows:
        new = row.new or {}
        published = new["chosen"] and new["visibility"] in levels
        if not published or (about.project and not was_open(was, row, levels)):
            continue
        value = [new[column] for column in VALUE]
        if value != before:
            steps.append(
                Step(
                    began(new.get("published_at"), row.at),
                    row.row_key,
                    figure_of(new),
                    _("the register shows"),
                )
            )
        before = value
    return steps


def _is_given_up(row: Change) -> bool:
    return bool((row.old or {}).get("chosen")) and not (row.new or {}).get("chosen")


def _what(row: Change) -> str:
    """What happened to a figure, in a word; nothing where only its notes or its sources changed."""
    old, new = row.old or {}, row.new or {}
    if row.op == Operation.CREATED:
        return _("added and chosen") if new["chosen"] else _("added, not chosen")
    if "chosen" in old:
        return _("chosen") if new["chosen"] else _("not chosen any more")
    if "visibility" in old:
        return _("published") if new["visibility"] == "public" else _("not published any more")
    return _("corrected") if set(VALUE) & set(old) else ""
