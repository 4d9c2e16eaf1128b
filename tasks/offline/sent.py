"""The answers of the self-contained page, as JSON: the frozen part as it was, and what was typed, project by project.

    {"frozen": {…}, "signature": "…", "answers": {"ALT-P-0001": {
        "values": {"spent": {"mark": "value", "value": "1 500,5", "currency": "KZT", "note": ""}, "jobs_local": null},
        "text": "…", "milestones": {"completion": {"outcome": "met", "on": "2026-03-01", "reason": "", "note": ""}}}}}

What is not named is as it was; null takes an answer away.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from districts.choices import MoveReason
from tasks.offline import said
from tasks.offline.frozen import BadBundle, Frozen, checked
from tasks.offline.shape import ANSWER, MILESTONE, TOLD, Fields
from tasks.reporting_choices import WORDS, Mark, Metric, Outcome

#: Bytes of a file that comes back.
LARGEST = 2 * 2**20


@dataclass
class Sent:
    """What came back. `answers`: by project. `places`: where a field stands, by (project, field), such as B7."""

    frozen: Frozen
    answers: dict[str, Fields]
    places: dict[tuple[str, str], str] = field(default_factory=dict)


def loaded(content: bytes) -> Any:
    """The JSON of a file."""
    if len(content) > LARGEST:
        raise BadBundle(_("The file is larger than %(limit)s MB.") % {"limit": LARGEST // 2**20})
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise BadBundle(
            _("The file cannot be read: perhaps it is cut short. Save it once more and send it again.")
        ) from None


def _no_number(name: str) -> Any:
    raise ValueError(name)


def read(body: Any) -> Sent:
    """BadBundle where the file is not ours; ValidationError, by “project/field”, where its answers are malformed."""
    if not isinstance(body, dict):
        raise BadBundle(
            _("This is not a file of reports, or a part of it is missing: send it as it was saved.")
        )
    frozen = checked(body.get("frozen"), body.get("signature"))
    known = {one["project"]: one for one in frozen["projects"]}
    answers, wrong = body.get("answers"), dict[str, list[str]]()
    if not isinstance(answers, dict):
        raise BadBundle(
            _("This is not a file of reports, or a part of it is missing: send it as it was saved.")
        )
    read: dict[str, Fields] = {}
    for project, typed in answers.items():
        if project not in known:
            wrong[str(project)[:40]] = [_("There is no such project in this file.")]
            continue
        read[project] = {}
        for name, make in _parts(typed, known[project]):
            try:
                read[project][name] = make()
            except said.Wrong as error:
                wrong[f"{project}/{name}"] = [str(error)]
    if wrong:
        raise ValidationError(wrong)
    return Sent(frozen, read)


def _parts(typed: Any, project: dict[str, Any]) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Each field, and how it is read."""
    if not isinstance(typed, dict) or set(typed) - {"values", "milestones", *WORDS}:
        yield "values", lambda: _refuse()
        return
    codes = [one["code"] for one in project["milestones"]]
    for group, prefix, names, make in (
        ("values", "", list(Metric.values), answer),
        ("milestones", MILESTONE, codes, told),
    ):
        of_it = typed.get(group, {})
        if not isinstance(of_it, dict) or set(of_it) - set(names):
            yield group, lambda: _refuse()
            continue
        for name, one in of_it.items():
            yield prefix + name, lambda one=one, make=make, name=name: make(name, one)  # type: ignore[misc]
    for name in WORDS:
        if name in typed:
            yield name, lambda name=name: said.words(typed[name], said.LONG)  # type: ignore[misc]


def _refuse() -> None:
    raise said.Wrong(_("Something stands here that the form does not have: download it again."))


def answer(metric: str, typed: Any) -> Any:
    """A number or a mark, with its note; None where it is not answered."""
    parts = _object(typed, ANSWER)
    value, mark = said.number(parts.get("value")), said.code(parts.get("mark"), Mark)
    note = said.words(parts.get("note"), said.SHORT)
    if value is not None and mark not in ("", Mark.VALUE):
        raise said.Wrong(_("Give a number, or mark that there is none: not both."))
    if value is None and mark in ("", Mark.VALUE):
        if note:
            raise said.Wrong(_("There is a note, yet no answer: give a number, or mark that there is none."))
        return None
    coin = said.currency(parts.get("currency")) if metric == Metric.SPENT and value is not None else ""
    if metric == Metric.SPENT and value is not None and not coin:
        raise said.Wrong(_("Say in which currency: KZT, for example."))
    return {"mark": mark or Mark.VALUE.value, "value": value, "currency": coin, "note": note}


def told(_code: str, typed: Any) -> Any:
    """A milestone that was met or moved; None where nothing is told of it."""
    parts = _object(typed, TOLD)
    outcome, reason = said.code(parts.get("outcome"), Outcome), said.code(parts.get("reason"), MoveReason)
    on, note = said.day(parts.get("on")), said.words(parts.get("note"), said.SHORT)
    if not outcome:
        if on or reason or note:
            raise said.Wrong(_("Say whether the milestone was met or moved."))
        return None
    if not on:
        raise said.Wrong(_("Say when it was met, or to what day it has moved."))
    moved = outcome == Outcome.MOVED
    if moved != bool(reason):
        raise said.Wrong(
            _("Say why it has moved: choose a reason.")
            if moved
            else _("A reason belongs to what has moved only.")
        )
    return {"outcome": outcome, "on": on, "reason": reason, "note": note}


def _object(typed: Any, parts: tuple[str, ...]) -> dict[str, Any]:
    if typed is None:
        return {}
    if not isinstance(typed, dict) or set(typed) - set(parts):
        _refuse()
    return dict(typed)
