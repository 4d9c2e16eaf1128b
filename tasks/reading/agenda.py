"""Topics that were considered: items of an agenda, or what a sentence says was discussed at the sitting; and who took part."""

import re
from collections.abc import Iterator
from itertools import pairwise

from tasks.reading.blocks import Block, Part
from tasks.reading.happening import SITTING
from tasks.reading.results import Span
from tasks.reading.sentences import sentences
from tasks.reading.text import Text

_ABOUT = re.compile(
    r"(?:о|об|обо)\s.+|.*(?<!\w)(?:туралы|жөнінде|мәселесі|мәселелері)[\s.;]*(?:\([^)]*\))?[\s.;]*", re.DOTALL
)
_SPEAKER = re.compile(
    r"\s*\((?:докладчик|баяндамашы|доклад|баяндама|отв)[^)]*\)[\s.;]*$"
    r"|\s*\((?:[^)]*\b[а-яәғқңөұүһі]\.[^)]*)\)\s*$|\s*(?:докладчики?|баяндамашы(?:лар)?)\s*[-:].*$",
    re.DOTALL,
)
_CONSIDERED_RU = re.compile(
    r"(?<!\w)(?:(?:был[иоа]?\s+)?(?:рассмотрен[ыоа]?|обсужден[ыоа]?|затронут[ыоа]?|подняты)"
    r"|рассмотрел[аи]?|обсудил[аи]?|обсуждались|рассматривались|рассмотрены|стал[аи]?\s+(?:темой"
    r"|предметом))(?!\w)"
)
_CONSIDERED_KK = re.compile(
    r"(?<!\w)(?:қаралды|талқыланды|талқылады|қарастырылды|сөз болды|көтерілді|сөз қозғалды|айтылды|пысықталды)(?!\w)"
)
_QUESTIONS_RU = re.compile(
    r"(?:(?:ряд|несколько|следующие|актуальные|ключевые|основные|также|в том числе|и|\w+енные"
    r"|\w+ские)\s+)*вопрос(?:ы|ов|а|ам)?(?:\s*,\s*(?:связанны[ех]|касающи[ех]ся)\s+(?:с"
    r"|со)?)?(?:\s+(?:о|об|по))?\s+"
)
_QUESTIONS_KK = re.compile(
    r"[\s,]*(?:(?:сияқты|секілді|және басқа(?: да)?|да|сынды|т\.б\.)\s+)*(?:(?:өзекті|маңызды|түрлі"
    r"|бірқатар|негізгі)\s+)?(?:мәселе|сұрақ|тақырып)\w*(?:\s+да)?\s*$|\s+(?:да|де)\s*$|\s+(?:туралы"
    r"|жөнінде)\s*$"
)
_OPENING_KK = re.compile(
    r"^[^,]*?(?<!\w)(?:жиында|отырыста|кеңесте|отырыс барысында|жиын барысында|кеңес барысында"
    r"|кездесуде|барысында|отырысында|кеңесінде|мәжілісте|оның барысында|жиынында)[\s,]+"
    r"|^(?:сонымен бірге|сонымен қатар|сондай-ақ|бұдан бөлек|бұған қоса|одан бөлек|қатысушылар|онда"
    r"|мұнда|оған қоса)[\s,]+"
)
_ANAPHOR = re.compile(
    r"(?:сонымен бірге|сонымен қатар|сондай-ақ|бұдан бөлек|бұған қоса|одан бөлек|также|кроме того"
    r"|помимо этого|на нем|на ней|онда|мұнда|участники|отдельно|отдельное внимание)(?!\w)"
)
_LISTED = re.compile(
    r"(?:(?:в|на)\s+)?(?:повестк[аеу]\s+дня|повестк[аеу]|күн\s+тәртібінде|күн\s+тәртібіне)[^:.]*?(?::"
    r"|\s-\s|(?<=тәртібіне)\s|вош[лелио]+|включ\w+|бойынша)\s*"
)
_PUT_ON = re.compile(r"\s+(?:мәселелері\s+)?(?:шығарылды|енгізілді|енді|қойылды)[\s.]*$")
_MEETING_ONLY = re.compile(
    r"(?<!\w)(?:кездес\w+|встрет\w+|встреч\w+|тараптар|стороны|келіссөз\w*|переговор(?:ы|ов|ах)\s+(?:прош|состо))"
)
_ADDED = re.compile(r"(?:в том числе|включая|а именно|в частности|оның ішінде|соның ішінде)(?!\w)")
#: A word that shares its noun or verb with what follows the "and": an adjective, an object.
_SHARES = re.compile(
    r".*(?:(?<!сіз)(?<!сыз)(?:[лдт][ыі][қк])|[лдт][ыі]|[ғқгк][ыі]|[ындт][ды][ыі]|[ыі]н|н[ыі]|[ндт][ыі]ң|лық"
    r"|лік)"
)
_OBJECT_KK = re.compile(r".*(?:[ындт][ды][ыі]|[ыі]н|н[ыі]|[ндт][ыі]ң|[ғқгк][ыі]|лық|лік)")
_ENDS_TOPIC = re.compile(r".*(?:[ую]|[ыі]|с[ыі]|[ую](?:ды|ді|ын|ін))")
_NOUN_RU = re.compile(
    r"(?:\w+(?:ени[еяюй]|ани[еяюй]|яти[еяюй]|ти[еяюй])|ход[аеу]?|мер[ыам]*|вопрос\w*|\w*готовк\w+"
    r"|\w*готовност\w+|\w+аци\w+|план\w*|проект\w*|перспектив\w+|\w+ржк\w+|защит\w+|\w*работк\w+"
    r"|переговор\w+|\w+ств\w+|механизм\w*|услови\w+|этап\w*|рол[ьи]|качеств\w+|безопасност\w+"
    r"|логистик\w+|\w+йк\w+)(?!\w)"
)
_RELATED = re.compile(
    r"(?<!\w)(?:заслушав|обсудив|рассмотрев)(?:\s+\w+\s+и\s+(?:обсудив|рассмотрев))?\s+(?:вопрос\w*\s+)?"
)


