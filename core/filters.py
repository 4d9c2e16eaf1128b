"""Filters that pages and the API share; an app's FilterSets are made of these and of django-filter's own."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, TypedChoiceFilter
from drf_spectacular.utils import extend_schema_field


@extend_schema_field(
    {
        "type": "string",
        "maxLength": 200,
        "pattern": r"^[^\u0000]*$",
        "description": "Rows that contain every word, however its Kazakh letters are typed (курылыс finds құрылыс).",
    }
)
class Search(CharFilter):
    """`?q=`: the forgiving search of the model."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Search"), max_length=200, **kwargs)

    def filter(self, rows: Any, value: str) -> QuerySet:
        return rows.search(value) if value else rows


@extend_schema_field({"type": "boolean"})
class YesNo(TypedChoiceFilter):
    """`true` or `false`, and nothing else: django-filter's own takes every other word for no filter."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [("true", _("yes")), ("false", _("no"))]
        super().__init__(choices=choices, coerce=lambda value: value == "true", **kwargs)


@extend_schema_field({"type": "string", "minLength": 1, "maxLength": 60, "pattern": r"^[^\u0000]*$"})
class VisibleCode(CharFilter):
    """Rows that refer to the one with this code, as far as the reader may know of it.

    `field_name` is the relation, `code` the field of the row behind it. What is unknown or hidden finds nothing.
    """

    def __init__(self, *args: Any, code: str = "code", **kwargs: Any) -> None:
        self.code = code
        super().__init__(*args, max_length=60, **kwargs)

    def filter(self, rows: Any, value: str) -> QuerySet:
        if not value:
            return rows
        field = rows.model
        for step in self.field_name.split("__"):
            field = field._meta.get_field(step).related_model
        known = field.objects.visible_to(self.parent.request.user).filter(**{self.code: value})
        return rows.filter(**{f"{self.field_name}__in": known})
