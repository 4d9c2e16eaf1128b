"""An enquiry is forgotten on request or after its term: number, dates and state stay."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from core import files, personal, retention
from core.jobs import keep_terms
from core.models import Erasure, JobRun, StoredFile
from investors import services
from investors.models import Contact, Enquiry
from investors.services.erasing import erase_all, erase_contact, erase_enquiry
from tests.database import backdated
from tests.factories import (
    ContactFactory,
    EnquiryFactory,
    EnquiryReplyFactory,
    OutboxFactory,
    RateCountFactory,
    enter_enquiry,
)
from tests.refusals import sql

pytestmark = pytest.mark.django_db

CANARY = {
    "person_name": "Канарейкин Сәуле",
    "position": "canary-post",
    "email": "saule@canary.example",
    "domain": "canary.example",
    "phone": "+7 700 0000042",
    "text": "canaryword жер іздейміз",
}
WORDS = ("Канарейкин", "canary", "0000042", "жер іздейміз")


def in_the_ledger(word):
    return sql("SELECT count(*) FROM core_change WHERE core_change::text ILIKE %s", f"%{word}%")[0][0]


@pytest.fixture
def enquiry():
    return EnquiryFactory(**CANARY)


@pytest.mark.parametrize("word", WORDS)
def test_the_ledger_never_knew_who_enquired(office, enquiry, word):
    EnquiryReplyFactory(enquiry=enquiry, text="Құрметті Канарейкин, canary")
    contact = ContactFactory(**{name: CANARY[name] for name in ("person_name", "position", "email", "phone")})

    erase_enquiry(enquiry, by=office)
    erase_contact(contact, by=office)

    assert in_the_ledger(word) == 0


def test_what_is_cleared_and_what_stays(office, enquiry):
    reply = EnquiryReplyFactory(enquiry=enquiry, text="Құрметті Канарейкин")

    erase_enquiry(enquiry, by=office)

    row = Enquiry.objects.get(pk=enquiry.pk)
    assert {getattr(row, name) for name in CANARY} == {""}
    assert (row.receipt, row.submitted_at, row.organisation_name) == (
        enquiry.receipt,
        Enquiry.objects.get(pk=enquiry.pk).submitted_at,
        enquiry.organisation_name,
    )
    assert (row.state, bool(row.close_reason), bool(row.erased_at)) == ("closed", True, True)
    reply.refresh_from_db()
    assert reply.text == ""


def test_erased_twice_is_erased_once(office, enquiry):
    first = erase_enquiry(enquiry, by=office).erased_at

    assert erase_enquiry(enquiry, by=office).erased_at == first


@pytest.mark.django_db(transaction=True)
def test_the_bytes_of_its_file_go_unless_somebody_else_sent_the_same(office):
    first, twin, other = (
        files.store(BytesIO(content), "a.txt") for content in (b"canary one", b"canary one", b"canary two")
    )
    alike = [EnquiryFactory(file=first), EnquiryFactory(file=twin)]
    alone = EnquiryFactory(file=other)

    erase_enquiry(alone, by=office)
    erase_enquiry(alike[0], by=office)

    assert not default_storage.exists(other.path)
    assert default_storage.exists(first.path)
    assert [file.pk for file in StoredFile.objects.all()] == [twin.pk]


def test_terms_of_enquiries_and_contacts():
    now = timezone.now()
    spam, young_spam = (enter_enquiry(EnquiryFactory(), "spam") for _ in range(2))
    closed, young = (enter_enquiry(EnquiryFactory(), "closed") for _ in range(2))
    waiting = EnquiryFactory()
    backdated("investors_enquiry", spam.pk, submitted_at=now - timedelta(days=31))
    backdated("investors_enquiry", closed.pk, updated_at=now - timedelta(days=366))
    backdated("investors_enquiry", waiting.pk, submitted_at=now - timedelta(days=900))
    over = ContactFactory(retention_until=timezone.localdate() - timedelta(days=1))
    kept = ContactFactory(retention_until=timezone.localdate())
    RateCountFactory(window_start=now - timedelta(days=3))

    keep_terms()

    erased = set(Enquiry.objects.filter(erased_at__isnull=False).values_list("pk", flat=True))
    assert erased == {spam.pk, closed.pk}
    assert {young_spam.pk, young.pk, waiting.pk}.isdisjoint(erased)
    assert [one.pk for one in Contact.objects.filter(erased_at=None)] == [kept.pk]
    assert Contact.objects.get(pk=over.pk).person_name == ""
    result = JobRun.objects.get(job="retention").result
    assert (result["spam"], result["enquiries"], result["contacts"], result["rates"]) == (1, 1, 1, 1)


def test_what_is_taken_back_meanwhile_is_not_erased(monkeypatch):
    """The job has chosen its rows; one of them is no spam any more when its turn comes."""
    spam = enter_enquiry(EnquiryFactory(), "spam")
    rows = Enquiry.objects.filter(state="spam")
    chosen = rows.values_list("pk", flat=True)
    monkeypatch.setattr(type(rows), "values_list", lambda *_args, **_how: [spam.pk])
    assert list(chosen) == [spam.pk]
    enter_enquiry(spam, "new")

    assert erase_all(rows, erase_enquiry, by=retention.ACTOR) == 0
    spam.refresh_from_db()
    assert spam.erased_at is None and spam.text


def test_mail_is_found_however_the_address_was_typed(office):
    EnquiryFactory(email="Mei.Lin@Example.org")
    letter = OutboxFactory(payload={"to": "Mei.Lin@Example.org", "subject": "x", "text": "y"})

    person, held = personal.gather(email="mei.lin@example.org")
    assert {one.kind.code: [row.pk for row in one.rows] for one in held}["letters"] == [letter.pk]
    personal.erase(person, held, by=office, ground="By letter")
    letter.refresh_from_db()
    assert "Mei" not in str(letter.payload) and letter.given_up_at


def test_a_receipt_leads_to_all_that_is_held_of_the_person(office, enquiry):
    other = EnquiryFactory(email=CANARY["email"].upper().lower(), receipt="2222-3333-4444")
    contact = ContactFactory(email=CANARY["email"], retention_until=date(2030, 1, 1))
    EnquiryFactory()

    person, held = personal.gather(receipt=enquiry.receipt.lower())
    found = {one.kind.code: [row.pk for row in one.rows] for one in held}

    assert sorted(found["investors.enquiry"]) == sorted([enquiry.pk, other.pk])
    assert found["investors.contact"] == [contact.pk]
    assert len(found["investors.consentrecord"]) == 2

    report = personal.erase(person, held, by=office, ground="By the status page")
    assert report.report["cleared"] == {"investors.enquiry": 2, "investors.contact": 1}
    assert report.report["kept"]["investors.consentrecord"] == 2
    assert Erasure.objects.of(CANARY["email"]).exists()
    assert not Enquiry.objects.filter(email=CANARY["email"]).exists()


def test_whoever_asks_on_the_status_page_is_on_the_list_of_the_office(client, office, enquiry):
    services.ask_for_erasure(enquiry)
    client.force_login(office)

    page = client.get("/en/review/personal-data/").content.decode()

    assert enquiry.receipt in page
    assert CANARY["person_name"] not in page
