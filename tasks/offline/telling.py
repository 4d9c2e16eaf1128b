"""What became of a file, in words: each report with its receipt, each field as it was, as it is, as it was typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import get_language, pgettext_lazy

from core import formats
from core.dates import PartialDate
from districts.choices import MoveReason
from tasks.offline.book_in import Fault
from tasks.offline.merging import MINE, THEIRS
from tasks.offline.sent import Sent
from tasks.offline.shape import Field, label_of
from tasks.reporting_choices import Mark, Outcome

#: Faults that are shown at once; the rest is counted.
MOST = 200
#: What a receipt is called, and the shape of its tag.
STATES = {
    "made": (pgettext_lazy("receipt", "taken, a new draft"), "ok"),
    "saved": (pgettext_lazy("receipt", "taken"), "ok"),
    "there": (pgettext_lazy("receipt", "was there already"), "plan"),
    "empty": (pgettext_lazy("receipt", "nothing filled in"), "plan"),
    "asks": (pgettext_lazy("receipt", "asks you"), "warn"),
    "refused": (pgettext_lazy("receipt", "not taken"), "bad"),
}


@dataclass
class Line:
    """A field: what it is called, and its sides in words."""

    name: str
    label: str
    mine: str
    theirs: str
    was: str = ""


@dataclass
class Told:
    """A receipt as a page shows it."""

    project: str
    title: str
    state: str
    word: Any
    shape: str
    report: Any
    lines: list[Line]
    asks: list[Line]
    faults: list[Fault]

    @classmethod
    def of(cls, receipt: Any, said: Sent) -> "Told":
        facts = next(one for one in said.frozen["projects"] if one["project"] == receipt.project)
        names = {one["code"]: one["name"] for one in facts["milestones"]}
        lines = [
            Line(name, label_of(name, names), in_words(value), in_words(receipt.theirs.get(name)))
            for name, value in receipt.written.items()
        ]
        asks = [
            Line(
                f"choose:{receipt.project}:{one.field}",
                label_of(one.field, names),
                *map(in_words, (one.mine, one.theirs, one.was)),
            )
            for one in receipt.asks
        ]
        wrong = [
            Fault(receipt.name, said.places.get((receipt.project, name)) or _place(name, names), text)
            for name, texts in receipt.errors.items()
            for text in texts
        ]
        word, shape = STATES[receipt.state]
        return cls(
            receipt.project, receipt.name, receipt.state, word, shape, receipt.report, lines, asks, wrong
        )


def _place(name: str, milestones: Mapping[str, str]) -> str:
    if name == NON_FIELD_ERRORS:
        return ""
    try:
        return label_of(name, milestones)
    except ValueError:  # of the report as a whole
        return name


def in_words(value: Field) -> str:
    """An answer, what is told of a milestone, or words; a dash for nothing."""
    if not isinstance(value, dict):
        return value or "—"
    if "outcome" in value:
        day = PartialDate.parse(value["on"])
        when = formats.partial_date(day.day, day.precision, day.text, get_language()) if day else value["on"]
        reason = dict(MoveReason.choices).get(value["reason"] or "", "")
        return ", ".join(
            str(one) for one in (Outcome(value["outcome"] or "").label, when, reason, value["note"]) if one
        )
    return ", ".join(filter(None, (_number(value), value["note"])))


def _number(value: dict[str, str | None]) -> str:
    if value["value"] is None:
        return str(Mark(value["mark"] or "").label)
    number = Decimal(value["value"])
    if value["currency"]:
        return formats.money(number, value["currency"], get_language())
    return formats.number(number, get_language())


def faults(error: ValidationError) -> list[Fault]:
    """Of answers that are malformed, by “project/field”."""
    found = []
    for where, texts in error.message_dict.items():
        project, _slash, name = where.partition("/")
        found += [Fault(project, _place(name, {}) if name else "", text) for text in texts]
    return found


def chosen(posted: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """What a person chose where both sides had changed a field: `choose:<project>:<field>`."""
    found = {}
    for name, value in posted.items():
        if name.startswith("choose:") and value in (MINE, THEIRS):
            _choose, project, field = name.split(":", 2) if name.count(":") > 1 else ("", "", "")
            found[project, field] = str(value)
    return found
