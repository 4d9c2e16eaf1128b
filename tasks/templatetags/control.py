"""Tags of the control of instructions: where somebody who takes part in it goes."""

from typing import Any, NamedTuple

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from investors.models import Enquiry
from tasks.attention import counts_decisions
from tasks.models import Instruction
from tasks.policies import is_office

register = template.Library()

HOUSE = {Role.OFFICE, Role.LEADERSHIP, Role.AUDITOR}


class Entry(NamedTuple):
    name: str
    label: Any
    href: str
    is_here: bool
    waiting: int = 0
    words: Any = _("decisions wanted")


@register.simple_tag(takes_context=True)
def control_entries(context: template.Context) -> list[Entry]:
    """The pages of control that this reader has; nothing, and no query, for a visitor."""
    request, user = context.get("request"), context.get("user")
    if request is None or not getattr(user, "is_authenticated", False) or not getattr(user, "role", ""):
        return []
    if not hasattr(request, "control_entries"):
        request.control_entries = _entries(request, user)
    return request.control_entries


def _enquiries(request: Any, here: str) -> int:
    """How many wait for an answer: on the pages of the review, of which one has counted; elsewhere the bell says it."""
    if not here.startswith("review"):
        return 0
    counted: int | None = getattr(request, "enquiries_waiting", None)
    return Enquiry.objects.waiting().count() if counted is None else counted


def _entries(request: Any, user: Any) -> list[Entry]:
    here = getattr(request.resolver_match, "url_name", "") or ""
    is_near = here.startswith(("control", "instruction", "meeting", "report", "review"))
    if user.role == Role.INVESTOR and not (is_near or Instruction.objects.concerning(user).exists()):
        return []
    entries = [("control", _("Register of instructions"), 0)]
    if is_office(user):
        entries.append(("control-mine", _("What waits for me"), 0))
    elif user.role in (Role.EXECUTOR, Role.INVESTOR):
        entries += [("control-mine", _("My instructions"), 0), ("report", _("My reports of projects"), 0)]
    counts = counts_decisions(user) and (is_near or user.role == Role.LEADERSHIP)
    wanted = getattr(request, "decisions_wanted", None) if counts else 0  # a page may have counted
    if wanted is None:
        wanted = Instruction.objects.awaiting_decision().decided_by(user).count()
    if user.role in HOUSE or wanted:
        entries.append(("control-decisions", _("Decisions wanted"), wanted))
    if user.role in HOUSE or is_office(user):
        entries += [("meetings", _("Meetings"), 0), ("review", _("Reports of projects"), 0)]
        entries.append(("review-requests", _("Requests of investors"), 0))
        entries.append(("review-publications", _("Publication"), 0))
        entries.append(("review-translations", _("Translations"), 0))
        entries.append(("review-enquiries", _("Enquiries"), _enquiries(request, here)))
        entries.append(("access", _("Who has access"), 0))
    if user.is_staff:
        entries.append(("personal-data", _("Personal data"), 0))
        entries.append(("see-as", _("Through somebody's eyes"), 0))
    entries += [("control-reminders", _("Reminders"), 0), ("control-escalations", _("Escalations"), 0)]
    made = [Entry(name, label, reverse(name), name == here, waiting) for name, label, waiting in entries]
    return [
        one._replace(words=_("wait for an answer")) if one.name == "review-enquiries" else one for one in made
    ]