def agenda_of(text: Text, found: list[Block], protocol: bool) -> list[Span]:
    """The topics in order, each with its own words."""
    topics = list(_numbered(text, found)) or list(_headings(text, found, protocol))
    if not topics:
        topics = list(_told(text, found, protocol))
    return [_span(text, *topic) for topic in topics if topic[0] < topic[1]]


def participants_of(text: Text, found: list[Block]) -> list[Span]:
    """The names after «Присутствовали:», «Қатысқандар:»: on the same line, or on the lines up to the next blank one."""
    kept: list[Span] = []
    for index, block in enumerate(found):
        if block.part is not Part.PRESENT:
            continue
        if block.start < block.end:
            kept += [_span(text, *piece) for piece in _enumerated(text, block.start, block.end, r",\s+|;\s*")]
            continue
        for before, line in pairwise(found[index:]):
            gap = "\n\n" in re.sub(r"[ \t]", "", text.raw[before.end : line.start])
            if line.kind not in ("line", "item") or (gap and before is not block):
                break
            kept.append(_span(text, line.start, line.end))
    return [span for span in kept if len(span.text) > 2]


def _span(text: Text, start: int, end: int) -> Span:
    return Span(text.raw[start:end], start, end)


def _bare(text: Text, start: int, end: int) -> tuple[int, int]:
    """Without the speaker in brackets and without the stop at the end."""
    folded = text.folded[start:end]
    folded = (
        folded[: len(folded) - len(_SPEAKER.search(folded).group())] if _SPEAKER.search(folded) else folded
    )
    start, end = text.trim(start, start + len(folded))
    return start, end - len(text.folded[start:end]) + len(text.folded[start:end].rstrip(" .;,:-"))


# -- written as a list


def _numbered(text: Text, found: list[Block]) -> Iterator[tuple[int, int]]:
    """What follows the heading of the agenda, up to the next heading or where the numbers begin again."""
    inside, numbers = False, 0
    for index, block in enumerate(found):
        if block.kind == "label":
            inside, numbers = block.part in (Part.AGENDA, Part.TOPIC), 0
            if inside and block.start < block.end:
                yield from _listed_inline(text, block)
                inside = block.part is Part.AGENDA and text.folded[block.start : block.end].endswith(":")
            continue
        if not inside or block.kind == "row" or _closes(text, block, numbers, found[index - 1]):
            inside = False
            continue
        numbers += 1
        yield _bare(text, block.start, block.end)


def _closes(text: Text, block: Block, numbers: int, before: Block) -> bool:
    if numbers and block.number and re.fullmatch(r"(?:1|i)[.)]?", block.number):
        return True
    if text.folded[block.start : block.end].endswith(":"):
        return True
    gap = "\n\n" in re.sub(r"[ \t]", "", text.raw[before.end : block.start])
    return bool(numbers) and gap and block.kind == "line"


