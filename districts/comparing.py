"""Two dates of the portfolio, read from where they can be known: the dates that figures bear, or the ledger's past.

By figures, for everybody: rows that the reader may see now. A project counts from the day of the first stage that a
source dates, or of its first figure, until the day on which it was cancelled; its figure is the one that is shown now
if it was true by then, else one that the portal showed before it, of an earlier date. By the ledger, for those who may
look into the past: projects and figures as they stood at the end of the two days.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, NamedTuple, cast

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import (
    BigIntegerField,
    DateTimeField,
    Exists,
    F,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from core import ledger
from core.choices import Operation
from core.dates import last_day
from core.models import Change
from core.policies import levels_open_to, sees_everything
from core.querysets import ReadAt, shown_to
from districts.choices import ProjectStatus, PublicationState
from districts.differences import ONE, Difference, Quantity, Standing, between
from districts.figure_choices import Compared, ComparedBy, RemovedBecause
from districts.models import Figure, Project, Publication, StageChange

NOT_COUNTED = Standing()


class Question(NamedTuple):
    """Which two days, of what, in which district (None: in the whole city), read from where."""

    since: date
    until: date
    measure: str
    by: str
    district: Any = None


def explain(user: Any, asked: Question) -> Difference:
    """How the two days differ, as far as this reader may know. PermissionDenied: the past is not for him."""
    if asked.by == ComparedBy.FIGURES:
        return _by_figures(user, asked)
    if not sees_everything(user):
        raise PermissionDenied(
            _("Only the project office, the leadership and auditors may look into the past.")
        )
    return _by_ledger(asked)


def _by_figures(user: Any, asked: Question) -> Difference:
    rows = Project.objects.visible_to(user).real().order_by("pk")
    if asked.district is not None:
        rows = rows.filter(district=asked.district)
    projects = {project.pk: project for project in rows.select_related("district")}
    stages: dict[int, list[StageChange]] = defaultdict(list)
    for stage in StageChange.objects.filter(project__in=projects).order_by("pk"):
        stages[stage.project_id].append(stage)
    figures = _history(user, projects, asked.measure)
    ends = [
        {key: _on(day, stages[key], figures.get(key, []), asked.measure) for key in projects}
        for day in (asked.since, asked.until)
    ]
    return between(projects, *ends)


def _on(day: date, stages: Iterable[StageChange], figures: Iterable[Figure], measure: str) -> Standing:
    """A project on a day, by the dates of its stages and figures."""
    entered = [stage for stage in stages if last_day(stage.on) <= day]
    stated = [figure for figure in figures if last_day(figure.as_of) <= day]
    if any(stage.to_status == ProjectStatus.CANCELLED for stage in entered):
        return Standing(why=RemovedBecause.CANCELLED)
    undated = [stage for stage in stages if not stage.on]
    if any(stage.to_status == ProjectStatus.CANCELLED for stage in undated):
        return Standing(why=RemovedBecause.UNDATED)
    if not entered and not stated:
        return Standing(why=RemovedBecause.UNDATED) if undated else NOT_COUNTED
    return Standing(True, _quantity(measure, stated[-1] if stated else None))


def _quantity(measure: str, figure: Figure | None) -> Quantity | None:
    if measure == Compared.PROJECTS:
        return ONE
    return Quantity.of(figure) if figure else None


def _history(user: Any, projects: Iterable[int], measure: str) -> dict[int, list[Figure]]:
    """By project what the portal shows and what it showed before, in the order of the dates that the figures bear.

    What was given up for a figure of the same or an earlier date was a mistake: it was never true.
    """
    if measure == Compared.PROJECTS:
        return {}
    rows = Figure.objects.filter(measure=measure, project__in=list(projects)).select_related("source")
    found: dict[int, list[Figure]] = defaultdict(list)
    for figure in rows.filter(ever_shown(user)).order_by("as_of_day", "pk"):
        found[cast(int, figure.project_id)].append(figure)
    return {key: _that_led(figures) for key, figures in found.items()}


def _that_led(figures: list[Figure]) -> list[Figure]:
    """The chosen figure last, before it those of earlier dates; nothing where none is chosen: it was taken back."""
    chosen = next((figure for figure in figures if figure.chosen), None)
    if chosen is None:
        return []
    before = [figure for figure in figures if last_day(figure.as_of) < last_day(chosen.as_of)]
    return [*sorted(before, key=lambda figure: (last_day(figure.as_of), figure.pk)), chosen]


def ever_shown(user: Any) -> Combinable:
    """Chosen now, or given up while this reader could read it; in either case he may read it now."""
    entries = Change.objects.filter(
        relation=Figure._meta.db_table,
        row_key=OuterRef("pk"),
        op=Operation.CHANGED,
        old__chosen=True,
        new__chosen=False,
        at__lte=ReadAt(),
    )
    if sees_everything(user):
        return Q(chosen=True) | Exists(entries)
    given_up = _open_then(_open_then(entries, "new", user).annotate(owner=_owner_then()), "owner", user)
    return Q(pk__in=Figure.objects.visible_to(user).values("pk")) | (shown_to(user) & Exists(given_up))


def _open_then(entries: QuerySet[Change], row: str, user: Any) -> QuerySet[Change]:
    """Entries at whose instant this row of theirs was open to the reader's levels, its embargo over."""
    level, since = KeyTextTransform("visibility", row), KeyTextTransform("published_at", row)
    told = {f"{row}_level": level, f"{row}_since": Cast(since, DateTimeField())}
    return entries.annotate(**told).filter(
        Q(**{f"{row}_since": None}) | Q(**{f"{row}_since__lte": F("at")}),
        **{f"{row}_level__in": levels_open_to(user)},
    )


