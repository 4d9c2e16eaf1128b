"""How values look in JSON. A field with a `component` is a schema of that name in the OpenAPI file."""

from decimal import Decimal
from operator import attrgetter
from typing import Any, ClassVar

from django.db.models import TextChoices
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from rest_framework import serializers

from core.api.links import link
from core.dates import PartialDate
from core.text import LANGUAGES, Text

NUMBER = r"^-?\d+(\.\d*[1-9])?$"


class ShapedField(serializers.Field):
    component: ClassVar[str]
    shape: ClassVar[dict[str, Any]]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)


class ShapedFieldExtension(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    target_class = ShapedField
    match_subclasses = True

    def get_name(self) -> str:
        return self.target.component

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        return self.target.shape


_LANGUAGES = {language: {"type": ["string", "null"]} for language in LANGUAGES}


class TextField(ShapedField):
    """A trilingual text; a translation that does not exist is null."""

    component = "Text"
    shape: ClassVar[dict[str, Any]] = {
        "description": "A text in three languages; with `lang`, one string. null where there is no translation.",
        "oneOf": [
            {
                "type": "object",
                "properties": _LANGUAGES,
                "required": list(LANGUAGES),
                "additionalProperties": False,
            },
            {"type": ["string", "null"]},
        ],
        "examples": [{"kk": "Қақпа", "ru": "Врата", "en": "Gate"}, "Қақпа"],
    }

    def to_representation(self, value: Text) -> Any:
        language = self.context.get("lang")
        return (getattr(value, language) or None) if language else value.as_json()


class PartialDateField(ShapedField):
    """A date as precise as its source."""

    component = "PartialDate"
    shape: ClassVar[dict[str, Any]] = {
        "description": (
            "A date as precise as its source, in ISO 8601: a day, a month, a season (ISO 8601-2: 21 spring, 22 summer, "
            "23 autumn, 24 winter) or a year. null where it is not known."
        ),
        "type": ["string", "null"],
        "pattern": r"^\d{4}(-(2[1-4]|(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?))?$",
        "examples": ["2025-09-29", "2024-06", "2027-23", "2029", None],
    }

    def to_representation(self, value: PartialDate) -> str | None:
        return value.iso()


class UrlField(ShapedField):
    """The address of the row in this API: of which register, found by what: `UrlField("project", "public_id")`."""

    component = "Url"
    shape: ClassVar[dict[str, Any]] = {
        "type": "string",
        "format": "uri",
        "description": "Where the object is found in this API.",
    }

    def __init__(self, register: str, lookup: str = "code", **kwargs: Any) -> None:
        self.view, self.lookup = f"api:{register}-detail", lookup
        super().__init__(source="*", **kwargs)

    def to_representation(self, value: Any) -> str:
        return link(self.view, **{self.lookup.rpartition(".")[2]: attrgetter(self.lookup)(value)})


MONEY = {
    "description": "A sum in its own currency, never converted.",
    "type": "object",
    "properties": {
        "amount": {"type": "string", "pattern": r"^-?\d+\.\d{2,4}$"},
        "currency": {"type": "string", "pattern": "^[A-Z]{3}$", "description": "ISO 4217"},
    },
    "required": ["amount", "currency"],
    "additionalProperties": False,
    "examples": [{"amount": "368000000.00", "currency": "USD"}],
}


class QuantityField(ShapedField):
    """One bound of a figure: a number, or a sum where the figure is money."""

    component = "Quantity"
    shape: ClassVar[dict[str, Any]] = {
        "description": "A number as an exact decimal string, or a sum of money. null where there is none.",
        "oneOf": [{"type": ["string", "null"], "pattern": NUMBER}, MONEY],
        "examples": ["31730", {"amount": "368000000.00", "currency": "USD"}],
    }

    #: The column that names the currency.
    currency = "currency"

    def __init__(self, column: str, **kwargs: Any) -> None:
        self.column = column
        super().__init__(source="*", **kwargs)

    def to_representation(self, row: Any) -> Any:
        value, currency = getattr(row, self.column), getattr(row, self.currency)
        if value is None or not currency:
            return plain(value)
        return {"amount": _amount(value), "currency": currency}


class MoneyField(QuantityField):
    """A sum that stands in two columns; null where there is none."""

    component = "Money"
    shape: ClassVar[dict[str, Any]] = {**MONEY, "type": ["object", "null"]}

    def __init__(self, amount: str, currency: str, **kwargs: Any) -> None:
        super().__init__(amount, **kwargs)
        self.currency = currency


class DecimalField(ShapedField):
    """An exact number without needless zeros."""

    component = "Decimal"
    shape: ClassVar[dict[str, Any]] = {
        "type": ["string", "null"],
        "pattern": NUMBER,
        "description": "An exact decimal number.",
    }

    def to_representation(self, value: Decimal) -> str | None:
        return plain(value)


def plain(value: Decimal | None) -> str | None:
    if value is None:
        return None
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _amount(value: Decimal) -> str:
    cents = value.quantize(Decimal("0.01"))
    return format(cents if cents == value else value, "f")


class GeoJsonField(ShapedField):
    component = "Geometry"
    shape: ClassVar[dict[str, Any]] = {
        "description": "A GeoJSON geometry (RFC 7946), longitude first. null where none is known.",
        "type": ["object", "null"],
        "properties": {"type": {"type": "string"}},
        "required": ["type"],
    }

    def to_representation(self, value: Any) -> Any:
        return value


class WordField(serializers.CharField):
    """A string that is null where it is not known."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, allow_null=True, **kwargs)

    def to_representation(self, value: Any) -> str | None:
        return value or None


class CodeField(ShapedField):
    """A code of a codelist, which is a component of the OpenAPI file under its own name; null where it is not known."""

    def __init__(self, codes: type[TextChoices], **kwargs: Any) -> None:
        self.codes, self.component = codes, codes.__name__  # type: ignore[misc]
        super().__init__(**kwargs)

    @property
    def shape(self) -> dict[str, Any]:  # type: ignore[override]
        meanings = "\n".join(f"* `{code}`: {label}" for code, label in self.codes.choices)
        return {"type": "string", "enum": self.codes.values, "description": meanings}

    def to_representation(self, value: Any) -> str | None:
        return value or None
