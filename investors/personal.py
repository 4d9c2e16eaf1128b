"""What is held of those who enquired and of contacts of investors: how long, and how it is given out or erased."""

from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import personal, retention
from investors.choices import EnquiryState
from investors.models import ConsentRecord, Contact, Enquiry, EnquiryReply, Message
from investors.services.erasing import erase_all, erase_contact, erase_enquiry

ENDED = (EnquiryState.ANSWERED, EnquiryState.CONVERTED, EnquiryState.CLOSED)


def by_receipt(person: personal.Person) -> None:
    """Who holds a receipt is who enquired under it: what is held of his address is his, too."""
    if person.receipt and not person.email:
        found = Enquiry.objects.filter(receipt=person.receipt).values_list("email", flat=True).first()
        person.email = (found or "").lower()


def _enquiries(person: personal.Person) -> models.QuerySet:
    asked = models.Q(receipt=person.receipt) if person.receipt else models.Q(pk__in=[])
    if person.email:
        asked |= models.Q(email__iexact=person.email)
    return Enquiry.objects.filter(asked).select_related("district", "file")


def _contacts(person: personal.Person) -> models.QuerySet:
    asked = models.Q(enquiry__in=person.rows("investors.enquiry"))
    if person.email:
        asked |= models.Q(email__iexact=person.email)
    return Contact.objects.filter(asked).select_related("investor__organisation")


def _consents(person: personal.Person) -> models.QuerySet:
    given = [row.consent_id for row in person.rows("investors.enquiry", "investors.contact")]
    return ConsentRecord.objects.filter(pk__in=[pk for pk in given if pk]).select_related("text")


def _replies(person: personal.Person) -> models.QuerySet:
    return EnquiryReply.objects.filter(enquiry__in=person.rows("investors.enquiry"))


def _messages(person: personal.Person) -> models.QuerySet:
    return Message.objects.filter(author__in=person.rows("accounts.user")).select_related("request")


def _is_whole(row: Any) -> bool:
    return row.erased_at is None


def _erase_enquiry(enquiry: Enquiry, by: Any) -> None:
    erase_enquiry(enquiry, by=by)


def _erase_contact(contact: Contact, by: Any) -> None:
    erase_contact(contact, by=by)


KINDS = (
    personal.Kind(
        "investors.enquiry",
        _("Enquiries"),
        _enquiries,
        columns=(
            *(
                "receipt",
                "submitted_at",
                "state",
                "language",
                "organisation_name",
                "country",
                "bin",
                "website",
            ),
            *("person_name", "position", "email", "phone", "sectors", "district", "hectares", "power_mw"),
            *(
                "water_m3_day",
                "rail",
                "jobs",
                "starts",
                "text",
                "file",
                "file_name",
                "promised_on",
                "answered_at",
            ),
            *("erasure_asked_at", "erased_at"),
        ),
        erase=_erase_enquiry,
        holds=_is_whole,
    ),
    personal.Kind(
        "investors.contact",
        _("Contacts of investors"),
        _contacts,
        columns=("investor", "person_name", "position", "email", "phone", "language", "retention_until"),
        erase=_erase_contact,
        holds=_is_whole,
    ),
    personal.Kind(
        "investors.enquiryreply",
        _("What was answered"),
        _replies,
        columns=("text", "language", "sent_at"),
        kept=_("Its text goes with the enquiry; that and when it was sent is kept."),
    ),
    personal.Kind(
        "investors.consentrecord",
        _("Consents"),
        _consents,
        columns=("text", "language", "given_at", "withdrawn_at"),
        kept=_("Kept: it proves that and to what there was a consent, and holds no name."),
    ),
    personal.Kind(
        "investors.message",
        _("Messages to the office"),
        _messages,
        columns=("request", "text", "at"),
        kept=_(
            "Kept: they belong to the correspondence of the organisation. The name of their author is cleared."
        ),
    ),
)


def _spam_over(now: datetime) -> models.QuerySet:
    over = retention.over("spam", now)
    return Enquiry.objects.filter(state=EnquiryState.SPAM, erased_at=None, submitted_at__lt=over)


def _enquiries_over(now: datetime) -> models.QuerySet:
    return Enquiry.objects.filter(
        state__in=ENDED, erased_at=None, updated_at__lt=retention.over("enquiries", now)
    )


def _contacts_over(now: datetime) -> models.QuerySet:
    return Contact.objects.filter(erased_at=None, retention_until__lt=timezone.localdate(now))


_CLEARED = _("Name, address, telephone and words are cleared; number, dates, state and needs stay.")
RULES = (
    retention.Rule(
        "spam",
        _("Enquiries put aside as spam"),
        _("the day they were received"),
        _CLEARED,
        due=_spam_over,
        clear=lambda rows: erase_all(rows, erase_enquiry, by=retention.ACTOR),
    ),
    retention.Rule(
        "enquiries",
        _("Enquiries that were answered or closed"),
        _("the day of their last change"),
        _CLEARED,
        due=_enquiries_over,
        clear=lambda rows: erase_all(rows, erase_enquiry, by=retention.ACTOR),
    ),
    retention.Rule(
        "contacts",
        _("Contacts of investors"),
        _("the day that each of them has"),
        _("Name, address and telephone are cleared; that there was somebody stays."),
        due=_contacts_over,
        clear=lambda rows: erase_all(rows, erase_contact, by=retention.ACTOR),
    ),
)
