"""One verb for several rows: first what would happen, then what happened, each row in a transaction of its own."""

import re

import pytest
from django.test import Client

from tasks.models import Instruction
from tests.factories import ready_instruction
from tests.pages.board import BOARD, BULK, NOW, asked, given, proposed, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at(time_machine):
    time_machine.move_to(NOW, tick=True)


@pytest.fixture
def send(client):
    def post(user, verb, *rows, **facts):
        client.force_login(user)
        return client.post(BULK, {"verb": verb, "row": [row.public_id for row in rows], **facts})

    return post


def outcomes(response):
    """By public id: possible or done, or why not."""
    return {one.row.public_id: one.why or one.done for one in response.context["outcomes"]}


def states(*rows):
    return [Instruction.objects.get(pk=row.pk).state for row in rows]


def test_a_preview_tells_each_row_apart_and_changes_nothing(send, office):
    complete, bare, closed = (
        ready_instruction(),
        told("bare", "registered", due=None),
        told("closed", "executed"),
    )
    bare.executors.all().delete()

    answer = send(office, "put_on_control", complete, bare, closed)

    found = outcomes(answer)
    assert answer.status_code == 200 and found[complete.public_id] is True
    assert found[bare.public_id] is not True and found[closed.public_id] is not True
    assert states(complete, bare, closed) == ["registered", "registered", "executed"]
    form = answer.content.decode().split('name="confirmed"')[1]
    assert complete.public_id in form and bare.public_id not in form.split("</form>")[0]


def test_then_each_row_is_done_by_itself(send, office):
    complete, closed = ready_instruction(), told("closed", "executed")

    answer = send(office, "put_on_control", complete, closed, confirmed=1)

    assert outcomes(answer)[complete.public_id] is True and outcomes(answer)[closed.public_id] is not True
    assert states(complete, closed) == ["on_control", "executed"]
    again = send(office, "put_on_control", complete, confirmed=1)
    assert outcomes(again)[complete.public_id] is not True


def test_what_a_verb_needs_is_asked_on_the_preview(send, office):
    one = ready_instruction()

    assert 'name="reason"' in send(office, "cancel", one).content.decode()
    nothing = send(office, "cancel", one, confirmed=1, reason=" ")
    assert nothing.status_code == 400 and states(one) == ["registered"]
    assert outcomes(send(office, "cancel", one, confirmed=1, reason="Екі рет берілді"))[one.public_id] is True
    assert states(one) == ["cancelled"]


def test_a_controller_is_named_for_many(send, office, second_office):
    rows = [ready_instruction() for _ in range(3)]

    assert all(value is True for value in outcomes(send(office, "set_controller", *rows)).values())
    answer = send(office, "set_controller", *rows, confirmed=1, controller=second_office.pk)

    assert all(value is True for value in outcomes(answer).values())
    assert Instruction.objects.filter(controller=second_office).count() == 3


def test_leadership_removes_and_grants(send, office, leadership, executor):
    removed, granted = proposed(office, leadership, executor), asked(office, leadership, executor)

    assert outcomes(send(leadership, "accept", removed, granted))[granted.public_id] is not True
    send(leadership, "accept", removed, confirmed=1)
    send(leadership, "grant", granted, confirmed=1)

    assert states(removed, granted) == ["executed", "in_execution"]
    assert str(Instruction.objects.get(pk=granted.pk).due) == "2026-04-01"


def test_of_the_other_side_each_row_is_refused(send, office, leadership, executor):
    removed, ready = proposed(office, leadership, executor), ready_instruction()

    for user, verb, row in ((office, "accept", removed), (leadership, "put_on_control", ready)):
        assert outcomes(send(user, verb, row, confirmed=1))[row.public_id] is not True
    assert states(removed, ready) == ["reported", "registered"]


@pytest.mark.parametrize("persona", ["auditor", "executor", "investor"])
def test_others_have_no_such_page_and_no_boxes(client, request, persona, office, leadership, mic):
    given(office, leadership, mic)
    client.force_login(request.getfixturevalue(persona))

    assert client.post(BULK, {"verb": "cancel", "row": "ALT-I-0001"}).status_code == 403
    assert 'type="checkbox"' not in client.get(BOARD).content.decode()


@pytest.mark.parametrize(("verb", "rows"), [("", 1), ("nonsense", 1), ("cancel", 0), ("cancel", 2)])
def test_a_choice_that_is_none_is_said(client, office, verb, rows):
    told("a")
    client.force_login(office)

    answer = client.post(BULK, {"verb": verb, "row": ["ALT-I-9\x00", "ALT-I-none"][:rows]})

    assert answer.status_code == 400 and "empty-title" in answer.content.decode()
    assert client.get(BULK)["Location"] == BOARD


def test_a_form_of_elsewhere_does_nothing(office):
    one, client = ready_instruction(), Client(enforce_csrf_checks=True)
    client.force_login(office)
    fields = {"verb": "put_on_control", "row": one.public_id, "confirmed": 1}

    assert client.post(BULK, fields).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get(BOARD).content.decode())[1]
    assert client.post(BULK, {**fields, "csrfmiddlewaretoken": token}).status_code == 200
    assert states(one) == ["on_control"]


def test_a_hundred_at_once_and_no_more(send, office):
    rows = [told(f"{number}", "executed") for number in range(101)]

    answer = send(office, "cancel", *rows)

    assert len(outcomes(answer)) == 100 and "100" in answer.content.decode()
