"""Who owes reports of which project: said, ended, handed over to another organisation."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Organisation
from core import ledger
from core.exceptions import Conflict
from districts.models import Project
from tasks.models import ProgressReport, ReportingDuty
from tasks.policies import require
from tasks.services.steps import Actor, said

DAY = timedelta(days=1)


@transaction.atomic
def assign_duty(
    project: Project,
    organisation: Organisation,
    *,
    by: Actor,
    kind: str,
    since: date,
    until: date | None = None,
) -> ReportingDuty:
    """From now on the organisation owes a report of the project for every period of this kind."""
    principal = require(by, "assign_duty")
    _lock(project.pk)
    duty = ReportingDuty(project=project, organisation=organisation, kind=kind, since=since, until=until)
    duty.full_clean()
    _nobody_else_writes(duty)
    with ledger.acting(by, "assign_duty", said(principal)):
        duty.save()
    return duty


@transaction.atomic
def end_duty(duty: ReportingDuty, *, by: Actor, until: date) -> ReportingDuty:
    """The last day on which it is owed; what was reported stays."""
    principal = require(by, "end_duty")
    row = ReportingDuty.objects.select_for_update().get(pk=duty.pk)
    row.until = until
    row.full_clean()
    with ledger.acting(by, "end_duty", said(principal)):
        row.save(update_fields=["until"])
    return row


@transaction.atomic
def hand_over_duty(
    duty: ReportingDuty, *, by: Actor, organisation: Organisation, since: date
) -> ReportingDuty:
    """From this day on another organisation owes what this one owed; returns the duty of the other one.

    The period that holds the day is reported by the new one.
    """
    principal = require(by, "hand_over_duty")
    _lock(duty.project_id)
    row = ReportingDuty.objects.select_related("project").get(pk=duty.pk)
    if organisation.pk == row.organisation_id:
        raise ValidationError({"organisation": [_("This organisation owes the reports already.")]})
    if since <= row.since or (row.until is not None and since > row.until):
        raise ValidationError(
            {"since": [_("Choose a day on which the duty is in force, after its first one.")]}
        )
    following = ReportingDuty(
        project=row.project, organisation=organisation, kind=row.kind, since=since, until=row.until
    )
    _nobody_else_writes(following)
    row.until = since - DAY
    with ledger.acting(by, "hand_over_duty", said(principal)):
        row.save(update_fields=["until"])
        following.full_clean()
        following.save()
    return following


def _lock(project: int) -> None:
    """Two at the same moment: one after the other. First the duties, as whoever begins a report locks them."""
    list(ReportingDuty.objects.select_for_update().filter(project=project).order_by("-since", "-pk"))
    Project.objects.select_for_update().get(pk=project)


def _nobody_else_writes(duty: ReportingDuty) -> None:
    """Of a project and period one report is on its way: whoever begins to owe it could not write another."""
    others = ProgressReport.objects.pending().filter(
        project=duty.project, period__kind=duty.kind, period__ends__gte=duty.since
    )
    if duty.until is not None:
        others = others.filter(period__starts__lte=duty.until)
    first = (
        others.exclude(organisation=duty.organisation)
        .select_related("period", "organisation")
        .order_by("period__starts")
        .first()
    )
    if first is not None:
        raise Conflict(
            _("%(organisation)s has begun the report of %(period)s: it is finished first, or thrown away.")
            % {"organisation": first.organisation, "period": first.period}
        )
