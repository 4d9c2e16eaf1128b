"""Reads of reporting periods, of who owes a report, and of the reports."""

import re
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from core.ledger import RecordedQuerySet
from core.policies import sees_everything
from core.querysets import OpenQuerySet, related
from tasks.querysets.whose import organisations_of
from tasks.reporting_choices import PENDING, TOLD, UNSENT, PeriodKind, ProgressState

#: 2026-09 and 2026-Q3.
PERIOD_CODE = r"(\d{4})-(?:(0[1-9]|1[0-2])|Q([1-4]))"


def _number(rows: Any) -> Any:
    """How many projects are among the rows."""
    one = rows.order_by().values(one=Value(1)).annotate(number=Count("project", distinct=True))
    return Coalesce(Subquery(one.values("number")), 0)


class PeriodQuerySet(OpenQuerySet):
    """When a report is due is no secret."""

    def coded(self, code: str) -> Self:
        """The period that addresses call so: 2026-09, or 2026-Q3; none where nothing is called so."""
        match = re.fullmatch(PERIOD_CODE, code, re.ASCII)
        if match is None or match[1] == "0000":
            return self.none()
        year, month, quarter = match.groups()
        kind = PeriodKind.MONTH if month else PeriodKind.QUARTER
        return self.filter(kind=kind, starts=date(int(year), int(month or int(quarter) * 3 - 2), 1))

    def counted(self) -> Self:
        """`owed` by how many projects; of their reports how many are `submitted`, `returned` and `accepted`; and of how
        many projects nothing was handed in: `missing`."""
        reports = related(self.model, "reports")
        duties = related(related(reports.model, "project").model, "reporting_duties")
        owed = duties.filter(
            Q(until=None) | Q(until__gte=OuterRef("starts")),
            kind=OuterRef("kind"),
            since__lte=OuterRef("ends"),
        )
        sent = reports.filter(project=OuterRef("project"), period=OuterRef(OuterRef("pk"))).exclude(
            state__in=UNSENT
        )
        told = reports.filter(period=OuterRef("pk"))
        by_state = {
            state.value: _number(told.filter(state=state))
            for state in (ProgressState.SUBMITTED, ProgressState.RETURNED, ProgressState.ACCEPTED)
        }
        return self.annotate(owed=_number(owed), missing=_number(owed.filter(~Exists(sent))), **by_state)

    def latest_of(self, kind: str) -> Self:
        """The latest first."""
        return self.filter(kind=kind).order_by("-starts", "-pk")

    def locked(self) -> Self:
        return self.filter(locked_at__isnull=False)

    def unlocked(self) -> Self:
        return self.filter(locked_at=None)

    def past_grace(self, today: date) -> Self:
        return self.filter(grace_until__lt=today)


class DutyQuerySet(RecordedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """An organisation knows what it owes itself."""
        if sees_everything(user):
            return self
        mine = organisations_of(user)
        return self.none() if mine is None else self.filter(mine)

    def within(self, starts: date, ends: date) -> Self:
        """In force on some day of this time, the latest first."""
        return self.filter(Q(until=None) | Q(until__gte=starts), since__lte=ends).order_by("-since", "-pk")

    def for_display(self) -> Self:
        return self.select_related("project", "organisation").fetch_mode(models.FETCH_RAISE)


class ProgressQuerySet(RecordedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """What was never handed in is its organisation's own, even before the house."""
        mine = organisations_of(user)
        sent = ~Q(state__in=UNSENT)
        if sees_everything(user):
            return self.filter(sent if mine is None else sent | mine)
        return self.none() if mine is None else self.filter(mine)

    def pending(self) -> Self:
        return self.filter(state__in=PENDING)

    def accepted(self) -> Self:
        return self.filter(state=ProgressState.ACCEPTED)

    def waiting(self) -> Self:
        """For the office, what came first on top."""
        return self.filter(state=ProgressState.SUBMITTED).order_by("submitted_at", "pk")

    def before(self, starts: date) -> Self:
        """Accepted of earlier periods, the latest first."""
        return self.accepted().filter(period__ends__lt=starts).order_by(F("period__ends").desc(), "-pk")

    def for_display(self) -> Self:
        return (
            self.select_related(
                "project", "period", "organisation", "prepared_by", "submitted_by", "supersedes"
            )
            .prefetch_related("values", "milestones__milestone", "notes__by")
            .fetch_mode(models.FETCH_RAISE)
        )

    def for_api(self) -> Self:
        """With what its JSON tells; nobody's name is in it."""
        return (
            self.select_related("project", "period", "organisation", "supersedes")
            .prefetch_related("values", "milestones__milestone", "evidence__file", "uploads", "notes")
            .fetch_mode(models.FETCH_RAISE)
        )


class ProgressPartQuerySet(RecordedQuerySet):
    """Seen with the report."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(report__in=related(self.model, "report").visible_to(user))


class ProgressValueQuerySet(ProgressPartQuerySet):
    def told_to(self, user: Any) -> Self:
        """Accepted answers, not superseded: all to whom the report is open; to others what the public is told
        of projects and of reporting organisations that they may know."""
        reports = related(self.model, "report")
        projects, bodies = (
            related(reports.model, name).visible_to(user) for name in ("project", "organisation")
        )
        told = Q(metric__in=TOLD, report__project__in=projects, report__organisation__in=bodies)
        return self.filter(
            Q(report__in=reports.visible_to(user)) | told, report__state=ProgressState.ACCEPTED
        )


class PlanQuerySet(RecordedQuerySet):
    """Seen by the house, and by the organisations that report of the project."""

    def visible_to(self, user: Any) -> Self:
        if sees_everything(user):
            return self
        duties = related(related(self.model, "project").model, "reporting_duties").visible_to(user)
        return self.filter(project__in=duties.values("project"))

    def told_to(self, user: Any) -> Self:
        """To whom plans are not open, those that stand beside what the public is told."""
        projects = related(self.model, "project").visible_to(user)
        own = self.visible_to(user).values("pk")
        return self.filter(Q(pk__in=own) | Q(metric__in=TOLD, project__in=projects))
