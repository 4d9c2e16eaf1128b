"""Decisions wanted: whose they are, one tap to grant, reasons for the rest, and what is too late."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from psycopg.types.range import DateRange

from tasks import services
from tasks.models import Extension, Instruction
from tasks.policies import Desk
from tests.factories import OrganisationFactory, SubstitutionFactory, UserFactory
from tests.pages.board import DECISIONS, NOW, asked, proposed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at(time_machine):
    time_machine.move_to(NOW, tick=True)


@pytest.fixture
def shown(client):
    """The texts of the cards that this person sees."""

    def texts(user):
        client.force_login(user)
        response = client.get(DECISIONS)
        assert response.status_code == 200
        return [str(row.text.kk) for row in response.context["rows"]]

    return texts


@pytest.fixture
def decide(client):
    def post(user, verb, instruction, **facts):
        client.force_login(user)
        named = {f"{instruction.public_id}-{verb}-{name}": value for name, value in facts.items()}
        return client.post(
            DECISIONS, {"verb": verb, "instruction": instruction.public_id, **named}, follow=True
        )

    return post


def test_the_overdue_first_then_what_waits_longest(shown, office, leadership, executor, time_machine):
    asked(office, leadership, executor, text="first")
    asked(office, leadership, executor, text="late", due=date(2026, 2, 10))
    proposed(office, leadership, executor, text="last")
    assert len(shown(leadership)) == 3

    time_machine.move_to("2026-02-12T10:00:00+05:00", tick=True)

    assert shown(leadership)[0] == "late"


def test_who_sees_what_waits_and_who_decides(client, shown, office, auditor, leadership, executor, investor):
    asked(office, leadership, executor, text="asked")

    for user, sees, decides in (
        (leadership, ["asked"], True),
        (office, ["asked"], False),
        (auditor, ["asked"], False),
        (executor, [], False),
        (investor, [], False),
    ):
        assert shown(user) == sees
        assert ('value="grant"' in client.get(DECISIONS).content.decode()) == decides


def test_a_substitute_decides_for_whom_he_acts(shown, decide, office, leadership, executor, second_office):
    instruction = asked(office, leadership, executor, text="asked")
    deputy = UserFactory(username="deputy", role="executor", organisation=OrganisationFactory(code="deputy"))
    assert shown(deputy) == []
    today = timezone.localdate()
    SubstitutionFactory(
        person=leadership, substitute=deputy, during=DateRange(today, today + timedelta(days=5))
    )

    assert shown(deputy) == ["asked"]
    decide(deputy, "grant", instruction)

    extension = Extension.objects.get(instruction=instruction)
    assert (extension.state, extension.decided_by, extension.decided_for) == ("granted", deputy, leadership)


def test_the_list_and_the_policy_agree(office, leadership, executor, akimat_signer, akimat_preparer, auditor):
    asked(office, leadership, executor)
    part = asked(office, akimat_signer, executor)
    nobodys = asked(office, UserFactory(role="auditor", organisation=OrganisationFactory()), executor)
    assert {part.issuer, nobodys.issuer}

    for user in (office, leadership, executor, akimat_signer, akimat_preparer, auditor):
        listed = set(Instruction.objects.awaiting_decision().decided_by(user))
        desk = Desk(user)
        assert listed == {one for one in Instruction.objects.all() if desk.may("grant", one)}, user


def test_one_tap_grants_what_was_asked_and_the_way_back_is_offered(decide, office, leadership, executor):
    instruction = asked(office, leadership, executor)

    answer = decide(leadership, "grant", instruction)

    instruction.refresh_from_db()
    assert (instruction.due, answer.redirect_chain[0][0]) == (date(2026, 4, 1), DECISIONS)
    assert f'href="/kk/control/{instruction.public_id}/correct/"' in answer.content.decode()


def test_another_date_is_granted(decide, office, leadership, executor):
    instruction = asked(office, leadership, executor)

    decide(leadership, "grant", instruction, due="2026-03-20")

    instruction.refresh_from_db()
    assert instruction.due == date(2026, 3, 20)


@pytest.mark.parametrize(
    ("verb", "facts", "kept"),
    [
        ("grant", {"due": "2026-02-20"}, 'value="2026-02-20"'),
        ("grant", {"due": "soon"}, 'value="soon"'),
        ("refuse", {"reason": "  "}, "errorlist"),
    ],
)
def test_what_is_refused_stands_at_its_card_with_what_was_typed(
    decide, office, leadership, executor, verb, facts, kept
):
    instruction = asked(office, leadership, executor)

    answer = decide(leadership, verb, instruction, **facts)

    html = answer.content.decode()
    assert (
        answer.status_code == 400
        and kept in html
        and "<details open" in html.replace(' class="unfold-inline"', "")
    )
    assert Extension.objects.get(instruction=instruction).state == "requested"


def test_a_refusal_says_why(decide, office, leadership, executor):
    instruction = asked(office, leadership, executor)

    decide(leadership, "refuse", instruction, reason="Мерзім жеткілікті")

    extension = Extension.objects.get(instruction=instruction)
    assert (extension.state, extension.refusal_reason) == ("refused", "Мерзім жеткілікті")


def test_a_removal_is_accepted_or_returned(decide, office, leadership, executor):
    closed, back = proposed(office, leadership, executor), proposed(office, leadership, executor)

    decide(leadership, "accept", closed)
    decide(leadership, "return", back, note="Актіні қосыңыз")

    assert Instruction.objects.get(pk=closed.pk).state == "executed"
    assert Instruction.objects.get(pk=back.pk).state == "returned"


def test_who_comes_second_is_told(decide, office, leadership, executor):
    instruction = asked(office, leadership, executor)
    services.refuse(Extension.objects.get(), by=leadership, reason="Жоқ")

    answer = decide(leadership, "grant", instruction)

    assert "note-bad" in answer.content.decode() and Extension.objects.get().state == "refused"


@pytest.mark.parametrize("persona", ["office", "auditor", "executor"])
def test_nobody_else_decides(decide, request, office, leadership, executor, persona):
    instruction = asked(office, leadership, executor)

    answer = decide(request.getfixturevalue(persona), "grant", instruction)

    assert "note-bad" in answer.content.decode() and Extension.objects.get().state == "requested"


def test_of_what_does_not_concern_him_he_learns_nothing(decide, office, leadership, executor, investor):
    instruction = asked(office, leadership, executor)

    assert decide(investor, "grant", instruction).status_code == 404


def test_a_form_of_elsewhere_does_nothing(office, leadership, executor):
    instruction, client = asked(office, leadership, executor), Client(enforce_csrf_checks=True)
    client.force_login(leadership)

    assert client.post(DECISIONS, {"verb": "grant", "instruction": instruction.public_id}).status_code == 403


def test_the_menu_counts_them_for_leadership(client, office, leadership, executor):
    asked(office, leadership, executor)
    for user, counted in ((leadership, True), (office, False)):
        client.force_login(user)
        assert ('class="count">1' in client.get("/kk/projects/").content.decode()) == counted


def test_it_costs_few_queries_however_many_wait(client, office, leadership, executor):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(DECISIONS).status_code == 200
        return len(queries)

    client.force_login(leadership)
    for _ in range(2):
        asked(office, leadership, executor), proposed(office, leadership, executor)
    before = cost()
    for _ in range(4):
        asked(office, leadership, executor), proposed(office, leadership, executor)

    assert cost() == before <= 10
