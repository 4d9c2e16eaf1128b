"""The filters of a list in the API."""

from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django_filters import FilterSet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.request import Request

from core.api.errors import WrongParameters
from core.filters import Ordering


class FieldFilters(DjangoFilterBackend):
    """The FilterSet that pages share; a value it refuses is a problem that names the parameter."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        whole = None if view.detail else self.get_filterset_class(view, queryset)
        if whole is None:
            return queryset
        asked = frozenset(request.query_params) & frozenset(whole.base_filters)
        filterset = _only(whole, asked)(**self.get_filterset_kwargs(request, queryset, view))
        if not asked:
            for order in filterset.filters.values():
                queryset = order.filter(queryset, "")
            return queryset
        if not filterset.is_valid():
            faults = filterset.errors.get_json_data().items()
            raise WrongParameters(*((name, found[0]["code"], found[0]["message"]) for name, found in faults))
        return filterset.qs


@lru_cache(maxsize=256)
def _only(whole: type[FilterSet], asked: frozenset[str]) -> type[FilterSet]:
    """With the filters that were asked for, and the order that holds without being asked for.

    A filter without a value keeps every row, yet to copy its choices and to make its field takes milliseconds.
    """
    kept = {
        name: one for name, one in whole.base_filters.items() if name in asked or isinstance(one, Ordering)
    }
    narrow = type(whole)(whole.__name__, (whole,), {"__module__": whole.__module__})
    narrow.base_filters = kept
    return narrow
