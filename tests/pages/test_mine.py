"""What I owe, by date, returned first, each with its next step; for the office, what waits for it."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tasks import services
from tests.factories import ready_instruction
from tests.pages.board import MINE, NOW, asked, counters, given, proposed, texts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at(time_machine):
    time_machine.move_to(NOW, tick=True)


def page(client, user, **query):
    client.force_login(user)
    response = client.get(MINE, query)
    assert response.status_code == 200
    return response


def numbers(response):
    return {href.partition("show=")[2]: number for href, number in counters(response)}


def steps(response):
    """By text: the verbs that its row offers, in their order."""
    return {
        str(row.text.kk): [re.search(r"/([a-z_]+)/$", step.href)[1] for step in row.steps]
        for row in response.context["instructions"]
    }


def test_an_executor_owes_by_date_what_was_returned_first(
    client, office, leadership, executor, akimat, akimat_preparer
):
    lead, by = executor.organisation, {"by": executor}
    given(office, leadership, lead, text="new", due=date(2026, 2, 10))
    accepted = given(office, leadership, lead, text="accepted", due=date(2026, 2, 11))
    services.accept_assignment(accepted, **by)
    started = given(office, leadership, lead, text="started", due=date(2026, 2, 12))
    services.start(started, **by)
    returned = given(office, leadership, lead, text="returned", due=date(2026, 3, 1))
    services.start(returned, **by)
    services.report(returned, **by, kind="final", text="Дайын")
    services.return_report(returned, by=office, note="Жоқ")
    co = given(office, leadership, akimat, text="co", due=date(2026, 2, 20), co=[lead])
    services.accept_assignment(co, **by)
    asked(office, leadership, executor, text="asked", due=date(2026, 2, 21))
    proposed(office, leadership, executor, text="reported", due=date(2026, 2, 22))
    given(office, leadership, akimat, text="not mine")

    found = page(client, executor)

    assert texts(found) == ["returned", "new", "accepted", "started", "co", "asked", "reported"]
    assert steps(found) == {
        "returned": ["report", "request_extension"],
        "new": ["accept_assignment", "refuse_assignment", "start", "request_extension"],
        "accepted": ["start", "request_extension"],
        "started": ["report", "request_extension"],
        "co": ["contribute"],
        "asked": ["report"],
        "reported": [],
    }
    assert numbers(found) == {
        "returned": 1, "new": 1, "start": 2, "report": 2, "contribution": 1, "others": 2,
    }  # fmt: skip
    for code, number in numbers(found).items():
        assert len(texts(page(client, executor, show=code))) == number


def test_a_contribution_is_owed_once(client, office, leadership, akimat, executor, akimat_preparer):
    one = given(office, leadership, executor.organisation, text="one", co=[akimat])
    assert numbers(page(client, akimat_preparer))["contribution"] == 1

    services.contribute(one, by=akimat_preparer, text="Жер бөлінді")

    assert numbers(page(client, akimat_preparer))["contribution"] == 0


def test_an_investor_has_his_own(client, office, leadership, investor, executor):
    given(office, leadership, investor.organisation, text="theirs")
    given(office, leadership, executor.organisation, text="not theirs")

    assert texts(page(client, investor)) == ["theirs"]
    assert 'href="/kk/control/mine/"' in client.get("/kk/projects/").content.decode()


def test_who_owes_nothing_is_told_so(client, investor, office):
    for user in (investor, office):
        assert 'class="empty"' in page(client, user).content.decode()
    client.force_login(investor)
    assert "/kk/control/" not in client.get("/kk/projects/").content.decode()


def test_the_office_sees_what_waits_for_it(client, office, second_office, leadership, executor):
    ready_instruction(text_kk="to put on control")
    refused = given(office, leadership, executor.organisation, text="refused")
    services.refuse_assignment(refused, by=executor, reason="Басқаның ісі")
    check = given(office, leadership, executor.organisation, text="to check")
    services.start(check, by=executor)
    services.report(check, by=executor, kind="final", text="Дайын")
    interim = given(office, leadership, executor.organisation, text="interim")
    services.report(interim, by=executor, kind="interim", text="Жартысы")
    asked(office, leadership, executor, text="asked")
    given(office, leadership, executor.organisation, text="not waiting")

    found = page(client, office)

    assert numbers(found) == {"check": 1, "refused": 1, "interim": 1, "asked": 1, "register": 1}
    assert {text: verbs[0] for text, verbs in steps(found).items()} == {
        "to put on control": "put_on_control",
        "refused": "reassign",
        "to check": "propose_removal",
        "interim": "accept",
        "asked": "take_up",
    }
    assert texts(page(client, second_office)) == ["to put on control"]  # the rest has its controller


@pytest.mark.parametrize("query", ["show=nothing", "cursor=nonsense"])
def test_a_wrong_address_is_said(client, executor, query):
    client.force_login(executor)

    answer = client.get(f"{MINE}?{query}")

    assert answer.status_code == 400 and 'role="alert"' in answer.content.decode()


def test_pages_hold_every_row_once(client, office, leadership, executor):
    for number in range(27):
        given(office, leadership, executor.organisation, text=f"{number}")
    first = page(client, executor)

    rest = client.get(MINE, {"cursor": first.context["page"].next})

    assert len({*texts(first), *texts(rest)}) == 27


@pytest.mark.parametrize("persona", ["office", "executor"])
def test_it_costs_few_queries_however_many_rows(
    client, request, office, leadership, executor, akimat, persona
):
    def fill():
        for _ in range(3):
            given(office, leadership, executor.organisation, co=[akimat])
            asked(office, leadership, executor)
            ready_instruction(lead=executor.organisation)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(MINE).status_code == 200
        return len(queries)

    fill()
    client.force_login(request.getfixturevalue(persona))
    before = cost()
    fill()

    assert cost() == before <= 10
