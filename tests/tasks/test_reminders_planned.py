"""Reminders are planned in the transaction of the change, and dropped and planned anew with it, by whatever door."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from psycopg.types.range import DateRange

from core import ledger
from core.models import CalendarDay
from tasks import services
from tasks.models import Executor, Instruction, Reminder, ReminderRule
from tests.factories import OrganisationFactory, SubstitutionFactory, UserFactory
from tests.refusals import sql
from tests.tasks.reminding import controlled, delivered_calendar, delivered_rules, dropped, planned
from tests.tasks.scene import Scene

pytestmark = pytest.mark.django_db

#: A Wednesday; the term is a Friday, and all ladders fit into the days ahead.
NOW, DUE = "2026-02-04T10:00:00+05:00", date(2026, 2, 20)
#: Ten, five, three and one working days before, on the day, one and three after.
LADDER = ["2026-02-06", "2026-02-13", "2026-02-17", "2026-02-19", "2026-02-20", "2026-02-23", "2026-02-25"]


@pytest.fixture
def scene(request, db, time_machine):
    time_machine.move_to(NOW, tick=False)
    delivered_rules()
    delivered_calendar()
    scene = Scene(request)
    scene.executor.may_sign = False  # he prepares; nobody of his body signs, unless a test says so
    scene.executor.save()
    return scene


@pytest.fixture
def given(scene):
    return controlled(scene, DUE)


def test_the_ladder_of_everybody(scene, given):
    head = UserFactory(organisation=scene.executor.organisation, role="executor", may_sign=True)
    services.plan_reminders(date(2026, 2, 4))

    assert planned(given, scene.executor) == LADDER
    assert planned(given, head) == LADDER[2:]
    assert planned(given, scene.akimat_preparer) == [LADDER[1], LADDER[3], LADDER[5]]
    assert planned(given, scene.office) == [LADDER[4], LADDER[6]]
    assert planned(given, scene.leadership) == planned(given, scene.stranger) == []
    assert planned(given, scene.auditor) == planned(given, scene.investor) == []


def test_where_nobody_prepares_who_signs_is_reminded_of_everything(scene, given):
    Executor.objects.filter(instruction=given, role="co").delete()
    alone = UserFactory(organisation=OrganisationFactory(), role="executor", may_sign=True)

    services.reassign(given, by=scene.office, lead=alone.organisation, reason="Құзыреті")

    assert planned(given, alone) == LADDER
    assert planned(given, scene.executor) == []
    assert dropped(given) >= {"others"}


def test_nothing_is_planned_without_a_term_nor_before_control(scene):
    scene.instruction("registered", due=None)
    scene.instruction("registered", due=DUE)
    services.plan_reminders(date(2026, 2, 4))

    assert not Reminder.objects.exists()


def test_rungs_that_are_over_are_not_planned_nor_those_of_today(scene, time_machine):
    time_machine.move_to("2026-02-17T10:00:00+05:00", tick=False)

    assert planned(controlled(scene, DUE), scene.executor) == LADDER[3:]


def test_a_term_beyond_the_days_ahead_is_planned_when_it_comes_near(scene, time_machine):
    given = controlled(scene, date(2026, 6, 15))
    assert planned(given) == []

    time_machine.move_to("2026-05-19T03:00:00+05:00", tick=False)
    services.plan_reminders(date(2026, 5, 19))

    assert planned(given, scene.executor)[:2] == ["2026-06-01", "2026-06-08"]


# --- what changes an instruction ------------------------------------------------------------------


def test_more_time_moves_the_reminders(scene, given):
    asked = services.request_extension(given, by=scene.executor, new_due=date(2026, 2, 27), reason="Кешікті")
    assert planned(given, scene.executor) == LADDER, "until it is decided the present term holds"

    services.grant(asked, by=scene.leadership)

    assert planned(given, scene.executor)[-2:] == ["2026-02-20", "2026-02-24"]
    services.plan_reminders(date(2026, 2, 14))
    assert planned(given, scene.executor)[-3:] == ["2026-02-27", "2026-03-02", "2026-03-04"]
    assert "2026-02-19" not in planned(given, scene.executor)
    assert dropped(given) == {"term_moved"}


def test_a_corrected_decision_brings_the_former_reminders_back(scene, given):
    asked = services.request_extension(given, by=scene.executor, new_due=date(2026, 2, 27), reason="Кешікті")
    granted = services.grant(asked, by=scene.leadership)

    services.correct(granted, by=scene.leadership, why="Қате", reason="Мерзім жеткілікті")

    assert planned(given, scene.executor) == LADDER
    rows = Reminder.objects.filter(instruction=given, recipient=scene.executor, occurrence=DUE)
    assert rows.count() == len(LADDER), "the same rows, not others beside them"


def test_what_is_handed_in_needs_no_reminder_and_what_comes_back_does(scene, given):
    services.start(given, by=scene.executor)
    services.report(given, by=scene.executor, kind="final", text="Дайын")
    assert planned(given) == []
    assert dropped(given) == {"handed_in"}

    services.return_report(given, by=scene.office, note="Актісі жоқ")

    assert planned(given, scene.executor) == LADDER


def test_what_is_closed_drops_its_reminders(scene, given):
    services.cancel(given, by=scene.office, reason="Екі рет")

    assert planned(given) == []
    assert dropped(given) == {"cancelled"}


def test_a_remainder_and_a_part_have_reminders_of_their_own(scene, given):
    services.start(given, by=scene.executor)
    part = services.split(
        given,
        by=scene.executor,
        lead=scene.akimat_signer.organisation,
        due=date(2026, 2, 18),
        text={"kk": "Бөлігі"},
        expected_result={"kk": "Акт"},
    )
    assert "2026-02-18" in planned(part, scene.akimat_signer)
    services.cancel(part, by=scene.executor, reason="Керек емес")
    services.report(given, by=scene.executor, kind="final", text="Дайын")
    services.propose_removal(given, by=scene.office)

    rest = services.remove_part(
        given,
        by=scene.leadership,
        text={"kk": "Қалғаны"},
        expected_result={"kk": "Акт"},
        due=date(2026, 2, 24),
    )

    assert "2026-02-24" in planned(rest, scene.executor)
    assert planned(given) == []


def test_who_refused_is_reminded_no_more_and_the_controller_still_is(scene, given):
    services.refuse_assignment(given, by=scene.executor, reason="Құзыретіміз емес")

    assert planned(given, scene.executor) == []
    assert planned(given, scene.office) == [LADDER[4], LADDER[6]]


def test_a_co_executor_is_reminded_of_his_own_day_until_he_sends(scene, given):
    co = given.executors.get(role="co")
    with ledger.acting(scene.office, "amend"):
        Executor.objects.filter(pk=co.pk).update(internal_due=date(2026, 2, 13))
    assert planned(given, scene.akimat_preparer) == ["2026-02-06", "2026-02-12", "2026-02-16"]

    services.contribute(given, by=scene.akimat_preparer, text="Жер бөлінді")

    assert planned(given, scene.akimat_preparer) == planned(given, scene.akimat_signer) == []


def test_another_controller(scene, given):
    other = UserFactory(role="office")

    services.set_controller(given, by=scene.office, controller=other)

    assert planned(given, scene.office) == []
    assert planned(given, other) == [LADDER[4], LADDER[6]]


def test_without_a_controller_the_office_is_reminded(scene, given):
    other = UserFactory(role="office")
    with ledger.acting(scene.office, "amend"):
        Instruction.objects.filter(pk=given.pk).update(controller=None)

    assert planned(given, scene.office) == planned(given, other) == [LADDER[4], LADDER[6]]


def test_a_change_that_fails_plans_nothing(scene, given):
    before = planned(given)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.cancel(given, by=scene.office, reason="Екі рет")
        1 / 0

    assert planned(given) == before


def test_no_door_forgets_by_sql_as_well(scene, given):
    sql("UPDATE tasks_instruction SET state = 'cancelled', cancelled_reason = 'x' WHERE id = %s", given.pk)

    assert planned(given) == []


# --- what the hourly run sees ---------------------------------------------------------------------


def test_people_who_come_and_go(scene, given):
    newcomer = UserFactory(organisation=scene.executor.organisation, role="executor")
    type(newcomer).objects.filter(pk=scene.executor.pk).update(is_active=False)

    services.plan_reminders(date(2026, 2, 4))

    assert planned(given, newcomer) == LADDER
    assert planned(given, scene.executor) == []


def test_who_acts_for_somebody_is_reminded_for_these_days(scene, given):
    substitute = UserFactory(organisation=OrganisationFactory(), role="executor")
    SubstitutionFactory(
        person=scene.executor,
        substitute=substitute,
        during=DateRange(date(2026, 2, 12), date(2026, 2, 19)),
    )

    services.plan_reminders(date(2026, 2, 4))

    assert planned(given, substitute) == ["2026-02-13", "2026-02-17"]
    assert planned(given, scene.executor) == LADDER


def test_a_moved_day_off_moves_what_is_not_sent(scene, given):
    assert "2026-02-19" in planned(given, scene.executor)
    CalendarDay.objects.create(date=date(2026, 2, 19), kind="off")

    services.plan_reminders(date(2026, 2, 4))

    assert "2026-02-19" not in planned(given, scene.executor)
    assert "2026-02-18" in planned(given, scene.executor)


def test_a_rule_that_is_amended_holds_at_once(scene, given):
    rule = ReminderRule.objects.get(code="preparers-10")
    with ledger.acting(scene.office, "amend"):
        ReminderRule.objects.filter(pk=rule.pk).update(offset=-8)
    assert planned(given, scene.executor) == ["2026-02-10", *LADDER[1:]]

    with ledger.acting(scene.office, "amend"):
        ReminderRule.objects.filter(pk=rule.pk).update(is_active=False)

    assert planned(given, scene.executor) == LADDER[1:]
    assert dropped(given) == {"rule"}


def test_planned_twice_nothing_is_there_twice(scene, given):
    before = list(Reminder.objects.order_by("pk").values())

    assert services.plan_reminders(date(2026, 2, 4)) == 0
    assert list(Reminder.objects.order_by("pk").values()) == before


def test_planning_all_is_what_changes_have_planned(scene):
    for number in range(4):
        controlled(scene, DUE + timedelta(days=number), text_kk=f"Бірінші {number}")
    columns = ("instruction", "rule", "occurrence", "recipient", "planned_for")
    by_changes = set(Reminder.objects.values_list(*columns))
    Reminder.objects.all().delete()

    services.plan_reminders(date(2026, 2, 4))

    assert set(Reminder.objects.values_list(*columns)) == by_changes
