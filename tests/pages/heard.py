"""What a page says to a reader, word by word, and in which language it says so."""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
#: Not language: programs, codes, what somebody typed, and names of icons.
SILENT = {"script", "style", "code", "pre", "kbd", "samp", "textarea", "template"}
ICONS = "material-symbols-outlined"
SPOKEN = {"title", "alt", "aria-label", "aria-description", "placeholder", "data-label", "data-word", "label"}
BUTTONS = {"submit", "button", "reset"}
#: How plain text marks a name that is shown in another language (core/text.py).
UNTRANSLATED = re.compile(r"\[(kk|ru|en)\]")
#: Codes of sources stand in brackets.
CODE = re.compile(r"\[[^\]\s]*\]")
ADDRESS = re.compile(r"[\w-]+(\.[\w-]+)*\.(kz|com|org|net|pdf|csv|xlsx|json|invalid)")
WORD = re.compile(r"[^\W\d_]+")
PUNCTUATION = "«»“”‘’\"'()[]{}<>,.;:!?…—–-"


class Saying(NamedTuple):
    """One piece of text and the language its element is in."""

    language: str
    text: str


class _Listener(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str, bool]] = []
        self.heard: list[Saying] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        language, silent = self.open[-1][1:] if self.open else ("", False)
        language = given.get("lang", language)
        silent = silent or tag in SILENT or ICONS in given.get("class", "")
        if not silent:
            for text in self._spoken(tag, given):
                self.heard.append(Saying(language, text))
        if tag not in VOID:
            self.open.append((tag, language, silent))

    def _spoken(self, tag: str, given: dict[str, str]) -> Iterator[str]:
        yield from (given[name] for name in SPOKEN & set(given))
        if tag == "input" and given.get("type") in BUTTONS:
            yield given.get("value", "")
        if tag == "meta" and given.get("name") == "description":
            yield given.get("content", "")

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass  # what HTML lets one leave open

    def handle_data(self, data: str) -> None:
        if self.open and not self.open[-1][2] and data.strip() and not UNTRANSLATED.search(data):
            self.heard.append(Saying(self.open[-1][1], data))


def sayings(html: str, language: str) -> Iterator[str]:
    """The texts of a page that are, or pretend to be, in its language."""
    listener = _Listener()
    listener.feed(html)
    return (said.text for said in listener.heard if said.language == language)


def links(html: str, address: str) -> list[str]:
    """Where the page leads on this site, as paths."""
    found = (unescape(href) for href in re.findall(r'<a\b[^>]*?\bhref="([^"#]+)', html))
    joined = (urlsplit(urljoin(f"http://here{address}", href)) for href in found)
    return [f"{to.path}?{to.query}" if to.query else to.path for to in joined if to.netloc == "here"]


def words(text: str) -> list[str]:
    """Its words; addresses, codes, single letters and whatever has a digit in it are none."""
    tokens = (token.strip(PUNCTUATION) for token in CODE.sub(" ", text).split())
    return [
        word
        for token in tokens
        if not _is_no_word(token)
        for word in WORD.findall(token)
        if len(set(word.casefold())) > 1
    ]


def _is_no_word(token: str) -> bool:
    return (
        len(token) > 60
        or token.startswith("/")
        or any(sign in token for sign in ("@", "://", "_"))
        or any(letter.isdigit() for letter in token)
        or ADDRESS.fullmatch(token) is not None
    )
