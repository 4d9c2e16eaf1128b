"""What the database refuses of rules, reminders and escalations, by name."""

from datetime import date

import pytest
from django.utils import timezone

from tests.factories import (
    EscalationFactory,
    OwedReminderFactory,
    ReminderFactory,
    ReminderRuleFactory,
    ReportingDutyFactory,
    ReportingPeriodFactory,
    instruction_in,
    somebody,
)
from tests.refusals import Wrong, parameters, refused, refuses, sql

pytestmark = pytest.mark.django_db

WHO = lambda: somebody().pk  # noqa: E731
SEEN = {"acknowledged_at": timezone.now, "acknowledged_by_id": WHO, "note": "Хат жіберілді"}
CLOSED = {"closed_at": timezone.now, "closed_because": "handed_in"}

CASES = {
    "tasks_reminderrule_recipients_known": [Wrong(ReminderRuleFactory, {"recipients": "everybody"})],
    "tasks_reminderrule_near_the_term": [
        Wrong(ReminderRuleFactory, {"offset": 31}),
        Wrong(ReminderRuleFactory, {"offset": -31}),
    ],
    "tasks_reminderrule_concern_known": [Wrong(ReminderRuleFactory, {"concerns": "weather"})],
    "tasks_reminderrule_whom_a_duty_knows": [
        Wrong(ReminderRuleFactory, {"concerns": "duty"}, {"recipients": recipients})
        for recipients in ("co", "issuer")
    ],
    "tasks_reminderrule_once": [Wrong(ReminderRuleFactory, twin=("concerns", "recipients", "offset"))],
    "tasks_reminder_once": [
        Wrong(ReminderFactory, twin=("instruction_id", "rule_id", "occurrence", "recipient_id"))
    ],
    "tasks_reminder_of_a_duty_once": [
        Wrong(OwedReminderFactory, twin=("duty_id", "period_id", "rule_id", "occurrence", "recipient_id"))
    ],
    "tasks_reminder_of_one_term": [
        Wrong(ReminderFactory, {"instruction_id": None}),
        Wrong(ReminderFactory, {"duty_id": lambda: ReportingDutyFactory().pk}),
        Wrong(ReminderFactory, {"period_id": lambda: ReportingPeriodFactory().pk}),
        Wrong(OwedReminderFactory, {"period_id": None}),
        Wrong(OwedReminderFactory, {"duty_id": None}),
        Wrong(OwedReminderFactory, {"instruction_id": lambda: instruction_in("on_control").pk}),
    ],
    "tasks_reminder_dropped_with_reason": [
        Wrong(ReminderFactory, {"cancelled_at": timezone.now}),
        Wrong(ReminderFactory, {"cancelled_because": "rule"}),
        Wrong(ReminderFactory, {"cancelled_at": timezone.now, "cancelled_because": "whatever"}),
    ],
    "tasks_reminder_sent_or_dropped": [
        Wrong(
            ReminderFactory,
            {"cancelled_at": timezone.now, "cancelled_because": "rule"},
            given={"sent_at": timezone.now},
        )
    ],
    "tasks_escalation_once_a_term": [Wrong(EscalationFactory, given=CLOSED, copied=True)],
    "tasks_escalation_one_open": [
        Wrong(EscalationFactory, {"due": date(2026, 2, 1)}, copied=True),
    ],
    "tasks_escalation_level_known": [
        Wrong(EscalationFactory, {"level": 4}, copied=True),
        Wrong(EscalationFactory, {"level": 0}, copied=True),
    ],
    "tasks_escalation_acknowledged_by_somebody": [
        Wrong(EscalationFactory, {"acknowledged_at": timezone.now, "note": "x"}),
        Wrong(EscalationFactory, {"acknowledged_by_id": WHO, "note": "x"}),
        Wrong(EscalationFactory, {"note": "x"}),
        Wrong(EscalationFactory, {"acknowledged_at": timezone.now, "acknowledged_by_id": WHO}),
    ],
    "tasks_escalation_closed_with_reason": [
        Wrong(EscalationFactory, {"closed_at": timezone.now}),
        Wrong(EscalationFactory, {"closed_because": "executed"}),
        Wrong(EscalationFactory, {"closed_at": timezone.now, "closed_because": "whatever"}),
    ],
    "tasks_escalation_of_its_term": [
        Wrong(EscalationFactory, {"level": 2}),
        Wrong(EscalationFactory, {"due": date(2026, 2, 1)}),
        Wrong(EscalationFactory, {"instruction_id": lambda: instruction_in("on_control", is_demo=True).pk}),
    ],
    "tasks_escalation_acknowledged_while_open": [
        Wrong(EscalationFactory, {"note": "Басқа"}, given=SEEN),
        Wrong(
            EscalationFactory, {"acknowledged_at": None, "acknowledged_by_id": None, "note": ""}, given=SEEN
        ),
        Wrong(EscalationFactory, SEEN, given=CLOSED),
    ],
}


@pytest.mark.parametrize(("door", "rule", "case"), parameters(CASES))
def test_refused(door, rule, case):
    door(rule, case)


@refuses("tasks_escalation_kept")
def test_an_escalation_of_what_is_real_is_kept():
    kept = EscalationFactory(instruction=instruction_in("on_control"))
    invented = EscalationFactory()

    with refused("tasks_escalation_kept"):
        kept.delete()
    with refused("tasks_escalation_kept"):
        sql("DELETE FROM tasks_escalation WHERE id = %s", kept.pk)
    invented.delete()


def test_what_was_closed_may_be_opened_again_to_be_acknowledged_anew():
    row = EscalationFactory(
        **{name: value() if callable(value) else value for name, value in (SEEN | CLOSED).items()}
    )

    sql(
        """UPDATE tasks_escalation SET closed_at = NULL, closed_because = '', acknowledged_at = NULL,
                  acknowledged_by_id = NULL, note = '' WHERE id = %s""",
        row.pk,
    )
    row.refresh_from_db()

    assert row.waits
