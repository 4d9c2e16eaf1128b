"""Columns of what belongs to instructions."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from tasks.models import Evidence, HoldInterval, Instruction

STATE = {
    "registered": "",
    "on_control": "info",
    "in_execution": "primary",
    "reported": "warning",
    "returned": "danger",
    "executed": "success",
}
EXTENSION = {"requested": "warning", "under_review": "info", "granted": "success", "refused": "danger"}
REPORT = {"submitted": "warning", "accepted": "success", "returned": "danger"}


def worded(instruction: Instruction) -> str:
    """The text, marked where it is invented."""
    text = str(instruction)
    return f"[{_('invented')}] {text}" if instruction.is_demo else text


@display(description=gettext_lazy("instruction"), ordering="instruction__text_kk")
def of_instruction(row: Any) -> str:
    return Truncator(f"{row.instruction.public_id}: {worded(row.instruction)}").words(16)


@display(description=gettext_lazy("since"), ordering="during")
def since(hold: HoldInterval) -> str:
    return _moment(hold.during.lower)


@display(description=gettext_lazy("until"))
def ended(hold: HoldInterval) -> str:
    return _moment(hold.during.upper) if hold.during.upper else _("now")


@display(description=gettext_lazy("days held"))
def days_held(hold: HoldInterval) -> int:
    return ((hold.during.upper or timezone.now()) - hold.during.lower).days


def _moment(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")


def proofs(evidence: Any) -> SafeString | str:
    """What was handed in as proof, each with its kind; addresses as links."""
    return format_html_join(", ", "{}", ((_proof(one),) for one in evidence)) or "—"


def _proof(one: Evidence) -> SafeString:
    kind, note = one.get_kind_display(), one.note and f" ({one.note})"
    if one.url:
        return format_html(
            '{}: <a href="{}" rel="noopener noreferrer">{}</a>{}', kind, one.url, one.url, note
        )
    return format_html("{}: {}{}", kind, one.file, note)
