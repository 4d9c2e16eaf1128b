"""What the database keeps of progress reports over several rows and steps."""

from datetime import date
from uuid import uuid4

import pytest
from django.utils import timezone

from tasks.models import ProgressReport
from tests.database import as_owner
from tests.factories import (
    ProgressReportFactory,
    ProjectFactory,
    ReportingPeriodFactory,
    enter_progress,
    progress_in,
    somebody,
)
from tests.refusals import insert_copy, refused, refuses, sql
from tests.tasks.test_progress_refusals import correction, in_locked, locked_report

pytestmark = pytest.mark.django_db


@refuses("tasks_progressreport_kept")
@pytest.mark.parametrize("state", ["submitted", "returned", "accepted"])
def test_what_was_submitted_is_kept(state):
    row = progress_in(state)

    with refused("tasks_progressreport_kept"):
        sql("DELETE FROM tasks_progressreport WHERE id = %s", row.pk)


@pytest.mark.parametrize("state", ["draft", "complete"])
def test_what_was_never_submitted_may_go_with_its_answers(state):
    progress_in(state).delete()

    assert not ProgressReport.objects.exists()
    with refused("tasks_progressreport_period_is_open"):
        in_locked(ProgressReportFactory).delete()


@refuses("tasks_progressreport_one_accepted")
def test_two_accepted_of_one_project_and_period():
    newer = correction("submitted")

    with refused("tasks_progressreport_one_accepted"):
        enter_progress(newer, "accepted")
    with refused("tasks_progressreport_one_accepted"):
        sql(
            "UPDATE tasks_progressreport SET state = 'accepted', decided_by_id = %s, decided_at = now() WHERE id = %s",
            somebody().pk,
            newer.pk,
        )


@refuses("tasks_progressreport_supersedes_id_key")
def test_an_accepted_report_is_corrected_once():
    made = correction("complete")

    with refused("tasks_progressreport_supersedes_id_key"):
        insert_copy(made, client_uuid=uuid4(), state="draft")
    other = ProgressReportFactory(project=ProjectFactory())
    with refused("tasks_progressreport_corrects_the_accepted"):
        insert_copy(other, client_uuid=uuid4(), supersedes_id=made.supersedes_id, correction_reason="Қате")


@refuses("tasks_progressreport_state_known")
def test_a_state_is_one_of_the_list_even_where_no_move_is_judged(at_commit):
    report, who, now = ProgressReportFactory(), somebody(), timezone.now()
    at_commit()

    with refused("tasks_progressreport_state_known"):
        as_owner("ALTER TABLE tasks_progressreport DISABLE TRIGGER USER")
        ProgressReport.objects.filter(pk=report.pk).update(
            state="forgotten", submitted_by=who, submitted_at=now, decided_by=who, decided_at=now
        )


def test_the_instants_are_those_of_the_database(time_machine):
    time_machine.move_to("2001-01-01")
    report = progress_in("returned")

    assert report.submitted_at.year > 2020 and report.decided_at.year > 2020
    assert report.returns == 1 and report.notes.get().turn == 1


def test_locked_a_period_may_be_opened_again():
    report = locked_report()

    sql("UPDATE tasks_reportingperiod SET locked_at = NULL WHERE id = %s", report.period_id)
    enter_progress(report, "complete")


def test_a_report_of_a_quarter_is_owed_by_a_duty_of_quarters():
    month, quarter = (
        ReportingPeriodFactory(starts=date(2027, 1, 1)),
        ReportingPeriodFactory(kind="quarter", starts=date(2027, 1, 1), ends=date(2027, 3, 31)),
    )
    made = ProgressReportFactory(period=month)

    with refused("tasks_progressreport_by_duty"):
        insert_copy(made, client_uuid=uuid4(), period_id=quarter.pk)


def test_a_duty_that_ended_before_the_period_owes_nothing():
    made = ProgressReportFactory(period=ReportingPeriodFactory(starts=date(2027, 1, 1)))
    sql("UPDATE tasks_reportingduty SET until = '2027-01-31'")

    insert_copy(made, client_uuid=uuid4(), period_id=ReportingPeriodFactory(starts=date(2026, 12, 1)).pk)
    with refused("tasks_progressreport_by_duty"):
        insert_copy(made, client_uuid=uuid4(), period_id=ReportingPeriodFactory(starts=date(2027, 2, 1)).pk)
