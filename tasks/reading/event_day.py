"""The day of an event: of the meeting or trip, else the day that the text carries."""

import re
from datetime import date, timedelta

from tasks.reading.blocks import Block
from tasks.reading.dates import Day, days
from tasks.reading.happening import HELD, OCCASION, OFFICIAL, OTHER, PAST, told
from tasks.reading.headings import Part
from tasks.reading.patterns import whole
from tasks.reading.text import Text

_TODAY = whole("сегодня|бүгін")
_YESTERDAY = whole("вчера|накануне|кеше")
_NOT_THEN = re.compile(r"(?<![\w-])(?:до|к|от|с|со|по|после|не позднее|на)\s+\"?$")
_UNTIL = re.compile(r"(?<![\w-])(?:до|с|по|после|на|к)\s+\"?$")
_OF = re.compile(r"(?<!\w)от\s+\"?$")
_ACT = re.compile(r"(?:указ|закон|постановлен|приказ|распоряжен|решен)\w*[^.\n]{0,40}$")
_TILL_KK = re.compile(r"\s*(?:дейін|шейін|қарай|бастап)")
#: «… 3 наурыздағы отырыс» is the day of the sitting, «… 26 қыркүйектегі Жарлық» that of an act.
_BELONGS = re.compile(r"[дт][ае][ғг][ыі]")
_SITS = re.compile(r"[^.]{0,40}?(?:отырыс|кеңес|жиын|хаттама|мәжіліс|сапар)")
_DIRECTED = re.compile(r"(?:[ғқгк][ае]|[ндт][аеыі]н|[ндт][ыі]ң)$")
_BEFORE_DATELINE = re.compile(r"[\s\W]*(?:date|дата|күні)?[\s:\d.,|-]*")
_CITY = re.compile(
    r"[\s\W]*[\w-]+(?:\s*қаласы|\s*қ\.)?[,.]\s*(?:kazinform|баспасөз қызметі|пресс-служба\W*)?[\s\W]*"
)
#: The day of the stamp of approval is not that of the sitting.
_APPROVED = re.compile(
    r"\W*(?:утвержда\w+|утвержден\w*|бекітемін|бекітілген|бекітілді)(?!\w).{0,300}?(?=протокол|хаттама)",
    re.DOTALL,
)
#: A line with a date and so many other characters is there for the date.
_LITTLE = 45
#: Sentences that may tell of the event, and those of the lead, where an official acting is enough.
_FIRST, _LEAD = 25, 3
#: Nobody reports an event later than that; an earlier day is of something else.
_FRESH = timedelta(days=45)


def day_of_event(text: Text, found: list[Block], head: int) -> date | None:
    """head: where the head of a protocol ends; 0 in news."""
    return (_of_head(text, found, head) if head else None) or _as_told(text, found) or _carried(text, found)


def _of_head(text: Text, found: list[Block], head: int) -> date | None:
    for block in found:
        if block.part is Part.DATE:
            for day in days(text.folded, block.start, block.end):
                if day.exact:
                    return day.exact
    stamp = _APPROVED.match(text.folded, 0, head)
    start = stamp.end() if stamp else 0
    return next((day.exact for day in days(text.folded, start, head) if _is_own(text, day)), None)


def _is_own(text: Text, day: Day) -> bool:
    """A full date that is no term and belongs to no act; «от 3 марта» in a title of the paper itself is its own."""
    before, after = text.folded[max(0, day.start - 60) : day.start], text.folded[day.end : day.end + 60]
    if day.exact is None or _TILL_KK.match(after) or _UNTIL.search(before):
        return False
    if _OF.search(before):
        return not _ACT.search(before)
    return not _BELONGS.match(day.ending) or bool(_SITS.match(after))


def _dateline(text: Text, found: list[Block]) -> Day | None:
    """The date that begins the text, stands on a line of its own, or after the city."""
    for block in found[:6] + found[-3:]:
        for day in days(text.folded, block.start, min(block.end, block.start + 110)):
            before = text.folded[block.start : day.start]
            is_alone = block.end - block.start - (day.end - day.start) <= _LITTLE
            begins = _BEFORE_DATELINE.fullmatch(before) or _CITY.fullmatch(before)
            if _is_own(text, day) and (is_alone or begins) and not re.match(r"[дт][ае]", day.ending):
                return day
    return None


def _as_told(text: Text, found: list[Block]) -> date | None:
    """The day on which, as a sentence says, the sitting or trip took place; else that of the dateline."""
    dateline = _dateline(text, found)
    published = dateline.exact if dateline else None
    near = published or next((day.exact for day in days(text.folded, 0, 3000) if day.exact), None)
    number = 0
    for start, end in told(text, found):
        number += text.folded[start:end].rstrip(' "').endswith((".", "!", "?"))
        if number > _FIRST:
            break
        if _tells(text.folded[start:end], is_lead=number <= _LEAD):
            happened = _within(text, start, end, dateline, near)
            if happened:
                return happened
    return published


def _tells(folded: str, *, is_lead: bool) -> bool:
    if OTHER.search(folded) and not _TODAY.search(folded):
        return False
    happened = HELD.search(folded) or (is_lead and PAST.search(folded))
    return bool(happened) and bool(OCCASION.search(folded) or (is_lead and OFFICIAL.search(folded)))


def _within(text: Text, start: int, end: int, dateline: Day | None, near: date | None) -> date | None:
    """The day that a sentence gives its event: named, or today and yesterday of the dateline."""
    published = dateline.exact if dateline else None
    for day in days(text.folded, start, end):
        exact = day.before(near)
        if day == dateline or not exact or not _is_then(text, day):
            continue
        if near is None or timedelta(0) <= near - exact <= _FRESH or (not published and day.exact):
            return exact
    if published and _TODAY.search(text.folded, start, end):
        return published
    if published and _YESTERDAY.search(text.folded, start, end):
        return published - timedelta(days=1)
    return None


def _is_then(text: Text, day: Day) -> bool:
    """Whether the day says when: «3 марта», «3 наурызда», and neither until, since, nor of what."""
    before, after = text.folded[max(0, day.start - 25) : day.start], text.folded[day.end : day.end + 60]
    if _NOT_THEN.search(before) or _TILL_KK.match(after):
        return False
    if _BELONGS.match(day.ending):
        return bool(_SITS.match(after))
    return not _DIRECTED.match(day.ending)


def _carried(text: Text, found: list[Block]) -> date | None:
    """A day that stands alone on a line, wherever that is."""
    for block in found:
        if block.end - block.start <= _LITTLE:
            for day in days(text.folded, block.start, block.end):
                if _is_own(text, day):
                    return day.exact
    return None
