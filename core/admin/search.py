"""Search of the admin's lists, choices and Ctrl+K: every word, whatever Kazakh letters it was typed with."""

from typing import Any

from django.contrib.admin.utils import lookup_spawns_duplicates
from django.db import models
from django.db.models import CharField, Q, TextField
from django.http import HttpRequest

from core.text import fold


@CharField.register_lookup
@TextField.register_lookup
class Folds(models.lookups.Contains):
    """`name_kk__folds="курылыс"` finds «Құрылыс»."""

    lookup_name = "folds"

    def get_prep_lookup(self) -> str:
        return fold(str(self.rhs))

    def process_lhs(self, compiler: Any, connection: Any, lhs: Any = None) -> Any:
        sql, params = super().process_lhs(compiler, connection, lhs)
        return f"core_fold({sql})", params

    def get_rhs_op(self, connection: Any, rhs: str) -> str:
        return connection.operators["contains"] % rhs


class FoldedSearch:
    """For admin classes: `search_fields` name columns, of the model or of what it refers to."""

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        fields = self.get_search_fields(request)  # type: ignore[attr-defined]
        for word in search_term.replace("\x00", "").split():  # PostgreSQL takes no NUL
            anywhere = Q()
            for field in fields:
                anywhere |= _holds(field, word)
            queryset = queryset.filter(anywhere)
        return queryset, any(lookup_spawns_duplicates(self.opts, field) for field in fields)  # type: ignore[attr-defined]


def _holds(field: str, word: str) -> Q:
    """A `search` column is folded already, and indexed."""
    if field.rpartition("__")[2] == "search":
        return Q(**{f"{field}__contains": fold(word)})
    return Q(**{f"{field}__folds": word})
