"""What is cleared of those who enquired and of contacts: on request by the office, or when the term is over."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import ledger
from core.files import discard
from core.models import StoredFile
from investors.choices import ENQUIRY_WAITING, EnquiryState
from investors.models import Contact, Enquiry

PERSONAL = ("person_name", "position", "email", "phone", "text", "file_name", "domain")
OF_A_CONTACT = ("person_name", "position", "email", "phone")


@transaction.atomic
def erase_enquiry(enquiry: Enquiry, *, by: Any) -> Enquiry:
    """Name, address, words, file and what was answered are cleared; number, dates, state and needs stay.

    One that waits for an answer is closed: nobody is left to be answered. The caller has asked whether `by` may.
    """
    enquiry = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if enquiry.erased_at:
        return enquiry
    file, now = enquiry.file, timezone.now()
    with ledger.acting(by, "erase"):
        for name in PERSONAL:
            setattr(enquiry, name, "")
        if enquiry.state in ENQUIRY_WAITING:
            enquiry.state, enquiry.close_reason = (
                EnquiryState.CLOSED,
                _("Erased: nobody is left to be answered."),
            )
        enquiry.file, enquiry.erased_at = None, now
        enquiry.save()
        enquiry.replies.exclude(text="").update(text="")
        if file is not None:
            _erase_file(file)
    return enquiry


def _erase_file(file: StoredFile) -> None:
    """The bytes go, too, unless somebody else handed in the same ones."""
    path = file.path
    file.delete()
    transaction.on_commit(lambda: discard(path))


@transaction.atomic
def erase_contact(contact: Contact, *, by: Any) -> Contact:
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    if contact.erased_at:
        return contact
    for name in OF_A_CONTACT:
        setattr(contact, name, "")
    contact.erased_at = timezone.now()
    with ledger.acting(by, "erase"):
        contact.save()
    return contact


def erase_all(rows: Any, erase: Callable[..., Any], *, by: Any) -> int:
    """One by one: each is locked, cleared and written down by itself, if it is still one of these."""
    done = 0
    for key in list(rows.values_list("pk", flat=True)):
        with transaction.atomic():
            if row := rows.select_for_update(of=("self",)).filter(pk=key).first():
                erase(row, by=by)
                done += 1
    return done
