"""Two at once on one report: one wins, the other is told, and there is one report."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from core.exceptions import Conflict
from districts.models import Figure
from districts.services import settle_milestone
from tasks import services
from tasks.models import ProgressReport, ReportingDuty, ReportingPeriod
from tasks.services import Answer, Told
from tests.factories import MilestoneFactory, ReportingDutyFactory, ReportingPeriodFactory, UserFactory
from tests.tasks.progress_scene import ProgressScene, another_signer
from tests.tasks.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene(request, db):
    return ProgressScene(request)


def test_two_devices_begin_one_report(scene):
    told = at_once(
        lambda: scene.save(words={"text": "Бірінші"}), lambda: scene.save(words={"text": "Екінші"})
    )

    assert isinstance(told, Conflict)
    assert ProgressReport.objects.get().text == "Бірінші"


def test_one_device_sends_twice(scene):
    number = uuid4()

    assert at_once(lambda: scene.save(client_uuid=number), lambda: scene.save(client_uuid=number)) is None
    assert ProgressReport.objects.count() == 1


def test_two_sign(scene):
    row, other = scene.report("complete"), another_signer(scene)

    told = at_once(
        lambda: services.submit_progress(row, by=scene.akimat_signer),
        lambda: services.submit_progress(row, by=other),
    )

    assert isinstance(told, Conflict)
    assert ProgressReport.objects.get().submitted_by == scene.akimat_signer


def test_one_signs_twice(scene):
    row = scene.report("complete")

    told = at_once(
        lambda: services.submit_progress(row, by=scene.akimat_signer),
        lambda: services.submit_progress(row, by=scene.akimat_signer),
    )

    assert told is None and ProgressReport.objects.get().state == "submitted"


@pytest.mark.parametrize("first", ["accept", "return"])
def test_two_decide(scene, first):
    row, other = scene.report("submitted"), UserFactory(role="office")
    accept = lambda: services.accept_progress(row, by=scene.office)  # noqa: E731
    send_back = lambda: services.return_progress(row, by=other, notes={"spent": "Аз"})  # noqa: E731

    told = at_once(accept, send_back) if first == "accept" else at_once(send_back, accept)

    assert isinstance(told, Conflict)
    row.refresh_from_db()
    assert (row.state, row.notes.count()) == (("accepted", 0) if first == "accept" else ("returned", 1))


def test_two_accept(scene):
    row, other = scene.report("submitted"), UserFactory(role="office")

    told = at_once(
        lambda: services.accept_progress(row, by=scene.office),
        lambda: services.accept_progress(row, by=other),
    )

    assert isinstance(told, Conflict)
    assert ProgressReport.objects.get().decided_by == scene.office


def test_an_answer_changes_while_the_report_is_submitted(scene):
    row = scene.report("complete")

    told = at_once(
        lambda: services.submit_progress(row, by=scene.akimat_signer),
        lambda: scene.save(
            client_uuid=row.client_uuid, base=row.version, answers={"jobs_local": Answer(Decimal(5))}
        ),
    )

    assert isinstance(told, Conflict)
    assert row.values.get(metric="jobs_local").value is None


def test_two_begin_to_correct(scene):
    row = scene.report("accepted")

    assert isinstance(at_once(lambda: scene.correction(row), lambda: scene.correction(row)), Conflict)
    assert ProgressReport.objects.count() == 2


def test_a_period_is_locked_while_a_report_is_submitted(scene):
    row = scene.report("complete")
    ReportingPeriod.objects.update(due_on=date(2026, 2, 27), grace_until=date(2026, 3, 6))
    scene.period.refresh_from_db()

    told = at_once(
        lambda: ProgressReport.objects.filter(pk=row.pk).update(base_version=99),
        lambda: services.lock_periods(date(2026, 3, 7)),
    )
    assert told is None and ReportingPeriod.objects.get().is_locked

    with pytest.raises(Conflict):
        services.submit_progress(row, by=scene.akimat_signer)


def test_a_report_is_saved_while_its_period_is_locked(scene):
    row = scene.report("draft")

    told = at_once(
        lambda: ReportingPeriod.objects.update(locked_at="2026-03-07T00:00Z"),
        lambda: scene.save(client_uuid=row.client_uuid, base=row.version, words={"text": "Кеш"}),
    )

    assert isinstance(told, Conflict)


def test_two_jobs_open_the_same_periods(scene):
    ReportingPeriod.objects.all().delete()
    today = date(2020, 6, 1)

    assert at_once(lambda: services.open_periods(today), lambda: services.open_periods(today)) is None
    assert ReportingPeriod.objects.count() == 6


def test_two_owe_the_same(scene):
    ReportingDutyFactory()
    facts = {"by": scene.office, "kind": "quarter", "since": date(2026, 1, 1)}

    told = at_once(
        lambda: services.assign_duty(scene.project, scene.akimat, **facts),
        lambda: services.assign_duty(scene.project, scene.akimat, **facts),
    )

    assert isinstance(told, ValidationError)
    assert ReportingDuty.objects.filter(project=scene.project, kind="quarter").count() == 1


def submitted(scene, **facts):
    row = services.complete_progress(scene.save(**facts), by=scene.akimat_preparer)
    return services.submit_progress(row, by=scene.akimat_signer)


@pytest.mark.parametrize("first", [0, 1])
def test_two_periods_are_accepted_and_the_later_one_is_shown(scene, first):
    later = ReportingPeriodFactory(starts=date(2026, 2, 1))
    more = scene.given["answers"] | {"physical_progress": Answer(Decimal(45))}
    rows = [submitted(scene), submitted(scene, period=later, answers=more)]
    if first:
        rows.reverse()

    told = at_once(*(lambda row=row: services.accept_progress(row, by=scene.office) for row in rows))

    assert told is None
    figures = Figure.objects.filter(project=scene.project, measure="physical_progress").order_by("value")
    assert [(row.value, row.chosen) for row in figures] == [(40, False), (45, True)]


def test_the_office_settles_a_milestone_while_a_report_of_it_is_accepted(scene):
    bridge = MilestoneFactory(project=scene.project)
    row = submitted(scene, milestones=[Told(bridge, "met", "2026-01-15")])

    told = at_once(
        lambda: settle_milestone(bridge, "met", by=scene.office, met="2026-01-14"),
        lambda: services.accept_progress(row, by=scene.office),
    )

    assert isinstance(told, Conflict)
    row.refresh_from_db()
    assert row.state == "submitted" and not Figure.objects.filter(project=scene.project).exists()
