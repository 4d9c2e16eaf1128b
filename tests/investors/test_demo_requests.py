"""Invented requests: in the states that a request comes to, marked, and taken out whole."""

from datetime import date

import pytest

from investors.demo_requests import load_requests, remove_requests
from investors.models import Message, Request, RequestHold
from investors.services.requests import Written, reply
from tests.factories import MessageFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 16)


def test_they_are_told_once_marked_and_taken_out_whole(office, investor, at_commit):
    real = MessageFactory()
    people = {"office": office, "investor": investor}

    assert (load_requests(people, TODAY), load_requests(people, TODAY)) == (5, 0)
    at_commit()
    rows = Request.objects.filter(is_demo=True)
    assert {(row.state, row.holder) for row in rows} == {
        *(("open", "office"), ("open", "investor"), ("answered", "investor"), ("closed", "")),
    }
    assert rows.late(TODAY).count() == 1
    assert all(row.organisation == investor.organisation for row in rows)
    for row in rows:  # it goes on as a real one would
        now = row.holds.filter(during__upper_inf=True).values_list("holder", flat=True)
        assert list(now) == ([row.holder] if row.holder else [])
    reply(rows.get(state="open", holder="investor"), Written("Міне"), by=investor)

    assert remove_requests() == 5
    at_commit()
    assert list(Message.objects.all()) == [real]
    assert RequestHold.objects.count() == 1 and remove_requests() == 0
