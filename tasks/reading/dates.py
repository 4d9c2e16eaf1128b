"""Days as texts write them: «15 июня 2026 года», «2026 жылғы 15 маусым», 15.06.2026, 2026-06-15."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from tasks.reading.numbers import ORDINAL, OWNED, number

_RU = "январ феврал март апрел ма[йяюе] июн июл август сентябр октябр ноябр декабр".split()
_KK = "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйе[кг] қазан қараша желтоқсан".split()
#: The name of a month in any case.
MONTH = rf"(?:{'|'.join([*_RU, *_KK])})[а-яәғқңөұүһі]*"
_MONTHS = [re.compile(rf"(?:{ru}|{kk})") for ru, kk in zip(_RU, _KK, strict=True)]
_MONTH = rf"(?P<month>{'|'.join([*_RU, *_KK])})(?P<ending>[а-яәғқңөұүһі]*)"
_DAY = rf'(?<![\d.,\w])(?:\d{{1,2}}\s?-\s?(?=\d))?"?\s?(?P<day>\d{{1,2}}|{ORDINAL})\s?"?'
_YEAR_WORD = r"(?:\s*(?:года?|году|г\.|г(?!\w)|ж\.|ж(?!\w)|жыл\w*))?"
_THIS = r"осы|ағымдағы|биылғы|биыл|үстіміздегі|текущего|сего|этого|т\.\s?г|с\.\s?г|т\.\s?ж"
_NEXT = r"келесі|келер|келесі|следующего|будущего"
_BEFORE = (
    rf"(?:(?:(?P<year1>\d{{4}})\s*-?\s*(?:жыл\w*|ж\.)|(?P<this1>{_THIS})(?:\s+жыл\w*)?"
    rf"|(?P<next1>{_NEXT})\s+жыл\w*)\s+)?"
)
_AFTER = (
    rf"(?:\s*,?\s*(?:(?P<year2>(?:19|20)\d{{2}})(?!\d){_YEAR_WORD}"
    rf"|(?P<this2>{_THIS})\.?(?:\s+года)?|(?P<next2>{_NEXT})\s+года))?"
)
_WORDED = re.compile(rf"{_BEFORE}{_DAY}(?:-?(?:го|му|е|ші|шы))?(?:\s+числа)?\s?-?\s*{_MONTH}{_AFTER}")
_INVERTED = re.compile(
    rf"{_BEFORE}(?P<month>{'|'.join([*_RU, *_KK])})(?:\s+ай)?(?:дың|дің|тың|тің|ның|нің|ының)\s+"
    rf"(?P<day>\d{{1,2}}|{OWNED})\s?-?\s?(?P<ending>[а-яәғқңөұүһі]{{0,7}})(?!\w)"
)
_FIGURES = re.compile(
    r"(?<![\d.,/])(?P<day>\d{1,2})(?P<dot>[./])(?P<month>\d{1,2})(?:(?P=dot)(?P<year2>\d{4}|\d{2}))?(?![\d/]|\.\d)"
    + _YEAR_WORD
)
_ISO = re.compile(r"(?<!\d)(?P<year2>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Day:
    """A day in the text. `year`: the number, "this", "next", or None; `ending`: of the month's name."""

    start: int
    end: int
    day: int
    month: int
    year: int | str | None
    ending: str

    @property
    def exact(self) -> date | None:
        """The day itself, if the text gives the year and such a day exists."""
        return _day(self.year, self.month, self.day) if isinstance(self.year, int) else None

    def after(self, event: date | None) -> date | None:
        """The day as a term: without a year the first such day after the event."""
        if isinstance(self.year, int) or event is None:
            return self.exact
        if self.year:
            return _day(event.year + (self.year == "next"), self.month, self.day)
        years = (_day(event.year + more, self.month, self.day) for more in range(9))
        return next((day for day in years if day and day > event), None)

    def before(self, published: date | None) -> date | None:
        """The day as an event told of on `published`: without a year the last such day up to it."""
        if isinstance(self.year, int) or published is None:
            return self.exact
        years = (_day(published.year - less, self.month, self.day) for less in range(9))
        return next((day for day in years if day and day <= published), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def days(folded: str, start: int, end: int) -> list[Day]:
    """All days of a passage of a folded text, in order. A bare 15.06 counts only where it can be a day."""
    found = sorted(_all(folded, start, end), key=lambda day: (day.start, -day.end))
    kept: list[Day] = []
    for day in found:
        if not kept or day.start >= kept[-1].end:
            kept.append(day)
    return kept


def _all(folded: str, start: int, end: int) -> Iterator[Day]:
    for match in chain(_WORDED.finditer(folded, start, end), _INVERTED.finditer(folded, start, end)):
        name = match["month"]
        month = next(number for number, form in enumerate(_MONTHS, start=1) if form.fullmatch(name))
        yield from _possible(match, month, match["ending"])
    for pattern in (_FIGURES, _ISO):
        for match in pattern.finditer(folded, start, end):
            yield from _possible(match, int(match["month"]), "")


def _possible(match: re.Match[str], month: int, ending: str) -> Iterator[Day]:
    day = number(match["day"])
    year = _year(match.groupdict())
    leap = year if isinstance(year, int) and year > 1 else 2024
    if 1 <= month <= 12 and _day(leap, month, day):
        start = match.start() + (len(match.group()) - len(match.group().lstrip(' "')))
        stop = match.end() - (len(match.group()) - len(match.group().rstrip(' "-')))
        yield Day(start, stop, day, month, year, ending)


def _year(found: dict[str, str | None]) -> int | str | None:
    if written := found.get("year1") or found.get("year2"):
        return int(written) + (2000 if len(written) == 2 else 0)
    if found.get("this1") or found.get("this2"):
        return "this"
    return "next" if found.get("next1") or found.get("next2") else None
