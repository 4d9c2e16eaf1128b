"""What the portal itself gave of the whole on a day: projects that everybody could read then, and their figures."""

from collections.abc import Iterable
from contextlib import nullcontext
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from core import ledger
from core.dates import last_day
from core.policies import sees_everything
from districts.choices import Measure, ProjectStatus, Unit
from districts.comparing import began, end_of, ever_shown
from districts.differences import Kind, Quantity, Sum
from districts.models import Figure, Project, Publication, PublishedFigure

#: What is said of pools of projects, and the measure of each project that adds up to the like of it.
SUMMED = {
    Measure.INVESTMENT_PROJECTS_SUM: Measure.INVESTMENT,
    Measure.INVESTMENT: Measure.INVESTMENT,
    Measure.PLANNED_JOBS: Measure.JOBS,
    Measure.JOBS: Measure.JOBS,
}
COUNTED = {Measure.INVESTMENT_PROJECTS, Measure.INVESTMENT_PROJECTS_ACTIVE}


class Answer(NamedTuple):
    """What the register gave: sums by unit and currency (none where it had nothing), and how many lacked a figure."""

    day: date
    quantities: list[Quantity]
    lacking: int = 0
    taken_down: int = 0


class Held(NamedTuple):
    """The public portfolio of a day, as far as this reader may know of it now."""

    day: date
    projects: list[Project]
    figures: list[Figure]
    #: Of the projects that were public then: those in whose place a public word stands that they were taken down.
    taken_down: list[int]

    def answer(self, measure: str, district: int | None) -> Answer | None:
        """The like of what was said; None where the register gives nothing that could be set beside it."""
        here = [one for one in self.projects if district in (None, one.district_id)]
        here = [one for one in here if one.status != ProjectStatus.CANCELLED]
        if measure == Measure.INVESTMENT_PROJECTS_ACTIVE:
            here = [one for one in here if one.status == ProjectStatus.IMPLEMENTATION]
        if measure in COUNTED:
            number = Quantity(Decimal(len(here)), Unit.PROJECT)
            return Answer(self.day, [number], taken_down=0 if district else len(self.taken_down))
        if measure in SUMMED:
            return self._sum(SUMMED[Measure(measure)], {one.pk for one in here})
        of = [one for one in self.figures if one.project_id is None and one.district_id == district]
        shown = [Quantity.of(one) for one in of if one.measure == measure]
        return Answer(self.day, shown) if shown else None

    def _sum(self, measure: str, projects: set[int]) -> Answer:
        sums: dict[Kind, Sum] = {}
        stated = [one for one in self.figures if one.project_id in projects and one.measure == measure]
        for one in map(Quantity.of, stated):
            sums[one.kind] = sums.get(one.kind, Sum()) + one.sum
        quantities = [
            Quantity(found.low, *kind, None if found.high == found.low else found.high)
            for kind, found in sorted(sums.items())
        ]
        return Answer(self.day, quantities, len(projects) - len(stated))


def held_on(days: Iterable[date], user: Any) -> dict[date, Held]:
    """By day. Two queries a day, and at the most three for all of them: what of it this reader may know now.

    The house reads the days as they were. Others are told of rows that they may read now, so that what was taken down
    does not come back through a sum; that it was taken down is public and is said.
    """
    read = {day: _public_on(day) for day in days}
    if sees_everything(user) or read.keys() <= {_today()}:  # what is public now is everybody's now
        return {day: Held(day, projects, figures, []) for day, (projects, figures) in read.items()}
    open_now = set(Project.objects.visible_to(user).order_by().values_list("pk", flat=True))
    shown = set(Figure.objects.filter(ever_shown(user)).order_by().values_list("pk", flat=True))
    gone = {one.pk for projects, _figures in read.values() for one in projects} - open_now
    told = set(_tombstones(gone)) if gone else set()
    return {
        day: Held(
            day,
            [one for one in projects if one.pk in open_now],
            [one for one in figures if one.pk in shown],
            [one.pk for one in projects if one.pk in told],
        )
        for day, (projects, figures) in read.items()
    }


def _public_on(day: date) -> tuple[list[Project], list[Figure]]:
    public = AnonymousUser()
    with nullcontext() if day == _today() else ledger.as_of(end_of(day)):
        projects = Project.objects.visible_to(public).real().only("pk", "district", "status").order_by("pk")
        figures = Figure.objects.visible_to(public).real().select_related("source")
        return list(projects), list(figures.order_by("pk"))


def _today() -> date:
    return timezone.localdate(ledger.instant.get())


def _tombstones(keys: Iterable[int]) -> Iterable[int]:
    rows = Publication.objects.tombstones().filter(model=Project._meta.label_lower, object_id__in=list(keys))
    return rows.values_list("object_id", flat=True)


def day_of(said: PublishedFigure) -> date | None:
    """The day whose register stands beside what was said: of its date, else of the day on which it was said."""
    due = said.as_of or said.said_on
    return min(last_day(due), _today()) if due else None


def first_day() -> date | None:
    """The day on which the register began; None while there is nothing in it."""
    start: datetime | None = began()
    return timezone.localdate(start) if start else None
