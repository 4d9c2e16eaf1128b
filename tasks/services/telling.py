"""What a progress report says besides its answers: its words, and how its milestones stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.dates import PartialDate
from districts.choices import MoveReason
from districts.models import Milestone
from tasks.models import ProgressMilestone, ProgressReport
from tasks.reporting_choices import WORDS, Outcome, WordsLanguage

#: Characters of each of the texts.
LONGEST = 20_000


@dataclass(frozen=True)
class Told:
    """A milestone (or its code in the project) was met `on` a day, or moved and is expected `on` it, for a reason.

    `on`: a date as people give it: “2026-10-05”, “2026-10”, “2027 autumn”, “2027”.
    """

    milestone: Milestone | str
    outcome: str
    on: PartialDate | date | str
    reason: str = ""
    note: str = ""

    @property
    def code(self) -> str:
        return self.milestone if isinstance(self.milestone, str) else self.milestone.code


def write_words(report: ProgressReport, words: Mapping[str, str], language: str | None) -> list[str]:
    """Put them into the row, not saved; the names of the columns that differ now. ValidationError by column."""
    errors = {}
    for name, text in words.items():
        if name not in WORDS:
            errors[name] = [_("A report has no such field: %(field)s.") % {"field": name}]
        elif faults := _faults_of_text(text, LONGEST):
            errors[name] = faults
    if language and language not in WordsLanguage.values:
        errors["language"] = [_("The words are in Kazakh (kk) or in Russian (ru).")]
    if errors:
        raise ValidationError(errors)
    now = {name: text.strip() for name, text in words.items()}
    if language is not None:
        now["language"] = language
    differing = [name for name, text in now.items() if getattr(report, name) != text]
    for name in differing:
        setattr(report, name, now[name])
    return differing


def _faults_of_text(text: str, longest: int) -> list[str]:
    if "\x00" in text:
        return [_("The text holds a character that cannot be kept: type it anew.")]
    if len(text) > longest:
        return [_("The text is longer than %(longest)s characters: shorten it.") % {"longest": longest}]
    return []


def changed_milestones(
    report: ProgressReport, milestones: Sequence[Told]
) -> tuple[list[ProgressMilestone], list[ProgressMilestone]]:
    """(rows to save, rows to remove) for this whole list; ValidationError by `milestones:<code>`."""
    known = {one.code: one for one in Milestone.objects.filter(project=report.project_id)}
    rows = ProgressMilestone.objects.filter(report=report.pk).select_related("milestone")
    there = {row.milestone.code: row for row in rows}
    errors: dict[str, list[str]] = {}
    saved: list[ProgressMilestone] = []
    seen: set[str] = set()
    for told in milestones:
        faults = _faults(told, known, seen)
        seen.add(told.code)
        if faults:
            errors[f"milestones:{told.code}"] = faults
            continue
        row = there.get(told.code) or ProgressMilestone(report=report, milestone=known[told.code])
        if row._state.adding or _said(row) != _meant(told):
            saved.append(_written(row, told))
    if errors:
        raise ValidationError(errors)
    return saved, [row for code, row in there.items() if code not in seen]


def _faults(told: Told, known: Mapping[str, Milestone], seen: set[str]) -> list[str]:
    if told.code not in known:
        return [_("The project has no such milestone.")]
    if told.code in seen:
        return [_("Tell of a milestone once.")]
    if told.outcome not in Outcome.values:
        return [_("A milestone is met, or moved.")]
    if not _parsed(told.on):
        return [_("Say when: as 2026-10-05, 2026-10 or 2026.")]
    if told.outcome == Outcome.MOVED and told.reason not in MoveReason.values:
        return [_("Say why the milestone moved: choose a reason.")]
    if told.outcome == Outcome.MET and told.reason:
        return [_("A milestone that was met needs no reason.")]
    return _faults_of_text(told.note, 500)


def _parsed(on: PartialDate | date | str) -> PartialDate:
    """No date where it is none, such as 2026-02-30."""
    try:
        found = PartialDate.parse(on)
    except ValueError:
        return PartialDate()
    return found if len(found.text) <= 200 and "\x00" not in found.text else PartialDate()


def _meant(told: Told) -> tuple[str, PartialDate, str, str]:
    return told.outcome, _parsed(told.on), told.reason, told.note.strip()


def _said(row: ProgressMilestone) -> tuple[str, PartialDate, str, str]:
    return row.outcome, row.on, row.reason, row.note


def _written(row: ProgressMilestone, told: Told) -> ProgressMilestone:
    row.outcome, row.on, row.reason, row.note = _meant(told)
    return row
