"""Pages of reminders and escalations: whose they are, for which day, and what they cost; the alarm of the board."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core import heartbeat
from core.models import Era, Silence
from tasks.jobs import make_occurrences, remind
from tasks.models import Escalation
from tasks.services import plan_reminders
from tests.factories import JobRunFactory, ReportingDutyFactory, ReportingPeriodFactory
from tests.pages.board import BOARD
from tests.tasks.reminding import at, controlled, delivered_calendar, delivered_rules
from tests.tasks.scene import Scene

__all__ = ["at"]

pytestmark = pytest.mark.django_db

REMINDERS, ESCALATIONS = "/kk/control/reminders/", "/kk/control/escalations/"
DUE = date(2026, 2, 20)


@pytest.fixture
def scene(request, db, at):
    delivered_rules()
    delivered_calendar()
    at("2026-02-12 10:00")
    return Scene(request)


@pytest.fixture
def given(scene):
    return controlled(scene, DUE)


def page(client, user, address=REMINDERS, **query):
    client.force_login(user)
    return client.get(address, query)


def shown(response):
    return {
        one.person.username: [item.instruction.public_id for item in one.items]
        for one in response.context["people"]
    }


# --- reminders ------------------------------------------------------------------------------------


def test_the_next_working_day_is_shown_with_who_what_and_why(client, scene, given):
    answer = page(client, scene.office)

    assert answer.context["day"] == date(2026, 2, 13)
    assert shown(answer) == {
        "executor": [given.public_id],
        "akimat_preparer": [given.public_id],
        "akimat_signer": [given.public_id],
    }
    html = answer.content.decode()
    assert "20.02.2026" in html and f"/kk/control/{given.public_id}/" in html


def test_reports_that_are_owed_stand_beside_instructions(client, scene, given):
    akimat = scene.akimat_preparer.organisation
    duty = ReportingDutyFactory(organisation=akimat)
    ReportingPeriodFactory(starts=date(2026, 1, 1), due_on=DUE, grace_until=date(2026, 2, 27))
    plan_reminders(date(2026, 2, 12))

    answer = page(client, scene.office)

    items = {
        one.person.username: [item.row.duty for item in one.items if item.row.duty]
        for one in answer.context["people"]
        if not one.items[0].instruction
    }
    assert items == {"akimat_preparer": [duty]}
    assert (answer.context["numbers"]["instructions"], answer.context["numbers"]["reports"]) == (1, 1)
    assert duty.project.name_kk in answer.content.decode()
    assert duty.project.name_kk in page(client, scene.akimat_signer).content.decode()
    assert duty.project.name_kk not in page(client, scene.stranger).content.decode()


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("office", {"executor", "akimat_preparer", "akimat_signer"}),
        ("leadership", {"executor", "akimat_preparer", "akimat_signer"}),
        ("auditor", {"executor", "akimat_preparer", "akimat_signer"}),
        ("executor", {"executor"}),
        ("akimat_preparer", {"akimat_preparer", "akimat_signer"}),
        ("stranger", set()),
        ("investor", set()),
    ],
)
def test_an_organisation_sees_its_own_people(client, scene, given, name, sees):
    assert shown(page(client, scene.people[name])).keys() == sees


def test_a_visitor_is_asked_to_sign_in(client, given):
    for address in (REMINDERS, ESCALATIONS):
        assert client.get(address).status_code == 302


def test_of_a_day_that_is_over_what_was_sent(client, scene, given, at):
    at("2026-02-13 08:00")
    remind()
    at("2026-02-16 10:00")

    answer = page(client, scene.office, day="2026-02-13")

    assert len(shown(answer)) == 3 and answer.context["is_over"]


@pytest.mark.parametrize("day", ["2026-13-01", "yesterday", "2099-01-01", "0000-00-00", "\x00", "2026-02-30"])
def test_a_day_that_is_none_is_said(client, scene, given, day):
    answer = page(client, scene.office, day=day)

    assert answer.status_code == 400
    assert answer.context["form"].errors and not answer.context["people"]


def test_a_foreign_cursor_begins_anew(client, scene, given):
    answer = page(client, scene.office, cursor="x")

    assert answer.status_code == 400 and shown(answer)


def test_ways_that_somebody_silenced_are_not_promised(client, scene, given):
    for channel in ("bell", "mail"):
        Silence.objects.create(owner=scene.executor, kind="term_reminder", channel=channel)

    [one] = [one for one in page(client, scene.office).context["people"] if one.person == scene.executor]

    assert one.ways == []


def test_it_costs_few_queries_however_many_rows(client, scene, given):
    def cost():
        page(client, scene.office)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(REMINDERS).status_code == 200
        return len(queries)

    before = cost()
    for number in range(5):
        controlled(scene, DUE, text_kk=f"Тағы {number} тапсырма")

    assert cost() == before <= 12


# --- escalations ----------------------------------------------------------------------------------


@pytest.fixture
def late(scene, given, at):
    at("2026-02-23 08:00")
    remind()
    return Escalation.objects.get()


def acknowledge(client, user, row, note="Хат жіберілді", **more):
    client.force_login(user)
    facts = {"escalation": row.pk, f"escalation-{row.pk}-note": note, **more}
    return client.post(ESCALATIONS, facts, follow=True)


def test_it_is_acknowledged_on_its_page(client, scene, given, late):
    answer = page(client, scene.office, ESCALATIONS)
    assert [row.may for row in answer.context["rows"]] == [True]

    answer = acknowledge(client, scene.office, late)

    [row] = answer.context["rows"]
    assert (row.acknowledged_by, row.note, row.may) == (scene.office, "Хат жіберілді", False)
    assert page(client, scene.office, ESCALATIONS, show="waiting").context["rows"] == []
    assert len(page(client, scene.office, ESCALATIONS, show="1").context["rows"]) == 1


def test_it_is_acknowledged_on_the_card_and_stands_in_its_history(client, scene, given, late):
    answer = acknowledge(client, scene.executor, late, card="1")

    assert answer.redirect_chain[-1][0] == f"/kk/control/{given.public_id}/"
    events = [event.verb for event in answer.context["events"]]
    assert events[:2] == ["acknowledge", "escalate"]
    assert "Хат жіберілді" in answer.content.decode()


def test_without_words_it_stays_and_says_so(client, scene, given, late):
    answer = acknowledge(client, scene.office, late, note=" ")

    assert answer.status_code == 400 and answer.context["rows"][0].form.errors
    late.refresh_from_db()
    assert late.waits


def test_who_was_slower_is_told(client, scene, given, late):
    acknowledge(client, scene.executor, late)
    answer = acknowledge(client, scene.office, late, note="Мен де")

    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


@pytest.mark.parametrize(
    ("name", "status"), [("stranger", 404), ("investor", 404), ("auditor", 200), ("akimat_signer", 200)]
)
def test_who_may_not_acknowledge(client, scene, given, late, name, status):
    answer = acknowledge(client, scene.people[name], late)

    late.refresh_from_db()
    assert (answer.status_code, late.waits) == (status, True)


@pytest.mark.parametrize("number", ["", "0", "x", "-1", "9" * 30, "²"])
def test_an_escalation_that_is_none(client, scene, given, late, number):
    client.force_login(scene.office)

    assert client.post(ESCALATIONS, {"escalation": number}).status_code == 404


@pytest.mark.parametrize("query", [{"show": "9"}, {"show": "x"}, {"cursor": "x"}, {"show": "²"}])
def test_an_address_that_is_wrong_says_so(client, scene, given, late, query):
    assert page(client, scene.office, ESCALATIONS, **query).status_code == 400


def test_escalations_cost_few_queries_however_many_rows(client, scene, late, at):
    def cost():
        page(client, scene.leadership, ESCALATIONS)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(ESCALATIONS).status_code == 200
        return len(queries)

    before = cost()
    at("2026-02-12 10:00")
    for number in range(5):
        controlled(scene, DUE, text_kk=f"Тағы {number} тапсырма")
    at("2026-03-05 09:00")
    remind()
    assert Escalation.objects.open().count() == 18

    assert cost() == before <= 12


# --- the card and the board -----------------------------------------------------------------------


def test_the_card_shows_whom_it_reminds_and_when(client, scene, given):
    answer = page(client, scene.office, f"/kk/control/{given.public_id}/")

    days = [(day.day, day.is_planned) for day in answer.context["reminded"]]
    assert days[0] == (date(2026, 2, 13), True) and len(days) == 6
    assert not page(client, scene.stranger, f"/kk/control/{given.public_id}/").context.get("reminded")


def test_a_job_that_missed_its_slot_is_an_alarm_on_the_board(client, scene, at):
    remind()
    make_occurrences()
    JobRunFactory(job="clear_sessions", finished_at=timezone.now())
    assert heartbeat.late(timezone.now()) == []
    assert page(client, scene.leadership, BOARD).context["late_jobs"] == []

    at("2026-02-13 12:30")
    missed = page(client, scene.leadership, BOARD)

    assert len(missed.context["late_jobs"]) == 5
    assert "12.02.2026" in missed.content.decode()
    assert page(client, scene.executor, BOARD).context["late_jobs"] == []
    remind()
    assert len(page(client, scene.office, BOARD).context["late_jobs"]) == 2


def test_a_job_that_never_ran_is_late_but_not_on_the_first_day(office):
    began = Era.objects.get().since
    assert heartbeat.late(began + timedelta(hours=2)) == []
    assert len(heartbeat.late(began + timedelta(days=2))) == len(heartbeat.JOBS)
