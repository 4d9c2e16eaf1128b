"""Reads that every app shares."""

from typing import Any, Self

from django.db import models
from django.db.models import Case, CharField, DateField, DateTimeField, DurationField, F, Func, Q, Value, When
from django.db.models.functions import Cast

from core.choices import Precision
from core.ledger import RecordedQuerySet
from core.policies import levels_open_to, sees_everything
from core.text import fold

PERIODS = {Precision.MONTH: "1 month", Precision.SEASON: "3 months", Precision.YEAR: "1 year"}


def related(model: type[models.Model], name: str) -> Any:
    """The manager of the model behind a relation: a queryset may not import the models above it."""
    return model._meta.get_field(name).related_model.objects  # type: ignore[union-attr]


class OpenQuerySet[M: models.Model](RecordedQuerySet[M]):
    """Rows without a secret: everybody may read them."""

    def visible_to(self, user: Any) -> Self:
        return self


class ReadAt(Func):
    """The instant of this reading by the clock of the database: now, or the past that was entered."""

    function, template, output_field = "core_now", "%(function)s()", DateTimeField()


def shown_to(user: Any, prefix: str = "") -> Q:
    """Of a row with a `visibility` (behind `prefix`): this reader may know of it, and the time has come."""
    levels = Q(**{f"{prefix}visibility__in": levels_open_to(user)})
    return levels & (Q(**{f"{prefix}published_at": None}) | Q(**{f"{prefix}published_at__lte": ReadAt()}))


class PublishedQuerySet[M: models.Model](RecordedQuerySet[M]):
    """Rows with a `visibility` and perhaps an embargo; an app adds what belongs to the reader in `_own`."""

    def visible_to(self, user: Any) -> Self:
        if sees_everything(user):
            return self
        return self.filter(shown_to(user) | self._own(user))

    def _own(self, user: Any) -> Q:
        return Q(pk__in=[])


class Searched:
    """Of querysets of models with a `search` column (core.fields.search_column)."""

    def search(self: Any, query: str, user: Any = None) -> Any:
        """Rows that contain every word of the query, whatever Kazakh letters it was typed with.

        A word may also stand in what belongs to the row, as far as this user may read that (`_holding`).
        """
        rows = self
        for word in fold(query).split():
            rows = rows.filter(self._holding(word, user))
        return rows

    def _holding(self, word: str, user: Any) -> Q:
        return Q(search__contains=word)


class SearchableQuerySet[M: models.Model](Searched, PublishedQuerySet[M]):
    """Rows with a visibility that can be searched."""


class OpenSearchableQuerySet[M: models.Model](Searched, OpenQuerySet[M]):
    """Rows without a secret that can be searched."""


def last_day(date: str) -> Func:
    """The last day of a partial date: the day itself, or the end of the month, season or year that is known."""
    length = Case(
        *(
            When(**{f"{date}_precision": precision}, then=Value(period))
            for precision, period in PERIODS.items()
        ),
        default=Value("1 day"),
        output_field=CharField(),
    )
    return Func(
        F(f"{date}_day"),
        Cast(length, DurationField()),
        template="(%(expressions)s - interval '1 day')::date",
        arg_joiner=" + ",
        output_field=DateField(),
    )
