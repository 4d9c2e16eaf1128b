"""The board of control: who sees what, filters, counters, order, addresses, and what it costs."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tasks import services
from tasks.models import Instruction
from tests.factories import ExecutorFactory, OrganisationFactory, decided_extension
from tests.pages.board import BOARD, DUE, NOW, also, asked, counters, given, proposed, texts, told
from tests.personas import reader

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at(time_machine):
    time_machine.move_to(NOW, tick=True)


@pytest.fixture
def seen(client):
    def names(user, **query):
        client.force_login(user)
        response = client.get(BOARD, query)
        assert response.status_code == 200, response.content.decode()[:2000]
        return texts(response)

    return names


@pytest.mark.parametrize("page", ["", "mine/", "decisions/", "bulk/"])
def test_a_visitor_is_asked_to_sign_in(client, page):
    answer = client.get(f"{BOARD}{page}")

    assert answer.status_code == 302 and answer["Location"].startswith(
        "/kk/accounts/login/?next=/kk/control/"
    )


@pytest.mark.parametrize(
    ("persona", "sees"),
    [
        ("office", {"mine", "theirs", "public"}),
        ("leadership", {"mine", "theirs", "public"}),
        ("auditor", {"mine", "theirs", "public"}),
        ("executor", {"mine"}),
        ("investor", {"theirs"}),
        ("stranger", set()),
    ],
)
def test_each_sees_what_concerns_him(seen, request, mic, caspian_group, persona, sees):
    """What is public has a page for everybody; its inner life is not of the board of whom it does not concern."""
    told("mine", lead=mic)
    also(told("theirs"), caspian_group)
    told("public", visibility="public")

    assert set(seen(reader(persona, request))) == sees


def test_who_was_released_sees_it_no_more(seen, office, leadership, executor, akimat):
    instruction = given(office, leadership, executor.organisation, text="мост")
    services.reassign(instruction, by=office, lead=akimat, reason="Басқа құзырет")

    assert seen(executor) == [] and seen(office, executor="mic") == []
    assert seen(office, lead="akimat_almaty_region") == ["мост"]


def test_each_counter_leads_to_as_many_rows(client, seen, office, leadership, executor):
    for place, state in enumerate(
        ("registered", "on_control", "in_execution", "reported", "returned", "executed")
    ):
        for due in (date(2026, 2, 2), date(2026, 2, 3), date(2026, 2, 17), date(2026, 2, 18), DUE):
            told(f"{state} {due} {place}", state, due=due)
    told("no term", "registered", due=None)
    asked(office, leadership, executor, text="asked")
    refused = given(office, leadership, executor.organisation, text="refused")
    services.refuse_assignment(refused, by=executor, reason="Басқаның ісі")
    client.force_login(office)

    found = counters(client.get(BOARD))

    numbers = [number for _href, number in found]
    assert numbers == [3, 6, 8, 5, 1, 5, 1, 1]
    for href, number in found:
        answer = client.get(href)
        assert len(texts(answer)) == number
        assert (BOARD, number) in counters(answer)  # pressed again, it lets go
    assert seen(office, attention="refused") == ["refused"] and seen(office, attention="extension") == [
        "asked"
    ]
    assert set(seen(office, attention="soon")) == {
        f"{state} {due} {place}"
        for place, state in ((1, "on_control"), (2, "in_execution"), (4, "returned"))
        for due in ("2026-02-03", "2026-02-17")
    }


def test_counters_are_of_the_list_with_its_other_filters(client, office, mic, akimat):
    told("a", lead=mic, due=date(2026, 2, 2))
    told("b", lead=akimat, due=date(2026, 2, 2))
    client.force_login(office)

    href, number = counters(client.get(BOARD, {"lead": "mic"}))[0]

    assert (number, href) == (1, f"{BOARD}?attention=overdue&lead=mic")
    assert texts(client.get(href)) == ["a"]


def test_each_filter(seen, office, leadership, executor, akimat):
    decided_extension(instruction=told("extended", "on_control"))
    told("returned", "returned")
    proposed(office, leadership, executor, text="held")
    ExecutorFactory(instruction=told("co", "on_control", is_demo=True), organisation=akimat)

    assert seen(office, state="returned") == ["returned"] == seen(office, returned_min=1)
    assert seen(office, extended_min=1) == ["extended"] and seen(office, extended_min=2) == []
    assert seen(office, holder="issuer") == ["held"] == seen(office, issuer="deputy_prime_minister")
    assert seen(office, lead="mic") == ["held"] == seen(office, executor="mic")
    assert seen(office, executor="akimat_almaty_region") == ["co"] == seen(office, demo="true")
    assert seen(office, lead="akimat_almaty_region") == []
    assert seen(office, due_from="2026-03-31") == ["extended"] and len(seen(office, due_to="2026-03-30")) == 3
    assert seen(office, stalled_days=1) == []


def test_what_has_not_moved_for_days(seen, office, leadership, executor, time_machine):
    """The instants are the database's own: the day of the reader is moved instead."""
    given(office, leadership, executor.organisation, text="quiet")
    told("closed", "executed")
    time_machine.move_to(timezone.now() + timedelta(days=400))
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        today = cursor.fetchone()[0]
    time_machine.move_to(today + timedelta(days=5))

    assert seen(office, stalled_days=4) == ["quiet"] and seen(office, stalled_days=6) == []


