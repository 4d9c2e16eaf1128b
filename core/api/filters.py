"""The filters of a list in the API."""

from typing import Any

from django.db.models import QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.request import Request

from core.api.errors import WrongParameters


class FieldFilters(DjangoFilterBackend):
    """The FilterSet that pages share; a value it refuses is a problem that names the parameter."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        filterset = None if view.detail else self.get_filterset(request, queryset, view)
        if filterset is None:
            return queryset
        if not filterset.is_valid():
            faults = filterset.errors.get_json_data().items()
            raise WrongParameters(*((name, found[0]["code"], found[0]["message"]) for name, found in faults))
        return filterset.qs
