"""The make-up of a text: lines joined to paragraphs, numbered items, rows of tables, headings and labels."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tasks.reading.headings import LABELS, ORDINAL, Part
from tasks.reading.text import Text

_LABEL = {
    part: re.compile(rf"(?:{pattern})(?!\w)\s*(?P<mark>\([^)\n]{{0,40}}\)\s*)?(?P<open>:|\s-(?=\s)|$)")
    for part, pattern in LABELS
}
_INLINE = re.compile(
    "|".join(
        rf"(?P<{part}>(?<![\w«\"])(?:{pattern})\s*(?::|\s?-\s))"
        for part, pattern in LABELS
        if part in (Part.RESPONSIBLE, Part.TERM, Part.LEAD)
    )
)
_MARK = re.compile(
    r"[ ]*(?:(?P<word>(?:поручение|тапсырма|пункт|тармақ|вопрос|мәселе|по п\.)\s*№?\s*\d{1,2}[.):]?"
    r"|\d{1,2}\s*-?\s*(?:тапсырма|тармақ|мәселе|сұрақ)[.):]?)"
    rf"|(?P<ordinal>(?:во-?\s?)?(?:{ORDINAL})(?:\s*-|[,.:]))"
    r"|(?P<number>\d{1,2}(?:\.\d{1,2}){1,3}[.)]?|\d{1,2}[.)])(?!\d)|(?P<roman>(?:[xх]{0,3}(?:[iі][xх]|[iі]v|v?[iі]{1,3}|v|[xх]))[.)])"
    r"|(?P<letter>[а-яәa-z]\))|(?P<bullet>[-*•·▪●‣◦○■□✓o]|\d{0,2}[^\w\s\"'()\[\]{}.,:;!?#@№+\-*/%&=<>|\\_]+))[ ]+(?=\S)"
)
_NUMBER_ONLY = re.compile(r"\s*\d{1,3}(?:\.\d{1,2})*[.)]?\s*")
_OF_DATE = re.compile(r"(?:г\.|г|ж\.|ж|года|жыл|жылы|жылғы)(?!\w)")
#: A line that ends so is broken in the middle of its sentence.
_OPEN_END = re.compile(
    r"\s(?:и|в|во|на|до|к|ко|с|со|по|от|за|для|о|об|из|не|не позднее|не позже|№|және|мен|пен|бен|жылғы)$"
)
_ENDS = re.compile(r"[.!?:;…]\s*[\"')]*\s*$")


@dataclass(slots=True)
class Block:
    """A paragraph, item, row or label of the text. `start` is past the mark of an item and the words of a label."""

    kind: str
    start: int
    end: int
    depth: int = 0
    part: Part | None = None
    cells: list[tuple[int, int]] = field(default_factory=list)
    number: str = ""
    roman: bool = False


def blocks(text: Text) -> list[Block]:
    """The blocks of a text in order; empty lines and rules are left out."""
    return list(_joined(text, _rows(text, list(_lines(text)))))


def _rows(text: Text, lines: list[Block]) -> Iterator[Block]:
    """A line that is only a number begins a row of a table laid out in lines: the lines to the next are its cells."""
    index = 0
    while index < len(lines):
        cells = 0
        if _is_bare_number(text, lines[index]):
            while (
                index + cells + 1 < len(lines)
                and cells < 5
                and not _is_bare_number(text, lines[index + cells + 1])
            ):
                if cells and "\n\n" in re.sub(
                    r"[ \t]", "", text.raw[lines[index + cells].end : lines[index + cells + 1].start]
                ):
                    break
                cells += 1
        if cells >= 2:
            parts = [(line.start, line.end) for line in lines[index + 1 : index + cells + 1]]
            yield Block("row", parts[0][0], parts[-1][1], cells=parts)
        else:
            yield lines[index]
        index += cells + 1 if cells >= 2 else 1


def _is_bare_number(text: Text, line: Block) -> bool:
    return line.kind == "line" and bool(_NUMBER_ONLY.fullmatch(text.folded, line.start, line.end))


def label_at(folded: str, start: int, end: int) -> tuple[Part, int] | None:
    """The label a line begins with and where its words end, or None."""
    for part, pattern in _LABEL.items():
        match = pattern.match(folded, start, end)
        if match and (
            match["open"] == ":" or (part is not Part.TASK and (match["open"] or match.end() == end))
        ):
            return part, match.end()
    return None


def inline_labels(text: Text, start: int, end: int) -> list[tuple[Part, int, int, int]]:
    """Labels within a passage: (part, where it begins, where its words begin, where they end)."""
    found = [
        match for match in _INLINE.finditer(text.folded, start, end) if not _in_passing(text, match, end)
    ]
    if not found:
        return []
    stops = [match.start() for match in found[1:]] + [end]
    return [
        (Part(match.lastgroup or ""), match.start(), match.end(), stop)
        for match, stop in zip(found, stops, strict=True)
    ]


def _in_passing(text: Text, label: re.Match[str], end: int) -> bool:
    """«… (свод – МПС) в срок …»: the label is closed with its bracket, and the sentence goes on."""
    if text.folded[: label.start()].rstrip()[-1:] != "(":
        return False
    depth = 1
    for place in range(label.end(), end):
        depth += (text.folded[place] == "(") - (text.folded[place] == ")")
        if not depth:
            return any(letter.isalnum() for letter in text.folded[place:end])
    return False


def _lines(text: Text) -> Iterator[Block]:
    place = 0
    for line in text.raw.split("\n"):
        start, end = text.trim(place, place + len(line))
        place += len(line) + 1
        if start < end and not re.fullmatch(r"[\s|:\-_=*.]+", text.folded[start:end]):
            yield _line(text, start, end)


def _line(text: Text, start: int, end: int) -> Block:
    if cells := _cells(text, start, end):
        return Block("row", cells[0][0], cells[-1][1], cells=cells)
    if label := label_at(text.folded, start, end):
        return Block("label", text.trim(label[1], end)[0], end, part=label[0])
    if (mark := _MARK.match(text.folded, start, end)) and not _is_initial(text, mark):
        inner = mark.end()
        number = mark["number"] or mark["roman"] or mark["word"] or mark["letter"] or mark["ordinal"] or ""
        if label := label_at(text.folded, inner, end):
            return Block("label", text.trim(label[1], end)[0], end, part=label[0], number=number)
        return Block(
            "item",
            inner,
            end,
            _depth(mark),
            number=number,
            roman=bool(mark["roman"] or (mark["word"] and re.search("мәселе|вопрос", mark["word"]))),
        )
    return Block("line", start, end)


def _is_initial(text: Text, mark: re.Match[str]) -> bool:
    """«V. Ким» and «I. Иванов» are people; a day such as «10.30 …», «06.02.26 г.» is no number of an item."""
    if mark["bullet"] == "o":
        return text.raw[mark.start("bullet")] != "o"
    number = mark["number"] or ""
    if re.match(r"0\d|\d+\.0", number) or (number and _OF_DATE.match(mark.string, mark.end())):
        return True
    return "." in number.rstrip(".)") and any(
        len(piece) == 2 and piece > "31" for piece in number.rstrip(".)").split(".")
    )


def _depth(mark: re.Match[str]) -> int:
    """1.1, 1), а) and a bullet stand below 1.; a Roman number above."""
    if mark["roman"] or mark["word"]:
        return 0
    if number := mark["number"]:
        return 1 + number.rstrip(".)").count(".") + (number.endswith(")") and "." not in number)
    return 3 if mark["letter"] or mark["ordinal"] else 4


def _cells(text: Text, start: int, end: int) -> list[tuple[int, int]]:
    """Cells of a row, by tabs or bars; a row has two or more with words."""
    bar = "|" if text.raw.count("|", start, end) >= 2 else "\t"
    if bar not in text.raw[start:end]:
        return []
    cells, place = [], start
    for piece in text.raw[start:end].split(bar):
        cell = text.trim(place, place + len(piece))
        place += len(piece) + 1
        if cell[0] < cell[1]:
            cells.append(cell)
    marked = bool(cells) and bool(_NUMBER_ONLY.fullmatch(text.folded, *cells[0]))
    return cells if len(cells) > 2 or (len(cells) == 2 and bar == "|" and not marked) else []


def _joined(text: Text, lines: Iterator[Block]) -> Iterator[Block]:
    """Lines with those that go on with them."""
    held: Block | None = None
    for line in lines:
        if held and _goes_on(text, held, line):
            held.end = line.end
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def _goes_on(text: Text, held: Block, line: Block) -> bool:
    """A broken sentence goes on with a small letter, or after a long line that has no end."""
    if line.kind != "line" or held.kind == "row" or (held.kind == "label" and held.start >= held.end):
        return False
    if "\n" in text.raw[held.end : line.start].replace(" ", "")[1:] or _ENDS.search(
        text.folded, held.start, held.end
    ):
        return False
    if re.match(r"\(\d{1,2}[./]\d", text.folded[line.start : line.end]):
        return False
    if _OPEN_END.search(text.folded, held.start, held.end):
        return True
    if re.match(r"\d{1,2}[.\s]|\d{4}-", text.folded[line.start : line.end]) and line.end - line.start < 45:
        return False
    first = text.raw[line.start]
    if first.islower() or first == "(":
        return True
    last_line = text.raw[: held.end].rsplit("\n", 1)[-1]
    return len(last_line) >= 60 and not last_line.isupper() and (first.isalnum() or first in '«"“')


def is_number_only(text: Text, cell: tuple[int, int]) -> bool:
    return bool(_NUMBER_ONLY.fullmatch(text.folded, *cell))
