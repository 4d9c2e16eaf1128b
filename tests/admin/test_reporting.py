"""Duties, periods, progress reports and plans in the admin: every change by its service, for whoever may."""

from datetime import date

import pytest

from core.models import Change
from tasks.admin.reporting_verbs import OF_DUTIES, OF_PERIODS, OF_REPORTS
from tasks.models import Plan, ReportingDuty, ReportingPeriod
from tests.admin.forms import filled
from tests.admin.rows import address
from tests.admin.test_control import offered
from tests.admin.test_verbs import page_of
from tests.factories import (
    OrganisationFactory,
    PlanFactory,
    ProjectFactory,
    ReportingDutyFactory,
    ReportingPeriodFactory,
    progress_in,
)

pytestmark = pytest.mark.django_db

LOCKED = {"due_on": date(2026, 2, 27), "grace_until": date(2026, 3, 6), "locked_at": "2026-03-07T00:00Z"}


def past(**facts):
    row = ReportingPeriodFactory(starts=date(2026, 1, 1))
    ReportingPeriod.objects.filter(pk=row.pk).update(**(LOCKED | facts))
    row.refresh_from_db()
    return row


def last_verb(row):
    return Change.objects.of(row).order_by("id").last().verb


def test_what_is_offered_fits_the_state_and_the_reader(browse, office, auditor):
    client = browse(office)
    assert offered(client, ReportingDutyFactory()) == {"end-duty", "hand-over-duty"}
    row = past()
    assert offered(client, row) == {"reopen-period"}
    assert offered(client, ReportingPeriodFactory(starts=date(2027, 1, 1))) == {"lock-period", "move-due"}
    assert offered(client, progress_in("submitted")) == {"accept-progress", "return-progress"}
    assert offered(client, progress_in("accepted")) == set()
    client = browse(auditor)
    assert offered(client, row) == set() == offered(client, progress_in("submitted"))


@pytest.mark.parametrize("verb", [*OF_DUTIES, *OF_PERIODS, *OF_REPORTS])
def test_an_auditor_is_refused_every_verb(browse, auditor, verb):
    row = (
        ReportingDutyFactory()
        if verb in OF_DUTIES
        else past()
        if verb in OF_PERIODS
        else progress_in("submitted")
    )
    page = page_of(row, verb.replace("_", "-"))

    assert browse(auditor).get(page).status_code == 403
    assert browse(auditor).post(page, {}).status_code == 403


def test_a_duty_is_said_handed_over_and_ended(browse, office):
    client, project, first, second = (
        browse(office),
        ProjectFactory(),
        OrganisationFactory(),
        OrganisationFactory(),
    )
    told = {
        "project": project.pk,
        "organisation": first.pk,
        "kind": "month",
        "since": "2026-01-01",
        "until": "",
    }
    add = address("tasks.ReportingDuty", "add")
    client.post(add, filled(client.get(add)) | told)
    row = ReportingDuty.objects.get()
    assert (row.organisation, last_verb(row)) == (first, "assign_duty")
    again = client.post(add, filled(client.get(add)) | told)
    assert again.status_code == 200 and ReportingDuty.objects.count() == 1

    client.post(page_of(row, "hand-over-duty"), {"organisation": second.pk, "since": "2026-03-01"})
    row.refresh_from_db()
    following = ReportingDuty.objects.get(organisation=second)
    assert (row.until, following.since) == (date(2026, 2, 28), date(2026, 3, 1))
    client.post(page_of(following, "end-duty"), {"until": "2026-12-31"})
    following.refresh_from_db()
    assert (following.until, last_verb(following)) == (date(2026, 12, 31), "end_duty")


def test_a_period_is_opened_again_moved_and_locked(browse, office):
    row, client = past(), browse(office)
    refused = client.post(page_of(row, "reopen-period"), {"until": "2099-03-01", "reason": ""})
    assert refused.status_code == 200 and refused.context["form"].errors

    client.post(page_of(row, "reopen-period"), {"until": "2099-03-01", "reason": "Қате"})
    client.post(
        page_of(row, "move-due"), {"due_on": "2026-03-10", "grace_until": "2099-04-01", "reason": "Мереке"}
    )
    row.refresh_from_db()
    assert (row.due_on, row.grace_until) == (date(2026, 3, 10), date(2099, 4, 1))
    client.post(page_of(row, "lock-period"), {})
    row.refresh_from_db()
    assert row.is_locked and last_verb(row) == "lock_period"


def test_a_report_is_returned_and_accepted(browse, office):
    client, row, other = browse(office), progress_in("submitted"), progress_in("submitted")

    client.post(page_of(row, "return-progress"), {"field": "spent", "note": "Аз"})
    client.post(page_of(other, "accept-progress"), {})

    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.state, [note.text for note in row.notes.all()]) == ("returned", ["Аз"])
    assert (other.state, other.decided_by) == ("accepted", office)


def test_a_draft_is_not_here(browse, office):
    row = progress_in("draft")

    assert browse(office).get(address("tasks.ProgressReport", "change", row.pk)).status_code == 302


def test_a_plan_is_set_and_changed_by_its_service(browse, office):
    client, row = browse(office), PlanFactory()
    page = address("tasks.Plan", "change", row.pk)

    client.post(page, filled(client.get(page)) | {"value": "77"})

    row.refresh_from_db()
    assert (row.value, last_verb(row)) == (77, "set_plan")
    add = address("tasks.Plan", "add")
    facts = {
        "project": row.project_id, "period": ReportingPeriodFactory().pk, "metric": "physical_progress",
        "value": "50", "currency": "", "weight": "1",
    }  # fmt: skip
    client.post(add, filled(client.get(add)) | facts)
    assert Plan.objects.count() == 2
