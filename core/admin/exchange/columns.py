"""Columns of a table: how a value is written for its reader, and how what he typed is understood."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import get_format
from django.utils.text import capfirst
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.widgets import Widget

from core.admin.numbers import as_typed
from core.choices import Precision
from core.dates import SEASONS, PartialDate
from core.text import LANGUAGES

#: What the machine keeps for itself, or what is made from other columns.
LEFT_OUT = {"version", "created_at", "updated_at", "search", "sort_kk"}
BETWEEN = " | "


class Cell(Widget):
    """A plain column: numbers stay numbers, dates dates; codes are written in words and read in both."""

    def __init__(self, column: models.Field) -> None:
        super().__init__(coerce_to_string=False)
        self.column = column

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        if value is None:
            return ""
        if isinstance(value, bool):
            return str(_("yes") if value else _("no"))
        if self.column.choices:
            return str(dict(self.column.flatchoices).get(value, value))
        if isinstance(value, datetime | date):
            return value.isoformat()
        if isinstance(value, Decimal):
            return int(value) if value == value.to_integral_value() else float(value)
        return value

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        text = _typed(value)
        if isinstance(self.column, models.BooleanField):
            return _yes_or_no(text)
        if self.column.choices:
            return _code(self.column, text)
        if isinstance(self.column, models.DateField):
            return _day(text)
        if isinstance(self.column, models.DecimalField | models.IntegerField):
            return _number(text)
        return text if text or not self.column.null else None


class Cells(Cell):
    """A list, its parts between bars."""

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        words = dict(self.column.base_field.flatchoices or ())
        return BETWEEN.join(str(words.get(one, one)) for one in value or [])

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[str]:
        parts = [part.strip() for part in _typed(value).replace("\n", "|").split("|") if part.strip()]
        return (
            [_code(self.column.base_field, part) for part in parts]
            if self.column.base_field.choices
            else parts
        )


class Said(Widget):
    """A partial date in one cell: “2025-09-29”, “2025-09”, “2027 autumn”, “2029”, or what the source printed."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        if value.day and value.precision == Precision.SEASON:
            return next(
                f"{value.day.year} {name}"
                for name, (month, _code) in SEASONS.items()
                if month == value.day.month
            )
        return value.iso() or value.text

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> PartialDate:
        text = _typed(value)
        try:
            return PartialDate.parse(text)
        except ValueError:
            raise ValidationError(_("There is no such day.")) from None


class Named(Widget):
    """What the row refers to, by its code."""

    def __init__(self, column: models.ForeignKey, key: str) -> None:
        super().__init__()
        self.column, self.key = column, key

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(getattr(value, self.key) or "") if value else ""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        code = _typed(value)
        if not code:
            return None
        found = self.column.related_model._base_manager.filter(**{self.key: code}).first()
        if found is None:
            raise ValidationError(_("There is no “%(code)s”.") % {"code": code})
        return found


class PartialField(Field):
    """Keeps the words of the source where the date is the same."""

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        now, then = self.clean(row, **kwargs), getattr(instance, self.attribute)
        if (now.day, now.precision) != (then.day, then.precision) or (
            now.day is None and now.text != then.text
        ):
            setattr(instance, self.attribute, now)


class KeptField(Field):
    """Written out, and read in only as it stands: another verb changes it."""

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        if self.clean(row, **kwargs) != getattr(instance, self.attribute):
            raise ValidationError(_("Visibility changes by publication, not by a table."))


def columns(model: type[models.Model]) -> dict[str, Field]:
    """The table's columns by name, headed in the reader's language."""
    fields: dict[str, Field] = {}
    for column in sorted(model._meta.concrete_fields, key=_place):
        if made := _field(column):
            name, label, field = made
            taken = {other.column_name for other in fields.values()}
            field.column_name = label if label not in taken else f"{label} ({name})"
            fields[name] = field
    return fields


def _place(column: Any) -> int:
    """What a row is known by comes first, what is said about its words last; the rest as the model has it."""
    if column.name in ("public_id", "code"):
        return 0
    return 2 if column.name == "visibility" or column.name.startswith("basis_") else 1


def headers(model: type[models.Model]) -> dict[str, str]:
    """Names of columns by what they may be headed with: in any language, or as the name itself."""
    known: dict[str, str] = {}
    for language in LANGUAGES:
        with override(language):
            known |= {field.column_name.casefold(): name for name, field in columns(model).items()}
    return known | {name: name for name in known.values()}


def _field(column: Any) -> tuple[str, str, Field] | None:
    name, label = column.name, str(capfirst(column.verbose_name))
    if column.primary_key or name in LEFT_OUT or name.endswith(("_precision", "_hash")):
        return None
    if isinstance(column, models.JSONField):
        return None  # a drawing is not for a cell
    if column.generated:
        return name, label, Field(attribute=name, widget=Cell(column), readonly=True)
    if isinstance(column, models.ForeignKey):
        return _reference(column, label)
    whole = name.removesuffix("_day")
    if whole != name and hasattr(column.model, f"{whole}_precision"):
        return whole, label, PartialField(attribute=whole, widget=Said(whole))
    if name.endswith("_text") and hasattr(column.model, name.removesuffix("text") + "precision"):
        return None
    if name == "visibility":
        return name, label, KeptField(attribute=name, widget=Cell(column))
    widget = Cells(column) if isinstance(column, ArrayField) else Cell(column)
    return name, label, Field(attribute=name, widget=widget, readonly=not column.editable)


def _reference(column: models.ForeignKey, label: str) -> tuple[str, str, Field] | None:
    """People are not written out, nor what has no name of its own."""
    target: Any = column.related_model
    keys = [
        key for key in ("public_id", "code") if any(key == one.name for one in target._meta.concrete_fields)
    ]
    if target is get_user_model() or not keys:
        return None
    return column.name, label, Field(attribute=column.name, widget=Named(column, keys[0]))


def _typed(value: Any) -> str:
    """What stands in the cell, as text: Excel gives days as instants and 7 as 7.0."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\x00", "").strip().removeprefix("'")


def _code(column: models.Field, text: str) -> str:
    """The code behind a word in any of the three languages, or the code itself."""
    if not text and column.blank:
        return ""
    for language in LANGUAGES:
        with override(language):
            for code, label in column.flatchoices:
                if text.casefold() in (str(label).casefold(), str(code).casefold()):
                    return code
    known = ", ".join(str(label) for _code, label in column.flatchoices)
    raise ValidationError(_("“%(typed)s” is none of: %(known)s.") % {"typed": text, "known": known})


def _yes_or_no(text: str) -> bool:
    words = {"1": True, "true": True, "0": False, "false": False, "": False}
    for language in LANGUAGES:
        with override(language):
            words |= {str(_("yes")).casefold(): True, str(_("no")).casefold(): False}
    if text.casefold() not in words:
        raise ValidationError(_("Answer yes or no."))
    return words[text.casefold()]


def _day(text: str) -> date | None:
    formats = ["%Y-%m-%d", *get_format("DATE_INPUT_FORMATS")]
    try:
        return forms.DateField(required=False, input_formats=formats).clean(text)
    except ValidationError:
        raise ValidationError(_("There is no such day.")) from None


def _number(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        return Decimal(as_typed(text, get_language()))
    except InvalidOperation:
        raise ValidationError(_("This is not a number.")) from None
