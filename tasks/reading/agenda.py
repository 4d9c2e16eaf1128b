"""Topics that were considered, as they are listed in a protocol or told in sentences."""

import re
from collections.abc import Iterator
from itertools import pairwise

from tasks.reading.blocks import Block
from tasks.reading.enumerating import Place, enumerated
from tasks.reading.event import is_list
from tasks.reading.headings import Part
from tasks.reading.results import Span
from tasks.reading.sentences import sentences
from tasks.reading.text import Text
from tasks.reading.topics import topics_told

_ABOUT = re.compile(
    r"(?:о|об|обо)\s.+|.*(?<!\w)(?:туралы|жөнінде|мәселесі|мәселелері)[\s.;]*(?:\([^)]*\))?[\s.;]*", re.DOTALL
)
_SPEAKER = re.compile(
    r"\s*\((?:докладчик|баяндамашы|доклад|баяндама|отв)[^)]*\)[\s.;]*$|\s*\([^)]*\b\w\.[^)]*\)\s*$"
    r"|\s*(?:докладчики?|баяндамашы(?:лар)?)\s*[-:].*$",
    re.DOTALL,
)
_FIRST = re.compile(r"\W*(?:1|i|a|а)[.)]?|\D*(?<!\d)1\D*")
_NUMBERED = re.compile(r"(?:^|(?<=[\s;]))(?:\d{1,2}[.)]|[а-яә]\))\s+")
_LONGEST_HEADING = 400


def agenda_of(text: Text, found: list[Block], protocol: bool) -> list[Span]:
    """The topics in order, each with its own words: of the agenda, else of headings, else of sentences."""
    topics = list(_listed(text, found, (Part.AGENDA,)))
    if not topics:
        topics = list(_listed(text, found, (Part.TOPIC,)))
        if not protocol:
            topics = _merged(topics, topics_told(text, found, protocol))
    if not topics and protocol and not is_list(text, found):
        topics = list(_headings(text, found))
    bare = (_bare(text, *topic) for topic in topics or topics_told(text, found, protocol))
    return [_span(text, *topic) for topic in bare if topic[0] < topic[1]]


def _merged(named: list[Place], told: list[Place]) -> list[Place]:
    """Both in the order of the text, the told ones where they are no part of a named one."""
    others = [one for one in told if not any(one[0] < end and start < one[1] for start, end in named)]
    return sorted([*named, *others])


def _span(text: Text, start: int, end: int) -> Span:
    return Span(text.raw[start:end], start, end)


def _bare(text: Text, start: int, end: int) -> Place:
    """Without the speaker in brackets and without the stop at the end."""
    if speaker := _SPEAKER.search(text.folded[start:end]):
        end = start + speaker.start()
    return text.trim(start, end, ".;,:-")


def _listed(text: Text, found: list[Block], parts: tuple[Part, ...]) -> Iterator[Place]:
    """What follows the heading of the agenda, up to the next heading or where the numbers begin again."""
    inside, count = False, 0
    for block in found:
        if inside and block.part is Part.HEARD and _names_speaker(text, block):
            continue
        if block.kind == "label":
            inside, count = block.part in parts, 0
            if inside and block.start < block.end:
                yield from _on_the_line(text, block)
                inside = block.part is Part.AGENDA and text.folded[block.end - 1] == ":"
        elif inside and block.kind != "row" and not _closes(text, block, count):
            count += 1
            yield block.start, block.end
        else:
            inside = False


def _names_speaker(text: Text, block: Block) -> bool:
    """«Докладчик: …», «Баяндамашы – …» below a topic, and not «Слушали:», where the next part begins."""
    words = text.folded[text.line_start(block.start - 1) : block.start].lstrip()
    return block.start < block.end and words.startswith(("доклад", "баянда"))


def _closes(text: Text, block: Block, count: int) -> bool:
    if count and _FIRST.fullmatch(block.number):
        return True
    if text.folded[block.end - 1] == ":":
        return True
    return count > 0 and block.kind == "line" and text.has_gap_before(block.start)


def _on_the_line(text: Text, block: Block) -> Iterator[Place]:
    """«Повестка дня: 1. …; 2. …»; a topic of its own («Тема: …») is one, whatever stops it has."""
    marks = list(_NUMBERED.finditer(text.folded[block.start : block.end]))
    if len(marks) > 1:
        stops = [mark.start() for mark in marks[1:]] + [block.end - block.start]
        yield from (
            (block.start + mark.end(), block.start + stop) for mark, stop in zip(marks, stops, strict=True)
        )
    elif block.part is Part.AGENDA:
        yield from enumerated(text, block.start, block.end, r";\s+")
    else:
        yield next(sentences(text, block.start, block.end))


def _headings(text: Text, found: list[Block]) -> Iterator[Place]:
    """A protocol without an agenda: its headings «О …», «… туралы», its Roman numbers, and what was heard."""
    for before, block in pairwise([found[0], *found] if found else []):
        folded = text.folded[block.start : block.end]
        heard = block if block.part is Part.HEARD else before
        is_heard = heard.part is Part.HEARD and (heard is block or heard.start >= heard.end)
        if not folded or len(folded) > _LONGEST_HEADING or block.kind == "row":
            continue
        if (is_heard and _ABOUT.fullmatch(folded)) or (block.kind != "label" and _is_heading(block, folded)):
            yield block.start, block.end


def _is_heading(block: Block, folded: str) -> bool:
    plain = _SPEAKER.sub("", folded).rstrip(" .;")
    if block.roman:
        return True
    if re.search(r"[.!?]\s", plain) or plain.endswith(":"):
        return False
    return bool(re.match(r"(?:о|об|обо)\s", plain)) or plain.endswith((" туралы", " мәселесі", " мәселелері"))