def _owner_then() -> Subquery:
    """The project of the figure as it stood just before the entry."""
    key = Cast(KeyTextTransform("project_id", OuterRef("new")), BigIntegerField())
    before = Change.objects.filter(relation=Project._meta.db_table, row_key=key, id__lt=OuterRef("id"))
    return Subquery(before.order_by("-id").values("new")[:1], output_field=JSONField())


class Snapshot(NamedTuple):
    """The portfolio as the ledger knows it at an instant."""

    projects: dict[int, Any]
    figures: dict[int, Figure]
    taken_down: set[int]


def _by_ledger(asked: Question) -> Difference:
    """Of `published`, what everybody could read then; of `register`, all that was in it and had not been taken down."""
    published = asked.by == ComparedBy.PUBLISHED
    then, now = (snapshot(day, asked.measure, published) for day in (asked.since, asked.until))
    projects = dict(sorted({**then.projects, **now.projects}.items()))
    ends = [
        {key: _standing(key, end, asked) for key in projects if key in end.projects} for end in (then, now)
    ]
    if published:  # what the public does not see any more was taken down, whatever else became of it
        gone = {key: Standing(why=RemovedBecause.TAKEN_DOWN) for key in projects if key not in now.projects}
        ends[1] |= gone
    return between(projects, ends[0], ends[1], began())


def _standing(key: int, end: Snapshot, asked: Question) -> Standing:
    project = end.projects[key]
    if project.status == ProjectStatus.CANCELLED:
        return Standing(why=RemovedBecause.CANCELLED)
    if key in end.taken_down:
        return Standing(why=RemovedBecause.TAKEN_DOWN)
    if asked.district is not None and project.district_id != asked.district.pk:
        return Standing(why=RemovedBecause.MOVED)
    return Standing(True, _quantity(asked.measure, end.figures.get(key)))


def snapshot(day: date, measure: str, published: bool) -> Snapshot:
    """At the end of the day here; three queries in the past."""
    reader = AnonymousUser() if published else None
    with ledger.as_of(end_of(day)):
        projects, figures = Project.objects.real(), Figure.objects.filter(chosen=True)
        if reader:
            projects, figures = projects.visible_to(reader), figures.visible_to(reader)
        down = Publication.objects.filter(
            state=PublicationState.UNPUBLISHED, model=Project._meta.label_lower
        ).values_list("object_id", flat=True)
        measured = figures.filter(measure=measure, project__isnull=False).select_related("source")
        return Snapshot(
            {project.pk: project for project in projects.order_by("pk").select_related("district")},
            {}
            if measure == Compared.PROJECTS
            else {cast(int, figure.project_id): figure for figure in measured},
            set() if reader else set(down),
        )


def end_of(day: date) -> datetime:
    """The last instant of a day here; now, of the day that is not over."""
    here = timezone.get_default_timezone()
    return min(datetime.combine(day, time.max, here), ledger.instant.get() or timezone.now())


def began() -> datetime | None:
    """The instant of the first entry about projects: before it the register did not exist."""
    born = Change.objects.filter(relation=Project._meta.db_table, op=Operation.CREATED)
    return born.order_by("id").values_list("at", flat=True).first()
