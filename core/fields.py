"""Fields that are several columns: a trilingual text and a partial date. What the database holds stays plain columns.

    name = Trilingual(_("name"), max_length=300)        # name_kk, name_ru, name_en
    as_of = PartialDateField(_("as of"))                # as_of_day, as_of_precision, as_of_text

Both read and write as one value (`core.text.Text`, `core.dates.PartialDate`), also as keyword of a constructor.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, GeneratedField, Q, Value
from django.db.models.functions import Concat
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.choices import Precision
from core.dates import PartialDate
from core.text import LANGUAGES, RowText, Text

LANGUAGE_NAMES = {"kk": _("Kazakh"), "ru": _("Russian"), "en": _("English")}


class Trilingual:
    """Three columns `<name>_kk`, `_ru`, `_en`, and `<name>` as one `Text`."""

    def __init__(self, verbose_name: Any, max_length: int | None = None) -> None:
        self.verbose_name = verbose_name
        self.max_length = max_length

    def contribute_to_class(self, cls: type[models.Model], name: str, **kwargs: Any) -> None:
        kind = models.CharField if self.max_length else models.TextField
        for language in LANGUAGES:
            label = format_lazy("{} ({})", self.verbose_name, LANGUAGE_NAMES[language])
            field = kind(label, max_length=self.max_length, blank=True, default="")
            cls.add_to_class(f"{name}_{language}", field)
        setattr(cls, name, _TextColumns(name))

    if TYPE_CHECKING:  # how the columns read and write as an attribute of a row

        def __get__(self, row: Any, owner: Any) -> Text: ...

        def __set__(self, row: Any, value: "Text | dict[str, str | None] | None") -> None: ...


class _TextColumns(property):
    """A property, because Django takes properties as keywords of a constructor and of update_or_create."""

    def __init__(self, name: str) -> None:
        self.name = name

        def read(row: models.Model) -> Text:
            words = (getattr(row, f"{name}_{language}") for language in LANGUAGES)
            stale = row.__dict__.get("stale")  # as far as it was read
            if not stale:
                return Text(*words)
            text = RowText(*words)
            text.stale = frozenset(language for language in LANGUAGES if f"{name}_{language}" in stale)
            return text

        def write(row: models.Model, value: Any) -> None:
            for language, text in Text.of(value)._asdict().items():
                setattr(row, f"{name}_{language}", text)

        super().__init__(read, write)


class PartialDateField:
    """Three columns `<name>_day`, `_precision`, `_text`, and `<name>` as one `PartialDate`."""

    def __init__(self, verbose_name: Any) -> None:
        self.verbose_name = verbose_name

    def contribute_to_class(self, cls: type[models.Model], name: str, **kwargs: Any) -> None:
        columns = {
            "day": models.DateField(self.verbose_name, null=True, blank=True),
            "precision": models.CharField(
                format_lazy("{}: {}", self.verbose_name, _("precision")),
                max_length=7,
                choices=Precision,
                default=Precision.UNKNOWN,
            ),
            "text": models.CharField(
                format_lazy("{}: {}", self.verbose_name, _("as printed")),
                max_length=200,
                blank=True,
                default="",
            ),
        }
        for part, field in columns.items():
            cls.add_to_class(f"{name}_{part}", field)
        setattr(cls, name, _DateColumns(name))

    if TYPE_CHECKING:  # how the columns read and write as an attribute of a row

        def __get__(self, row: Any, owner: Any) -> PartialDate: ...

        def __set__(self, row: Any, value: "PartialDate | str | date | None") -> None: ...


class _DateColumns(property):
    def __init__(self, name: str) -> None:
        def read(row: models.Model) -> PartialDate:
            return PartialDate(
                getattr(row, f"{name}_day"), getattr(row, f"{name}_precision"), getattr(row, f"{name}_text")
            )

        def write(row: models.Model, value: Any) -> None:
            parsed = PartialDate.parse(value)
            for part in ("day", "precision", "text"):
                setattr(row, f"{name}_{part}", getattr(parsed, part))

        super().__init__(read, write)


def partial_date_check(constraint: str, name: str) -> models.CheckConstraint:
    """The stored day is the first of its period, and there is one unless the precision is unknown."""
    return models.CheckConstraint(
        name=constraint,
        condition=Q(
            Func(
                F(f"{name}_day"),
                F(f"{name}_precision"),
                function="core_is_partial_date",
                output_field=models.BooleanField(),
            )
        ),
    )


def required_when_public(constraint: str, name: str) -> models.CheckConstraint:
    """What is published stands in Kazakh and in Russian."""
    return models.CheckConstraint(
        name=constraint,
        condition=~Q(visibility="public") | (~Q(**{f"{name}_kk": ""}) & ~Q(**{f"{name}_ru": ""})),
        violation_error_message=_("What is published needs its text in Kazakh and in Russian."),
    )


def numbered(prefix: str) -> Func:
    """The public id as an expression: a generated column may not read another one."""
    return Func(Value(prefix), F("id"), function="core_public_id", output_field=models.CharField())


def public_id(prefix: str) -> GeneratedField:
    """An opaque, permanent identifier such as ALT-P-0001, unique because the key behind it is."""
    return GeneratedField(
        expression=Func(Value(prefix), F("id"), function="core_public_id"),
        output_field=models.CharField(max_length=20),
        db_persist=True,
        db_index=True,
        verbose_name=_("public id"),
    )


def search_column(*columns: Any) -> GeneratedField:
    """The folded text of columns and expressions that search compares with `core.text.fold(query)`.

    Give it a trigram index (`search_index`).
    """
    return GeneratedField(
        expression=Func(Concat(*_spaced(columns), output_field=models.TextField()), function="core_fold"),
        output_field=models.TextField(),
        db_persist=True,
    )


def search_index(name: str) -> GinIndex:
    return GinIndex(OpClass(F("search"), name="gin_trgm_ops"), name=name)


def sort_column(column: str = "name_kk") -> GeneratedField:
    """The key that puts Kazakh names in the order of their alphabet."""
    return GeneratedField(
        expression=Func(F(column), function="core_sort_kk"),
        output_field=models.CharField(max_length=600),
        db_persist=True,
    )


def _spaced(columns: tuple[Any, ...]) -> list[Any]:
    parts: list[Any] = []
    for column in columns:
        parts += [F(column) if isinstance(column, str) else column, Value(" ")]
    return parts
