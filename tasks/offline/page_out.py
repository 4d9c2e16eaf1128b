"""The self-contained page: form, looks, script and facts in one file that needs no network."""

import json
from typing import Any

from django.template.loader import render_to_string
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from districts.choices import MoveReason
from tasks.offline import telling
from tasks.offline.book_form import CURRENCIES
from tasks.offline.frozen import Frozen, canonical, sign
from tasks.reporting_choices import WORDS, Mark, Metric, NoteField, Outcome


def plain(frozen: Frozen) -> bytes:
    """The bundle alone, for programs."""
    return json.dumps(
        {"frozen": frozen, "signature": sign(frozen), "answers": {}}, ensure_ascii=False
    ).encode()


def write(frozen: Frozen) -> bytes:
    """In the language that is active, in which the frozen part was made."""
    page = render_to_string(
        "tasks/offline/form.html",
        {
            "language": frozen["language"],
            "period": frozen["title"],
            # As text, because the signature is over the very facts.
            "bundle": {"frozen": json.loads(canonical(frozen)), "signature": sign(frozen)},
            "form": _form(frozen),
        },
    )
    return page.encode()


def _form(frozen: Frozen) -> dict[str, Any]:
    """What the script asks, and in which words."""
    return {
        "metrics": [{"code": one.value, "label": capfirst(str(one.label))} for one in Metric],
        "marks": [[one.value, str(one.label)] for one in Mark if one != Mark.VALUE],
        "currencies": CURRENCIES,
        "words": [{"code": str(one), "label": capfirst(str(NoteField(one).label))} for one in WORDS],
        "outcomes": [[one.value, str(one.label)] for one in Outcome],
        "reasons": [[one.value, str(one.label)] for one in MoveReason],
        "hints": {one["project"]: _hints(one) for one in frozen["projects"]},
        "say": _sentences(),
    }


def _hints(project: dict[str, Any]) -> dict[str, str]:
    """What was accepted last and what is planned, by metric."""
    said: dict[str, str] = {}
    for metric in Metric.values:
        parts = []
        if last := project["last"].get(metric):
            told = {"value": telling.in_words(last), "period": project["last_period"]}
            parts.append(_("Last accepted: %(value)s (%(period)s)") % told)
        if plan := project["plan"].get(metric):
            parts.append(_("Plan: %(value)s") % {"value": plan})
        said[metric] = " · ".join(parts)
    return said


def _sentences() -> dict[str, str]:
    return {
        "value": capfirst(str(Mark.VALUE.label)),
        "mark": _("If there is no number"),
        "currency": _("Currency"),
        "note": _("Note"),
        "milestones": _("Milestones"),
        "expected": _("Expected so far: %s"),
        "outcome": _("Met or moved"),
        "on": _("Met on, or now expected on"),
        "dayHint": _("A day such as 2026-03-15, or a month such as 2026-03."),
        "reason": _("Why it moved"),
        "number": _("This is not a number: write digits alone, or mark that there is none."),
        "both": _("Give a number, or mark that there is none: not both."),
        "kept": _("Kept in this browser, %s"),
        "notKept": _("This browser keeps nothing: save your answers before you close the page."),
        "saved": _("Saved: %s. Send this file back on the portal, page “Reports by file”."),
        "look": _("Look again at the fields marked in red; the file is saved all the same."),
        "words": capfirst(pgettext("progress report", "in words")),
    }
