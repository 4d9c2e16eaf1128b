"""Pages of reminders and escalations with something on them, against axe, at both widths, in three languages."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from core.calendar import WorkingDays
from tests.browser.inspection import faults
from tests.browser.test_axe import sign_in
from tests.factories import (
    EscalationFactory,
    ReminderFactory,
    ReminderRuleFactory,
    UserFactory,
    instruction_in,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_reminders_and_escalations(page: Page, portal: str) -> None:
    today = timezone.localdate()
    calendar = WorkingDays()
    office, day = UserFactory(role="office"), calendar.add(today, 1)
    due, late = calendar.add(today, 4), calendar.add(today, -4)
    near = instruction_in("in_execution", due=due, is_demo=True)
    ReminderFactory(
        instruction=near,
        rule=ReminderRuleFactory(offset=-3),
        occurrence=due,
        planned_for=day,
        recipient=office,
    )
    overdue = instruction_in("in_execution", due=late, is_demo=True)
    EscalationFactory(instruction=overdue, due=late, level=1)
    sign_in(page, portal, office)

    addresses = [
        f"/control/reminders/?day={day}",
        "/control/escalations/",
        f"/control/{near.public_id}/",
        f"/control/{overdue.public_id}/",
    ]
    found: list[Any] = [
        fault
        for address in addresses
        for language in ("kk", "ru", "en")
        for width in (390, 1280)
        for fault in faults(page, portal, f"/{language}{address}", width)
    ]

    assert found == [], "\n".join(found)
