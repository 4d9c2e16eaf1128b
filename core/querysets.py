"""Reads that every app shares."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from core.ledger import RecordedQuerySet
from core.policies import levels_open_to, sees_everything
from core.text import fold


def related(model: type[models.Model], name: str) -> Any:
    """The manager of the model behind a relation: a queryset may not import the models above it."""
    return model._meta.get_field(name).related_model.objects  # type: ignore[union-attr]


class OpenQuerySet[M: models.Model](RecordedQuerySet[M]):
    """Rows without a secret: everybody may read them."""

    def visible_to(self, user: Any) -> Self:
        return self


class PublishedQuerySet[M: models.Model](RecordedQuerySet[M]):
    """Rows with a `visibility`; an app adds what belongs to the reader in `_own`."""

    def visible_to(self, user: Any) -> Self:
        if sees_everything(user):
            return self
        return self.filter(Q(visibility__in=levels_open_to(user)) | self._own(user))

    def _own(self, user: Any) -> Q:
        return Q(pk__in=[])


class SearchableQuerySet[M: models.Model](PublishedQuerySet[M]):
    """For models with a `search` column too (core.fields.search_column)."""

    def search(self, query: str) -> Self:
        """Rows that contain every word of the query, whatever Kazakh letters it was typed with."""
        rows = self
        for word in fold(query).split():
            rows = rows.filter(search__contains=word)
        return rows
