"""Examples of what has a date: terms, events, changes, parts of a whole, the past."""

from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation
from alatau_portal.milestone_chart import NARROW, Words, draw
from alatau_portal.pages import progress, progress_words
from alatau_portal.pages.bars import by_status
from alatau_portal.pages.styleguide.example import DATE, NAME, SOURCE, TEXT, Example
from alatau_portal.templatetags.portal import partial_date
from core import ledger
from core.dates import PartialDate
from districts.choices import MilestoneStatus, ProjectStatus, Unit
from districts.models import Milestone, Project
from tasks.curve import Part, Span, alone, month_end
from tasks.models import FigureDispute
from tasks.reporting_choices import Metric

TODAY = date(2026, 6, 1)
YEAR = PartialDate.parse("2027")


def milestone(status: str = MilestoneStatus.SCHEDULED, when: Any = YEAR, **described: Any) -> Milestone:
    """As pages describe it: when, whether in silence, how it slipped."""
    made = Milestone(name=TEXT, status=status, baseline=when, as_of=DATE, source=SOURCE)
    if status == MilestoneStatus.MET:
        made.met = when
    made.project = Project(public_id="ALT-P-0000", name=NAME)
    made.when, made.silent, made.slip = when, False, ""
    for name, value in described.items():
        setattr(made, name, value)
    return made


def expected(**described: Any) -> Any:
    return lambda language: {"milestones": [milestone(**described)]}


def chart(language: str) -> dict[str, Any]:
    dated = [milestone(MilestoneStatus.MET, DATE), milestone()]
    told = [Words(str(one.name), partial_date(one.when)) for one in dated]
    return {"charts": [draw(dated, told, TODAY, NARROW, "#0b5e77")], "told_milestones": told}


def s_curve(language: str) -> dict[str, Any]:
    months = [date(2026, month, 1) for month in (1, 2, 3, 4, 5)]
    plan = [
        Span(day, month_end(day), Decimal(value))
        for day, value in zip(months, (10, 30, 60, 85, 100), strict=True)
    ]
    told = alone(Part(plan, [plan[0], plan[1]._replace(value=Decimal(20))]))
    title = progress_words.title(Metric.PHYSICAL_PROGRESS)
    return {"shown": progress.shown("example", title, told, TODAY, "#0b5e77")}


def accepted(language: str) -> dict[str, Any]:
    return {"accepted": [progress.Said(str(TEXT), "20", str(TEXT))]}


def contested(language: str) -> dict[str, Any]:
    dispute = FigureDispute(  # type: ignore[misc]  # a date is three columns
        public_id="ALT-D-0001", value=350, unit=Unit.JOB, organisation=Organisation(name=TEXT)
    )
    dispute.created_at = timezone.now()
    return {"figure": SimpleNamespace(contested=[dispute])}


def event(**facts: Any) -> SimpleNamespace:
    given = {"on": DATE, "kind": _("milestone"), "what": TEXT, "url": "#", "sources": [SOURCE], "note": TEXT}
    nothing = {"anchor": "", "districts": ["green"], "silent": False, "expected": False, "state": None}
    return SimpleNamespace(**given | nothing | facts)


def events(language: str) -> dict[str, Any]:
    ahead = event(on=YEAR, expected=True, state=(MilestoneStatus.SCHEDULED, MilestoneStatus.SCHEDULED.label))
    return {"events": [event(), event(expected=True, silent=True), ahead]}


def changes(language: str) -> dict[str, Any]:
    at = datetime(2025, 9, 29, 12, tzinfo=timezone.get_default_timezone())
    change = SimpleNamespace(
        at=at,
        when="29.09.2025",
        time="12:00",
        who=str(TEXT),
        url="#",
        sentence=str(TEXT),
        basis=TEXT,
        source=SOURCE,
    )
    return {"changes": [change]}


def shares(language: str) -> dict[str, Any]:
    numbers = [
        (ProjectStatus.IDENTIFICATION, 5),
        (ProjectStatus.IMPLEMENTATION, 3),
        (ProjectStatus.MAINTENANCE, 1),
    ]
    return {"shares": by_status(numbers)}


def in_the_past() -> Any:
    return ledger.as_of(timezone.now())


EXPECTED = "pages/styleguide/expected.html"
EXAMPLES = [
    Example(gettext_lazy("A term that is awaited"), EXPECTED, expected()),
    Example(gettext_lazy("A term that passed without a word"), EXPECTED, expected(silent=True)),
    Example(gettext_lazy("A term that was met, later than planned"), EXPECTED,
            expected(status=MilestoneStatus.MET, when=DATE, slip=TEXT)),
    Example(gettext_lazy("Terms along the years"), "components/milestone_chart.html", chart),
    Example(gettext_lazy("How far works have come"), "components/s_curve.html", s_curve),
    Example(gettext_lazy("What was accepted last"), "components/accepted.html", accepted),
    Example(gettext_lazy("A figure that is contested"), "components/contested.html", contested),
    Example(gettext_lazy("Dated things"), "components/events.html", events),
    Example(gettext_lazy("What changed"), "components/changes.html", changes),
    Example(gettext_lazy("Parts of a whole"), "components/shares.html", shares),
    Example(gettext_lazy("A page of the past"), "components/past.html", around=in_the_past),
]  # fmt: skip
