"""Filters that pages and the API share; an app's FilterSets are made of these.

A FilterSet names every parameter of its list, the order included, with a label for the form of the page.
"""

import re
from collections.abc import Mapping
from copy import copy
from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import Case, CharField, F, Func, IntegerField, QuerySet, Value, When
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import CharFilter, ChoiceFilter, DateFilter, Filter, NumberFilter, TypedChoiceFilter
from drf_spectacular.utils import extend_schema_field

from core import ledger


@extend_schema_field(
    {
        "type": "string",
        "maxLength": 200,
        "pattern": r"^[^\u0000]*$",
        "description": "Rows that contain every word, however its Kazakh letters are typed (курылыс finds құрылыс).",
    }
)
class Search(CharFilter):
    """`?q=`: the forgiving search of the model, in what this reader may know."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Search"), max_length=200, **kwargs)

    def filter(self, rows: Any, value: str) -> QuerySet:
        return rows.search(value, self.parent.request.user) if value else rows


class Options(forms.Select):
    """A select that may be long: Django renders each option by a template of its own, a third of a millisecond each."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (code, mark_safe(" selected") if str(code) == chosen else "", label)
                for code, label in self.choices
            ),
        )
        return format_html(
            "<select{}>{}</select>",
            flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name})),
            options,
        )


class OneOf(ChoiceFilter):
    """A code of a list."""

    def __init__(self, choices: Any, **kwargs: Any) -> None:
        spelled = [(code, capfirst(label)) for code, label in choices]
        super().__init__(choices=spelled, empty_label=_("Any"), widget=Options, **kwargs)


@extend_schema_field({"type": "boolean"})
class YesNo(TypedChoiceFilter):
    """`true` or `false`, and nothing else: django-filter's own takes every other word for no filter."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [("", _("Any")), ("true", capfirst(_("yes"))), ("false", capfirst(_("no")))]
        super().__init__(choices=choices, coerce=lambda value: value == "true", widget=Options, **kwargs)


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


@extend_schema_field({"type": "string", "pattern": "^[A-Z]{2}$", "description": "ISO 3166-1, two letters."})
class Country(CharFilter):
    def __init__(self, field_name: str) -> None:
        letters = RegexValidator("^[A-Z]{2}$", _("Two capital letters, such as KZ."))
        super().__init__(field_name, label=_("Country"), validators=[letters])


@extend_schema_field({"type": "string", "format": "date"})
class Day(DateFilter):
    """A day as ISO 8601 writes it, whatever the language of the reader."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        picker = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(*args, input_formats=["%Y-%m-%d"], widget=picker, **kwargs)


@extend_schema_field({"type": "number", "minimum": 0, "maximum": 999_999_999})
class Amount(NumberFilter):
    """A number that is not below nought."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        written = forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 12})
        super().__init__(*args, min_value=0, max_value=999_999_999, widget=written, **kwargs)

    def get_max_validator(self) -> None:
        """The greatest is `max_value` already."""


class _YearField(forms.IntegerField):
    def to_python(self, value: Any) -> int | None:
        if value and not re.fullmatch(r"\d{4}", str(value), re.ASCII):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class Year(Filter):
    """A year of our time."""

    field_class = _YearField

    def __init__(self, first: int, last: int, label: Any, description: str, **kwargs: Any) -> None:
        written = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4})
        super().__init__(label=label, min_value=first, max_value=last, widget=written, **kwargs)
        shape = {"type": "integer", "minimum": first, "maximum": last, "description": description}
        extend_schema_field(shape)(self)


class Order:
    """An order of a list: its label, its columns with a unique one at the end, what it computes for them.

    `language`: of the names that it sorts by; a page offers those in the language of its reader.
    What is computed may be a function of the reader, where not everybody may know it.
    """

    def __init__(self, label: Any, *terms: str, language: str = "", **computed: Any) -> None:
        self.label, self.terms, self.language, self.computed = label, terms, language, computed


class Ordering(ChoiceFilter):
    """`?ordering=name` or `-name`: one of the named orders, forwards or backwards."""

    def __init__(self, orders: Mapping[str, Order], default: str) -> None:
        self.orders, self.default = orders, default
        choices = [
            choice
            for name, order in orders.items()
            for choice in (
                (name, format_lazy("{} ↑", order.label)),
                (f"-{name}", format_lazy("{} ↓", order.label)),
            )
        ]
        choices.sort(key=lambda choice: choice[0] != default)  # a form that nobody changed shows what holds
        allowed = [name for name, _label in choices]
        refusal = format_lazy("{} {}", _("The orders of this list are:"), ", ".join(allowed))
        super().__init__(
            label=pgettext_lazy("list", "Order"),
            choices=choices,
            empty_label=None,
            widget=Options,
            error_messages={"invalid_choice": refusal},
        )
        shape = {"type": "string", "enum": allowed, "default": default}
        extend_schema_field({**shape, "description": "The order of the list; with a minus, backwards."})(self)

    def __deepcopy__(self, memo: Any) -> "Ordering":
        """Every FilterSet copies its filters; this one's many choices are never changed, and dear to copy."""
        return copy(self)

    def filter(self, rows: Any, value: str) -> QuerySet:
        chosen = value or self.default
        order = self.orders[chosen.removeprefix("-")]
        terms = order.terms if not chosen.startswith("-") else tuple(map(_backwards, order.terms))
        computed = {
            name: column(self.parent.request.user) if callable(column) else column
            for name, column in order.computed.items()
        }
        return rows.annotate(**computed).order_by(*terms)


def _backwards(term: str) -> str:
    return term.removeprefix("-") if term.startswith("-") else f"-{term}"


def place_in(codes: Any, field: str) -> Case:
    """The place of a code in its list, for an order by it: the order of the letters of codes says nothing."""
    cases = [When(**{field: code}, then=Value(place)) for place, code in enumerate(codes)]
    return Case(*cases, default=None, output_field=IntegerField(null=True))


def by_name(owner: str = "") -> dict[str, Order]:
    """By the name in each language; the Kazakh alphabet holds the Russian one in its own order."""
    orders = {"name": Order(_("Name"), f"{owner}sort_kk", "pk", language="kk")}
    for language in ("ru", "en"):
        key = Func(F(f"{owner}name_{language}"), function="core_sort_kk", output_field=CharField())
        column = f"sort_{language}"
        orders[f"name_{language}"] = Order(_("Name"), column, "pk", language=language, **{column: key})
    return orders


def updated() -> Order:
    return Order(_("Updated"), "updated_at", "pk")


def today() -> date:
    """The day of the reader: today in Almaty, or the day of the past that is asked for."""
    return timezone.localdate(ledger.instant.get())