def test_search_forgives_kazakh_letters_and_knows_numbers(seen, office):
    told("Жол құрылысын жеделдету", number="12-3/7")
    told("Басқа")

    assert seen(office, q="курылыс") == ["Жол құрылысын жеделдету"] == seen(office, q="12-3/7")


def test_each_order(seen, office, leadership, executor):
    told("late", "in_execution", due=date(2026, 1, 5))
    told("none", "registered", due=None)
    told("early", "registered", due=date(2025, 12, 5))

    assert seen(office, ordering="due") == ["early", "late", "none"]
    assert seen(office, ordering="-due") == ["none", "late", "early"]
    assert seen(office, ordering="state")[-1] == "late" and seen(office, ordering="-state")[0] == "late"
    for ordering in ("held_since", "-held_since", "updated_at", "issued_on", "-issued_on"):
        assert len(seen(office, ordering=ordering)) == 3


@pytest.mark.parametrize("ordering", ["", "due", "-held_since", "state"])
def test_pages_hold_every_row_once(client, office, ordering):
    for number in range(53):
        told(f"Тапсырма {number}", ["on_control", "executed", "registered"][number % 3])
    client.force_login(office)
    address, found = f"{BOARD}?ordering={ordering}" if ordering else BOARD, []
    while address:
        page = client.get(address)
        found += texts(page)
        address = page.context["listing"].next

    assert len(found) == 53 == len(set(found))


@pytest.mark.parametrize(
    "query",
    ["attention=all", "state=overdue", "holder=me", "extended_min=0", "stalled_days=x", "returned_min=٣", "demo=1",
     "ordering=money", "due_from=tomorrow", "cursor=nonsense", "state=returned&state=reported"],
)  # fmt: skip
def test_a_wrong_address_is_refused_in_words(client, office, query):
    told("a")
    client.force_login(office)

    answer = client.get(f"{BOARD}?{query}")

    assert answer.status_code == 400 and 'role="alert"' in answer.content.decode()


def test_the_inner_life_is_found_by_nobody_else(api, office, leadership, executor):
    """The filters are the API's too, where everybody reads what is public."""
    instruction = asked(office, leadership, executor, text="public")
    Instruction.objects.filter(pk=instruction.pk).update(visibility="public")

    for query in ({"holder": "issuer"}, {"attention": "extension"}, {"stalled_days": 1}):
        rows = api().get("/api/v1/instructions/", query).json()["results"]
        assert rows == []
    assert len(api(executor).get("/api/v1/instructions/", {"attention": "extension"}).json()["results"]) == 1
    assert api().get("/api/v1/instructions/", {"ordering": "held_since"}).status_code == 200


@pytest.mark.parametrize("persona", ["office", "leadership", "executor", "investor"])
def test_it_costs_few_queries_however_many_rows(
    client, request, office, leadership, executor, investor, persona
):
    def fill():
        for number in range(6):
            one = asked(office, leadership, executor, text=f"{number}", co=[investor.organisation])
            assert one.pk
            proposed(office, leadership, executor, text=f"r{number}", co=[OrganisationFactory()])

    fill()
    user = request.getfixturevalue(persona)
    client.force_login(user)
    before = cost(client)
    fill()

    assert cost(client) == before <= 10


def cost(client):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(BOARD).status_code == 200
    return len(queries)


def test_a_row_says_all(client, office, leadership, executor, akimat):
    instruction = given(
        office, leadership, executor.organisation, co=[akimat], is_demo=True, due=date(2026, 2, 2)
    )
    client.force_login(office)

    html = client.get(f"/en/control/?q={instruction.public_id}").content.decode()

    for words in (
        instruction.public_id,
        "Overdue",
        "1 calendar day",
        "On control",
        "invented, for trying out",
    ):
        assert words in html
    assert "Put on control" in html and 'form="bulk"' in html


def test_the_register_as_it_stood(client, office, leadership, executor, time_machine):
    told("now")
    client.force_login(office)

    answer = client.get(BOARD, {"as_of": "2026-02-01"})
    client.force_login(executor)

    assert answer.status_code == 200 and texts(answer) == [] and 'id="bulk"' not in answer.content.decode()
    assert client.get(BOARD, {"as_of": "2026-02-01"}).status_code == 403


def test_a_view_of_it_can_be_saved(client, office):
    client.force_login(office)

    saved = client.post("/kk/accounts/views/", {"name": "Өткен", "path": BOARD, "query": "attention=overdue"})

    assert saved["Location"] == f"{BOARD}?attention=overdue"
    assert "Өткен" in client.get(f"{BOARD}?attention=overdue").content.decode()
