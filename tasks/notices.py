"""What people are told of instructions."""

from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.choices import FOR_AN_ORGANISATION, Role
from core.notices import Kind
from tasks.models import Instruction


def _named(instruction: Any, facts: dict[str, Any]) -> str:
    text = Truncator(str(instruction.text)).words(28)
    named = f"{instruction.number or instruction.public_id}: {text}"
    return f"[{gettext('invented')}] {named}" if instruction.is_demo else named


def _card(instruction: Any, facts: dict[str, Any]) -> str:
    return reverse("instruction", args=[instruction.public_id])


def _executes(user: Any) -> bool:
    return user.role in FOR_AN_ORGANISATION


def _controls(user: Any) -> bool:
    return user.role == Role.OFFICE or user.is_superuser


def _decides(user: Any) -> bool:
    return user.role == Role.LEADERSHIP or (_executes(user) and user.may_sign)


def _anybody(user: Any) -> bool:
    return _executes(user) or _controls(user)


WORDS: list[tuple[str, Any, Any]] = [
    ("instruction_given", _("Your organisation is given an instruction"), _executes),
    ("contribution_sent", _("A co-executor sent a contribution"), _executes),
    ("report_returned", _("A report is returned for revision"), _executes),
    ("extension_decided", _("A request for more time is decided"), _executes),
    ("assignment_refused", _("An organisation refused an assignment"), _anybody),
    ("report_handed_in", _("A report is handed in"), _anybody),
    ("extension_asked", _("More time is asked for"), _decides),
    ("removal_proposed", _("Removal from control is proposed"), _decides),
    ("interim_accepted", _("An interim report is accepted"), _anybody),
    ("removed_from_control", _("An instruction is removed from control"), _anybody),
    ("instruction_cancelled", _("An instruction is cancelled"), _anybody),
]
KINDS = [
    Kind(
        code,
        title,
        concerns=concerns,
        tell=_named,
        link=_card,
        rows=lambda reader: Instruction.objects.visible_to(reader),
    )
    for code, title, concerns in WORDS
]
