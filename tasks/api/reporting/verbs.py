"""What can be done to a progress report and to a reporting period: each a service of the same name."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError as Refused
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from core.api.errors import Problem
from core.api.writing import creates, verb
from core.exceptions import Conflict
from districts.models import Project
from tasks import services
from tasks.api.reporting import bodies
from tasks.api.reporting.serializers import ProgressReportSerializer, ReportingPeriodSerializer
from tasks.models import ProgressReport, ReportingPeriod
from tasks.reporting_choices import PENDING, WORDS
from tasks.services.evidence import FilesMissing

CHANGED: dict[str, Any] = {"shown": ProgressReportSerializer}
PERIOD: dict[str, Any] = {"shown": ReportingPeriodSerializer}


class PeriodVerbs:
    @verb(**PERIOD)
    def lock(self, row: ReportingPeriod, **said: Any) -> Any:
        """Lock the period: once it was due, the office closes it by hand; nothing of it is written any more."""
        return services.lock_period(row, **said)

    @verb(bodies.ReopenPeriodBody, **PERIOD)
    def reopen(self, row: ReportingPeriod, **said: Any) -> Any:
        """Open a locked period again: up to and on a day, with a reason that stands in the history."""
        return services.reopen_period(row, **said)


class ProgressVerbs:
    """In the order of a report's life."""

    show: Any
    request: Any

    @creates(bodies.SaveProgressBody, ProgressReportSerializer, finds=True)
    def create(self, *, by: Any, **said: Any) -> tuple[ProgressReport, bool]:
        """Save a report: begin it, or write on the one that is on its way. What is left out stays as it is. Sent again
        it is there once, and what says the same as what is there changes nothing, in whatever state the report is. Who
        writes over what he has not seen (`base` is not its `version`) gets a 409 `written_over` with the report as it
        is now under `current`."""
        facts = {name: said[name] for name in ("project", "period", "client_uuid")}
        was_there = _reports(**facts).exists()
        try:
            row = services.save_progress(
                by=by,
                **facts,
                answers=said.get("values", {}),
                words={name: said[name] for name in WORDS if name in said},
                milestones=said.get("milestones"),
                language=said["language"] or "" if "language" in said else None,
                base=said.get("base"),
            )
        except Conflict as refusal:
            raise self._with_current(refusal, **facts) from refusal
        except Refused as refusal:
            raise _placed(refusal, said) from refusal
        return row, not was_there

    def _with_current(self, refusal: Conflict, **facts: Any) -> Problem:
        """The report that stands in the way, where the caller may read it."""
        there = _reports(**facts).visible_to(self.request.user).order_by("-pk").first()
        more = {"current": self.show(there)} if there else {}
        return Problem(409, refusal.code, str(refusal), **more)

    @verb(**CHANGED)
    def complete(self, row: ProgressReport, **said: Any) -> Any:
        """Mark the draft as complete: every metric is answered, a signer may submit it."""
        return services.complete_progress(row, **said)

    @verb(bodies.SubmitProgressBody, **CHANGED)
    def submit(self, row: ProgressReport, *, by: Any, version: int | None = None, files: Any = ()) -> Any:
        """Submit the report: signed by one who may sign, and locked until it is answered. With `version`, only what the
        signer has seen; with `files`, only where each of them is here as a whole: else a 409 `files_missing` names
        those that are not, by their `client_uuid` under `files`. Submitted again by the same person it is submitted
        once."""
        try:
            return services.submit_progress(row, by=by, seen=version, held=files)
        except FilesMissing as refusal:
            missing = [str(number) for number in refusal.missing]
            raise Problem(409, refusal.code, str(refusal), files=missing) from refusal

    @verb(bodies.ReturnProgressBody, **CHANGED)
    def return_(self, row: ProgressReport, **said: Any) -> Any:
        """Return the report: it goes back with a note for each field that is to be corrected."""
        return services.return_progress(row, **said)

    @verb(**CHANGED)
    def accept(self, row: ProgressReport, **said: Any) -> Any:
        """Accept the report: its figures stand from now on; the one that it corrects is superseded."""
        return services.accept_progress(row, **said)

    @verb(bodies.CorrectProgressBody, shown=ProgressReportSerializer, makes=True)
    def correct(self, row: ProgressReport, **said: Any) -> ProgressReport:
        """Correct an accepted report: a new one that will supersede it, with its answers, is the answer. Begun twice it
        is there once."""
        return services.correct_progress(row, **said)

    @verb(shown=None)
    def discard(self, row: ProgressReport, **said: Any) -> None:
        """Throw the draft away: only what was never handed in."""
        services.discard_progress(row, **said)


def _reports(project: Project, period: ReportingPeriod, client_uuid: UUID) -> Any:
    """Those that a save of these facts may be about."""
    of_it = ProgressReport.objects.filter(project=project, period=period)
    return of_it.filter(client_uuid=client_uuid) | of_it.filter(state__in=PENDING)


def _placed(refusal: Refused, said: dict[str, Any]) -> ValidationError:
    """The service names a metric, or `milestones:<code>`; the caller wrote lists: where in them."""
    places = {metric: ("values", place) for place, metric in enumerate(said.get("values", ()))}
    for place, one in enumerate(said.get("milestones", ())):
        places[f"milestones:{one.code}"] = "milestones", place
    told: dict[str, Any] = {}
    for name, faults in serializers.as_serializer_error(refusal).items():
        if name in places:
            column, place = places[name]
            told.setdefault(column, {})[place] = faults
        else:
            told[name] = faults
    return ValidationError(told)
