"""What looks wrong in a progress report: never refused for it, but whoever reports says a word before it is submitted.

Each check is a function of `Look` in `CHECKS`; whoever adds one adds it there. A word is the note of the answer, of the
milestone or of the file that the warning is about.

fell          a percentage, or money spent in one currency, is less than what was accepted last
jumped        a percentage grew by more than JUMP points a month since the last accepted report, or by more than PACE
              times the best monthly growth between two accepted reports before it (growth up to CALM points is none)
over_plan     more than OVER times the plan of the period; of money, more than OVER_MONEY times
spent_alone   money was spent since the last accepted report, physical progress is the same or less
jobs_halved   jobs are less than half of what was accepted last
local_over    more jobs of local people than jobs during construction and permanent ones together
met_early     a milestone was met on a day that has not come yet
met_outside   a milestone was met on a day outside the period
out_of_period a photo was taken outside the period
out_of_place  a photo was taken outside the site and the district

Of a first report there is nothing to compare with: only its plan, its own sums and its days are looked at.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import formats
from core.dates import last_day
from tasks.models import Evidence, Plan, ProgressMilestone, ProgressReport, ProgressValue
from tasks.reporting_choices import JOBS, PERCENT, Mark, Metric, Outcome
from tasks.services.steps import today

#: Percentage points a month.
JUMP, CALM, PACE = Decimal(25), Decimal(5), 3
OVER, OVER_MONEY = Decimal("1.2"), Decimal(2)
#: So many accepted reports before this one are looked at.
EARLIER = 12

type Values = dict[str, ProgressValue]


@dataclass(frozen=True)
class Warning:
    """`field`: a metric, `milestones:<code>` or `files:<key of the evidence>`; `text` in the reader's language."""

    field: str
    code: str
    text: str
    has_word: bool


@dataclass(frozen=True)
class Look:
    """A report and what it is compared with; reports and values as rows, each earlier one with its values."""

    report: ProgressReport
    values: Values
    earlier: list[tuple[ProgressReport, Values]]
    plans: dict[str, Plan]
    milestones: list[ProgressMilestone]
    proofs: list[Evidence]
    today: date

    @property
    def last(self) -> Values:
        """What was accepted last, by metric; empty for a first report."""
        return self.earlier[0][1] if self.earlier else {}

    def warn(self, metric: str, code: str, text: str) -> Warning:
        return Warning(metric, code, text, bool(self.values[metric].note))


type Check = Callable[[Look], Iterable[Warning]]


def warnings(report: ProgressReport) -> list[Warning]:
    """In the order of the form. Seven queries, however long the past."""
    look = look_at(report)
    return [one for check in CHECKS for one in check(look)]


def require_words(report: ProgressReport) -> None:
    """ValidationError, code `needs_word`, at each field that looks wrong and has no word."""
    missing: dict[str, list[ValidationError]] = {}
    for one in warnings(report):
        if not one.has_word:
            said = f"{one.text} {_('Say a word about it, or correct it.')}"
            missing.setdefault(one.field, []).append(ValidationError(said, code="needs_word"))
    if missing:
        raise ValidationError(missing)


def look_at(report: ProgressReport) -> Look:
    before = ProgressReport.objects.filter(project=report.project_id).before(report.period.starts)
    rows = before.select_related("period").prefetch_related("values")[:EARLIER]
    plans = Plan.objects.filter(project=report.project_id, period=report.period_id)
    return Look(
        report,
        _by_metric(report),
        [(row, _by_metric(row)) for row in rows],
        {plan.metric: plan for plan in plans},
        list(report.milestones.select_related("milestone")),
        list(report.evidence.select_related("file").order_by("pk")),
        today(),
    )


def _by_metric(report: ProgressReport) -> Values:
    order = list(Metric.values)
    rows = sorted(report.values.all(), key=lambda row: order.index(row.metric))
    return {row.metric: row for row in rows}


def _numbers(now: Values, then: Values, metrics: Iterable[str]) -> Iterator[tuple[str, Any, Any]]:
    """(metric, number now, number then), where both are numbers of one currency."""
    for metric in metrics:
        new, old = now.get(metric), then.get(metric)
        if new and old and new.currency == old.currency and None not in (new.value, old.value):
            yield metric, new.value, old.value


def told(row: Any) -> str:
    """The number of an answer or of a plan, as it is read."""
    if row.currency:
        return formats.money(row.value, row.currency, get_language())
    return formats.number(row.value, get_language())


