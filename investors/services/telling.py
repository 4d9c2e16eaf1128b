"""What an enquirer is written, in the language of the enquiry."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from core import outbox
from investors.models import Enquiry, EnquiryReply
from investors.receipts import status_path


def mail_of(enquiry: Enquiry, text: str, language: str) -> tuple[str, str]:
    """Subject and body. Nothing that the enquirer wrote is in them: no header of ours is made of his words."""
    with translation.override(language):
        subject = _("Answer to your enquiry %(receipt)s") % {"receipt": enquiry.receipt}
        foot = _("Number of your enquiry: %(receipt)s\nHow far it is: %(link)s") % {
            "receipt": enquiry.receipt,
            "link": settings.PUBLIC_URL + status_path(enquiry.receipt),
        }
    return subject, f"{text}\n\n-- \n{foot}\n"


def owe_answer(enquiry: Enquiry, reply: EnquiryReply) -> None:
    subject, body = mail_of(enquiry, reply.text, reply.language)
    outbox.owe_mail(f"enquiry-reply-{reply.pk}", enquiry.email, subject, body)
