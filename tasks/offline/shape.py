"""A report as plain fields, so that three of them can be compared one by one.

A field is a metric, one of the words, or `milestones:<code>`. Its value is a text for words, an object of texts for the
rest, None where there is no answer:

    {"spent": {"mark": "value", "value": "1500000.5", "currency": "KZT", "note": ""}, "text": "…",
     "milestones:completion": {"outcome": "moved", "on": "2027-03", "reason": "land", "note": ""}}
"""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import pgettext

from tasks.models import ProgressReport
from tasks.reporting_choices import WORDS, NoteField

MILESTONE = "milestones:"
#: Parts of an answer, and of what is told of a milestone.
ANSWER, TOLD = ("mark", "value", "currency", "note"), ("outcome", "on", "reason", "note")

type Field = str | dict[str, str | None] | None
type Fields = dict[str, Field]


def fields_of(report: ProgressReport | None) -> Fields:
    """What is written in the report; it comes with its values and milestones."""
    if report is None:
        return {}
    found: Fields = {word: text for word in WORDS if (text := getattr(report, word))}
    for row in report.values.all():
        found[row.metric] = {
            "mark": row.mark,
            "value": None if row.value is None else plain(row.value),
            "currency": row.currency,
            "note": row.note,
        }
    for told in report.milestones.all():
        found[MILESTONE + told.milestone.code] = {
            "outcome": told.outcome,
            "on": told.on.text or told.on.iso() or "",
            "reason": told.reason,
            "note": told.note,
        }
    return found


def plain(number: Decimal) -> str:
    """Without noughts at the end: 40.5."""
    return f"{number.normalize():f}"


def label_of(field: str, milestones: Mapping[str, str]) -> str:
    """What people call it; `milestones`: their names by code."""
    if field.startswith(MILESTONE):
        code = field.removeprefix(MILESTONE)
        return pgettext("progress report", "Milestone: %s") % milestones.get(code, code)
    return capfirst(str(NoteField(field).label))
