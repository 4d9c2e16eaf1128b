"""What a request may say: fields that take exactly what the OpenAPI file describes, and nothing besides.

A `Body` refuses whatever it does not know, read-only fields among it: nothing is silently ignored.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError as Refused
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from core.api.fields import PartialDateField
from core.choices import Precision
from core.dates import SEASONS, PartialDate
from core.text import LANGUAGES, Text

#: Something to read: not only spaces of whatever kind, and no NUL.
WORDED = "^[^\\u0000]*[^\\s\\u0000\\u2060\\ufeff][^\\u0000]*$"
LONG, SHORT = 10_000, 300
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SEASONS = {code: name for name, (_month, code) in SEASONS.items()}


class Said(serializers.Field):
    """A field of a body. `shape` is how the OpenAPI file describes it."""

    shape: ClassVar[dict[str, Any]] = {}
    default_error_messages = {
        "text": _("Write a text, in quotation marks."),
        "blank": _("Write a text that is not only spaces."),
        "long": _("At most %(most)s characters."),
        "day": _("Write a day such as 2026-03-15."),
        "partial": _("Write a date such as 2026-03-15, 2026-03, 2026-22 (summer) or 2026."),
        "address": _("Write an address that begins with https:// or http://."),
        "code": _("“%(value)s” is none of: %(allowed)s."),
        "named": _("There is no “%(value)s” here, or you may not know of it."),
        "languages": _("Write an object with the languages kk, ru and en, Kazakh or Russian among them."),
    }

    def wrong(self, code: str, **words: Any) -> None:
        raise ValidationError([ErrorDetail(str(self.error_messages[code]) % words, code)])

    def words(self, data: Any, most: int) -> str:
        if not isinstance(data, str):
            self.wrong("text")
        if not re.fullmatch(WORDED, data, re.DOTALL):
            self.wrong("blank")
        if len(data) > most:
            self.wrong("long", most=most)
        return data.strip()


class SaidExtension(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    target_class = Said
    match_subclasses = True

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        return dict(self.target.shape)


class Words(Said):
    """A text in whatever language it is written; spaces around it are dropped."""

    def __init__(self, most: int = LONG, **kwargs: Any) -> None:
        self.most = most
        self.shape = {"type": "string", "minLength": 1, "maxLength": most, "pattern": WORDED}  # type: ignore[misc]
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> str:
        return self.words(data, self.most)


class Texts(Said):
    """A text in kk, ru and en, Kazakh or Russian among them."""

    def __init__(self, most: int = LONG, **kwargs: Any) -> None:
        self.most = most
        written = {"type": "string", "minLength": 1, "maxLength": most, "pattern": WORDED}
        self.shape = {  # type: ignore[misc]
            "type": "object",
            "properties": {spoken: written | {"type": ["string", "null"]} for spoken in LANGUAGES},
            "additionalProperties": False,
            "anyOf": [
                {"required": [spoken], "properties": {spoken: {"type": "string"}}} for spoken in ("kk", "ru")
            ],
        }
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> dict[str, str]:
        if not isinstance(data, Mapping) or set(data) - set(LANGUAGES):
            self.wrong("languages")
        said, faults = {}, {}
        for spoken, words in data.items():
            try:
                said[spoken] = None if words is None else self.words(words, self.most)
            except ValidationError as error:
                faults[spoken] = error.detail
        if faults:
            raise ValidationError(faults)
        text = Text.of(said)
        if not (text.kk or text.ru):
            self.wrong("languages")
        return text._asdict()


class YesOrNo(Said):
    shape: ClassVar[dict[str, Any]] = {"type": "boolean"}
    default_error_messages = {"bool": _("Write true or false.")}

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.wrong("bool")
        return bool(data)


class Day(Said):
    """A day, as ISO 8601 writes it."""

    shape: ClassVar[dict[str, Any]] = {"type": "string", "format": "date"}

    def to_internal_value(self, data: Any) -> date:
        if isinstance(data, str) and _DAY.fullmatch(data):
            try:
                return date.fromisoformat(data)
            except ValueError:
                pass
        return self.wrong("day")  # type: ignore[return-value]


class PartialDay(Said):
    """A date as precise as it is known, written as the API writes it."""

    shape: ClassVar[dict[str, Any]] = {
        "type": "string",
        "pattern": PartialDateField.shape["pattern"],
        "description": "A day, a month, a season (21 spring … 24 winter) or a year.",
        "examples": ["2026-03-15", "2026-03", "2026-22", "2026"],
    }

    def to_internal_value(self, data: Any) -> PartialDate:
        if not isinstance(data, str) or not re.fullmatch(self.shape["pattern"], data, re.ASCII):
            self.wrong("partial")
        year, _dash, rest = data.partition("-")
        season = _SEASONS.get(int(rest)) if rest.isdigit() else None
        try:
            known = PartialDate.parse(f"{year} {season}" if season else data)
        except ValueError:  # the 30th of February, the year 0
            self.wrong("partial")
        assert known.precision != Precision.UNKNOWN
        return PartialDate(known.day, known.precision, data)


class Address(Said):
    """An address on the web."""

    shape: ClassVar[dict[str, Any]] = {
        "type": "string",
        "format": "uri",
        "pattern": "^https?://",
        "maxLength": 500,
        "examples": ["https://example.kz/act.pdf"],
    }

    def to_internal_value(self, data: Any) -> str:
        if isinstance(data, str) and len(data) <= 500:
            try:
                URLValidator(schemes=["http", "https"])(data)
                return data
            except Refused:
                pass
        return self.wrong("address")  # type: ignore[return-value]


class OneCode(Said):
    """A code of a codelist."""

    def __init__(self, codes: Any, only: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.codes = {code: label for code, label in codes.choices if not only or code in only}
        meanings = "\n".join(f"* `{code}`: {label}" for code, label in self.codes.items())
        self.shape = {"type": "string", "enum": list(self.codes), "description": meanings}  # type: ignore[misc]
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str) or data not in self.codes:
            self.wrong("code", value=str(data)[:60], allowed=", ".join(self.codes))
        return data


class Named(Said):
    """A row that the caller may know of, by its code or public id."""

    def __init__(self, model: type[models.Model], lookup: str = "code", **kwargs: Any) -> None:
        self.model, self.lookup = model, lookup
        said = "Its public id." if lookup == "public_id" else "Its code."
        self.shape = {"type": "string", "minLength": 1, "maxLength": 60, "description": said}  # type: ignore[misc]
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.wrong("text")
        known = self.model.objects.visible_to(self.context["request"].user)  # type: ignore[attr-defined]
        found = None if "\x00" in data else known.filter(**{self.lookup: data[:61]}).first()
        if found is None:
            self.wrong("named", value=data[:60])
        return found


@extend_schema_field({"type": "string", "format": "binary"})
class Upload(serializers.FileField):
    """A file in a form."""


class Body(serializers.Serializer):
    """An object that holds nothing but what it may. `shape` adds to its description."""

    shape: ClassVar[dict[str, Any]] = {}

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping) and (unknown := [name for name in data if name not in self.fields]):
            detail = _("This field is not known here, or cannot be written.")
            raise ValidationError({name: [ErrorDetail(str(detail), "unknown")] for name in unknown})
        return super().to_internal_value(data)
