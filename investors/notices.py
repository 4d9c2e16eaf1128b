"""What the office is told of enquiries."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.choices import Role
from core.notices import Kind
from investors.models import Enquiry


def _of_office(user: Any) -> bool:
    return user.role == Role.OFFICE or user.is_superuser


def _of_house(user: Any) -> bool:
    return _of_office(user) or user.role == Role.LEADERSHIP


def _link(enquiry: Any, facts: dict[str, Any]) -> str:
    return reverse("review-enquiry", args=[enquiry.receipt])


def _terms(enquiries: Any, facts: dict[str, Any]) -> str:
    """A line each, counted on the day of the notice, which the reader sees beside it."""
    today = date.fromisoformat(facts["day"])
    terms = {term[0]: _term(date.fromisoformat(term[1]), term[2], today) for term in facts["terms"]}
    lines = [f"{one.receipt}, {one.organisation_name} — {terms[one.pk]}" for one in enquiries]
    if more := facts["more"]:
        words = ngettext("and %(more)s more enquiry", "and %(more)s more enquiries", more)
        lines.append(words % {"more": more})
    return "\n".join(lines)


def _term(promised: date, left: int, today: date) -> str:
    facts = {"day": date_format(promised, "SHORT_DATE_FORMAT"), "days": abs(left)}
    if promised == today:
        return _("an answer is promised for today, %(day)s") % facts
    if promised > today:
        some = ngettext(
            "promised for %(day)s, %(days)s working day is left",
            "promised for %(day)s, %(days)s working days are left",
            left,
        )
        return some % facts
    late = ngettext(
        "was promised for %(day)s, %(days)s working day late",
        "was promised for %(day)s, %(days)s working days late",
        abs(left),
    )
    return (late if left else _("was promised for %(day)s")) % facts


def _queue(show: str) -> Any:
    """The one enquiry, or the list of those that ask for attention."""

    def link(enquiries: Any, facts: dict[str, Any]) -> str:
        if len(enquiries) == 1 and not facts["more"]:
            return _link(enquiries[0], facts)
        return f"{reverse('review-enquiries')}?show={show}"

    return link


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
KINDS += [
    Kind(
        code,
        title,
        concerns=concerns,
        tell=_terms,
        link=_queue(show),
        rows=lambda reader: Enquiry.objects.visible_to(reader),
        is_digest=True,
    )
    for code, title, concerns, show in [
        ("enquiry_due", gettext_lazy("The promised day of an enquiry is near"), _of_office, "waiting"),
        ("enquiry_overdue", gettext_lazy("An enquiry was not answered in time"), _of_house, "overdue"),
    ]
]
