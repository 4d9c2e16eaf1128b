"""How far the works of projects are: planned, accepted and foretold, as pages and papers tell it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, QuerySet
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from alatau_portal.pages import progress_words as say
from alatau_portal.s_curve import NARROW, WIDE, Drawing, draw
from alatau_portal.schematic import colour_of
from districts.choices import ProjectStatus
from districts.models import Project
from tasks.curve import Curve, Part, Span, Why, alone, curve
from tasks.models import Plan, ProgressValue
from tasks.reporting_choices import PERCENT, Mark, Metric

PERIOD = {"kind": "kind", "starts": "starts", "ends": "ends"}


class Answer(NamedTuple):
    """What was accepted of a metric for a period; `corrected`: in place of an earlier accepted report."""

    metric: Metric
    mark: Mark
    value: Decimal | None
    currency: str
    starts: date
    ends: date
    accepted_on: date
    corrected: bool


class Said(NamedTuple):
    """An accepted answer in words: of what, how much, and on what it rests."""

    name: str
    value: str
    source: str


class Row(NamedTuple):
    """A period in the table, in words; empty where there is nothing to say."""

    period: str
    planned: str
    actual: str
    difference: str
    forecast: str


@dataclass(frozen=True)
class Shown:
    """An S-curve: drawn wide and narrow, in words as pairs of name and value, and as the rows of a table."""

    code: str
    title: str
    charts: Sequence[Drawing]
    facts: Sequence[tuple[str, str]]
    rows: Sequence[Row]
    nothing: str

    @property
    def heads(self) -> Row:
        return Row(*say.heads())

    @property
    def description(self) -> str:
        return " ".join(f"{name}: {value}." for name, value in self.facts)


def joined(projects: QuerySet[Project], user: Any) -> QuerySet[Project]:
    """The queryset that `of_project` and `of_projects` read: each row with its plans and accepted answers."""
    plans = Plan.objects.told_to(user).filter(project=OuterRef("pk"), metric__in=PERCENT)
    plan = JSONObject(metric="metric", value=_text("value"), weight=_text("weight"), **_of("period"))
    answers = ProgressValue.objects.told_to(user).filter(report__project=OuterRef("pk"))
    answer = JSONObject(
        metric="metric",
        mark="mark",
        value=_text("value"),
        currency="currency",
        accepted_at="report__decided_at",
        corrects="report__supersedes",
        **_of("report__period"),
    )
    return projects.annotate(
        planned_parts=ArraySubquery(plans.order_by("period__ends", "period__starts").values(json=plan)),
        told_parts=ArraySubquery(
            answers.order_by("report__period__ends", "report__period__starts").values(json=answer)
        ),
    )


def of_project(project: Any, today: date) -> list[Shown]:
    """Of the works always, if only to say that nothing is known; of the money where the reader is told of it."""
    colour = colour_of(project.district.code if project.district else "")
    found = []
    for metric in PERCENT:
        told = alone(_part(project, metric))
        if project.status == ProjectStatus.CANCELLED:
            told = replace(told, forecast=None, why=Why.CANCELLED)
        if metric == Metric.PHYSICAL_PROGRESS or told.plan or told.actual:
            found.append(
                shown(_code(metric), say.title(metric), told, today, colour, _answers(project, metric))
            )
    return found


def of_projects(projects: Sequence[Any], today: date, code: str) -> Shown | None:
    """Of all together, by the weights of their plans; None where nobody has a plan. What is cancelled is left out."""
    metric = Metric.PHYSICAL_PROGRESS
    parts = [_part(project, metric) for project in projects]
    counted = sum(part.counts for part in parts)
    if not counted:
        return None
    title = say.title_of_many(counted, len(parts))
    return shown(_code(metric), title, curve(parts), today, colour_of(code))


def latest(project: Any) -> list[Said]:
    """The newest accepted answer to each metric that the reader is told of."""
    newest = {answer.metric: answer for answer in _answers(project)}
    found = [newest[metric] for metric in Metric if metric in newest]
    return [Said(say.named(one.metric), say.answer(one), say.source(one)) for one in found]


def shown(
    code: str, title: str, told: Curve, today: date, colour: str, answers: Sequence[Answer] = ()
) -> Shown:
    drawn = [draw(told, say.legend(), today, shape, colour) for shape in (WIDE, NARROW)]
    return Shown(
        code,
        title,
        [drawing for drawing in drawn if drawing],
        say.facts(told, {answer.ends: answer.accepted_on for answer in answers}),
        _rows(told, {answer.ends: answer.mark for answer in answers}),
        say.nothing(told),
    )


def _rows(told: Curve, marks: Mapping[date, Mark]) -> list[Row]:
    """Each period that is planned or reported, and the day on which the plan is reached where that comes later."""
    plan, actual = ({span.ends: span for span in spans} for spans in (told.plan, told.actual))
    ahead = {point.day: point.value for point in told.forecast.points[1:]} if told.forecast else {}
    rows = []
    for ends in sorted({**plan, **actual}):
        planned, accepted = (spans[ends].value if ends in spans else None for spans in (plan, actual))
        rows.append(
            Row(
                say.period((actual.get(ends) or plan[ends]).starts, ends),
                say.percent(planned),
                say.percent(accepted) or say.missing(marks.get(ends)),
                say.difference(planned, accepted),
                say.percent(ahead.get(ends)),
            )
        )
    if told.forecast and told.forecast.finish not in {**plan, **actual}:
        reached = told.forecast.points[-1]
        rows.append(Row(say.day(reached.day), "", "", "", say.percent(reached.value)))
    return rows


def _part(project: Any, metric: str) -> Part:
    plan = [_span(part) for part in project.planned_parts if part["metric"] == metric]
    weights = [Decimal(part["weight"]) for part in project.planned_parts if part["metric"] == metric]
    actual = [Span(one.starts, one.ends, one.value) for one in _answers(project, Metric(metric))]
    cancelled = project.status == ProjectStatus.CANCELLED
    return Part(_once(plan), _once(actual), weights[-1] if weights else Decimal(1), is_cancelled=cancelled)


def _code(metric: Metric) -> str:
    return metric.value.replace("_", "-")


def _once(spans: Iterable[Span]) -> list[Span]:
    """Where a month and a quarter end together, the month tells."""
    return list({span.ends: span for span in spans}.values())


def _answers(project: Any, metric: Metric | None = None) -> list[Answer]:
    return [_answer(part) for part in project.told_parts if metric in (None, part["metric"])]


def _answer(part: Mapping[str, Any]) -> Answer:
    accepted = parse_datetime(part["accepted_at"])
    assert isinstance(accepted, datetime)  # what is accepted has its time
    value = None if part["value"] is None else Decimal(part["value"])
    span = _span(part)
    return Answer(
        Metric(part["metric"]),
        Mark(part["mark"]),
        value,
        part["currency"],
        span.starts,
        span.ends,
        timezone.localdate(accepted),
        part["corrects"] is not None,
    )


def _span(part: Mapping[str, Any]) -> Span:
    starts, ends = parse_date(part["starts"]), parse_date(part["ends"])
    assert starts and ends  # columns that are never empty
    return Span(starts, ends, None if part["value"] is None else Decimal(part["value"]))


def _of(period: str) -> dict[str, Any]:
    return {name: f"{period}__{column}" for name, column in PERIOD.items()}


def _text(column: str) -> Cast:
    """A number as JSON holds it without loss."""
    return Cast(column, CharField())
