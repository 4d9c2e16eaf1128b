"""Duties handed over, and periods put off: what changes, what is refused, who may."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from core.exceptions import Conflict, Forbidden
from core.models import Change
from tasks import services
from tasks.models import ReportingDuty, ReportingPeriod
from tests.tasks.progress_scene import PEOPLE, ProgressScene, everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(request, db, time_machine):
    time_machine.move_to("2026-02-20T12:00+05:00")
    scene = ProgressScene(request)
    ReportingPeriod.objects.update(due_on=date(2026, 2, 27), grace_until=date(2026, 3, 6))
    scene.period.refresh_from_db()
    return scene


def hand_over(scene, by=None, **facts):
    given = {"organisation": scene.executor.organisation, "since": date(2026, 1, 15)}
    return services.hand_over_duty(scene.duty, by=by or scene.office, **(given | facts))


def put_off(scene, by=None, **facts):
    given = {"due_on": date(2026, 3, 4), "grace_until": date(2026, 3, 11), "reason": "Мереке"}
    return services.move_due(scene.period, by=by or scene.office, **(given | facts))


def test_who_takes_it_over_reports_of_the_period_that_holds_the_day(scene):
    following = hand_over(scene)

    scene.duty.refresh_from_db()
    assert (scene.duty.until, following.since, following.until) == (
        date(2026, 1, 14),
        date(2026, 1, 15),
        None,
    )
    with pytest.raises(Forbidden):
        scene.save()
    assert scene.save(by=scene.executor).organisation == scene.executor.organisation
    last = Change.objects.of(following).order_by("id").last()
    assert (last.verb, last.actor) == ("hand_over_duty", f"user:{scene.office.pk}")


def test_what_one_has_begun_another_cannot_take_over(scene):
    scene.report("draft")

    with pytest.raises(Conflict, match=str(scene.akimat)):
        hand_over(scene)
    services.end_duty(scene.duty, by=scene.office, until=date(2026, 1, 10))
    with pytest.raises(Conflict, match=str(scene.akimat)):
        services.assign_duty(
            scene.project, scene.executor.organisation, by=scene.office, kind="month", since=date(2026, 1, 11)
        )
    assert ReportingDuty.objects.count() == 1
    services.end_duty(scene.duty, by=scene.office, until=date(2026, 12, 31))
    assert hand_over(scene, since=date(2026, 2, 1)).until == date(2026, 12, 31)


def test_a_settled_report_stands_in_nobodys_way(scene):
    scene.report("accepted")

    assert hand_over(scene).organisation == scene.executor.organisation


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"since": date(2020, 1, 1)}, "since"), ({"organisation": None}, "organisation")],
)
def test_a_wrong_handing_over_is_refused_at_its_field(scene, facts, field):
    facts = {name: value or scene.akimat for name, value in facts.items()}
    with pytest.raises(ValidationError) as caught:
        hand_over(scene, **facts)
    assert set(caught.value.message_dict) == {field}
    services.end_duty(scene.duty, by=scene.office, until=date(2026, 1, 10))
    with pytest.raises(ValidationError):
        hand_over(scene)
    assert ReportingDuty.objects.count() == 1


def test_a_period_is_put_off_with_a_reason(scene):
    row = put_off(scene)

    assert (row.due_on, row.grace_until) == (date(2026, 3, 4), date(2026, 3, 11))
    last = Change.objects.of(row).order_by("id").last()
    assert (last.verb, last.note, last.actor) == ("move_due", "Мереке", f"user:{scene.office.pk}")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"due_on": date(2026, 1, 31)}, "due_on"),
        ({"grace_until": date(2026, 3, 3)}, "grace_until"),
        ({"due_on": date(2026, 2, 2), "grace_until": date(2026, 2, 19)}, "grace_until"),
        ({"due_on": date(2026, 2, 27), "grace_until": date(2026, 3, 6)}, "due_on"),
    ],
)
def test_wrong_days_are_refused_at_their_field(scene, facts, field):
    with pytest.raises(ValidationError) as caught:
        put_off(scene, **facts)
    assert set(caught.value.message_dict) == {field}


def test_a_locked_period_is_not_put_off(scene):
    ReportingPeriod.objects.update(locked_at="2026-02-01T00:00Z")
    with pytest.raises(Conflict):
        put_off(scene)


@pytest.mark.parametrize("call", [hand_over, put_off])
@pytest.mark.parametrize("name", [name for name in PEOPLE if name != "office"])
def test_only_the_office_hands_over_and_puts_off(scene, name, call):
    before = everything()
    with pytest.raises(Forbidden):
        call(scene, scene.people[name])
    assert everything() == before