def fell(look: Look) -> Iterator[Warning]:
    for metric, new, old in _numbers(look.values, look.last, [*PERCENT, Metric.SPENT]):
        if new < old:
            said = _("Less than what was accepted last: %(last)s.")
            yield look.warn(metric, "fell", said % {"last": told(look.last[metric])})


def jumped(look: Look) -> Iterator[Warning]:
    if not look.earlier:
        return
    months = _months(look.earlier[0][0], look.report)
    for metric, new, old in _numbers(look.values, look.last, PERCENT):
        pace, best = (new - old) / months, _best(look, metric)
        if pace > JUMP or (best and pace > CALM and pace > PACE * best):
            said = _("%(points)s points more than in the last accepted report.")
            yield look.warn(metric, "jumped", said % {"points": formats.number(new - old, get_language())})


def _months(then: ProgressReport, now: ProgressReport) -> int:
    first, last = then.period.ends, now.period.ends
    return max(1, (last.year - first.year) * 12 + last.month - first.month)


def _best(look: Look, metric: str) -> Decimal | None:
    """Points of the best month between two accepted reports; None where it never grew."""
    paces = [
        (new - old) / _months(earlier, later)
        for (later, after), (earlier, before) in pairwise(look.earlier)
        for _metric, new, old in _numbers(after, before, [metric])
    ]
    return max((pace for pace in paces if pace > 0), default=None)


def over_plan(look: Look) -> Iterator[Warning]:
    for metric, row in look.values.items():
        plan = look.plans.get(metric)
        if plan is None or row.value is None or plan.currency != row.currency:
            continue
        if row.value > plan.value * (OVER_MONEY if metric == Metric.SPENT else OVER):
            said = _("Far over the plan of the period: %(plan)s.")
            yield look.warn(metric, "over_plan", said % {"plan": told(plan)})


def spent_alone(look: Look) -> Iterator[Warning]:
    grew = [new for _metric, new, old in _numbers(look.values, look.last, [Metric.SPENT]) if new > old]
    for _metric, new, old in _numbers(look.values, look.last, [Metric.PHYSICAL_PROGRESS]):
        if grew and new <= old:
            said = _("Money was spent, yet the works did not advance.")
            yield look.warn(Metric.SPENT, "spent_alone", said)


def jobs_halved(look: Look) -> Iterator[Warning]:
    for metric, new, old in _numbers(look.values, look.last, JOBS):
        if new * 2 < old:
            said = _("Less than half of what was accepted last: %(last)s.")
            yield look.warn(metric, "jobs_halved", said % {"last": told(look.last[metric])})


def local_over(look: Look) -> Iterator[Warning]:
    local = look.values.get(Metric.JOBS_LOCAL)
    every = [look.values.get(metric) for metric in (Metric.JOBS_CONSTRUCTION, Metric.JOBS_PERMANENT)]
    known = [row for row in every if row is not None and row.mark != Mark.NO_DATA]
    if local is None or local.value is None or len(known) < len(every):
        return
    if local.value > sum(row.value or 0 for row in known):
        said = _("More jobs of local people than jobs in all.")
        yield look.warn(Metric.JOBS_LOCAL, "local_over", said)


def milestones_in_time(look: Look) -> Iterator[Warning]:
    period = look.report.period
    for row in look.milestones:
        if row.outcome != Outcome.MET or row.on.day is None:
            continue
        if row.on.day > look.today:
            code, said = "met_early", _("This day has not come yet.")
        elif row.on.day > period.ends or last_day(row.on) < period.starts:
            code, said = "met_outside", _("This day is outside the period.")
        else:
            continue
        yield Warning(f"milestones:{row.milestone.code}", code, said, bool(row.note))


def photos(look: Look) -> Iterator[Warning]:
    """As they were weighed when they came (tasks.services.evidence)."""
    told_of = {
        "out_of_period": _("“%(name)s” was taken outside the period: say in its caption why it is here."),
        "out_of_place": _(
            "“%(name)s” was taken outside the site and the district: say in its caption why it is here."
        ),
    }
    for proof in look.proofs:
        for code in proof.reasons:
            if code in told_of:
                text = told_of[code] % {"name": proof.file.name if proof.file else ""}
                yield Warning(f"files:{proof.pk}", code, text, bool(proof.note))


#: In the order of the form.
CHECKS: list[Check] = [
    fell,
    jumped,
    over_plan,
    spent_alone,
    jobs_halved,
    local_over,
    milestones_in_time,
    photos,
]
