"""What people are told of requests. The words of a message never leave the portal: only its request is named."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from core.notices import Kind
from investors.models import Request
from investors.request_choices import Side

#: Where each side reads a request, and all that wait for it.
PAGES = {Side.OFFICE: ("review-request", "review-requests"), Side.INVESTOR: ("room-request", "room")}


def _named(request: Any, facts: dict[str, Any] | None = None) -> str:
    named = f"{request.public_id}: {request.title} — {request.organisation.name}"
    return f"[{gettext('invented')}] {named}" if request.is_demo else named


def _thread(request: Any, facts: dict[str, Any]) -> str:
    return reverse(PAGES[facts["side"]][0], args=[request.public_id])


def _terms(requests: Any, facts: dict[str, Any]) -> str:
    """A line each: whose term is when, counted on the day of the notice."""
    today, terms = date.fromisoformat(facts["day"]), {pk: (day, left) for pk, day, left in facts["terms"]}
    return "\n".join(
        f"{_named(one)} — {term(date.fromisoformat(terms[one.pk][0]), terms[one.pk][1], today)}"
        for one in requests
    )


def term(day: date, left: int, today: date) -> str:
    """“by 14.03.2031, 3 working days are left”."""
    facts = {"day": date_format(day, "SHORT_DATE_FORMAT"), "days": abs(left)}
    if day == today:
        return gettext("by today, %(day)s") % facts
    if day > today:
        some = ngettext(
            "by %(day)s, %(days)s working day is left", "by %(day)s, %(days)s working days are left", left
        )
        return (some if left else gettext("by %(day)s, no working day is left")) % facts
    some = ngettext(
        "by %(day)s, %(days)s working day late", "by %(day)s, %(days)s working days late", abs(left)
    )
    return (some if left else gettext("by %(day)s, which has passed")) % facts


def _threads(requests: Any, facts: dict[str, Any]) -> str:
    return _thread(requests[0], facts) if len(requests) == 1 else reverse(PAGES[facts["side"]][1])


def _writes(user: Any) -> bool:
    return _answers(user) or user.role == Role.INVESTOR


def _answers(user: Any) -> bool:
    return user.role == Role.OFFICE or user.is_superuser


def _asks(user: Any) -> bool:
    return user.role == Role.INVESTOR


def _rows(reader: Any) -> Any:
    return Request.objects.visible_to(reader).select_related("organisation")


KINDS = [
    Kind(code, title, concerns=_writes, tell=_named, link=_thread, rows=_rows)
    for code, title in [
        ("request_opened", _("A request is opened")),
        ("request_answered", _("A request is answered")),
        ("request_written", _("There is a message in a request")),
        ("request_promise", _("Another day is promised for the answer to a request")),
        ("request_ended", _("A request is closed or withdrawn")),
    ]
]
KINDS += [
    Kind(code, title, concerns=concerns, tell=_terms, link=_threads, rows=_rows, is_digest=True)
    for code, title, concerns in [
        ("request_due", _("Answers promised to investors are due or late"), _answers),
        ("request_wanted", _("The project office waits for you"), _asks),
    ]
]
