"""Programs, forgers and people in a hurry: refused clearly, without a record and without a storm of mails."""

from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import override

from accounts.bin import is_bin
from core.exceptions import TooMany
from core.models import Change, Outbox, RateCount
from core.outbox import deliver_one
from investors.models import ConsentRecord, Enquiry
from investors.services import enquiries
from tests.factories import ConsentTextFactory, UserFactory
from tests.investors.test_enquiry_service import sent
from tests.refusals import sql
from tests.tasks.test_races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def limits(monkeypatch):
    monkeypatch.setattr(enquiries, "PER_NETWORK", 20)
    monkeypatch.setattr(enquiries, "PER_EMAIL", 5)
    monkeypatch.setattr(enquiries, "TOLD_AN_HOUR", 30)


@pytest.fixture
def words():
    return ConsentTextFactory()


def tried(times, words, **facts):
    refused = 0
    for number in range(times):
        given = {name: value(number) if callable(value) else value for name, value in facts.items()}
        try:
            sent(consent=words, **given)
        except TooMany:
            refused += 1
    return refused


@pytest.mark.usefixtures("limits")
def test_a_thousand_from_one_network_are_twenty(words, time_machine):
    time_machine.move_to("2026-11-30T12:00+05:00", tick=False)
    UserFactory()
    refused = tried(
        1000, words, address=lambda n: f"203.0.113.{n % 250}", email=lambda n: f"bot{n}@example.org"
    )

    assert refused == 980
    assert Enquiry.objects.count() == ConsentRecord.objects.count() == 20
    assert Outbox.objects.filter(channel="mail").count() == 40


@pytest.mark.usefixtures("limits")
def test_nobody_is_flooded_with_letters_he_did_not_ask_for(words, time_machine):
    time_machine.move_to("2026-11-30T12:00+05:00", tick=False)
    tried(50, words, address=lambda n: f"10.{n}.0.1", email="Victim@example.org")

    assert Outbox.objects.filter(payload__to="Victim@example.org").count() == 5


@pytest.mark.usefixtures("limits")
def test_the_office_is_told_of_some_and_sees_all(words, time_machine):
    time_machine.move_to("2026-11-30T12:00+05:00", tick=False)
    office = UserFactory()
    tried(60, words, address=lambda n: f"10.{n}.0.1", email=lambda n: f"bot{n}@example.org")

    assert Enquiry.objects.count() == 60
    assert Outbox.objects.filter(payload__to=office.email).count() == 30


@pytest.mark.usefixtures("limits")
def test_a_network_of_the_sixth_version_is_counted_as_one(words, time_machine):
    time_machine.move_to("2026-11-30T12:00+05:00", tick=False)

    assert (
        tried(30, words, address=lambda n: f"2001:db8:1:{n:x}::1", email=lambda n: f"b{n}@example.org") == 10
    )


def test_counts_hold_neither_addresses_nor_names(words):
    sent(consent=words)

    assert not [row for row in RateCount.objects.all() if "203" in row.who[:3] or "@" in row.who]
    assert all(len(row.who) == 64 for row in RateCount.objects.all())


INJECTED = {
    "organisation_name": "Silk\r\nBcc: all@example.org",
    "person_name": "Mei\nLin",
    "position": "Director\x00",
    "email": "mei@example.org\r\nBcc: all@example.org",
    "phone": "+7 701\r\n1",
    "website": "https://example.org\r\nX: 1",
    "text": "right \u202e left",
}


@pytest.mark.parametrize("name", INJECTED)
def test_what_would_leave_its_line_is_refused_at_its_field(name, words):
    with pytest.raises(ValidationError) as caught:
        sent(consent=words, **{name: INJECTED[name]})

    assert list(caught.value.message_dict) == [name]
    assert not Outbox.objects.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("organisation_name", "x" * 201),
        ("email", "x" * 250 + "@example.org"),
        ("text", "x" * 5001),
        ("text", "\u2060"),
        ("country", "XX"),
        ("website", "javascript:alert(1)"),
        ("bin", "491240900017"),
        ("hectares", -1),
        ("person_name", ""),
    ],
)
def test_what_is_too_long_or_none_is_refused_at_its_field(name, value, words):
    with pytest.raises(ValidationError) as caught:
        sent(consent=words, **{name: value})

    assert list(caught.value.message_dict) == [name]


def test_a_number_of_a_person_is_refused_and_not_repeated(words):
    valid = next(number for digit in range(10) if is_bin(number := f"49123130001{digit}"))
    with override("en"), pytest.raises(ValidationError, match="IIN") as caught:
        sent(consent=words, bin=valid)

    assert valid not in str(caught.value)


def test_the_mail_holds_no_word_of_the_sender(words):
    enquiry = sent(consent=words, organisation_name="Canary GmbH", person_name="Canary Name", text="Canary")
    while deliver_one():
        pass
    (letter,) = mail.outbox

    assert "Canary" not in letter.message().as_string()
    assert "Canary" not in letter.subject + letter.body
    assert enquiry.receipt in letter.body
    assert "body" not in Outbox.objects.get().payload


def test_the_ledger_says_only_that_personal_data_are_there(words):
    enquiry = sent(consent=words, person_name="Canary Name", text="Canary text", phone="+7 701 000 00 00")
    rows = Change.objects.of(enquiry)

    assert [row.verb for row in rows] == ["submit_enquiry"]
    found = sql("SELECT count(*) FROM core_change WHERE new::text ~ 'Canary|example.org|701 000'")
    assert found == [(0,)]


@pytest.mark.django_db(transaction=True)
def test_two_sendings_at_once_are_one_record(words):
    number = uuid4()
    error = at_once(
        lambda: sent(consent=words, client_uuid=number), lambda: sent(consent=words, client_uuid=number)
    )

    assert error is None
    assert Enquiry.objects.count() == Outbox.objects.count() == ConsentRecord.objects.count() == 1


def test_what_fails_later_leaves_nothing(words, monkeypatch):
    monkeypatch.setattr(enquiries, "acknowledge", lambda enquiry: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        sent(consent=words)

    assert not Enquiry.objects.exists()
    assert not ConsentRecord.objects.exists()
    assert not RateCount.objects.exists()
