"""Every page of a table is asked by every method, as one person: what answers the matrix expects."""

from collections.abc import Mapping
from typing import Any

METHODS = ["get", "head", "post", "put", "patch", "delete"]
#: What GET and POST answer to those named, and to everybody else who is signed in.
Row = tuple[Mapping[str, tuple[int, int]], tuple[int, int]]


def assert_answers(
    client: Any, persona: str, pages: Mapping[str, Row], before: str = "/kk/", **places: Any
) -> None:
    """`client` is signed in as the persona; `places` are put into the addresses."""
    answers = {
        (page, method): getattr(client, method)(before + page.format(**places)).status_code
        for page in pages
        for method in METHODS
    }
    assert answers == {
        (page, method): _expected(pages[page], persona, method) for page in pages for method in METHODS
    }


def _expected(row: Row, persona: str, method: str) -> int:
    if persona == "anonymous":
        return 302
    named, others = row
    read, written = named.get(persona, others)
    return read if method in {"get", "head"} else written if method == "post" else 405
