"""Mails to whoever enquired, in the language that he chose. Never a word of his own in it."""

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core import outbox
from core.formats import day_text
from investors.models import Enquiry
from investors.receipts import status_path


def acknowledge(enquiry: Enquiry) -> None:
    """That it came, its number, until when it is answered, and where to look."""
    with translation.override(enquiry.language):
        body = _(
            "We have received your enquiry to the Alatau City project office.\n\n"
            "Receipt number: %(receipt)s\n"
            "Received on: %(received)s\n"
            "We answer by: %(promised)s\n\n"
            "How far it is, you see here:\n%(link)s\n\n"
            "Keep this link to yourself: whoever has it can see the state of the enquiry and ask for its erasure. "
            "If you did not send an enquiry, open the link and ask for erasure.\n"
        ) % {
            "receipt": enquiry.receipt,
            "received": day_text(timezone.localdate(enquiry.submitted_at), enquiry.language),
            "promised": day_text(enquiry.promised_on, enquiry.language),
            "link": settings.PUBLIC_URL + status_path(enquiry.receipt),
        }
        subject = _("Your enquiry %(receipt)s is received") % {"receipt": enquiry.receipt}
        outbox.owe_mail(f"enquiry-received-{enquiry.pk}", enquiry.email, subject, body)
