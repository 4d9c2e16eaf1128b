"""The office answers enquiries in the browser: the queue, one of them, each verb, and who may what."""

import re
from datetime import date, datetime
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from core.models import AccessLog, Outbox
from investors import services
from investors.models import Contact, Enquiry, EnquiryReply, Investor
from tests.factories import (
    DistrictFactory,
    EnquiryFactory,
    InvestorFactory,
    OrganisationFactory,
    StoredFileFactory,
    UserFactory,
    enter_enquiry,
)
from tests.personas import EVERYBODY, reader
from tests.tasks.progress_scene import PEOPLE

pytestmark = pytest.mark.django_db
QUEUE = "/en/review/enquiries/"
#: A Tuesday morning in Almaty.
NOW = datetime(2026, 12, 1, 10, tzinfo=timezone.get_default_timezone())
ANSWER = "We have two plots with power."


@pytest.fixture(autouse=True)
def _at(time_machine):
    time_machine.move_to(NOW, tick=True)


@pytest.fixture
def enquiry(db):
    return EnquiryFactory(promised_on=date(2026, 12, 4))


def page_of(enquiry, verb=""):
    return f"{QUEUE}{enquiry.receipt}/{verb + '/' if verb else ''}"


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


def test_one_of_them_shows_all_that_was_answered_and_keeps_who_looked(client, office):
    enquiry = EnquiryFactory(
        text="<script>alert(1)</script>", hectares="12.50", rail=True, jobs=240, phone="+65 1234"
    )
    twin = EnquiryFactory(organisation_name=enquiry.organisation_name)
    client.force_login(office)

    html = client.get(page_of(enquiry)).content.decode()

    assert escape(enquiry.text) in html and "<script>alert(1)" not in html
    for told in (enquiry.person_name, enquiry.email, enquiry.phone, "12.5", "240", twin.receipt):
        assert told in html
    look = AccessLog.objects.get(model="investors.enquiry")
    assert (look.who, look.rows) == (office.ledger_name, [enquiry.pk])


def test_the_answer_is_looked_at_before_it_is_sent(client, office):
    enquiry = EnquiryFactory(language="ru", promised_on=date(2026, 12, 4))
    client.force_login(office)
    page = page_of(enquiry, "answer")
    begun = client.get(page).context["form"]
    assert begun["language"].value() == "ru" and enquiry.person_name in begun["text"].value()
    template = client.get(page, {"words": "plots", "language": "kk"}).context["form"]["text"].value()
    assert template.startswith("Құрметті")

    unwritten = client.post(page, {"language": "ru", "text": begun["text"].value(), "seen": enquiry.version})
    assert "text" in unwritten.context["form"].errors
    typed = {"language": "ru", "text": ANSWER, "seen": enquiry.version}
    seen = client.post(page, typed | {"do": "preview"})
    assert seen.context["preview"][1].startswith(ANSWER) and not EnquiryReply.objects.exists()
    sent = client.post(page, typed | {"do": "send"})

    assert sent["Location"] == page_of(enquiry)
    assert EnquiryReply.objects.get().text == ANSWER
    mail = Outbox.objects.get(channel="mail", key__startswith="enquiry-reply").payload
    assert mail["to"] == enquiry.email
    assert ANSWER in client.get(page_of(enquiry)).content.decode()


def test_the_second_reads_what_the_first_did_and_loses_nothing(client, office, second_office, enquiry):
    client.force_login(office)
    typed = {"language": "en", "text": "My own words", "do": "send", "seen": enquiry.version}
    services.answer_enquiry(enquiry, by=second_office, text=ANSWER)

    answer = client.post(page_of(enquiry, "answer"), typed)

    assert answer.status_code == 200
    assert str(second_office) in str(answer.context["form"].non_field_errors())
    assert "My own words" in answer.content.decode()
    assert EnquiryReply.objects.count() == 1


def test_a_double_click_sends_one_answer(client, office, enquiry):
    client.force_login(office)
    typed = {"language": "en", "text": ANSWER, "do": "send", "seen": enquiry.version}
    client.post(page_of(enquiry, "answer"), typed)
    client.post(page_of(enquiry, "answer"), typed)

    assert EnquiryReply.objects.count() == 1


def test_it_is_taken_handed_over_and_closed(client, office, second_office, enquiry):
    client.force_login(office)
    client.post(page_of(enquiry, "take"), {"handler": office.pk, "seen": enquiry.version})
    client.post(page_of(enquiry, "take"), {"handler": second_office.pk})
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.handler) == ("triaged", second_office)
    assert str(second_office) in client.get(page_of(enquiry)).content.decode()

    silent = client.post(page_of(enquiry, "close"), {"reason": "Over", "words": ""})
    assert "words" in silent.context["form"].errors
    done = client.post(page_of(enquiry, "close"), {"reason": "Over", "words": "It is over."})
    assert done["Location"] == page_of(enquiry)
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.close_reason) == ("closed", "Over")


def test_a_repetition_is_found_by_its_number_however_it_is_typed(client, office, enquiry):
    first = EnquiryFactory(organisation_name=enquiry.organisation_name)
    client.force_login(office)
    page = page_of(enquiry, "duplicate")
    assert f"{page}?of={first.receipt}" in escape(client.get(page_of(enquiry)).content.decode())
    assert client.get(page, {"of": first.receipt}).context["form"]["of"].value() == first.receipt

    wrong = client.post(page, {"of": "0000-0000-0000", "words": "Together."})
    assert "of" in wrong.context["form"].errors
    client.post(page, {"of": first.receipt.lower().replace("-", " "), "words": "Together."})
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.duplicate_of) == ("closed", first)


