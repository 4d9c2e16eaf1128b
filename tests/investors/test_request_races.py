"""Two at once in a request: one form is one message, and two who answer upon one state do not both get through."""

from itertools import pairwise
from uuid import uuid4

import pytest
from django.db import transaction

from core.exceptions import WrittenOver
from investors.models import Message, Request, RequestHold
from investors.services.requests import Written, ask, close_request, reply
from tests.factories import RequestFactory
from tests.tasks.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_form_that_comes_twice_at_once_asks_once(investor, caspian_group):
    said = Written("Сұрақ", client_uuid=uuid4())

    told = at_once(*[lambda: ask(caspian_group, said, by=investor, title="Т")] * 2)

    assert told is None
    assert (Request.objects.count(), Message.objects.count()) == (1, 1)


def test_two_answers_at_once_upon_one_state(investor, office, second_office):
    row = RequestFactory(organisation=investor.organisation)

    told = at_once(
        lambda: reply(row, Written("Бірінші"), by=office, expected=row.version),
        lambda: reply(row, Written("Екінші"), by=second_office, expected=row.version),
    )

    assert isinstance(told, WrittenOver)
    assert Message.objects.get().text == "Бірінші"


def test_an_answer_and_a_closing_at_once_leave_one_truth(investor, office):
    row = RequestFactory(organisation=investor.organisation)

    told = at_once(
        lambda: reply(row, Written("Жауап"), by=office),
        lambda: close_request(row, Written("Керек емес"), by=investor),
    )

    row.refresh_from_db()
    assert told is None
    assert (row.state, row.holder) == ("closed", "")
    assert not RequestHold.objects.filter(during__upper_inf=True).exists()
    spans = list(RequestHold.objects.order_by("during").values_list("during", flat=True))
    assert all(one.upper <= other.lower for one, other in pairwise(spans))


def test_each_passing_of_the_ball_is_an_interval(investor, office):
    row = RequestFactory(organisation=investor.organisation)
    for by in (office, investor, office):
        with transaction.atomic():
            reply(row, Written("Сөз"), by=by)

    holds = list(row.holds.order_by("during"))
    assert [hold.holder for hold in holds] == ["office", "investor", "office", "investor"]
    for one, other in pairwise(holds):
        assert one.during.upper == other.during.lower
