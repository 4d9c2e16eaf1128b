"""Enquiries in the admin: looked at, moved by their verbs, and whoever opens one is kept."""

import pytest

from core.models import AccessLog
from investors.models import Contact, EnquiryReply
from tests.admin.rows import address
from tests.factories import ContactFactory, EnquiryFactory, enter_enquiry

pytestmark = pytest.mark.django_db


def page_of(row, verb):
    return address("investors.Enquiry", "change", row.pk).replace("/change/", f"/{verb}/")


@pytest.mark.parametrize(
    ("verb", "typed", "state"),
    [
        ("take", {}, "triaged"),
        ("answer", {"text": "Yes."}, "answered"),
        ("close", {"reason": "Over", "words": "It is over."}, "closed"),
        ("spam", {}, "spam"),
    ],
)
def test_each_verb(browse, office, auditor, verb, typed, state):
    enquiry = EnquiryFactory()

    assert browse(auditor).post(page_of(enquiry, verb), typed).status_code == 403
    done = browse(office).post(page_of(enquiry, verb), typed)

    assert done.url == address("investors.Enquiry", "change", enquiry.pk)
    enquiry.refresh_from_db()
    assert enquiry.state == state


def test_what_is_refused_is_said(browse, office):
    enquiry = EnquiryFactory()

    answer = browse(office).post(page_of(enquiry, "close"), {"reason": "Over"})

    assert "words" in answer.context["form"].errors
    assert not EnquiryReply.objects.exists()


def test_only_what_is_possible_is_offered(browse, office, auditor):
    spam = enter_enquiry(EnquiryFactory(), "spam")
    page = address("investors.Enquiry", "change", spam.pk)

    shown = browse(office).get(page).content.decode()
    assert page_of(spam, "restore") in shown and page_of(spam, "answer") not in shown
    assert page_of(spam, "restore") not in browse(auditor).get(page).content.decode()
    browse(office).post(page_of(spam, "restore"), {})
    spam.refresh_from_db()
    assert spam.state == "new"


def test_whoever_opens_one_is_kept(browse, auditor):
    enquiry, contact = EnquiryFactory(), ContactFactory()
    client = browse(auditor)
    client.get(address("investors.Enquiry", "change", enquiry.pk))
    client.get(address("investors.Contact", "change", contact.pk))

    looks = AccessLog.objects.filter(action="open").values_list("model", "rows")
    assert {(model, *rows) for model, rows in looks} == {
        ("investors.enquiry", enquiry.pk),
        ("investors.contact", contact.pk),
    }


def test_a_contact_is_added_and_mended(browse, office):
    contact = ContactFactory()
    client = browse(office)
    page = address("investors.Contact", "change", contact.pk)
    form = client.get(page).context["adminform"].form
    typed = {name: form[name].value() or "" for name in form.fields} | {"position": "Chair"}

    assert client.post(page, typed).status_code == 302
    assert Contact.objects.get().position == "Chair"
