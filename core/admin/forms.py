"""Forms of the admin: partial dates made exact, lists as lines, the note to the ledger, the optimistic lock."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.forms import SimpleArrayField
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from core.choices import Precision
from core.dates import PartialDate


def first_day(day: date, precision: str) -> date:
    """The first day of the month, season or year that the day lies in."""
    match precision:
        case Precision.MONTH:
            return day.replace(day=1)
        case Precision.YEAR:
            return day.replace(month=1, day=1)
        case Precision.SEASON if day.month < 3:  # the winter that began in December
            return date(day.year - 1, 12, 1)
        case Precision.SEASON:
            return date(day.year, day.month // 3 * 3, 1)
    return day


class PartForm(forms.ModelForm):
    """A form that knows partial dates: any day of the period will do, the first is kept."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for field in list(self.fields):
            if field.endswith("_precision") and not self.fields[field].disabled:
                self._settle(cleaned, field.removesuffix("_precision"))
        return cleaned

    def _settle(self, cleaned: dict[str, Any], name: str) -> None:
        day, precision = cleaned.get(f"{name}_day"), cleaned.get(f"{name}_precision")
        if not precision or f"{name}_day" in self.errors:
            return
        if day and precision == Precision.UNKNOWN:
            self.add_error(f"{name}_precision", _("Say how exact this date is."))
        elif day:
            cleaned[f"{name}_day"] = first_day(day, precision)
        elif precision != Precision.UNKNOWN:
            self.add_error(f"{name}_day", _("Give a day that lies in this period."))


class LedgerForm(PartForm):
    """What a LedgerAdmin adds to each form: why, for the ledger, and what its reader saw."""

    why = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=500,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Stays in the history for ever, beside your name."),
    )
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    #: Set by LedgerAdmin.get_form: how the row and its parts stand now, and what the database said to the first try.
    stands: str = ""
    refusal: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.stands

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("version", "") != self.stands:
            raise ValidationError(
                _(
                    "Somebody changed this after you opened it, so nothing is saved. "
                    "Open it once more beside this page and take over what you typed."
                ),
                code="stale",
            )
        if self.refusal:
            raise ValidationError(self.refusal)
        return cleaned


class AddForm(LedgerForm):
    """For rows that a service makes: the service says why."""

    why = None


class Lines(SimpleArrayField):
    """A list of texts, one a line."""

    def __init__(self, base_field: forms.Field, **kwargs: Any) -> None:
        kwargs["widget"] = UnfoldAdminTextareaWidget(attrs={"rows": 3})
        super().__init__(base_field, delimiter="\n", **kwargs)

    def to_python(self, value: Any) -> list[Any]:
        if isinstance(value, str):
            value = "\n".join(line.strip() for line in value.splitlines() if line.strip())
        return super().to_python(value)


class Json(forms.JSONField):
    """Nothing is an empty box, not the word null."""

    def prepare_value(self, value: Any) -> Any:
        return "" if value is None else super().prepare_value(value)


class SaidDate(forms.CharField):
    """A date in one box, as exactly as it is known."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text", _("2025-09-29, 2025-09, 2027 autumn or 2029; empty if it is not known.")
        )
        super().__init__(
            **{"required": False, "max_length": 200, "widget": UnfoldAdminTextInputWidget} | kwargs
        )

    def clean(self, value: Any) -> PartialDate:
        try:
            return PartialDate.parse(super().clean(value))
        except ValueError as error:
            raise ValidationError(_("There is no such day.")) from error


def blank_first(choices: Any) -> list[tuple[str, Any]]:
    """Nothing is chosen until somebody chooses."""
    return [("", "—"), *choices]


def array_field(column: ArrayField, **kwargs: Any) -> forms.Field:
    """Boxes to tick where the codes are known, lines otherwise."""
    facts = {
        "label": capfirst(column.verbose_name),
        "help_text": column.help_text,
        "required": not column.blank,
    }
    if choices := kwargs.get("choices") or column.base_field.choices:
        return forms.MultipleChoiceField(
            choices=choices, widget=UnfoldAdminCheckboxSelectMultipleWidget, **facts
        )
    return Lines(column.base_field.formfield(), **facts)
