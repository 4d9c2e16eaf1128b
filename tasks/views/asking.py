"""What every page that asks needs: the instruction as it stands, and a place for what is refused."""

from typing import Any

from core.admin.refusals import explain
from core.calendar import WorkingDays
from core.filters import today
from tasks.forms.base import REFUSED
from tasks.linting import Draft, lint
from tasks.policies import Desk
from tasks.views.card import ball
from tasks.views.offers import EXTENSION_VERBS, Situation, label
from tasks.views.reading import find, inner
from tasks.views.shown import term_of
from tasks.words import RULES


def situation_of(user: Any, public_id: str) -> Situation:
    instruction = find(user, public_id)
    life = inner(user, instruction)
    day = today()
    return Situation(user, Desk(user), instruction, life, day, WorkingDays())


def say(form: Any, error: Exception) -> None:
    """What the service, or at last the database, refused."""
    if isinstance(error, REFUSED):
        form.refuse(error)
    else:
        form.refuse(error, explain(error, RULES))


def context_of(situation: Situation, verb: str) -> dict[str, Any]:
    """What a page of a verb shows of the instruction, and of what is decided."""
    life, instruction = situation.life, situation.instruction
    about = None
    if verb in EXTENSION_VERBS:
        about = life.last_decision if verb == "correct" else life.undecided
    if about is not None:
        about.days = (about.new_due - about.old_due).days
        about.working = situation.calendar.between(about.old_due, about.new_due)
    answered = verb in ("return", "accept", "propose_removal", "remove_part")
    return {
        "instruction": instruction,
        "executors": [one for one in life.executors if one.released_on is None],
        "verb": verb,
        "title": label(verb, situation),
        "about": about,
        "waiting": situation.waiting() if answered else None,
        "weak": lint(Draft.of(instruction, situation.today, situation.calendar))
        if verb == "put_on_control"
        else (),
        "term": term_of(instruction, situation.today, situation.calendar),
        "ball": ball(instruction, situation.today, situation.calendar),
        "is_final_step": verb in ("cancel", "refuse_assignment"),
    }
