"""What event a text tells of: which kind, on which day, who led it and where."""

import re
from itertools import pairwise

from tasks.reading.blocks import Block
from tasks.reading.chair import chair_of
from tasks.reading.dates import days
from tasks.reading.event_day import day_of_event
from tasks.reading.happening import HELD, OFFICIAL, OTHER, OUTING, PAST, SITTING, TRIP, WORKING, told
from tasks.reading.headings import Part
from tasks.reading.patterns import either
from tasks.reading.results import Event
from tasks.reading.text import Text

_OFFICE = either(r"проектн\w+\s+офис\w*|жобалық\s+(?:офис|кеңсе)\w*")
_COUNCIL = either(
    r"(?<!\w)совет\w{0,2}\s+(?:по\s+(?:вопросам\s+)?(?:развити|alatau|алатау)|развития)",
    r"(?<!\w)(?:заседани\w+|решени\w+)\s+совета(?!\s+(?:директор|безопас|министр|ветеран))",
    r"(?:дамыту\s+жөніндегі|даму)\s+кеңес\w*|кеңестің\s+(?:[\w№,]+\s+){0,6}?отырыс",
)
_SITS = re.compile(r"(?<!\w)(?:в ходе|на|барысында|отырысында)(?!\w)")
_TITLE_OF_TRIP = either(r"объезд|рабоч\w+ поездк|жұмыс сапар|выездн")
#: A list of instructions is titled without a finite verb: «Поручения, данные …», «… берген тапсырмалары».
_LIST = re.compile(r"(?<!\w)(?:поручени[яй]|тапсырмалар\w*)(?!\w)")
#: «Её посетил министр»: the text is about what he visited.
_BY_THE_WAY = re.compile(
    r"(?:ее|его|их|оны|оларды)\s+(?:также\s+)?(?:посетил|осмотрел|аралап|көрген|тамашала)"
)
_PAPER = re.compile(
    r"(?m)^(?:[\d./\s]{8,16}(?:г\.|ж\.)?)?[^.!?\n]{0,160}(?<!\w)(?:протокол|хаттама)\w*[^\n]{0,160}$"
)

_LETTER, _SMALL = "А-ЯЁӘҒҚҢӨҰҮҺІ", "а-яёәғқңөұүһі"
_CITY = re.compile(
    rf"(?:г\.|город)\s?[{_LETTER}][{_SMALL}-]+|[{_LETTER}][{_SMALL}-]+\s+(?:қ\.|қаласы(?!\w))"
    r"|(?<!\w)(?:Астана|Алматы|Алатау|Қонаев|Конаев)(?=\s*(?:[,.;\t]|$|\s\s))"
)
_HOUSE = re.compile(r",\s*(?:Дом Правительства|Үкімет үйі)")
_VISITED = re.compile(
    rf"[{_LETTER}][{_SMALL}]+\s+(?:област\w+|облысы|қаласы)|(?:город\w?|г\.)\s[{_LETTER}][{_SMALL}]+"
)


def is_protocol(text: Text, found: list[Block]) -> bool:
    """A paper with decisions: it says so at the top, or has a part for them, or lines that say who and by when."""
    if any(not HELD.search(title.group()) for title in _PAPER.finditer(text.folded[:700])):
        return True
    if is_list(text, found):
        return True
    if any(
        label.part is Part.DECIDED and label.start >= label.end and item.kind == "item" and item.number
        for label, item in pairwise(found)
    ):
        return True
    parts = [block.part for block in found if block.kind == "label"]
    if Part.DECIDED in [block.part for block in found[:2]]:
        return True
    if Part.DECIDED in parts and {Part.HEARD, Part.AGENDA, Part.PRESENT} & set(parts):
        return True
    said = sum(part in (Part.RESPONSIBLE, Part.TERM, Part.LEAD) for part in parts)
    return said >= 2 or any(len(block.cells) >= 3 for block in found)


