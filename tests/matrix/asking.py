"""An address of a route with these objects in its holes; what it answers; whether two answers are the same."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from django.utils.regex_helper import normalize

from investors.receipts import status_token
from tests.leak.reading import CHANGING
from tests.matrix.rows import MISSING, Rows
from tests.portal.every_route import _routes

METHODS = ("get", "head", "post", "put", "patch", "delete")
#: What is of this one answer, whatever it is about.
OF_THE_ANSWER = {
    *("X-Request-ID", "Content-Length", "Set-Cookie", "Content-Security-Policy", "Permissions-Policy"),
    *("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Expires"),
}


class Answer(NamedTuple):
    status: int
    headers: tuple[tuple[str, str], ...]
    body: str


def routes() -> dict[str, str]:
    """Name → expression of every route with a hole outside of the admin."""
    found = _routes(get_resolver().url_patterns, "^")
    return {name: route for route, name in found if "(" in route and not route.startswith("^admin/")}


def address(route: str, words: list[str]) -> str:
    """The route with these words in its holes."""
    for template, holes in normalize(route):
        made = template % dict(zip(holes, words, strict=True))
        assert re.search(route, made), f"{words} do not fit {route}"
        return "/" + made
    raise AssertionError(route)


def missing(kind: str, there: str) -> str:
    """A name of the same shape that nothing has."""
    if kind == "receipt_link":
        return status_token(MISSING["receipt"])
    if there.startswith("ALT-"):
        return re.sub(r"\d", "9", there)
    if there.isdigit():
        return "79" + there[2:]
    return MISSING.get(kind, "nothing")


class Filling(NamedTuple):
    """Words for the holes, and those with which the answer has to be the same: in their place nothing is there."""

    own: list[str]
    foreign: list[str]
    nowhere: list[str]
    #: An own object, and in it one that belongs to a foreign one, or to none.
    crossed: list[str]
    cut: list[str]


def filling(holes: list[str], rows: Rows) -> Filling:
    made = Filling([], [], [], [], [])
    objects = [hole for hole in holes if "=" not in hole and hole != "period"]
    for hole in holes:
        if hole not in objects:
            word = hole.partition("=")[2] or rows.own[hole]
            for words in made:
                words.append(word)
            continue
        own = rows.own[hole]
        foreign, nowhere = rows.foreign.get(hole, ""), missing(hole, own)
        is_last = len(objects) > 1 and hole == objects[-1]
        for words, word in zip(
            made,
            (own, foreign, nowhere, foreign if is_last else own, nowhere if is_last else own),
            strict=True,
        ):
            words.append(word)
    return made


def ask(client: Client, method: str, path: str) -> Answer:
    """Nothing of what it did remains."""
    headers = {"if-match": "*"}
    how: dict[str, Any] = {"headers": headers}
    if path.startswith("/api/") and method in {"post", "put", "patch"}:
        how |= {"data": "{}", "content_type": "application/json"}
    with transaction.atomic():
        response = getattr(client, method)(path, **how)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    request_id = response.headers.get("X-Request-ID", "")
    text = CHANGING.sub("", body.decode("utf-8", "replace"))
    headers = {name: value for name, value in response.headers.items() if name not in OF_THE_ANSWER}
    return Answer(response.status_code, tuple(sorted(headers.items())), text.replace(request_id or "\0", ""))


def without(answer: Answer, words: list[str]) -> Answer:
    """The answer, whatever it was asked of."""

    def clean(text: str) -> str:
        for word in sorted(set(words), key=len, reverse=True):
            text = text.replace(word, "…")
        return text

    headers = tuple((name, clean(value)) for name, value in answer.headers)
    return Answer(answer.status, headers, clean(answer.body))


def said(statuses: Mapping[str, int]) -> str:
    """`200; 404 stranger investor`: what most are answered, then the others."""
    counted = sorted(
        set(statuses.values()), key=lambda status: (-list(statuses.values()).count(status), status)
    )
    parts = [str(counted[0])]
    parts += [
        " ".join([str(status), *(name for name, answered in statuses.items() if answered == status)])
        for status in counted[1:]
    ]
    return "; ".join(parts)
