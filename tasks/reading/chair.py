"""Who led the sitting or made the trip, as a text names them."""

import re

from tasks.reading.blocks import Block
from tasks.reading.happening import OFFICIAL, OTHER, told
from tasks.reading.headings import Part
from tasks.reading.patterns import either, whole
from tasks.reading.text import Text

_LETTER, _SMALL = "А-ЯЁӘҒҚҢӨҰҮҺІ", "а-яёәғқңөұүһі"
_NAME = rf"[{_LETTER}][{_SMALL}]+(?:-[{_LETTER}][{_SMALL}]+)?"
_INITIALS = rf"(?:[{_LETTER}]\. ?){{1,2}}"
_PERSON = re.compile(
    rf"(?<!\w)(?:{_INITIALS}\s?{_NAME}|{_NAME}\s{_INITIALS}(?=\W|$)|{_NAME}\s+{_NAME}(?: {_NAME}(?<=вич|вна))?)"
)
#: Words with a capital letter that are no part of a name.
_NO_NAME = either(
    "премьер|министр|республик|казахстан|қазақстан|област|облыс|город|қала|проектн|офис|жобал|алатау|алматы|астана",
    "правительств|үкімет|заместит|вице|аким|әкім|отырыс|кеңес|совет|протокол|хаттама|президент|глав|орынбасар",
    "мемлекет|басшы|төраға|сегодня|бүгін|кездесу|жиын|сапар|ауыл|алматин",
)
_CHAIRED_BEFORE = whole(
    r"под\s+председательством|председательств\w+|под\s+руководством|вел[аи]?\s+заседание|по\s+итогам\s+рабочей\s+поездки",
    r"совещани\w+\s+у|вел[аи]?(?=\s+[а-я])|(?:төрағалық\s\w+|төраға|председатель\w*)(?=\s*[-:])",
    r"вел[аи]?(?=\s*:)|вел[аи]?\s+(?:совещание|встречу)|(?:встречу|заседание|совещание)\s+провел[аи]?|модератор|жүргізген"
    r"|жүргізуші|жетекшісі(?=\s*:)|\(төраға|\(председатель|,\s(?:төраға|председатель)(?=\s)",
)
_CHAIRED_AFTER = whole(r"төрағалығымен|төрағалық\s+\w+|жетекшілігімен")
_ACTED = whole(
    r"провел[аи]?|проверил[аи]?|посетил[аи]?|осмотрел[аи]?|ознакомил(?:ся|ась)|өткізді|өткізіп|аралады|аралап|тексерді|тексеріп|сапары\w*|барып|побывал[аи]?|прибыл[аи]?|приехал[аи]?"
    r"|совершил[аи]?|возглавил[аи]?|сапармен(?:\s\S+){0,4}?\s(?:болды|болып|келді)|барды|өткізген|жасаған"
)
_LEADER = re.compile(r"начальник|жетекші|руководител|модератор|бастық|бастығы")
#: So many letters behind the verb its subject may stand: «заседание, которое провёл Премьер-Министр …».
_NEAR = 70


def chair_of(text: Text, found: list[Block], head: int) -> str | None:
    """The name as written: on the line of the chair, beside the word for it, else (in news) who held or visited."""
    for number, block in enumerate(found):
        if block.part is Part.CHAIR:
            below = found[number + 1 : number + 3] if block.start >= block.end else []
            for line in (block, *below):
                if name := _person(text, line.start, line.end):
                    return name
    for start, end in told(text, found):
        if name := _beside_chairing(text, start, end):
            return name
    return _in_head(text, found, head) if head else _who_acted(text, found)


def _in_head(text: Text, found: list[Block], head: int) -> str | None:
    """The official whom the title or the lines below it name, those present left out."""
    for block in found:
        if block.start >= head or block.part is Part.PRESENT:
            return None
        leads = (pattern.search(text.folded, block.start, block.end) for pattern in (OFFICIAL, _LEADER))
        if block.part is not Part.END and any(leads) and (name := _person(text, block.start, block.end)):
            return name
    return None


def _who_acted(text: Text, found: list[Block]) -> str | None:
    """In news: who held, visited or came, named before the verb, or right behind it."""
    for start, end in told(text, found):
        acted = _ACTED.search(text.folded, start, end)
        if not acted or OTHER.search(text.folded, start, end):
            continue
        behind = min(end, acted.end() + _NEAR)
        official = OFFICIAL.search(text.folded, acted.end(), behind)
        if name := _person(text, start, acted.start()) or (official and _person(text, acted.end(), behind)):
            return name
    return None


def _beside_chairing(text: Text, start: int, end: int) -> str | None:
    if chaired := _CHAIRED_BEFORE.search(text.folded, start, end):
        return _person(text, chaired.end(), end)
    if chaired := _CHAIRED_AFTER.search(text.folded, start, end):
        name = _person(text, start, chaired.start(), last=True)
        return re.sub(r"[ндт][ыі]ң$", "", name) if name else None
    return None


def _person(text: Text, start: int, end: int, *, last: bool = False) -> str | None:
    """The first (or last) name of a person; a post before it is passed over word by word."""
    names: list[str] = []
    place = start
    while match := _PERSON.search(text.raw, place, end):
        if _NO_NAME.search(match.group().lower()):
            place = match.start() + len(re.split(r"[ .]", match.group())[0]) + 1
            continue
        names.append(" ".join(match.group().split()))
        place = match.end()
    return names[-1 if last else 0] if names else None
