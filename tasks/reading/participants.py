"""Who took part, as a list or a sentence says: «Присутствовали: …», «с участием …», «…ның қатысуымен», «… қатысты»."""

import re
from collections.abc import Iterator
from itertools import pairwise

from tasks.reading.blocks import Block
from tasks.reading.enumerating import Place, enumerated
from tasks.reading.happening import OCCASION, told
from tasks.reading.headings import Part
from tasks.reading.results import Span
from tasks.reading.text import Text

_AMONG_RU = re.compile(
    r"(?:с участием|при участии|приняли участие|принимали участие|участвовали|присутствовали)\s+(?:также\s+)?"
    r"(?P<who>[^.;:]+?)(?=[.;:]|$|,?\s(?:состоял|прош|провел|обсуд|рассмотр|где|на котор|в ходе)|\s-\s)"
)
_AMONG_KK = re.compile(
    r"(?P<who>[^.;:]+?)(?:н[ыі]ң|д[ыі]ң|т[ыі]ң)\s+қатысуымен|(?P<came>[^.;:]+?)\s+қатысты(?!\w)"
)
#: What stands before the first of them: the occasion, the one who held it.
_BEFORE_KK = re.compile(
    r"^.*(?<!\w)(?:барысында|аясында|шеңберінде|бүгін|кеше|күні|наурызда|\w+ға|\w+ге|\w+да|\w+де|\w+та|\w+те)\s+(?=\S)"
)
_PERSON = re.compile(r"[А-ЯӘҒҚҢӨҰҮҺІЁ][\w-]+ [А-ЯӘҒҚҢӨҰҮҺІЁ][\w-]+ (?=[а-яәғқңөұүһі])")
_PARTED = r",\s+(?:а также\s+)?|;\s*|\s+(?:и|және|а также|сондай-ақ|мен|пен|бен)\s+"
_LONGEST = 1_000


def participants_of(text: Text, found: list[Block]) -> list[Span]:
    """Those of the list; where there is none, those of the first sentence that names them."""
    places = list(_listed(text, found))
    if not places:
        sentences = (place for place in told(text, found) if place[1] - place[0] <= _LONGEST)
        places = next((said for start, end in sentences if (said := list(_told(text, start, end)))), [])
    return [Span(text.raw[start:end], start, end) for start, end in places if end - start > 2]


def _listed(text: Text, found: list[Block]) -> Iterator[Place]:
    """On the line of «Присутствовали:», «Қатысқандар:», or on the lines up to the next blank one."""
    for index, block in enumerate(found):
        if block.part is not Part.PRESENT:
            continue
        if block.start < block.end:
            yield from enumerated(text, block.start, block.end, r",\s+|;\s*")
            continue
        for before, line in pairwise(found[index:]):
            if line.kind not in ("line", "item") or (before is not block and text.has_gap_before(line.start)):
                break
            yield line.start, line.end


def _told(text: Text, start: int, end: int) -> Iterator[Place]:
    if not OCCASION.search(text.folded, start, end):
        return
    if said := _AMONG_RU.search(text.folded, start, end):
        yield from enumerated(text, said.start("who"), said.end("who"), _PARTED)
    elif said := _AMONG_KK.search(text.folded, start, end):
        group = "who" if said["who"] else "came"
        first, *others = enumerated(text, *text.trim(said.start(group), said.end(group)), _PARTED)
        yield _without_occasion(text, *first)
        yield from others


def _without_occasion(text: Text, start: int, end: int) -> Place:
    """«Жиында Қанат Бозымбаев министрліктер өкілдері» begins with the occasion and the one who held it."""
    if before := _BEFORE_KK.match(text.folded[start:end]):
        start += before.end()
    if person := list(_PERSON.finditer(text.raw, start, end)):
        start = person[-1].end()
    return start, end
