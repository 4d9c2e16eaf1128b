"""Words to begin an answer from, in the language of the enquirer. What is in [brackets] is to be written still."""

import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from core.loading import read
from core.text import Text
from investors.models import Enquiry

DATA = Path(__file__).parent / "data"
#: What a template leaves to whoever answers; an answer that still holds one is not sent.
OPEN = re.compile(r"\[[^\[\]\n]{3,}\]")


class Template(NamedTuple):
    code: str
    title: Text
    text: Text

    def begun(self, enquiry: Enquiry, by: Any, language: str) -> str:
        """The words for this enquiry; the office writes on from here."""
        text = getattr(self.text, language)
        for name, value in {
            "name": enquiry.person_name,
            "receipt": enquiry.receipt,
            "signature": str(by),
        }.items():
            text = text.replace(f"{{{name}}}", value)
        return text.strip()


@cache
def answers() -> dict[str, Template]:
    return _read("answers.yaml")


@cache
def closings() -> dict[str, Template]:
    return _read("closings.yaml")


def unwritten(text: str) -> list[str]:
    """The places of a template that nobody has filled."""
    return OPEN.findall(text)


def _read(name: str) -> dict[str, Template]:
    rows = read(DATA / name)
    return {one["code"]: Template(one["code"], Text.of(one["title"]), Text.of(one["text"])) for one in rows}
