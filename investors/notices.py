"""What the office is told of enquiries."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import Role
from core.notices import Kind
from investors.models import Enquiry


def _of_office(user: Any) -> bool:
    return user.role == Role.OFFICE or user.is_superuser


def _link(enquiry: Any, facts: dict[str, Any]) -> str:
    try:
        return reverse("review-enquiry", args=[enquiry.receipt])
    except NoReverseMatch:
        return ""


KINDS = [
    Kind(
        "enquiry_received",
        gettext_lazy("An enquiry has come in"),
        concerns=_of_office,
        tell=lambda enquiry, facts: (
            _("Enquiry %(receipt)s has come in: it is to be answered by %(promised)s.")
            % {"receipt": enquiry.receipt, "promised": f"{enquiry.promised_on:%d.%m.%Y}"}
        ),
        link=_link,
        rows=lambda reader: Enquiry.objects.visible_to(reader),
    ),
    Kind(
        "erasure_asked",
        gettext_lazy("Somebody asks for the erasure of an enquiry"),
        concerns=_of_office,
        tell=lambda enquiry, facts: (
            _("Whoever sent enquiry %(receipt)s withdrew the consent and asks for its erasure.")
            % {"receipt": enquiry.receipt}
        ),
        link=_link,
        rows=lambda reader: Enquiry.objects.visible_to(reader),
    ),
]