def is_list(text: Text, found: list[Block]) -> bool:
    """Numbered items under a title that calls them instructions."""
    first = next((block.start for block in found if block.kind == "item" and block.number), 0)
    title = text.folded[: min(text.line_start(first), 400)]
    is_title = bool(title.strip()) and not re.search(r"[.!?]\s*(?:\n|$)", title)
    return is_title and bool(_LIST.search(title)) and not (HELD.search(title) or PAST.search(title))


def event_of(text: Text, found: list[Block], protocol: bool) -> Event:
    head = min(_head_end(found, text), 2500) if protocol else 0
    return Event(
        kind=_kind_of(text.folded[:head], is_title=True) if head else _told_kind(text, found),
        date=day_of_event(text, found, head),
        chair=chair_of(text, found, head),
        place=_place(text, found, head),
    )


def _head_end(found: list[Block], text: Text) -> int:
    """Where the head of a protocol ends: at the agenda, at what was heard or decided, at the first item."""
    for number, block in enumerate(found):
        is_body = block.kind in ("item", "row") or block.part in (Part.AGENDA, Part.HEARD, Part.TOPIC)
        if is_body or (block.part is Part.DECIDED and number > 2):
            return max(block.start, 1)
    return len(text.raw)


def _told_kind(text: Text, found: list[Block]) -> str | None:
    """A sitting of the office or the council, wherever it is told of; else a trip."""
    trip: str | None = None
    for start, end in told(text, found):
        folded = text.folded[start:end]
        kind = None if OTHER.search(folded) or _BY_THE_WAY.match(folded) else _kind_of(folded, is_title=False)
        if kind in ("project_office", "council"):
            return kind
        if kind and (OFFICIAL.search(folded) or WORKING.search(folded)):
            trip = kind
    return trip


def _kind_of(folded: str, *, is_title: bool) -> str | None:
    """By the body whose sitting it is; a visit only where there is none."""
    sits = SITTING.search(folded) and (HELD.search(folded) or _SITS.search(folded))
    for kind, pattern in (("project_office", _OFFICE), ("council", _COUNCIL)):
        body = pattern.search(folded)
        if body and (is_title or (sits and _is_beside(folded, body))):
            return kind
    return "field_visit" if (_TITLE_OF_TRIP if is_title else TRIP).search(folded) else None


def _is_beside(folded: str, body: re.Match[str]) -> bool:
    """The word for a sitting stands beside the body: «заседание Проектного офиса», «Жобалық офис отырысы»."""
    near = folded[max(0, body.start() - 60) : body.end() + 90]
    return bool(SITTING.search(near.replace(body.group(), " ")) or re.search(r"заседани\w+\s+совет", near))


def _city(text: Text, block: Block) -> re.Match[str] | None:
    """The first city of a line that is not a part of the council's name: «развитию города Алатау»."""
    for city in _CITY.finditer(text.raw, block.start, block.end):
        if not re.search(r"(?:развити\w+|города|дамыту)\s+$", text.folded[block.start : city.start()]):
            return city
    return None


def _place(text: Text, found: list[Block], head: int) -> str | None:
    """What a line says of the place, the city in the head of a protocol, or where a trip went."""
    for block in found:
        if block.part is Part.PLACE and block.start < block.end:
            return text.raw[slice(*text.trim(block.start, block.end, ".;"))]
    for block in found:
        if block.start < head and (city := _city(text, block)):
            is_of_paper = (
                days(text.folded, block.start, block.end) or "№" in text.raw[block.start : block.end]
            )
            if (is_of_paper and block.end - block.start < 140) or len(
                city.group()
            ) > block.end - block.start - 6:
                house = _HOUSE.match(text.raw, city.end(), block.end)
                return text.raw[city.start() : house.end() if house else city.end()]
    for start, end in told(text, found) if not head else ():
        if OUTING.search(text.folded, start, end) and (visited := _VISITED.search(text.raw, start, end)):
            return visited.group()
    return None
