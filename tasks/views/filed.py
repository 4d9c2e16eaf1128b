"""Who has filed what: of each project and period, how its report stands, as far as the reader may know."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tasks.models import ProgressReport, ReportingDuty, ReportingPeriod
from tasks.reporting_choices import PENDING, ProgressState
from tasks.views.reading import SHAPES

NOT_OWED, AWAITED, MISSING = "not_owed", "awaited", "missing"


class Cell(NamedTuple):
    """One project in one period. `code`: a state of its report, or that there is none; `shape`: of its tag."""

    code: str
    word: str
    shape: str
    period: ReportingPeriod
    duty: ReportingDuty | None = None
    is_late: bool = False
    public_id: str = ""
    submitted_at: datetime | None = None
    href: str = ""

    @property
    def told(self) -> str:
        """In words, for papers."""
        return f"{self.word} ({_('late')})" if self.is_late and self.code != MISSING else self.word


class Row(NamedTuple):
    """A project with its cells, in the order of the periods; `organisation`: who owes the latest of them."""

    project: Any
    organisation: Any
    cells: list[Cell]


class Filed(NamedTuple):
    """What is known of one project and period."""

    state: str
    public_id: str
    first: datetime | None


def rows_of(
    user: Any, periods: Sequence[ReportingPeriod], duties: Iterable[ReportingDuty], today: date
) -> list[Row]:
    """A row a project, in the order of the duties; one query, however many.

    Of two that owe a period one after the other the last one reports. What was never handed in is known to its
    organisation alone: before others it is not there.
    """
    by_project: dict[int, list[ReportingDuty]] = {}
    for duty in duties:
        by_project.setdefault(duty.project_id, []).append(duty)
    known = _known(user, periods, by_project)
    rows = []
    for project, owed in by_project.items():
        owed.sort(key=lambda duty: (duty.since, duty.pk), reverse=True)
        cells = [_cell(user, period, owed, known.get((project, period.pk)), today) for period in periods]
        rows.append(Row(owed[0].project, owed[0].organisation, cells))
    return rows


def _known(user: Any, periods: Iterable[ReportingPeriod], projects: Iterable[int]) -> dict[Any, Filed]:
    """By project and period: of a correction on its way and what it corrects, the state of the accepted one."""
    rows = ProgressReport.objects.visible_to(user).filter(
        period__in=[period.pk for period in periods], project__in=list(projects)
    )
    found: dict[Any, Filed] = {}
    for project, period, state, public_id, submitted_at in rows.order_by("pk").values_list(
        "project", "period", "state", "public_id", "submitted_at"
    ):
        was = found.get((project, period))
        first = min(filter(None, (was and was.first, submitted_at)), default=None)
        if was is not None and was.state == ProgressState.ACCEPTED and state in PENDING:
            state, public_id = was.state, was.public_id
        found[project, period] = Filed(state, public_id, first)
    return found


def _cell(
    user: Any, period: ReportingPeriod, owed: list[ReportingDuty], filed: Filed | None, today: date
) -> Cell:
    duty = next((one for one in owed if one.kind == period.kind and one.is_of(period)), None)
    if duty is None and filed is None:
        return Cell(NOT_OWED, _("not owed"), "", period)
    day = localdate(filed.first) if filed and filed.first else today
    is_late = day > period.due_on
    if filed is None:
        code, word, shape = _without(period, is_late)
        return Cell(code, word, shape, period, duty, is_late)
    word = str(capfirst(ProgressState(filed.state).label))
    shape, href = SHAPES[filed.state], _link(user, period, duty, filed)
    return Cell(filed.state, word, shape, period, duty, is_late, filed.public_id, filed.first, href)


def _without(period: ReportingPeriod, is_late: bool) -> tuple[str, str, str]:
    """Nothing was handed in: is it time yet?"""
    if period.is_locked or is_late:
        return MISSING, _("Not submitted"), "bad"
    return AWAITED, _("Awaited"), "plan"


def _link(user: Any, period: ReportingPeriod, duty: ReportingDuty | None, filed: Filed) -> str:
    """The house looks at the report, who owes it at his form."""
    if user.sees_everything:
        return reverse("review-report", args=[filed.public_id])
    return reverse("report-form", args=[period.code, duty.project.public_id]) if duty else ""
