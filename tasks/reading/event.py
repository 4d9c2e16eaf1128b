"""What event a text tells of: which kind, on which day, who led it and where."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from tasks.reading.blocks import Block, Part
from tasks.reading.dates import Day, days
from tasks.reading.results import Event
from tasks.reading.sentences import sentences
from tasks.reading.text import Text

SITTING = re.compile(
    r"(?<!\w)(?:заседани\w+|совещани\w+|отырыс\w*|жиын\w*|кеңес(?:інде|те|ті|тің|і)?(?!\w)|мәжіліс\w*|сидени\w+)"
)
_OFFICE = re.compile(r"проектн\w+\s+офис\w*|жобалық\s+(?:офис|кеңсе)\w*")
_COUNCIL = re.compile(
    r"(?<!\w)совет\w{0,2}\s+(?:по\s+(?:вопросам\s+)?(?:развити|alatau|алатау)|развития)|(?<!\w)заседани\w+\s+совета(?!\s+(?:директор|безопас|министр|ветеран))|(?:дамыту\s+жөніндегі|даму)\s+кеңес\w*"
    r"|кеңестің\s+(?:[\w№,]+\s+){0,6}?отырыс|решени\w+ совета(?!\s+директ)"
)
_TRIP = re.compile(
    r"рабоч\w+\s+(?:поездк|визит)\w*|выездн\w+\s+(?:совещани|осмотр|заседани)\w*|с\s+рабочим\s+визитом|объезд\w*|посетил\w*|осмотрел\w*|побывал\w*|ознакомил\w*\s+с\s+(?:ход|строит|работ|объект)"
    r"|жұмыс\s+сапар\w*|аралады|аралап|барып\s+көр\w+|жұмыс\s+бабымен|танысты|сапарлады|сапары\s+барысында|барды(?!\w)"
)
_STRONG_TRIP = re.compile(
    r"рабоч\w+\s+(?:поездк|визит)\w*|объезд\w*|жұмыс\s+сапар\w*|аралады|аралап|посетил\w*|осмотрел\w*|ознакомил\w*\s+с\s+ход|барысымен\s+танысты|жұмыс\s+бабымен"
)
_OFFICIAL = re.compile(
    r"(?<!\w)(?:(?:вице-)?премьер|вице-министр|министр(?!лі|ств)|аким(?!ат)|әкім(?!ді|ші)|президент|глава|мемлекет басшысы|заместител|орынбасар)"
)
_PAST = re.compile(r"[^\W\d_]{2,}(?:[аеиоуыя]л(?:[аои]|ся|ась|ось|ись)?|[дт][ыі])(?!\w)")
_HELD = re.compile(
    r"(?<!\w)(?:состоял(?:ось|ась|ся|ись)|провел[аи]?|провели|прош(?:ло|ла|ел|ли)|проведен[оа]?|посетил[аи]?|осмотрел[аи]?|побывал[аи]?|ознакомил(?:ся|ась|ись)|совершил[аи]?|принял[аи]?\s+участие|обсудил[аи]?|рассмотр\w+|встретил(?:ся|ась)"
    r"|подвел[аи]?|открыл(?:ся|ась|и|ось)?|открыт[аоы]?|заложен[аоы]?|введен[аоы]?|отметили|подписал[аи]?|запустил[аи]?|запущен[аоы]?|өтті|өткізді|өткізілді|аралады|барды|болды|танысты|кездесті|қатысты|талқылады|қаралды|ашылды|қаланды|тексерді|жүргізді|көрді|қабылдады|өткен|өткізіп|аралап|барып|қатысып|тексеріп|танысып)(?!\w)"
)
_BACKGROUND = re.compile(
    r"(?<!\w)(?:ранее|прежде|напомним|следующ\w+|предыдущ\w+|в прошлом|планируется|состоится|намечен\w*|запланирован\w*|бұған дейін|бұрын|еске сал\w+|айта кет\w+|келесі|алдағы|өтеді|жоспарланған|былтыр|өткен жылы)(?!\w)"
)
_TODAY = re.compile(r"(?<!\w)(?:сегодня|бүгін)(?!\w)")
_YESTERDAY = re.compile(r"(?<!\w)(?:вчера|накануне|кеше)(?!\w)")
_NOT_OF_EVENT = re.compile(r"(?<!\w)(?:до|к|от|с|со|по|после|не позднее|на)\s+\"?$")
_OF_PAPER = re.compile(r"(?<!\w)(?:от)\s+\"?$")
_LATIN_OR_NAME = r"(?:[А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі]+(?:-[А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі]+)?)"
_INITIALS = r"(?:[А-ЯЁӘҒҚҢӨҰҮҺІ]\. ?){1,2}"
_PERSON = re.compile(
    rf"(?<!\w)(?:{_INITIALS} ?{_LATIN_OR_NAME}|{_LATIN_OR_NAME} {_INITIALS}(?=\W|$)|{_LATIN_OR_NAME} {_LATIN_OR_NAME}(?: [А-ЯЁ][а-яё]+(?:вич|вна)\w*)?)"
)
_NOT_NAME = re.compile(
    r"премьер|министр|республик|казахстан|қазақстан|област|облыс|город|қала|проектн|офис|жобал|алатау|алматы|астана|город|правительств|үкімет|заместит|вице|аким|әкім|отырыс|кеңес|совет|протокол|хаттама|президент|глав"
    r"|district|орынбасар|мемлекет|басшы|төраға|сегодня|бүгін|кездесу|жиын|сапар|ауыл|тураль|алматин"
)
_CHAIRED = re.compile(
    r"под\s+председательством|председательств\w+|төрағалығымен|төрағалық\s+\w+|жетекшілігімен|под\s+руководством|вел[аи]?\s+заседание"
)
_CITY = re.compile(
    r"(?P<short>г\.\s?[А-ЯӘҒҚҢӨҰҮҺІ][а-яәғқңөұүһі-]+|[А-ЯӘҒҚҢӨҰҮҺІ][а-яәғқңөұүһі-]+\s+(?:қ\.|қаласы(?!\w)))|(?<!\w)(?P<bare>Астана|Алматы|Алатау|Қонаев|Конаев)(?!\w)"
)


def is_protocol(text: Text, found: list[Block]) -> bool:
    """A paper with decisions: it says so at the top, or has a part for them, or lines that say who and by when."""
    top = text.folded[:700]
    titles = re.finditer(r"(?m)^[^.!?\n]{0,160}(?<!\w)(?:протокол|хаттама)\w*[^\n]{0,160}$", top)
    if any(not _HELD.search(title.group()) for title in titles):
        return True
    labels = [block.part for block in found if block.kind == "label"]
    if any(block.part is Part.DECIDED for block in found[:2]):
        return True
    if Part.DECIDED in labels and ({Part.HEARD, Part.AGENDA, Part.PRESENT} & set(labels)):
        return True
    return sum(part in (Part.RESPONSIBLE, Part.TERM, Part.LEAD) for part in labels) >= 2 or any(
        block.kind == "row" and len(block.cells) >= 3 for block in found
    )


def header_end(found: list[Block], text: Text) -> int:
    """Where the head of a protocol ends: at the agenda, at what was heard or decided, at the first item."""
    for number, block in enumerate(found):
        if block.kind in ("item", "row") or block.part in (Part.AGENDA, Part.HEARD, Part.TOPIC):
            return block.start
        if block.part is Part.DECIDED and number > 2:
            return block.start
    return len(text.raw)


def event_of(text: Text, found: list[Block], protocol: bool) -> Event:
    event = Event()
    head = min(header_end(found, text), 2500) if protocol else 0
    event.date = (
        (_header_day(text, found, head) if protocol else None)
        or _told_day(text, found)
        or _carried_day(text, found)
    )
    event.kind = _kind(text, found, head)
    event.chair = _chair(text, found, head)
    event.place = _place(text, found, head)
    return event


# -- the day


def _header_day(text: Text, found: list[Block], head: int) -> date | None:
    for block in found:
        if block.part is Part.DATE and (day := _first(days(text.folded, block.start, block.end))):
            return day.exact
    candidates = [day for day in days(text.folded, 0, head) if day.exact and not _is_of_other(text, day)]
    return candidates[0].exact if candidates else None


def _first(found: list[Day]) -> Day | None:
    return next((day for day in found if day.exact), None)


def _is_of_other(text: Text, day: Day) -> bool:
    """A day of a law, of an order, of a term; «от 3 марта» in a title of the paper itself is its own day."""
    before, after = text.folded[max(0, day.start - 60) : day.start], text.folded[day.end : day.end + 60]
    if re.match(r"\s*(?:дейін|шейін)", after) or re.search(r"(?<!\w)(?:до|с|по|после|на|к)\s+\"?$", before):
        return True
    if _OF_PAPER.search(before):
        return bool(re.search(r"(?:указ|закон|постановлен|приказ|распоряжен|решен)\w*[^.\n]{0,40}$", before))
    if re.match(r"[дт][ае][ғг][ыі]", day.ending):
        return not re.match(r"[^.\n]{0,25}(?:отырыс|кеңес|жиын|хаттама|мәжіліс)", after)
    return False


def _told(text: Text, found: list[Block]) -> Iterator[tuple[int, int]]:
    for block in found:
        if block.kind in ("line", "item", "label"):
            yield from sentences(text, block.start, block.end)


def _published(text: Text, found: list[Block]) -> Day | None:
    """The day in the line that dates the text: at its very beginning, on a line of its own, or after the city."""
    for block in found[:6] + found[-3:]:
        for day in days(text.folded, block.start, min(block.end, block.start + 110)):
            rest = text.folded[block.start : day.start]
            alone = len(text.folded[block.start : block.end]) - (day.end - day.start) <= 45
            if (
                day.exact
                and (re.fullmatch(r"[\s\W]*(?:date|дата|күні)?[\s:\d.,|-]*", rest) or alone)
                and not _is_of_other(text, day)
                and not re.match(r"[дт][ае]", day.ending)
            ):
                return day
            dateline = re.fullmatch(
                r"[\s\W]*[\w-]+(?:\s*қаласы|\s*қ\.)?[,.]\s*(?:kazinform|баспасөз қызметі|пресс-служба\W*)?[\s\W]*",
                rest,
            )
            if day.exact and dateline and not _is_of_other(text, day):
                return day
    return None


def _told_day(text: Text, found: list[Block]) -> date | None:
    """The day on which, as a sentence says, the sitting or trip took place."""
    dateline = _published(text, found)
    published = dateline.exact if dateline else None
    near = published or next((day.exact for day in days(text.folded, 0, 3000) if day.exact), None)
    number = 0
    for start, end in _told(text, found):
        folded = text.folded[start:end]
        number += folded.rstrip(' "').endswith((".", "!", "?"))
        if number > 25:
            break
        happened = (number <= 3 and _PAST.search(folded)) or (
            _HELD.search(folded) and (number <= 3 or SITTING.search(folded) or _TRIP.search(folded))
        )
        if not happened or (_BACKGROUND.search(folded) and not _TODAY.search(folded)):
            continue
        for day in days(text.folded, start, end):
            exact = day.before(near)
            if day == dateline or not exact or not _is_of_event(text, day):
                continue
            if near is None or timedelta(0) <= near - exact <= timedelta(45) or (not published and day.exact):
                return exact
        if published and _TODAY.search(folded):
            return published
        if published and _YESTERDAY.search(folded):
            return published - timedelta(days=1)
    return published


def _is_of_event(text: Text, day: Day) -> bool:
    before, after = text.folded[max(0, day.start - 25) : day.start], text.folded[day.end : day.end + 15]
    if _NOT_OF_EVENT.search(before) or re.match(r"\s*(?:дейін|шейін|қарай|бастап)", after):
        return False
    if re.match(r"[дт][ае][ғг][ыі]", day.ending):
        return bool(re.match(r"[^.\n]{0,40}(?:отырыс|кеңес|жиын|сапар)", text.folded[day.end : day.end + 60]))
    return not re.match(r"(?:[ғқгк][ае]|[ндт][аеыі]н|ның|нің|дың|дің|тың|тің)$", day.ending)


def _carried_day(text: Text, found: list[Block]) -> date | None:
    """A day that stands alone on a line, wherever that is."""
    for block in found:
        for day in days(text.folded, block.start, block.end):
            if (
                day.exact
                and block.end - block.start - (day.end - day.start) <= 30
                and not _is_of_other(text, day)
            ):
                return day.exact
    return None


# -- the kind


def _kind(text: Text, found: list[Block], head: int) -> str | None:
    if head:
        return _kind_of(text.folded[:head], is_title=True)
    trip: str | None = None
    for number, (start, end) in enumerate(_told(text, found)):
        folded = text.folded[start:end]
        if _BACKGROUND.search(folded):
            continue
        kind = _kind_of(folded, is_title=False)
        if kind in ("project_office", "council"):
            return kind
        if kind and not trip and (_OFFICIAL.search(folded) or re.search(r"рабоч|жұмыс", folded)):
            trip = kind
    return trip


def _kind_of(folded: str, *, is_title: bool) -> str | None:
    """By the body whose sitting it is; a visit only where there is none."""
    sitting = SITTING.search(folded) or is_title
    happened = (
        is_title
        or _HELD.search(folded)
        or re.search(r"(?<!\w)(?:в ходе|на|барысында|отырысында)(?!\w)", folded)
    )
    if sitting and happened:
        office, council = _OFFICE.search(folded), _COUNCIL.search(folded)
        if office and _is_sitting_of(folded, office, is_title):
            return "project_office"
        if council and _is_sitting_of(folded, council, is_title):
            return "council"
    visit = (
        _STRONG_TRIP if not is_title else re.compile(r"объезд|рабоч\w+ поездк|жұмыс сапар|выездн")
    ).search(folded)
    return "field_visit" if visit else None


def _is_sitting_of(folded: str, body: re.Match[str], is_title: bool) -> bool:
    """The word for a sitting stands beside the body: «заседание Проектного офиса», «Жобалық офис отырысы»."""
    near = folded[max(0, body.start() - 60) : body.end() + 90]
    return is_title or bool(
        SITTING.search(near.replace(body.group(), " ")) or re.search(r"заседани\w+\s+совет", near)
    )


# -- who and where


def _chair(text: Text, found: list[Block], head: int) -> str | None:
    for block in found:
        if block.part is Part.CHAIR and (name := _person(text, block.start, block.end)):
            return name
    for start, end in _told(text, found):
        folded = text.folded[start:end]
        if chaired := _CHAIRED.search(folded):
            forward = chaired.group().startswith(("под", "вел", "председ", "(", "совещ", "по"))
            begin, stop = (start + chaired.end(), end) if forward else (start, start + chaired.start())
            if name := _person(text, begin, stop, last=not forward):
                return name
    if chaired := re.search(
        r"(?:төрағалық \w+|төраға|председатель\w*)\s*(?:-|:)\s*", text.folded[: max(head, 400)]
    ):
        return _person(text, chaired.end(), chaired.end() + 120)
    if head:
        return None
    for start, end in _told(text, found):
        folded = text.folded[start:end]
        acted = re.search(
            r"(?<!\w)(?:провел[аи]?|өткізді|посетил[аи]?|осмотрел[аи]?|аралады|тексеріп|тексерді|сапары\w*|барып)(?!\w)",
            folded,
        )
        if acted and not _BACKGROUND.search(folded) and (name := _person(text, start, start + acted.start())):
            return name
    return None


def _person(text: Text, start: int, end: int, *, last: bool = False) -> str | None:
    """The first (or last) name of a person; a post before it is passed over word by word."""
    names: list[str] = []
    place = start
    while match := _PERSON.search(text.raw, place, end):
        if _NOT_NAME.search(match.group().lower()):
            place = match.start() + len(re.split(r"[ .]", match.group())[0]) + 1
            continue
        names.append(" ".join(match.group().split()))
        place = match.end()
    return names[-1 if last else 0] if names else None


def _place(text: Text, found: list[Block], head: int) -> str | None:
    for block in found:
        if block.part is Part.PLACE and block.start < block.end:
            return text.raw[block.start : block.end].split("\n")[0].rstrip(" .;")
    for block in found:
        if (
            head
            and block.start < head
            and block.end - block.start < 140
            and (city := _CITY.search(text.raw, block.start, block.end))
        ):
            if (
                days(text.folded, block.start, block.end)
                or "№" in text.raw[block.start : block.end]
                or city.end() - city.start() > block.end - block.start - 6
            ):
                return city.group()
    for start, end in _told(text, found):
        if not head and (
            visited := re.search(
                r"[А-ЯӘҒҚҢӨҰҮҺІ][а-яәғқңөұүһі]+\s+(?:област\w+|облысы|қаласы)|(?:город\w?|г\.)\s[А-Я][а-я]+|(?:в|посетил\w*)\s+([А-Я][а-я]+\s+област\w+)",
                text.raw[start:end],
            )
        ):
            return (visited[1] or visited.group()) if _TRIP.search(text.folded, start, end) else None
    return None
