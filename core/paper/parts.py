"""What papers are made of: plain words in the language of the paper, with line breaks and nothing else in them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, NamedTuple

from django.utils.safestring import SafeString

#: What no file can hold, or no font show.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def printable(text: str) -> str:
    return _UNPRINTABLE.sub("", text)


class Part:
    """`kind` tells writers apart what it is."""

    kind: ClassVar[str] = ""


@dataclass(frozen=True)
class Heading(Part):
    text: str
    kind = "heading"


@dataclass(frozen=True)
class Prose(Part):
    """A paragraph; `tone`: nothing, "quiet" (a note) or "quote" (words of somebody else, in `language`)."""

    text: str
    tone: str = ""
    language: str = ""
    kind = "prose"


@dataclass(frozen=True)
class Facts(Part):
    """Name and value, a row each."""

    rows: Sequence[tuple[str, str]]
    kind = "facts"


class Item(NamedTuple):
    """`number` as written («1.», «2.3.»), the text, and lines below it, each with its name."""

    number: str
    text: str
    lines: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Items(Part):
    """Numbered paragraphs."""

    rows: Sequence[Item]
    kind = "items"


@dataclass(frozen=True)
class Table(Part):
    """`widths`: shares of the paper; `numbers`: columns (from 0) at the right; `total`: the last row sums."""

    head: Sequence[str]
    rows: Sequence[Sequence[str | int]]
    widths: Sequence[int]
    numbers: frozenset[int] = frozenset()
    total: bool = False
    kind = "table"

    @property
    def columns(self) -> list[tuple[str, int, bool]]:
        """Head, width in percent, and whether it holds numbers."""
        whole = sum(self.widths)
        return [
            (head, width * 100 // whole, place in self.numbers)
            for place, (head, width) in enumerate(zip(self.head, self.widths, strict=True))
        ]

    @property
    def cells(self) -> Iterator[tuple[bool, list[tuple[str | int, bool]]]]:
        """Row by row: whether it is the sum, and its cells, each with whether it is a number."""
        for place, row in enumerate(self.rows, 1):
            yield (
                self.total and place == len(self.rows),
                [(cell, at in self.numbers) for at, cell in enumerate(row)],
            )


@dataclass(frozen=True)
class Drawing(Part):
    """`svg`: markup written by a template of ours, safe as it is; `text`: what it shows, where nothing is drawn."""

    svg: SafeString
    text: str
    kind = "drawing"


@dataclass(frozen=True)
class Signatures(Part):
    """Who signs: a post and, where it is known, a name."""

    rows: Sequence[tuple[str, str]]
    kind = "signatures"


@dataclass(frozen=True)
class Paper:
    """`language` is that of all its words; `at` the instant it tells of, `as_of` the same in words, for every page.

    `mark` stands above the title where the paper is not what it looks like (a draft, an invented example). A dense one
    is set smaller, to be one sheet.
    """

    language: str
    office: str
    title: str
    parts: Sequence[Part]
    at: datetime
    as_of: str
    subtitle: str = ""
    mark: str = ""
    is_wide: bool = False
    is_dense: bool = False
