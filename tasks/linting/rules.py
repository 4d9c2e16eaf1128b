"""The rules: each asks one thing."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tasks.choices import LintCode as Code
from tasks.linting.draft import Draft, Weakness
from tasks.linting.others import alike, terms_near
from tasks.linting.words import is_measured, is_vague

#: Working days that a term leaves at least.
SHORTEST_TERM = 2
#: So many terms of one executor around a due day are many.
MANY_TERMS = 10


def lint(draft: Draft) -> list[Weakness]:
    """All that is weak, the gravest first. At most three queries."""
    found = [*_missing(draft), *_of_term(draft), *_of_words(draft), *_of_others(draft)]
    return sorted(found, key=lambda weakness: (not weakness.is_grave, not weakness.needs_reason))


def _missing(draft: Draft) -> list[Weakness]:
    found = []
    if draft.due is None:
        found.append(Weakness(Code.NO_DUE, _("No term is set: set the due date.")))
    if not draft.result:
        found.append(
            Weakness(Code.NO_RESULT, _("No expected result: write what will be there when it is done."))
        )
    if draft.lead is None:
        text = _("No single responsible executor: name one organisation that answers for it.")
        found.append(Weakness(Code.NO_LEAD, text))
    return found


def _of_term(draft: Draft) -> list[Weakness]:
    if draft.due is None:
        return []
    found, day = [], date_format(draft.due, "SHORT_DATE_FORMAT")
    if draft.calendar.between(draft.today, draft.due) < SHORTEST_TERM:
        text = _("The term, %(day)s, leaves less than two working days: set a later one.") % {"day": day}
        found.append(Weakness(Code.SHORT_TERM, text))
    if not draft.calendar.works(draft.due):
        text = _("The term, %(day)s, is a day off: it is not moved, executors plan for the day before.")
        found.append(Weakness(Code.DUE_ON_DAY_OFF, text % {"day": day}))
    return found


def _of_words(draft: Draft) -> list[Weakness]:
    """What the result measures, the task need not: «обеспечить …» with “200 MW connected” is concrete enough."""
    texts, results = _written(draft.instruction.text), _written(draft.result)
    found = []
    if any(map(is_vague, texts)) and not any(map(is_measured, (*texts, *results))):
        text = _("The task says to try, not what to reach: name a paper, a figure or an end in its result.")
        found.append(Weakness(Code.VAGUE_VERB, text))
    if any(map(is_vague, results)) and not any(map(is_measured, results)):
        text = _("The expected result cannot be measured: name a paper, a figure or an end.")
        found.append(Weakness(Code.NO_MEASURABLE_RESULT, text))
    return found


def _written(text: Any) -> list[str]:
    return [words for words in text if words]


def _of_others(draft: Draft) -> list[Weakness]:
    found = []
    if like := alike(draft):
        numbers = ", ".join(one.public_id for one in like)
        text = _("It looks like %(numbers)s: one of them may be enough. Compare the two.")
        found.append(Weakness(Code.DUPLICATE, text % {"numbers": numbers}, tuple(like)))
    if (near := terms_near(draft)) >= MANY_TERMS:
        text = _("The responsible executor has many other terms around that day: %(number)s.")
        found.append(Weakness(Code.OVERLOADED, text % {"number": near}))
    return found
