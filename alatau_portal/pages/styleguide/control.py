"""Examples of the control of instructions: how a term stands, who holds the ball, what is invented."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alatau_portal.pages.styleguide.example import TEXT, Example
from core.text import Text
from tasks.choices import Holder, InstructionState
from tasks.models import Instruction
from tasks.views.shown import Ball, Term

DUE, FIRST = date(2026, 3, 25), date(2026, 3, 2)


def term(kind: str, **facts: Any) -> Any:
    given = {"said": TEXT} if kind == "none" else {"due": DUE}
    return lambda language: {"term": Term(kind, **given | facts)}


def ball(holder: Holder, name: Text = TEXT) -> Any:
    return lambda language: {"ball": Ball(holder, name, FIRST, 8)}


def state(code: str, **facts: Any) -> Any:
    return lambda language: {"instruction": Instruction(state=code, **facts)}


TERM, HOLDER, STATE = (f"components/{name}.html" for name in ("term", "holder", "instruction_state"))
EXAMPLES = [
    Example(_("A term with time left"), TERM, term("ahead", working=40)),
    Example(_("A term that is near, moved from the first one"), TERM, term("soon", working=8, original=FIRST)),
    Example(_("A term that is today, a day off"), TERM, term("today", on_day_off=True)),
    Example(_("A term that has passed"), TERM, term("overdue", days=110, working=78)),
    Example(_("No term"), TERM, term("none")),
    Example(_("A term of what is closed"), TERM, term("closed")),
    Example(_("The responsible executor holds the ball"), HOLDER, ball(Holder.EXECUTOR)),
    Example(_("The project office holds the ball"), HOLDER, ball(Holder.OFFICE, Text())),
    Example(_("Who gave the instruction holds the ball"), HOLDER, ball(Holder.ISSUER)),
    Example(_("Nobody holds it"), HOLDER),
    Example(_("A state of an instruction"), STATE, state(InstructionState.RETURNED)),
    Example(_("Removal is proposed"), STATE, state(InstructionState.REPORTED, removal_proposed_at=timezone.now())),
    Example(_("An invented instruction"), "components/demo_mark.html"),
]  # fmt: skip
