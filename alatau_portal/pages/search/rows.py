"""How one query searches everything: each kind of thing as rows of the same columns, ranked the same way."""

from collections.abc import Iterable, Sequence
from functools import cache, reduce
from operator import and_
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    Func,
    IntegerField,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.functions import Cast, Greatest, JSONObject
from django.utils import translation

from core.text import LANGUAGES, fold

#: The columns of every kind; `facts` is what its line shows besides.
COLUMNS = tuple(f"hit_{name}" for name in ("kind", "key", "title", "body", "facts", "rank", "number"))
#: How alike a name must be to be offered where nothing is found.
ALIKE = 0.4


class Kind:
    """Rows of a kind that the reader may see.

    `names` are what a row is called by, `more` what else it is found by: columns, or expressions.
    """

    def __init__(
        self,
        rows: QuerySet,
        *,
        key: str,
        names: Sequence[Any],
        more: Sequence[Any] = (),
        title: Any,
        body: Any = None,
        facts: dict[str, Any] | None = None,
    ) -> None:
        self.key, self.title, self.facts = key, title, facts or {}
        self.body = text() if body is None else body
        self.rows = rows.order_by().annotate(
            named=folded("|", names),
            hay=folded(" ", [*names, *more]),
        )

    def found(self, kind: str, phrase: str, words: list[str], limit: int) -> QuerySet:
        """Rows in which every word stands, the best first, with how many there are in all."""
        rows = self.rows.filter(*(Q(hay__contains=word) for word in words))
        return self._columns(rows.annotate(hit_rank=_rank(phrase, words)), kind).order_by("hit_rank", "pk")[
            :limit
        ]

    def alike(self, kind: str, *spellings: str) -> QuerySet:
        """Rows whose name is nearly what was asked for, in one of the ways to write it."""
        near = Greatest(*(TrigramWordSimilarity(spelling, "named") for spelling in spellings))
        rows = self.rows.annotate(alike=near).filter(alike__gte=ALIKE)
        rank = Cast(F("alike") * -1000, IntegerField())
        return self._columns(rows.annotate(hit_rank=rank), kind).order_by("hit_rank", "pk")[:3]

    def _columns(self, rows: QuerySet, kind: str) -> QuerySet:
        return rows.annotate(
            hit_kind=Value(kind, output_field=CharField()),
            hit_key=Cast(self.key, CharField()),
            hit_title=self.title,
            hit_body=self.body,
            hit_facts=JSONObject(**self.facts),
            hit_number=Window(Count("*")),
        ).values_list(*COLUMNS)


def _rank(phrase: str, words: list[str]) -> Case:
    """By name exactly, by its beginning, by the phrase in it, by all its words; then by what else is known."""
    all_named = reduce(and_, (Q(named__contains=word) for word in words))
    return Case(
        When(named__contains=f"|{phrase}|", then=Value(0)),
        When(named__contains=f"|{phrase}", then=Value(1)),
        When(named__contains=phrase, then=Value(2)),
        When(all_named, then=Value(3)),
        default=Value(4),
    )


def folded(mark: str, parts: Iterable[Any]) -> Func:
    """The parts, columns or expressions, as one text that a folded query is compared with; a mark around each."""
    joined = Func(Value(mark), Value(""), *parts, Value(""), function="concat_ws", output_field=TextField())
    return Func(joined, function="core_fold", output_field=TextField())


def three(name: str) -> list[str]:
    return [f"{name}_{language}" for language in LANGUAGES]


def text(name: str = "") -> JSONObject:
    """A trilingual column as JSON; without a name, an empty one."""
    return JSONObject(**{language: f"{name}_{language}" if name else Value("") for language in LANGUAGES})


def labels(column: str, choices: Any) -> Case:
    """The words of a code in all three languages."""
    cases = (When(**{column: code}, then=Value(words)) for code, words in _words(choices))
    return Case(*cases, default=Value(""), output_field=TextField())


@cache
def _words(choices: Any) -> list[tuple[str, str]]:
    said: dict[str, list[str]] = {code: [] for code in choices.values}
    for language in LANGUAGES:
        with translation.override(language):
            for code in choices:
                said[code].append(fold(str(code.label)))
    return [(str(code), " ".join(words)) for code, words in said.items()]