def test_spam_and_back(client, office, enquiry):
    client.force_login(office)
    client.post(page_of(enquiry, "spam"), {})
    assert names(client.get(QUEUE)) == []
    client.post(page_of(enquiry, "restore"), {})

    assert names(client.get(QUEUE)) == [enquiry.organisation_name]
    assert not Outbox.objects.filter(channel="mail").exists()


@pytest.mark.parametrize("which", ["new", "found", "other"])
def test_an_enquirer_is_taken_on(client, office, which):
    enquiry = enter_enquiry(EnquiryFactory(organisation_name="Silk Road LLP", country="KZ"), "answered")
    held = OrganisationFactory(name_en="Silk Road" if which == "found" else "Another", code="held")
    client.force_login(office)
    page = page_of(enquiry, "convert")
    shown = client.get(page).context["form"]
    assert shown["which"].value() == ("held" if which == "found" else "new")
    assert shown["retention_until"].value() == date(2027, 12, 1)
    typed = {name: shown[name].value() or "" for name in ("name_kk", "name_ru", "name_en", "ticket_band")}
    typed |= {"retention_until": "2027-12-01", "which": "held" if which == "found" else which}
    if which == "other":
        assert "organisation" in client.post(page, typed).context["form"].errors
        typed["organisation"] = "held"

    done = client.post(page, typed)

    assert done["Location"] == page_of(enquiry), done.context["form"].errors
    investor = Investor.objects.get()
    assert (investor.organisation == held) == (which != "new")
    assert Contact.objects.get().investor == investor
    html = client.get(page_of(enquiry)).content.decode()
    assert f"/en/investors/{investor.organisation.code}/" in html
    assert client.get(f"/en/investors/{investor.organisation.code}/").status_code == 200


def test_what_is_not_possible_is_said(client, office, enquiry):
    client.force_login(office)

    answer = client.get(page_of(enquiry, "convert"), follow=True)

    assert answer.redirect_chain[-1][0] == page_of(enquiry)
    assert "not possible now" in answer.content.decode()
    assert page_of(enquiry, "convert") not in answer.content.decode()


def test_a_file_opens_once_it_is_clean(client, office, leadership):
    path = default_storage.save("aa/file", BytesIO(b"%PDF-1.7 plan"))
    file = StoredFileFactory(name="план.pdf", path=path, content_type="application/pdf", scan_state="pending")
    enquiry = EnquiryFactory(file=file)
    client.force_login(office)
    assert client.get(page_of(enquiry, "file")).status_code == 403

    client.force_login(leadership)
    assert client.post(page_of(enquiry, "release")).status_code == 403
    client.force_login(office)
    client.post(page_of(enquiry, "release"))
    got = client.get(page_of(enquiry, "file"))
    assert b"".join(got.streaming_content) == b"%PDF-1.7 plan"
    assert got["Content-Disposition"].startswith("attachment")
    assert "sandbox" in got["Content-Security-Policy"]
    default_storage.delete(path)
    assert client.get(page_of(enquiry, "file")).status_code == 404
    assert client.get(page_of(EnquiryFactory(), "file")).status_code == 404


@pytest.mark.parametrize("name", PEOPLE)
def test_the_house_reads_and_the_office_answers(client, request, enquiry, name):
    enter_enquiry(answered := EnquiryFactory(), "answered")
    if name != "anonymous":
        client.force_login(reader(name, request))
    house, office = {"office", "leadership", "auditor"}, {"office"}
    read = 302 if name == "anonymous" else 200 if name in house else 403
    asked = 302 if name == "anonymous" else 200 if name in office else 403

    for address in (QUEUE, page_of(enquiry)):
        assert client.get(address).status_code == read, address
        assert client.post(address).status_code == (302 if name == "anonymous" else 405)
    for verb in ("take", "answer", "duplicate", "close", "spam"):
        assert client.get(page_of(enquiry, verb)).status_code == asked, verb
    assert client.get(page_of(answered, "convert")).status_code == asked
    if name in house:
        assert client.get(f"{QUEUE}0000-0000-0000/").status_code == 404
        assert client.get(page_of(enquiry, "nothing")).status_code == 404
    html = client.get(page_of(enquiry)).content.decode() if name in house else ""
    assert (page_of(enquiry, "answer") in html) == (name == "office")


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


def test_the_investor_page_of_one_taken_on_shows_needs_to_the_house_only(client, office, investor):
    row = InvestorFactory(visibility="public", organisation__visibility="public", needs_hectares=12345)
    address = f"/en/investors/{row.organisation.code}/"

    assert "12,345" not in client.get(address).content.decode()
    client.force_login(investor)
    assert "12,345" not in client.get(address).content.decode()
    client.force_login(office)
    assert "12,345" in client.get(address).content.decode()


def test_the_spam_of_an_erased_one_still_opens(client, office):
    enquiry = enter_enquiry(EnquiryFactory(), "spam")
    Enquiry.objects.filter(pk=enquiry.pk).update(
        erased_at=timezone.now(), person_name="", position="", email="", phone="", text=""
    )
    client.force_login(office)

    assert "erased" in client.get(page_of(enquiry)).content.decode()