def _listed_inline(text: Text, block: Block) -> Iterator[tuple[int, int]]:
    marks = list(re.finditer(r"(?:^|(?<=[\s;]))\d{1,2}[.)]\s+", text.folded[block.start : block.end]))
    if len(marks) > 1:
        stops = [mark.start() for mark in marks[1:]] + [block.end - block.start]
        for mark, stop in zip(marks, stops, strict=True):
            yield _bare(text, block.start + mark.end(), block.start + stop)
        return
    begin = block.start + (marks[0].end() if marks and not marks[0].start() else 0)
    pattern = r";\s+" if block.part is Part.AGENDA else r";\s+(?=\S{30,})"
    yield from (_bare(text, *piece) for piece in _enumerated(text, begin, block.end, pattern))


def _headings(text: Text, found: list[Block], protocol: bool) -> Iterator[tuple[int, int]]:
    """A protocol without an agenda: its headings «О …», «… туралы», and what was heard."""
    if not protocol:
        return
    for index, block in enumerate(found):
        folded = text.folded[block.start : block.end]
        if block.part is Part.HEARD and block.start < block.end and _ABOUT.fullmatch(folded):
            yield _bare(text, block.start, block.end)
        heard = (
            index and found[index - 1].part is Part.HEARD and found[index - 1].start >= found[index - 1].end
        )
        if (
            block.kind in ("line", "item")
            and len(folded) < 400
            and (block.roman or _is_heading(folded) or (heard and _ABOUT.fullmatch(folded)))
        ):
            yield _bare(text, block.start, block.end)


def _is_heading(folded: str) -> bool:
    plain = _SPEAKER.sub("", folded).rstrip(" .;")
    if re.search(r"[.!?]\s", plain) or plain.endswith(":"):
        return False
    return bool(re.match(r"(?:о|об|обо)\s", plain)) or plain.endswith((" туралы", " мәселесі", " мәселелері"))


# -- told in sentences


def _told(text: Text, found: list[Block], protocol: bool) -> Iterator[tuple[int, int]]:
    before = False
    titled: list[tuple[int, int]] = []
    told: list[tuple[int, int]] = []
    for block in found:
        if block.kind not in ("line", "item") and not (block.kind == "label" and block.part is Part.DECIDED):
            continue
        begin = (
            block.start if block.kind != "label" else text.folded.rfind("\n", 0, max(block.start - 1, 0)) + 1
        )
        for start, end in sentences(text, begin, max(block.end, block.start)):
            topics = list(_of_sentence(text, start, end, before))
            before = bool(topics)
            is_title = not told and text.folded[end - 1] not in '.!?"'
            (titled if is_title else told).extend(topics)
    yield from told or titled


def _of_sentence(text: Text, start: int, end: int, before: bool) -> Iterator[tuple[int, int]]:
    folded = text.folded[start:end]
    if listed := _LISTED.match(folded):
        tail = _PUT_ON.search(folded)
        yield from _parted(text, start + listed.end(), start + tail.start() if tail else end)
        return
    if related := _RELATED.search(folded):
        stop = folded.find(",", related.end())
        if SITTING.search(folded):
            yield from _parted(text, start + related.end(), start + stop if stop > 0 else end)
        return
    at_sitting = SITTING.search(folded) or (before and _ANAPHOR.match(folded)) or _previous_sits(text, start)
    if not at_sitting or (_MEETING_ONLY.search(folded) and not SITTING.search(folded)):
        return
    if said := _CONSIDERED_RU.search(folded):
        yield from _russian(text, start, end, said)
    elif said := _CONSIDERED_KK.search(folded):
        yield from _kazakh(text, start, start + said.start())


def _previous_sits(text: Text, start: int) -> bool:
    """Whether the sentence before tells of the sitting: «Состоялось заседание. На нём рассмотрели …»."""
    if re.match(r"(?:участники|қатысушылар)(?!\w)", text.folded[start : start + 12]):
        return bool(SITTING.search(text.folded, 0, start))
    previous = text.folded[max(0, start - 300) : start].rstrip()
    return bool(SITTING.search(re.split(r"[.!?]\s|\n", previous.rstrip(".!?"))[-1]))


def _russian(text: Text, start: int, end: int, said: re.Match[str]) -> Iterator[tuple[int, int]]:
    begin = start + said.end()
    folded = text.folded[begin:end]
    if not folded.strip(" .") or re.match(r"\s*,\s*как", folded):
        begin, end = _before_verb(text, start, start + said.start())
        folded = text.folded[begin:end]
    opened = _QUESTIONS_RU.match(folded.lstrip(" :"))
    begin += len(folded) - len(folded.lstrip(" :"))
    begin += opened.end() if opened else 0
    yield from _parted(text, begin, end)


