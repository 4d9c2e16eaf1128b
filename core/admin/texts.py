"""Which languages a row is written in: for the marks on language tabs and the lists of what is not translated."""

from functools import cache, reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter

from core.fields import LANGUAGE_NAMES
from core.text import LANGUAGES

COMPLETE, WANTING, OLDER = "✓", "–", "↻"
#: Of the filter: words that are older than those in another language.
STALE = "stale"


@cache
def trilingual(model: type[models.Model]) -> list[str]:
    """Names of the texts of a model that stand in three languages."""
    columns = {column.name: column for column in model._meta.concrete_fields}
    return [
        name.removesuffix("_kk")
        for name, column in columns.items()
        if name.endswith("_kk") and not column.choices and name.removesuffix("kk") + "en" in columns
    ]


def untranslated(model: type[models.Model], language: str, given: frozenset[str] = frozenset()) -> Q:
    """Rows that say something in another language only. `given`: texts that stand as their source gives them."""
    wanting = [
        Q(**{f"{name}_{language}": ""})
        & ~Q(**{f"{name}_{other}": "" for other in LANGUAGES if other != language})
        for name in trilingual(model)
        if name not in given
    ]
    return reduce(or_, wanting) if wanting else Q(pk__in=[])


def mark(row: models.Model, language: str, names: list[str]) -> str:
    """✓ where all that is said is said in this language too, – where something is not, ↻ where something is older.

    Nothing where all is empty.
    """
    said = [name for name in names if any(getattr(row, f"{name}_{one}") for one in LANGUAGES)]
    if not said:
        return ""
    if not all(getattr(row, f"{name}_{language}") for name in said):
        return WANTING
    return OLDER if {f"{name}_{language}" for name in said} & set(getattr(row, "stale", ())) else COMPLETE


def stale(model: type[models.Model]) -> Q:
    """Rows with words that are older than the same in another language."""
    return ~Q(stale=[]) if keeps_stale(model) else Q(pk__in=[])


def keeps_stale(model: type[models.Model]) -> bool:
    return any(column.name == "stale" for column in model._meta.concrete_fields)


class Untranslated(DropdownFilter):
    """`?untranslated=kk`: what is not in Kazakh yet."""

    title = _("not translated")
    parameter_name = "untranslated"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        self.given = model_admin.as_issued
        languages = [(language, LANGUAGE_NAMES[language]) for language in LANGUAGES]
        return (
            [*languages, (STALE, _("older than in another language"))]
            if keeps_stale(model_admin.model)
            else languages
        )

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        if self.value() == STALE:
            return queryset.filter(stale(queryset.model))
        if self.value() not in LANGUAGES:
            return queryset
        return queryset.filter(untranslated(queryset.model, self.value(), self.given))
