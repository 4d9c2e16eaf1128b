"""Reminders and escalations go to who still has access; others stand in for whose term is over."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from psycopg.types.range import DateRange

from accounts.models import User
from tasks import services
from tasks.jobs import remind
from tasks.models import Reminder, ReminderRule
from tests.factories import OrganisationFactory, SubstitutionFactory, UserFactory
from tests.tasks.progress_scene import ProgressScene
from tests.tasks.reminding import (
    at,
    controlled,
    delivered_calendar,
    delivered_rules,
    dropped,
    planned,
    staffed,
    told,
)
from tests.tasks.test_escalations import heard

__all__ = ["at"]

pytestmark = pytest.mark.django_db

#: A Wednesday; the term is a Friday.
TODAY, DUE = date(2026, 2, 4), date(2026, 2, 20)
#: Of who prepares: ten, five, three and one working days before, on the day, one and three after.
LADDER = ["2026-02-06", "2026-02-13", "2026-02-17", "2026-02-19", "2026-02-20", "2026-02-23", "2026-02-25"]
#: Of a report that is owed: five working days before, one, on the day, one after.
PREPARERS = ["2026-02-20", "2026-02-26", "2026-02-27", "2026-03-02"]


@pytest.fixture
def scene(request, db, at):
    at("2026-02-04 10:00")
    return staffed(request)


@pytest.fixture
def given(scene):
    return controlled(scene, DUE)


def ends(person, day):
    User.objects.filter(pk=person.pk).update(valid_until=day)


def owed(person):
    rows = Reminder.objects.pending().filter(recipient=person, duty__isnull=False)
    return sorted({day.isoformat() for day in rows.values_list("planned_for", flat=True)})


# --- planned --------------------------------------------------------------------------------------


def test_who_signs_stands_in_when_the_term_of_who_prepares_is_over(scene, given):
    head = UserFactory(organisation=scene.executor.organisation, role="executor", may_sign=True)
    services.plan_reminders(TODAY)
    assert planned(given, head) == LADDER[2:]

    ends(scene.executor, date(2026, 2, 3))
    services.plan_reminders(TODAY)

    assert (planned(given, head), planned(given, scene.executor)) == (LADDER, [])
    assert dropped(given) == {"others"}


def test_until_his_last_day_he_is_reminded_and_from_the_next_who_stands_in(scene, given):
    """Planned ahead: on the day after it would be too late to plan that day."""
    head = UserFactory(organisation=scene.executor.organisation, role="executor", may_sign=True)
    ends(scene.executor, date(2026, 2, 12))

    services.plan_reminders(TODAY)

    assert planned(given, scene.executor) == LADDER[:1]
    assert planned(given, head) == LADDER[1:]
    services.plan_reminders(date(2026, 2, 13))
    assert planned(given, head) == LADDER[1:], "nor does the first day without him lose it"


def test_the_office_stands_in_for_a_controller(scene, given):
    other = UserFactory(role="office")
    ends(scene.office, date(2026, 2, 22))

    services.plan_reminders(TODAY)

    assert planned(given, scene.office) == [LADDER[4]]
    assert planned(given, other) == [LADDER[6]]


def test_leadership_stands_in_for_the_signers_of_who_gave_it(scene):
    rule = {"code": "issuer-0", "recipients": "issuer", "offset": 0}
    ReminderRule.objects.create(**rule)
    signer = scene.akimat_signer
    given = controlled(scene, DUE, issuer=signer.organisation, text_kk="Әкімдік берді")
    rows = Reminder.objects.pending().filter(instruction=given, rule__code="issuer-0")
    assert set(rows.values_list("recipient", flat=True)) == {signer.pk}

    ends(signer, date(2026, 2, 19))
    services.plan_reminders(TODAY)

    assert set(rows.values_list("recipient", flat=True)) == {scene.leadership.pk, scene.other_leader.pk}
    assert planned(given, scene.leadership) == [DUE.isoformat()]


def test_a_substitute_is_reminded_while_both_may_come_in(scene, given):
    substitute = UserFactory(organisation=OrganisationFactory(), role="executor")
    during = DateRange(date(2026, 2, 1), date(2026, 3, 1))
    SubstitutionFactory(person=scene.executor, substitute=substitute, during=during)
    ends(substitute, date(2026, 2, 18))
    services.plan_reminders(TODAY)
    assert planned(given, substitute) == LADDER[:3]

    ends(scene.executor, date(2026, 2, 14))
    services.plan_reminders(TODAY)

    assert planned(given, substitute) == LADDER[:2]


def test_of_a_report_that_is_owed_as_of_an_instruction(request, at):
    at("2026-02-10 10:00")
    delivered_rules()
    delivered_calendar()
    scene = ProgressScene(request)
    scene.period.due_on, scene.period.grace_until = date(2026, 2, 27), date(2026, 3, 6)
    scene.period.save()
    other, friend = (
        UserFactory(role="office"),
        UserFactory(role="executor", organisation=OrganisationFactory()),
    )
    during = DateRange(date(2026, 2, 1), date(2026, 3, 31))
    SubstitutionFactory(person=scene.akimat_signer, substitute=friend, during=during)
    ends(scene.akimat_preparer, date(2026, 2, 20))
    ends(scene.office, date(2026, 3, 1))
    ends(friend, date(2026, 2, 26))

    services.plan_reminders(date(2026, 2, 10))

    assert owed(scene.akimat_preparer) == PREPARERS[:1]
    rows = Reminder.objects.pending().filter(recipient=scene.akimat_signer)
    assert sorted(rows.filter(rule__recipients="preparers").values_list("planned_for", flat=True)) == [
        date.fromisoformat(day) for day in PREPARERS[1:]
    ]
    assert (owed(scene.office), owed(other)) == ([], PREPARERS[3:])
    assert owed(friend) == [PREPARERS[1]]


# --- sent and carried up --------------------------------------------------------------------------


def test_nothing_is_marked_as_sent_to_whose_term_is_over(scene, given):
    ends(scene.executor, date(2026, 2, 5))

    assert services.send_reminders(date(2026, 2, 6)) == 0
    assert not Reminder.objects.filter(recipient=scene.executor).exclude(sent_at=None).exists()


def test_on_his_last_day_he_is_told(scene, given, at):
    ends(scene.executor, date(2026, 2, 6))
    at("2026-02-06 08:00")
    remind()

    assert told(scene.executor) == [[given.pk]]


def test_what_is_overdue_is_carried_past_whose_term_is_over(scene, at):
    other = UserFactory(role="office")
    signer = scene.akimat_signer
    given = controlled(scene, DUE, issuer=signer.organisation, text_kk="Әкімдік берді")
    for person in (scene.office, signer):
        ends(person, date(2026, 2, 20))
    at("2026-02-23 08:00")
    remind()
    assert heard(other) == [(given.pk, 1)]

    at("2026-02-25 08:00")
    remind()

    assert heard(other) == [(given.pk, 1), (given.pk, 2)]
    assert heard(scene.leadership) == [(given.pk, 2)], "who decides where no signer may come in"
    assert heard(scene.office) == heard(signer) == []


def test_a_controller_whose_term_is_over_is_refused(scene, given):
    other = UserFactory(role="office", valid_until=date(2026, 2, 3))

    with pytest.raises(ValidationError, match="controller"):
        services.set_controller(given, by=scene.office, controller=other)
