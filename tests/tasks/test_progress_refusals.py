"""What the database refuses of duties, periods and progress reports, by name."""

from datetime import date
from uuid import uuid4

import pytest
from django.utils import timezone

from tasks.models import ProgressReport
from tests.factories import (
    OrganisationFactory,
    ProgressReportFactory,
    ProgressValueFactory,
    ProjectFactory,
    ReportingDutyFactory,
    ReportingPeriodFactory,
    ReviewNoteFactory,
    answered,
    enter_progress,
    progress_in,
    somebody,
)
from tests.refusals import Wrong, parameters

pytestmark = pytest.mark.django_db

WHO, SIGNER = (lambda: somebody().pk), (lambda: somebody("signer").pk)
ANOTHER = lambda: somebody("another").pk  # noqa: E731
NEW = {"client_uuid": uuid4}
SUBMITTED = {"state": "submitted", "submitted_by_id": SIGNER, "submitted_at": timezone.now}
DECIDED = {"decided_by_id": WHO, "decided_at": timezone.now}
STATE = lambda state: {"state": state}  # noqa: E731


def key_in(state):
    return lambda: progress_in(state).pk


def in_locked(factory, **facts):
    """A right row whose period was locked afterwards."""
    row = factory(**facts)
    report = row if isinstance(row, ProgressReport) else row.report
    type(report.period).objects.filter(pk=report.period_id).update(locked_at=timezone.now())
    return row


def locked_report(state="draft"):
    return in_locked(progress_in, state=state)


def locked_value():
    return in_locked(ProgressValueFactory)


def prepared(state="submitted"):
    return progress_in(state, prepared_by=somebody("preparer"))


def used_period():
    return ProgressReportFactory().period


def correction(state="draft"):
    """Of an accepted report, itself on its way."""
    accepted = progress_in("accepted")
    same = {"project": accepted.project, "period": accepted.period, "organisation": accepted.organisation}
    made = answered(ProgressReportFactory(supersedes=accepted, correction_reason="Қате", **same))
    for step in ("complete", "submitted")[: ("draft", "complete", "submitted").index(state)]:
        enter_progress(made, step)
    return made


