"""A progress report on its way: its organisation writes, a signer submits, the office accepts or returns."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import BooleanField, F, Func
from django.utils.translation import gettext as _

from accounts.models import Organisation
from core import ledger
from core.exceptions import Conflict, WrittenOver
from districts.models import Project
from tasks.models import ProgressReport, ReportingDuty, ReportingPeriod, ReviewNote
from tasks.policies import Principal, require
from tasks.reporting_choices import (
    PROGRESS_VERB_LABELS,
    PROGRESS_VERB_STATES,
    SETTLED,
    UNSENT,
    WORDS,
    NoteField,
    ProgressState,
)
from tasks.services import news
from tasks.services.answers import Answers, changed, require_all
from tasks.services.evidence import Held, require_whole_files
from tasks.services.feeding import feed
from tasks.services.sanity import require_words
from tasks.services.steps import Actor, said, signer, today, worded
from tasks.services.telling import Told, changed_milestones, write_words


@transaction.atomic
def save_progress(
    *,
    by: Actor,
    project: Project,
    period: ReportingPeriod,
    client_uuid: UUID,
    answers: Answers,
    words: Mapping[str, str] | None = None,
    milestones: Sequence[Told] | None = None,
    language: str | None = None,
    base: int | None = None,
) -> ProgressReport:
    """Keep what is written so far. Sent twice it is there once.

    What says the same as what is there changes nothing, in whatever state the report is by then: its first answer may
    have been lost.

    `words`: by text, issues, risks, help_needed. What is absent stays as it is; `milestones`, where given, is the
    whole list. `base`: the version that the writer had before him; who changes what is there must have seen how it is.
    """
    row = _pending(by, project, period, client_uuid)
    principal = require(by, "save_progress", row)
    differing, (saved, removed), (held, dropped) = _found(
        lambda: write_words(row, words or {}, language),
        lambda: changed(row, answers),
        lambda: ([], []) if milestones is None else changed_milestones(row, milestones),
    )
    saved, removed = [*saved, *held], [*removed, *dropped]
    if row.pk and not (differing or saved or removed):
        return row
    _begun(row, "save_progress")
    if row.pk and base != row.version:
        raise _written_over()
    row.base_version, row.prepared_by_id = row.version if row.pk else 0, by.user_id
    with ledger.acting(by, "save_progress", said(principal)):
        fields = None if row._state.adding else [*differing, "base_version", "prepared_by"]
        row.save(update_fields=fields)
        _write(saved, removed)
    row.refresh_from_db()
    return row


def _written_over() -> WrittenOver:
    return WrittenOver(
        _("Somebody, or another device of yours, has written on this report: look at it again.")
    )


def _pending(by: Actor, project: Project, period: ReportingPeriod, client_uuid: UUID) -> ProgressReport:
    """The report of this number, or the one on its way, locked; or a new one, not yet saved, of whoever owes it.

    Who may not write it is not told what there is already.
    """
    organisation = _who_owes(project, period)
    of_it = ProgressReport.objects.filter(project=project, period=period)
    row = _locked(of_it.filter(client_uuid=client_uuid).first() or of_it.pending().first())
    if row:
        return row
    new = ProgressReport(project=project, period=period, organisation=organisation, client_uuid=client_uuid)
    require(by, "save_progress", new)
    if ProgressReport.objects.filter(client_uuid=client_uuid).exists():
        raise Conflict(_("This number belongs to a report of another project or period: take a new one."))
    if of_it.accepted().exists():
        raise Conflict(_("A report of this project and period is accepted: correct it, with a reason."))
    return new


def _who_owes(project: Project, period: ReportingPeriod) -> Organisation:
    """The last one, where two owed it one after the other. Its duty is locked: two who begin meet here, and whoever
    hands it over; so it is asked again who owes it, once nobody else is at it."""
    duties = ReportingDuty.objects.filter(project=project, kind=period.kind).within(
        period.starts, period.ends
    )
    list(duties.select_for_update().values_list("pk"))
    duty = duties.select_related("organisation").first()
    if duty is None:
        raise Conflict(_("Nobody owes a report of this project for this period."))
    return duty.organisation


def _locked(row: ProgressReport | None) -> ProgressReport | None:
    if row is None:
        return None
    rows = ProgressReport.objects.select_for_update(of=("self",))
    return rows.select_related("project", "period", "organisation").get(pk=row.pk)


def begin(report: ProgressReport, verb: str, by: Actor) -> tuple[ProgressReport, Principal]:
    """The locked row, and whose rights are used."""
    row = _locked(report)
    assert row is not None
    principal = require(by, verb, row)
    _begun(row, verb)
    return row, principal


def _begun(row: ProgressReport, verb: str) -> None:
    """The state and the period allow it."""
    if _is_locked(row.period):
        raise Conflict(_("This period is locked: the project office may open it again."))
    if row.state not in PROGRESS_VERB_STATES[verb]:
        raise Conflict(
            _("“%(verb)s” is not possible now: the report is “%(state)s”.")
            % {"verb": PROGRESS_VERB_LABELS[verb], "state": row.get_state_display()}
        )
    if (
        row.state in UNSENT
        and verb != "discard_progress"
        and not row.supersedes_id
        and not row.project.is_demo
        and not row.period.takes(today())
    ):
        raise Conflict(_("The time for reports of this period has passed: ask the project office."))


def _is_locked(period: ReportingPeriod) -> bool:
    """As it is now; until this transaction ends nobody locks it."""
    locked = Func(F("pk"), function="tasks_period_is_locked", output_field=BooleanField())
    return bool(ReportingPeriod.objects.values_list(locked, flat=True).get(pk=period.pk))


def _found(*finds: Callable[[], Any]) -> list[Any]:
    """What each of these says; what any of them refuses is said at once, field by field."""
    told, faults = [], {}
    for find in finds:
        try:
            told.append(find())
        except ValidationError as error:
            faults.update(error.message_dict)
    if faults:
        raise ValidationError(faults)
    return told


def _write(saved: Iterable[models.Model], removed: Iterable[models.Model]) -> None:
    for row in removed:
        row.delete()
    for row in saved:
        row.save()


@transaction.atomic
def complete_progress(report: ProgressReport, *, by: Actor) -> ProgressReport:
    """Whoever prepares is done: now a signer may submit it."""
    row, principal = begin(report, "complete_progress", by)
    require_all(row)
    row.state = ProgressState.COMPLETE
    with ledger.acting(by, "complete_progress", said(principal)):
        row.save(update_fields=["state"])
    row.refresh_from_db()
    return row


@transaction.atomic
def submit_progress(
    report: ProgressReport, *, by: Actor, seen: int | None = None, held: Iterable[Held] = ()
) -> ProgressReport:
    """Hand it in: signed, and locked until it is answered. Done twice by one person it is done once.

    `seen`: the version that is signed; where it was written on since, it is not. `held`: files that are to be with it.
    """
    now = _locked(report)
    if now and now.state == ProgressState.SUBMITTED and now.submitted_by_id == by.user_id:
        return now
    row, principal = begin(report, "submit_progress", by)
    if seen is not None and seen != row.version:
        raise _written_over()
    require_all(row)
    require_words(row)
    require_whole_files(row, held)
    row.state, row.submitted_by_id, row.submitted_for = (
        ProgressState.SUBMITTED,
        signer(by),
        principal.acted_for,
    )
    row.submitted_at = row.updated_at  # of whatever is said here the database keeps its own clock
    with ledger.acting(by, "submit_progress", said(principal)):
        row.save(update_fields=["state", "submitted_by", "submitted_for", "submitted_at"])
    news.tell_reviewers(row, "progress_submitted", by)
    row.refresh_from_db()
    return row


@transaction.atomic
def discard_progress(report: ProgressReport, *, by: Actor) -> None:
    """Throw away what was never handed in."""
    row, principal = begin(report, "discard_progress", by)
    with ledger.acting(by, "discard_progress", said(principal)):
        row.delete()


@transaction.atomic
def return_progress(report: ProgressReport, *, by: Actor, notes: Mapping[str, str]) -> ProgressReport:
    """Back to its organisation, with what is to be corrected field by field."""
    row, principal = begin(report, "return_progress", by)
    said_of = {field: text.strip() for field, text in notes.items() if text.strip()}
    if not said_of:
        raise ValidationError({"notes": [_("Say at one field at least what is to be corrected.")]})
    if unknown := set(said_of) - set(NoteField.values):
        raise ValidationError(
            {"notes": [_("A report has no such field: %(field)s.") % {"field": min(unknown)}]}
        )
    row.state, row.decided_by_id, row.decided_at = ProgressState.RETURNED, signer(by), row.updated_at
    with ledger.acting(by, "return_progress", said(principal)):
        for field, text in said_of.items():
            ReviewNote.objects.create(report=row, field=field, text=text, by_id=row.decided_by_id)
        row.save(update_fields=["state", "decided_by", "decided_at"])
    row.refresh_from_db()
    news.tell_reporters(row, "progress_returned", by)
    return row


@transaction.atomic
def accept_progress(report: ProgressReport, *, by: Actor) -> ProgressReport:
    """Its figures and milestones stand from now on; the report that it corrects is superseded."""
    row, principal = begin(report, "accept_progress", by)
    row.decided_by_id = signer(by)
    if row.decided_by_id in (row.submitted_by_id, row.prepared_by_id):
        raise Conflict(_("Nobody accepts his own report."))
    row.state, row.decided_at = ProgressState.ACCEPTED, row.updated_at
    with ledger.acting(by, "accept_progress", said(principal)):
        former = _locked(row.supersedes)
        if former:
            former.state = ProgressState.SUPERSEDED
            former.save(update_fields=["state"])
        row.save(update_fields=["state", "decided_by", "decided_at"])
        feed(row, by=by, acted_for=principal.acted_for)
    row.refresh_from_db()
    news.tell_reporters(row, "progress_accepted", by)
    return row


@transaction.atomic
def correct_progress(report: ProgressReport, *, by: Actor, reason: str, client_uuid: UUID) -> ProgressReport:
    """Begin a report that will supersede the accepted one, with its answers. Begun twice it is there once."""
    begun = ProgressReport.objects.filter(client_uuid=client_uuid, supersedes=report).first()
    row, principal = begin(report, "correct_progress", by)
    if begun:
        return begun
    if (
        ProgressReport.objects.filter(project=row.project, period=row.period)
        .exclude(state__in=SETTLED)
        .exists()
    ):
        raise Conflict(_("A correction of this report is on its way already."))
    newer = ProgressReport(
        project=row.project,
        period=row.period,
        organisation=row.organisation,
        client_uuid=client_uuid,
        **{name: getattr(row, name) for name in (*WORDS, "language")},
        prepared_by_id=by.user_id,
        supersedes=row,
        correction_reason=worded("reason", reason, _("Say why the accepted report is corrected.")),
    )
    with ledger.acting(by, "correct_progress", said(principal, newer.correction_reason)):
        newer.save()
        parts: list[Any] = [*row.values.all(), *row.milestones.all()]
        for part in parts:
            part.pk, part._state.adding, part.report = None, True, newer
            part.save()
    newer.refresh_from_db()
    return newer
