"""Invented projects and a year of their reports (data/demo_projects.yaml), each whole or not at all.

What is said, is said through the services by demo accounts. A project and all that is told of it are one transaction:
who stops it half-way leaves nothing.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from accounts.models import Organisation, User
from core import ledger
from core.choices import Confidence, Qualifier
from core.dates import PartialDate
from core.loading import read
from districts import services as projects
from districts.choices import MilestoneType, PartyRole, ProjectStatus
from districts.models import Figure, Milestone, Project, ProjectParty
from tasks import services
from tasks.demo.photos import photo
from tasks.models import ProgressReport, ReportingDuty, ReportingPeriod
from tasks.reporting_choices import Mark, Metric, PeriodKind
from tasks.services import Answer
from tasks.services.telling import Told

FILE = Path(__file__).parent.parent / "data" / "demo_projects.yaml"
REPORTS_FOR = "akimat_almaty_region"
MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3}
MILLION = 1_000_000
#: In the order in which the file writes the answers.
ANSWERED = [
    Metric.PHYSICAL_PROGRESS, Metric.FINANCIAL_PROGRESS, Metric.SPENT, Metric.JOBS_CONSTRUCTION, Metric.JOBS_LOCAL,
]  # fmt: skip
WORDS = ("text", "issues", "risks", "help_needed")


def build_projects(people: Mapping[str, User], today: date) -> int:
    """Every project that is not there yet; returns how many were made."""
    missing = [one for one in read(FILE) if not Project.objects.filter(code=one["code"]).exists()]
    for told in missing:
        with transaction.atomic():
            Builder(people, today, told).build()
    return len(missing)


class Builder:
    """One project. `periods`: of its duty, the one that runs now first."""

    def __init__(self, people: Mapping[str, User], today: date, told: Mapping[str, Any]) -> None:
        self.people, self.today, self.told = people, today, told
        self.office, self.kind = people["office"], PeriodKind(told["duty"])
        self.akimat = Organisation.objects.get(code=REPORTS_FOR)

    def build(self) -> None:
        self.project = self._registered()
        self._appoint()
        self.periods = self._periods()
        self._describe()
        self._plan()
        for report in self.told["reports"]:
            self._report(report)
        services.lock_periods(self.today)
        self._reopen()
        for dispute in self.told.get("disputes", ()):
            self._dispute(dispute)

    def _registered(self) -> Project:
        return projects.register_project(
            by=self.office,
            stage=ProjectStatus.IMPLEMENTATION,
            basis="Ойдан шығарылған мысал",
            source=None,
            on=self._starts(len(self.told["plan"]) - 1),
            code=self.told["code"],
            kind=self.told["kind"],
            confidence=Confidence.LOW,
            is_demo=True,
            **_texts("name", self.told["name"]),
            **_texts("purpose", self.told["purpose"]),
        )

    def _appoint(self) -> None:
        """The akimat takes part, so it sees the project; and owes reports of it, so it writes them."""
        with ledger.acting(self.office, "load_demo"):
            ProjectParty.objects.create(
                project=self.project, organisation=self.akimat, role=PartyRole.PUBLIC_AUTHORITY
            )
        since = self._starts(len(self.told["plan"]) - 1)
        services.assign_duty(self.project, self.akimat, by=self.office, kind=self.kind, since=since)

    def _starts(self, back: int) -> date:
        """First day of the period so many before the one that runs now."""
        months = MONTHS[self.kind]
        month = self.today.year * 12 + (self.today.month - 1) // months * months - back * months
        return date(month // 12, month % 12 + 1, 1)

    def _periods(self) -> list[ReportingPeriod]:
        """Those of real duties are there already; what is locked of them stays locked."""
        services.open_periods(self.today)
        starts = [self._starts(back) for back in range(len(self.told["plan"]))]
        found = {
            period.starts: period
            for period in ReportingPeriod.objects.filter(kind=self.kind, starts__in=starts)
        }
        return [found[day] for day in starts]

    def _describe(self) -> None:
        with ledger.acting(self.office, "load_demo"):
            for one in self.told["milestones"]:
                due = PartialDate.parse(self.periods[one["period"]].ends)
                Milestone.objects.create(  # type: ignore[misc]  # a date is three columns
                    project=self.project,
                    code=one["code"],
                    type=MilestoneType.DELIVERY,
                    baseline=due,
                    forecast=due,
                    **_texts("name", one["name"]),
                )
            for one in self.told["figures"]:
                Figure.objects.create(  # type: ignore[misc]  # the same
                    project=self.project,
                    chosen=True,
                    confidence=Confidence.LOW,
                    qualifier=Qualifier.EXACT,
                    as_of=PartialDate.parse(self._starts(len(self.told["plan"]) - 1)),
                    **one,
                )

    def _plan(self) -> None:
        for period, (physical, financial, money) in zip(
            reversed(self.periods), self.told["plan"], strict=True
        ):
            planned = {
                Metric.PHYSICAL_PROGRESS: Decimal(physical),
                Metric.FINANCIAL_PROGRESS: Decimal(financial),
                Metric.SPENT: Decimal(money * MILLION),
            }
            for metric, value in planned.items():
                services.set_plan(
                    by=self.office, project=self.project, period=period, metric=metric, value=value
                )

    def _report(self, told: Mapping[str, Any]) -> None:
        period = self.periods[told["period"]]
        if period.is_locked:
            return  # a real duty had its period closed before: what is invented opens nothing
        row = self._written(told, period)
        if told.get("photo"):
            photo(row, by=self.people["akimat"], taken=self._day(period))
        row = self._brought(row, told)
        if corrected := told.get("corrected"):
            self._correct(row, corrected)

    def _written(self, told: Mapping[str, Any], period: ReportingPeriod) -> ProgressReport:
        return services.save_progress(
            by=self.people["akimat"],
            project=self.project,
            period=period,
            client_uuid=uuid5(NAMESPACE_URL, f"{self.project.public_id}/{period.code}"),
            answers=dict(_answers(told["answers"], told.get("word", ""))),
            words={name: told[name] for name in WORDS if name in told},
            milestones=[self._milestone(one, period) for one in told.get("milestones", ())],
            language="kk",
        )

    def _milestone(self, told: Mapping[str, Any], period: ReportingPeriod) -> Told:
        if told["outcome"] == "met":
            return Told(told["code"], "met", self._day(period))
        later = self.periods[0].ends + timedelta(days=30 * told["months"])
        return Told(told["code"], "moved", f"{later:%Y-%m}", told["reason"], told["note"])

    def _day(self, period: ReportingPeriod) -> date:
        """In the period, and not in the future."""
        return min(period.starts + timedelta(days=14), self.today)

    def _brought(self, row: ProgressReport, told: Mapping[str, Any]) -> ProgressReport:
        """To the state that the file says, step by step."""
        if told["as"] == "draft":
            return row
        row = services.complete_progress(row, by=self.people["akimat"])
        if told["as"] == "complete":
            return row
        row = services.submit_progress(row, by=self.people["akimat-signer"])
        if told["as"] == "returned":
            return services.return_progress(row, by=self.office, notes=told["notes"])
        return services.accept_progress(row, by=self.office) if told["as"] == "accepted" else row

    def _correct(self, row: ProgressReport, told: Mapping[str, Any]) -> None:
        number = uuid5(NAMESPACE_URL, f"{row.public_id}/correction")
        newer = services.correct_progress(
            row, by=self.people["akimat"], reason=told["reason"], client_uuid=number
        )
        newer = services.save_progress(
            by=self.people["akimat"],
            project=self.project,
            period=row.period,
            client_uuid=number,
            answers=dict(_answers(told["answers"])),
            base=newer.version,
        )
        self._brought(newer, {"as": "accepted"})

    def _reopen(self) -> None:
        """A period that only what is invented reports of; others are opened by the office for real."""
        if not (told := self.told.get("reopened")):
            return
        period = self.periods[told["period"]]
        period.refresh_from_db()
        real = ReportingDuty.objects.filter(kind=self.kind, project__is_demo=False)
        if period.is_locked and not real.within(period.starts, period.ends).exists():
            until = self.today + timedelta(days=told["days"])
            services.reopen_period(period, by=self.office, until=until, reason=told["reason"])

    def _dispute(self, told: Mapping[str, Any]) -> None:
        figure = Figure.objects.get(project=self.project, measure=told["measure"], chosen=True)
        dispute = services.file_dispute(
            figure,
            by=self.people["akimat"],
            value=Decimal(told["value"]),
            as_of=self.today,
            motive=told["motive"],
            language="kk",
            source_text=told["source_text"],
        )
        if "upheld" in told:
            services.decide_dispute(dispute, by=self.office, upheld=told["upheld"], note=told["note"])


def _texts(name: str, texts: Mapping[str, str]) -> dict[str, str]:
    return {f"{name}_{language}": text for language, text in texts.items()}


def _answers(told: list[Any], word: str = "") -> Iterator[tuple[str, Answer]]:
    """`word`: beside each number, why it is as strange as it is. A draft does not answer everything."""
    for metric, value in zip(ANSWERED, told, strict=True):
        if value is not None:
            is_money = metric == Metric.SPENT
            amount = Decimal(str(value)) * (MILLION if is_money else 1)
            yield metric, Answer(amount, currency="KZT" if is_money else "", note=word)
    if None not in told:
        yield Metric.JOBS_PERMANENT, Answer(mark=Mark.NOT_APPLICABLE)