CASES = {
    "tasks_reportingduty_kind_known": [Wrong(ReportingDutyFactory, {"kind": "year"})],
    "tasks_reportingduty_forward": [Wrong(ReportingDutyFactory, {"until": date(2019, 12, 31)})],
    "tasks_reportingduty_one_at_a_time": [
        Wrong(ReportingDutyFactory, twin=("project_id", "kind")),
        Wrong(ReportingDutyFactory, {"organisation_id": lambda: OrganisationFactory().pk}, copied=True),
        Wrong(ReportingDutyFactory, {"since": date(2020, 6, 30)}, {"until": date(2020, 6, 30)}, copied=True),
    ],
    "tasks_reportingperiod_kind_known": [Wrong(ReportingPeriodFactory, {"kind": "year"})],
    "tasks_reportingperiod_whole": [
        Wrong(ReportingPeriodFactory, {"kind": "quarter"}),
        Wrong(ReportingPeriodFactory, {"starts": date(2026, 1, 2)}, {"starts": date(2026, 1, 1)}),
        Wrong(ReportingPeriodFactory, {"ends": date(2026, 1, 30)}, {"starts": date(2026, 1, 1)}),
        Wrong(ReportingPeriodFactory, {"ends": date(2026, 2, 28)}, {"starts": date(2026, 1, 1)}),
    ],
    "tasks_reportingperiod_due_after_it": [
        Wrong(ReportingPeriodFactory, {"due_on": date(2026, 1, 31)}, {"starts": date(2026, 1, 1)}),
        Wrong(ReportingPeriodFactory, {"grace_until": date(2198, 12, 31)}),
    ],
    "tasks_reportingperiod_one_at_a_time": [Wrong(ReportingPeriodFactory, twin=("starts", "ends"))],
    "tasks_reportingperiod_keeps_its_days": [
        Wrong(used_period, {"starts": date(2500, 1, 1)}),
        Wrong(used_period, {"kind": "quarter"}),
    ],
    "tasks_progressreport_first_state": [
        Wrong(ProgressReportFactory, NEW | STATE("complete"), copied=True),
        Wrong(ProgressReportFactory, NEW | STATE("accepted"), copied=True),
    ],
    "tasks_progressreport_move_state": [
        Wrong(progress_in, SUBMITTED, STATE("draft")),
        Wrong(progress_in, STATE("accepted"), STATE("complete")),
        Wrong(progress_in, STATE("draft"), STATE("complete")),
        Wrong(progress_in, STATE("draft"), STATE("submitted")),
        Wrong(progress_in, STATE("superseded"), STATE("submitted")),
        Wrong(progress_in, STATE("accepted"), STATE("returned")),
        Wrong(progress_in, STATE("draft"), STATE("returned")),
        Wrong(progress_in, STATE("submitted"), STATE("accepted")),
        Wrong(progress_in, STATE("returned"), STATE("accepted")),
        Wrong(progress_in, STATE("accepted"), STATE("superseded")),
    ],
    "tasks_progressreport_one_per_client_uuid": [Wrong(ProgressReportFactory, twin=("client_uuid",))],
    "tasks_progressreport_one_pending": [Wrong(ProgressReportFactory, NEW, copied=True)],
    "tasks_progressreport_submitted_signed": [
        Wrong(progress_in, STATE("submitted"), STATE("complete")),
        Wrong(ProgressReportFactory, NEW | {"submitted_by_id": SIGNER}, copied=True),
        Wrong(ProgressReportFactory, NEW | {"submitted_at": timezone.now}, copied=True),
        Wrong(ProgressReportFactory, NEW | {"submitted_for_id": SIGNER}, copied=True),
    ],
    "tasks_progressreport_decision_signed": [
        Wrong(progress_in, STATE("accepted"), STATE("submitted")),
        Wrong(ProgressReportFactory, NEW | {"decided_by_id": WHO}, copied=True),
        Wrong(ProgressReportFactory, NEW | {"decided_at": timezone.now}, copied=True),
    ],
    "tasks_progressreport_accepted_by_another": [
        Wrong(progress_in, DECIDED | STATE("accepted") | {"decided_by_id": SIGNER}, STATE("submitted")),
        Wrong(prepared, DECIDED | STATE("accepted") | {"decided_by_id": lambda: somebody("preparer").pk}),
    ],
    "tasks_progressreport_correction_with_reason": [
        Wrong(ProgressReportFactory, NEW | {"correction_reason": "Қате"}, copied=True)
    ],
    "tasks_progressreport_by_duty": [
        Wrong(
            ProgressReportFactory, NEW | {"organisation_id": lambda: OrganisationFactory().pk}, copied=True
        ),
        Wrong(ProgressReportFactory, NEW | {"project_id": lambda: ProjectFactory().pk}, copied=True),
    ],
    "tasks_progressreport_corrects_the_accepted": [
        Wrong(
            ProgressReportFactory,
            NEW | {"supersedes_id": key_in(state), "correction_reason": "Қате"},
            copied=True,
        )
        for state in ("draft", "returned", "accepted")
    ],
    "tasks_progressreport_is_frozen": [
        *[
            Wrong(progress_in, wrong, STATE(state))
            for state in ("submitted", "accepted", "superseded")
            for wrong in ({"text": "Басқа"}, {"prepared_by_id": WHO}, {"submitted_by_id": ANOTHER})
        ],
        *[
            Wrong(progress_in, {"submitted_at": timezone.now}, STATE(state))
            for state in ("draft", "submitted", "returned", "accepted")
        ],
        *[
            Wrong(progress_in, {"decided_by_id": ANOTHER}, STATE(state))
            for state in ("draft", "submitted", "returned", "accepted")
        ],
        Wrong(progress_in, {"returns": 7}, STATE("submitted")),
        Wrong(ProgressReportFactory, {"period_id": lambda: ReportingPeriodFactory().pk}),
        Wrong(correction, {"supersedes_id": None, "correction_reason": ""}),
    ],
    "tasks_progressreport_period_is_open": [
        *[Wrong(locked_report, {"base_version": 3}, STATE(state)) for state in ("draft", "returned")],
        Wrong(locked_report, SUBMITTED, STATE("complete")),
        Wrong(locked_report, DECIDED | STATE("accepted"), STATE("submitted")),
        Wrong(locked_report, NEW, copied=True),
    ],
    "tasks_progressreport_submitted_with_values": [Wrong(lambda: empty("complete"), SUBMITTED)],
    "tasks_progressreport_returned_with_note": [
        Wrong(progress_in, DECIDED | STATE("returned"), STATE("submitted"))
    ],
    "tasks_progressreport_superseded_by_accepted": [
        Wrong(progress_in, STATE("superseded"), STATE("accepted"))
    ],
    "tasks_progressvalue_metric_known": [Wrong(ProgressValueFactory, {"metric": "rumours"})],
    "tasks_progressvalue_mark_known": [Wrong(ProgressValueFactory, {"mark": "maybe", "value": None})],
    "tasks_progressvalue_one_per_metric": [Wrong(ProgressValueFactory, copied=True)],
    "tasks_progressvalue_number_or_mark": [
        Wrong(ProgressValueFactory, {"value": None}),
        Wrong(ProgressValueFactory, {"mark": "no_data"}),
        Wrong(ProgressValueFactory, {"mark": "not_applicable"}),
    ],
    "tasks_progressvalue_not_below_nought": [Wrong(ProgressValueFactory, {"value": -1})],
    "tasks_progressvalue_percent_up_to_100": [
        Wrong(ProgressValueFactory, {"value": 101}),
        Wrong(ProgressValueFactory, {"value": 101}, {"metric": "financial_progress"}),
    ],
    "tasks_progressvalue_whole_people": [
        Wrong(ProgressValueFactory, {"value": "1.5"}, {"metric": metric})
        for metric in ("jobs_construction", "jobs_permanent", "jobs_local")
    ],
    "tasks_progressvalue_money_with_currency": [
        Wrong(ProgressValueFactory, {"currency": "KZT"}),
        Wrong(ProgressValueFactory, {"currency": ""}, {"metric": "spent", "currency": "KZT"}),
        Wrong(ProgressValueFactory, {"currency": "тг"}, {"metric": "spent", "currency": "KZT"}),
    ],
    "tasks_progressvalue_is_frozen": [
        Wrong(lambda state: progress_in(state).values.first(), {"value": 41}, STATE(state))
        for state in ("submitted", "accepted", "superseded")
    ],
    "tasks_progressvalue_period_is_open": [
        Wrong(locked_value, {"value": 41}),
        Wrong(locked_value, {"metric": "financial_progress"}, copied=True),
    ],
    "tasks_reviewnote_field_known": [Wrong(ReviewNoteFactory, {"field": "everything"}, copied=True)],
    "tasks_reviewnote_worded": [Wrong(ReviewNoteFactory, {"text": "", "field": "text"}, copied=True)],
    "tasks_reviewnote_one_per_field": [Wrong(ReviewNoteFactory, copied=True)],
    "tasks_reviewnote_kept": [
        Wrong(ReviewNoteFactory, {"text": "Басқа"}),
        Wrong(ReviewNoteFactory, {"turn": 5}),
    ],
    "tasks_reviewnote_of_what_waits": [
        Wrong(ReviewNoteFactory, {"report_id": key_in(state)}, copied=True)
        for state in ("draft", "accepted", "returned")
    ],
    "tasks_reviewnote_period_is_open": [
        Wrong(lambda: in_locked(ReviewNoteFactory), {"field": "text"}, copied=True)
    ],
}


def empty(state):
    """On its way without a single answer: that is no fault before it is handed in."""
    report = ProgressReportFactory()
    enter_progress(report, state)
    return report


@pytest.mark.parametrize(("door", "rule", "case"), parameters(CASES))
def test_refused(door, rule, case):
    door(rule, case)
