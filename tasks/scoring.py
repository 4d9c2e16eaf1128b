"""How well a reading answers a text of the corpus, in points.

A point: the kind and the date of the event, every topic of the agenda, every instruction, and of each instruction its
addressees, its lead and its due day. A topic or an instruction that is not there is a point lost. An invented date is
worse than a lost point and counted apart: a day where the text gives none, or one that it nowhere gives.
Chair, place, districts, projects and the words of a term are shown beside, outside of the total.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from tasks.corpus import Span, Specimen, Wanted

COUNTED = ("kind", "date", "agenda", "instructions", "addressees", "lead", "due")
BESIDE = ("chair", "place", "districts", "projects", "due words")
PASS = 95.0

#: What may stand before or after the name of a company, or not.
LEGAL_FORMS = {"ао", "ақ", "тоо", "жшс", "ргп", "рмк", "гкп", "мкк"}

Reading = Mapping[str, Any]


@dataclass
class Score:
    """Points reached and points that could be, by part; what went wrong, in words."""

    points: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    invented_dates: list[str] = field(default_factory=list)
    invented_instructions: list[str] = field(default_factory=list)

    def mark(self, part: str, right: bool, story: str) -> None:
        self.of[part] += 1
        self.points[part] += right
        if not right:
            self.failures.append(f"{part}: {story}")

    def add(self, other: "Score", name: str) -> None:
        """Take over the score of one text."""
        self.points.update(other.points)
        self.of.update(other.of)
        for mine, its in (
            (self.failures, other.failures),
            (self.invented_dates, other.invented_dates),
            (self.invented_instructions, other.invented_instructions),
        ):
            mine += [f"{name}: {story}" for story in its]

    def percent(self, *parts: str) -> float:
        """Share of the points of these parts; 100 where nothing was to be reached."""
        of = sum(self.of[part] for part in parts)
        return 100 * sum(self.points[part] for part in parts) / of if of else 100.0

    @property
    def total(self) -> float:
        return self.percent(*COUNTED)

    @property
    def passes(self) -> bool:
        return self.total >= PASS and not self.invented_dates


def score_all(specimens: Iterable[Specimen], read: Callable[[str, str], Reading]) -> Score:
    """The score of a reader over a corpus. read: of a text and its language makes the JSON of import_protocol."""
    whole = Score()
    for specimen in specimens:
        whole.add(score(specimen, read(specimen.text, specimen.language)), specimen.name)
    return whole


def score(specimen: Specimen, reading: Reading) -> Score:
    result = Score()
    _event(result, specimen, reading["event"])
    _sets(result, specimen, reading)
    _agenda(result, specimen, reading["agenda"])
    _instructions(result, specimen, reading["instructions"])
    return result


def _event(result: Score, specimen: Specimen, event: Reading) -> None:
    for part in ("kind", "date"):
        wanted, found = specimen.event[part], event[part]
        result.mark(part, wanted == found, f"{found}, expected {wanted}")
    _check_date(result, specimen, specimen.event["date"], event["date"], "of the event")
    for part in ("chair", "place"):
        wanted, found = specimen.event[part], event[part]
        right = _mentions(found or "", wanted) if wanted else not found
        result.mark(part, right, f"{found}, expected {wanted}")


def _sets(result: Score, specimen: Specimen, reading: Reading) -> None:
    for part, wanted in (("districts", specimen.districts), ("projects", specimen.projects)):
        found = reading[part]
        result.mark(part, set(found) == set(wanted), f"{sorted(found)}, expected {sorted(wanted)}")


def _agenda(result: Score, specimen: Specimen, found: Sequence[Reading]) -> None:
    pairs = matched(specimen.agenda, [_span(topic) for topic in found])
    for index, span in enumerate(specimen.agenda):
        result.mark("agenda", index in pairs, f"not found: {_shown(specimen.text[slice(*span)])}")
    for index in set(range(len(found))) - set(pairs.values()):
        result.mark("agenda", False, f"not there: {_shown(found[index]['text'])}")


def _instructions(result: Score, specimen: Specimen, found: Sequence[Reading]) -> None:
    pairs = matched([wanted.span for wanted in specimen.instructions], [_span(one) for one in found])
    for index, wanted in enumerate(specimen.instructions):
        _instruction(result, specimen, wanted, found[pairs[index]] if index in pairs else None)
    for index in sorted(set(range(len(found))) - set(pairs.values())):
        words = _shown(found[index]["text"])
        result.mark("instructions", False, f"not there: {words}")
        result.invented_instructions.append(words)
        _check_date(result, specimen, None, found[index]["due"], words)


def _instruction(result: Score, specimen: Specimen, wanted: Wanted, found: Reading | None) -> None:
    words = _shown(wanted.words)
    result.mark("instructions", found is not None, f"not found: {words}")
    answer = found or {"addressees": [], "lead": "?", "due": "?", "due_text": None}
    bodies = [" or ".join(one) for one in wanted.addressees]
    right = same_addressees(wanted.addressees, answer["addressees"])
    result.mark("addressees", right, f"{answer['addressees']}, expected {bodies} in {words}")
    right = same_lead(wanted, answer["lead"])
    result.mark("lead", right, f"{answer['lead']}, expected {wanted.lead} in {words}")
    result.mark("due", answer["due"] == wanted.due, f"{answer['due']}, expected {wanted.due} in {words}")
    right = found is not None and _same_term(wanted.due_text, answer["due_text"])
    result.mark("due words", right, f"{answer['due_text']}, expected {wanted.due_text}")
    if found is not None:
        _check_date(result, specimen, wanted.due, found["due"], words)


def _check_date(result: Score, specimen: Specimen, wanted: str | None, found: str | None, where: str) -> None:
    if found and found != wanted and (wanted is None or found not in specimen.dates):
        result.invented_dates.append(f"{found} {where}, expected {wanted}")


def matched(wanted: Sequence[Span], found: Sequence[Span]) -> dict[int, int]:
    """Which found span answers which wanted one: half of either lies in the other; the best pairs first."""
    likeness = {
        (i, j): _likeness(wanted[i], found[j]) for i, j in product(range(len(wanted)), range(len(found)))
    }
    pairs: dict[int, int] = {}
    for (i, j), alike in sorted(likeness.items(), key=lambda pair: -pair[1]):
        if alike and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _likeness(one: Span, other: Span) -> float:
    """Common part over the whole of both; 0 where less than half of either is common."""
    common = min(one.end, other.end) - max(one.start, other.start)
    lengths = one.end - one.start, other.end - other.start
    if common <= 0 or 2 * common < max(lengths):
        return 0.0
    return common / (sum(lengths) - common)


def same_addressees(wanted: Sequence[Sequence[str]], found: Sequence[str]) -> bool:
    """All of them and nobody else, in any order."""
    left = list(found)
    for answers in wanted:
        hit = next((one for one in left if any(same_name(one, answer) for answer in answers)), None)
        if hit is None:
            return False
        left.remove(hit)
    return not left


def same_lead(wanted: Wanted, found: str | None) -> bool:
    if wanted.lead is None or found is None:
        return wanted.lead is found
    answers = next((one for one in wanted.addressees if wanted.lead in one), [wanted.lead])
    return any(same_name(found, answer) for answer in answers)


def same_name(one: str, other: str) -> bool:
    """Equal but for case endings, quotes and what stands in brackets: «инвесторлар» is «инвесторларға»."""
    mine, its = _words(one), _words(other)
    return len(mine) == len(its) and all(map(_akin, mine, its))


def _same_term(wanted: str | None, found: str | None) -> bool:
    """One holds the other: whether «срок» is part of the words of a term does not matter."""
    if not wanted or not found:
        return not wanted and not found
    return wanted in found or found in wanted


def _mentions(found: str, wanted: str) -> bool:
    words = _words(found)
    return all(any(_akin(word, one) for one in words) for word in _words(wanted))


def _words(name: str) -> list[str]:
    """Folded words, without brackets, legal forms and an ending tied on by a hyphen («KTZ-ға»)."""
    plain = re.sub(r"\([^)]*\)|(?<=\w)-\w{1,4}\b", " ", name.casefold().replace("ё", "е"))
    return [word for word in re.findall(r"\w+", plain) if word not in LEGAL_FORMS]


def _akin(one: str, other: str) -> bool:
    """Two forms of a word: they begin alike for two thirds of the longer one. A code has one form only."""
    if "_" in one or "_" in other or one.isascii() or other.isascii():
        return one == other
    longer = max(len(one), len(other))
    common = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return 3 * common >= 2 * longer


def _span(record: Reading) -> Span:
    return Span(record["start"], record["end"])


def _shown(words: str) -> str:
    flat = " ".join(words.split())
    return f"«{flat}»" if len(flat) <= 90 else f"«{flat[:88]}…»"