def _before_verb(text: Text, start: int, stop: int) -> tuple[int, int]:
    """«Вопросы … были рассмотрены»: the topics stand before the verb."""
    opening = re.match(
        r"^[^,]*?(?<!\w)(?:заседани\w+|совещани\w+|встреч\w+|на нем)[\s,]*", text.folded[start:stop]
    )
    return start + (opening.end() if opening else 0), stop


def _kazakh(text: Text, start: int, stop: int) -> Iterator[tuple[int, int]]:
    folded = text.folded[start:stop]
    tail = _QUESTIONS_KK.search(folded)
    stop = start + (tail.start() if tail else len(folded.rstrip(" ,")))
    while opening := _OPENING_KK.match(text.folded[start:stop]):
        start += opening.end()
    yield from _parted(text, start, stop)


def _parted(text: Text, start: int, end: int) -> Iterator[tuple[int, int]]:
    """An enumeration parted at its commas and at its last "and"; quotes and brackets are kept whole."""
    end -= len(text.folded[start:end]) - len(text.folded[start:end].rstrip(" .;"))
    pieces = _whole(
        text,
        list(
            _enumerated(
                text, start, end, r",\s+(?:а также\s+|сондай-ақ\s+)?|;\s+|\s+а также\s+|\s+сондай-ақ\s+"
            )
        ),
    )
    for number, (begin, stop) in enumerate(pieces):
        if number == len(pieces) - 1:
            yield from (_bare(text, *half) for half in _last_two(text, begin, stop, len(pieces)))
        else:
            yield _bare(text, begin, stop)


def _whole(text: Text, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A lone word and «в том числе …» are no topics of their own: they go with the piece before, in Kazakh with the next."""
    kept: list[tuple[int, int]] = []
    pending: int | None = None
    for start, end in pieces:
        words = text.folded[start:end].split()
        if len(words) < 2 and text.is_kazakh(start, end) and end != pieces[-1][1]:
            pending = start if pending is None else pending
        elif kept and (len(words) < 2 or _ADDED.match(text.folded[start:end])):
            kept[-1] = (kept[-1][0], end)
        else:
            kept.append((start if pending is None else pending, end))
            pending = None
    return kept or pieces


def _last_two(text: Text, start: int, end: int, count: int) -> Iterator[tuple[int, int]]:
    """The last piece at its "and": that of a list always parts it, otherwise only where both halves are topics."""
    halves = [
        (cut.start(), cut.end(), cut.group().strip())
        for cut in re.finditer(r"\s+(?:и|және|мен|пен|бен)\s+", text.folded[start:end])
        if not text.folded[start : start + cut.start()].count('"') % 2
    ]
    halves.sort(key=lambda half: half[2] not in ("и", "және"))
    for first, second, joint in halves:
        left, right = text.folded[start : start + first], text.folded[start + second : end]
        if _are_topics(left, right, joint, listed=count > 1):
            yield from ((start, start + first), (start + second, end))
            return
    yield start, end


def _are_topics(left: str, right: str, joint: str, *, listed: bool) -> bool:
    """In Kazakh a topic ends with its noun, in Russian it begins with it; words that share a noun are one topic."""
    if len(left.split()) < 2 or len(right.split()) < 2 - (listed and joint == "и"):
        return False
    if joint == "и":
        return listed or bool(
            _NOUN_RU.match(_past_adjectives(left)) and _NOUN_RU.match(_past_adjectives(right))
        )
    last = left.split()[-1]
    if joint == "және":
        if listed:
            return not _OBJECT_KK.fullmatch(last)
        return not _SHARES.fullmatch(last) and (
            listed or bool(_ENDS_TOPIC.fullmatch(last) or _ENDS_TOPIC.fullmatch(right.split()[-1]))
        )
    return (
        bool(_ENDS_TOPIC.fullmatch(last))
        and bool(_ENDS_TOPIC.fullmatch(right.split()[-1]))
        and not _SHARES.fullmatch(last)
    )


def _past_adjectives(words: str) -> str:
    return re.sub(r"^(?:[\w-]+(?:[ыиоа]й|[оая]е|[ая]я|ые|(?<!н)ие|[ыи]х|ого|его|ую|юю)\s+)+", "", words)


def _enumerated(text: Text, start: int, end: int, pattern: str) -> Iterator[tuple[int, int]]:
    place = start
    for cut in re.finditer(pattern, text.folded[start:end]):
        before = text.folded[place : start + cut.start()]
        if before.count('"') % 2 or before.count("(") > before.count(")"):
            continue
        yield text.trim(place, start + cut.start())
        place = start + cut.end()
    yield text.trim(place, end)
