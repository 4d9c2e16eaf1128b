"""The page behind the link of an enquiry: how far it is, and nothing of what was written."""

import pytest
from django.test import Client

from core.models import Outbox
from investors.receipts import receipt_of, status_token
from tests.factories import EnquiryFactory, UserFactory, enter_enquiry

pytestmark = pytest.mark.django_db
PERSONAL = {
    "organisation_name": "Kanarienvogel GmbH",
    "person_name": "Canary Name",
    "position": "Canary Position",
    "email": "canary@example.org",
    "phone": "+7 701 555 55 55",
    "text": "Canary text",
    "website": "https://canary.example",
}


def page_of(client, enquiry):
    return client.get(f"/en/invest/enquiry/status/{status_token(enquiry.receipt)}/")


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("new", "The project office reads it"),
        ("triaged", "prepares the answer"),
        ("answered", "The answer is in your mail"),
        ("converted", "as with an investor"),
        ("closed", "Nothing more happens"),
        ("spam", "advertising or a mistake"),
    ],
)
def test_each_state_says_who_has_to_move(client, state, told):
    page = page_of(client, enter_enquiry(EnquiryFactory(), state)).content.decode()

    assert told in page
    assert ("We answer by" in page) == (state in {"new", "triaged"})


def test_nothing_of_what_was_written_is_on_it(client):
    enquiry = EnquiryFactory(**PERSONAL)
    enter_enquiry(enquiry, "closed")
    page = page_of(client, enquiry).content.decode()

    assert not [word for word in PERSONAL.values() if word in page]
    assert enquiry.close_reason not in page


def test_its_address_is_not_sent_on_kept_or_found(client):
    page = page_of(client, EnquiryFactory())

    assert page["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page["X-Robots-Tag"]
    assert "no-store" in page["Cache-Control"]
    assert "hreflang" not in page.content.decode().split("</head>")[0]


def test_a_promise_that_was_not_kept_is_said(client, time_machine):
    time_machine.move_to("2026-12-08T12:00+05:00")

    assert "the promised day has passed" in page_of(client, EnquiryFactory()).content.decode()


def test_it_costs_few_queries(client, django_assert_max_num_queries):
    enquiry = EnquiryFactory()
    with django_assert_max_num_queries(4):
        page_of(client, enquiry)


def test_consent_is_withdrawn_once_and_the_office_told():
    UserFactory()
    enquiry, client = EnquiryFactory(), Client()
    address = f"/en/invest/enquiry/status/{status_token(enquiry.receipt)}/"
    for _ in range(2):
        assert client.post(address).status_code == 302
    enquiry.refresh_from_db()
    enquiry.consent.refresh_from_db()

    assert enquiry.erasure_asked_at and enquiry.consent.withdrawn_at
    assert "You withdrew the consent" in client.get(address).content.decode()
    assert Outbox.objects.filter(channel="mail").count() == 1


def test_it_works_where_the_browser_names_no_origin():
    """As browsers do from a page without a referrer; the address itself is what nobody else has."""
    enquiry = EnquiryFactory()
    client = Client(enforce_csrf_checks=True, headers={"origin": "null"})
    address = f"/en/invest/enquiry/status/{status_token(enquiry.receipt)}/"

    assert client.post(address).status_code == 302
    assert not client.cookies


@pytest.mark.parametrize("token", ["", "x", "7K3M-9QXR-2B5T", "7K3M-9QXR-2B5T.", ".".join("ab"), "\u0000"])
def test_what_is_not_signed_is_no_receipt(token):
    assert receipt_of(token) is None
