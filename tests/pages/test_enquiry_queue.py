"""The queue of enquiries: the oldest promise first, counters that are filters, the pace, the menu, what it costs."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from investors import services
from tests.factories import (
    DistrictFactory,
    EnquiryFactory,
    InvestorFactory,
    OrganisationFactory,
    UserFactory,
    enter_enquiry,
)
from tests.pages.test_enquiry_desk import ANSWER, NOW, QUEUE, page_of
from tests.personas import EVERYBODY, reader

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at(time_machine):
    time_machine.move_to(NOW, tick=True)


@pytest.fixture
def enquiry(db):
    return EnquiryFactory(promised_on=date(2026, 12, 4))


def names(response):
    return [row.organisation_name for row in response.context["enquiries"]]


def counters(response):
    return {one.href.partition("show=")[2]: one.number for one in response.context["counters"]}


def test_the_oldest_promise_comes_first_with_its_clock(client, office):
    for name, promised in (("left", 4), ("late", 27), ("today", 1)):
        month = 11 if promised == 27 else 12
        EnquiryFactory(organisation_name=name, promised_on=date(2026, month, promised))
    enter_enquiry(EnquiryFactory(organisation_name="over", promised_on=date(2026, 11, 2)), "closed")
    client.force_login(office)

    answer = client.get(QUEUE)

    assert names(answer) == ["late", "today", "left"]
    assert [(row.clock.kind, row.clock.days) for row in answer.context["enquiries"]] == [
        ("overdue", 2), ("today", 0), ("left", 3),
    ]  # fmt: skip
    said = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", answer.content.decode()))
    assert "2 working days late" in said and "3 working days left" in said and "answer today" in said


def test_counters_are_filters(client, office, second_office):
    mine = services.take_enquiry(EnquiryFactory(promised_on=date(2026, 12, 9)), by=office)
    services.take_enquiry(EnquiryFactory(promised_on=date(2026, 11, 27)), by=second_office)
    soon = EnquiryFactory(promised_on=date(2026, 12, 2))
    done = enter_enquiry(EnquiryFactory(), "answered")
    enter_enquiry(EnquiryFactory(), "spam")
    client.force_login(office)

    numbers = counters(client.get(QUEUE))

    assert numbers == {"waiting": 3, "overdue": 1, "soon": 1, "untaken": 1, "mine": 1, "answered": 1}
    for show, number in numbers.items():
        assert len(names(client.get(QUEUE, {"show": show}))) == number, show
    assert names(client.get(QUEUE, {"show": "mine"})) == [mine.organisation_name]
    assert names(client.get(QUEUE, {"show": "untaken"})) == [soon.organisation_name]
    assert names(client.get(QUEUE, {"state": "answered"})) == [done.organisation_name]
    assert "mine" not in counters(_as(client, "leadership").get(QUEUE))


def _as(client, role):
    client.force_login(UserFactory(role=role))
    return client


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "жибек"}, ["Жібек жолы"]),
        ({"q": "mei@silk.example.org"}, ["Жібек жолы"]),
        ({"q": "491240900016"}, ["Жібек жолы"]),
        ({"district": "gate"}, ["Жібек жолы"]),
        ({"district": "green"}, []),
        ({"q": "nobody"}, []),
    ],
)
def test_it_is_searched_and_filtered(client, office, query, found):
    EnquiryFactory(
        organisation_name="Жібек жолы",
        email="mei@silk.example.org",
        bin="491240900016",
        district=DistrictFactory(code="gate"),
    )
    EnquiryFactory(organisation_name="Other", email="x@other.example.org", domain="other.example.org")
    client.force_login(office)

    assert names(client.get(QUEUE, query)) == found


def test_the_pace_is_told_in_counts(client, office):
    for _number in range(2):
        services.answer_enquiry(EnquiryFactory(promised_on=date(2026, 12, 4)), by=office, text=ANSWER)
    EnquiryFactory(promised_on=date(2026, 11, 27))
    services.answer_enquiry(EnquiryFactory(is_demo=True), by=office, text=ANSWER)
    client.force_login(office)

    pace = client.get(QUEUE).context["pace"]

    assert (pace.answered, pace.median, pace.due, pace.in_time) == (2, 0, 3, 2)


def test_without_any_enquiry_there_is_no_pace(client, office):
    client.force_login(office)

    assert client.get(QUEUE).context["pace"] is None


@pytest.mark.parametrize("name", EVERYBODY)
def test_the_menu_leads_there_and_says_how_many_wait(client, request, enquiry, name):
    if name in {"anonymous", "client_of_investor"}:
        return
    client.force_login(reader(name, request))
    html = client.get("/en/").content.decode()

    assert (QUEUE in html) == (name in {"office", "leadership", "auditor"})


def test_the_count_stands_in_the_menu(client, office, enquiry):
    client.force_login(office)

    entry = re.search(rf'<a href="{QUEUE}"[^>]*>Enquiries.*?</a>', client.get(QUEUE).content.decode())[0]
    assert '<span class="count">1</span>' in entry


def cost(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_lists_and_pages_cost_a_few_queries(client, office):
    enquiry = EnquiryFactory(bin="491240900016", district=DistrictFactory())
    client.force_login(office)
    client.get(QUEUE)
    before = cost(client, QUEUE), cost(client, page_of(enquiry))

    for _number in range(4):
        other = EnquiryFactory(organisation_name=enquiry.organisation_name, district=enquiry.district)
        services.take_enquiry(other, by=office)
        InvestorFactory(organisation=OrganisationFactory(name_en=enquiry.organisation_name))
        services.answer_enquiry(enquiry, by=office, text=f"Answer {_number}")

    after = cost(client, QUEUE), cost(client, page_of(enquiry))
    assert before == after
    assert after[0] <= 8 and after[1] <= 13
