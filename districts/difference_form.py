"""What is asked of two dates, as a page and the API take it: every fault at its field, with what to do instead."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.filters import Options, today
from core.policies import sees_everything
from districts.comparing import Question
from districts.figure_choices import Compared, ComparedBy

#: Nothing was said of the city before.
FIRST = date(2000, 1, 1)
A_DAY = gettext_lazy("Give a day such as 2025-11-01.")
NOT_THE_PAST = gettext_lazy("Only the project office, the leadership and auditors may look into the past.")
FROM, TO = "from", "to"
NAMES = (FROM, TO, "measure", "district", "by")
#: What is meant where nothing is said.
PLAIN = {"measure": Compared.PROJECTS.value, "by": ComparedBy.FIGURES.value, "district": ""}


class Day(forms.DateField):
    """A day as ISO 8601 writes it, and nothing else: strptime would take 2025-1-1."""

    def __init__(self, label: Any) -> None:
        picker = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        messages = {"invalid": A_DAY, "required": A_DAY}
        super().__init__(
            label=label, input_formats=["%Y-%m-%d"], widget=picker, error_messages=messages, localize=False
        )

    def to_python(self, value: Any) -> date | None:
        if (
            isinstance(value, str)
            and value.strip()
            and not re.fullmatch(r"\d{4}-\d\d-\d\d", value.strip(), re.ASCII)
        ):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class DifferenceForm(forms.Form):
    """`from`, `to`, `measure`, `district`, `by`. What is not asked is as `given` says: a page asks of the last year."""

    use_required_attribute = False

    def __init__(self, query: Any, user: Any, districts: Iterable[Any], given: Mapping[str, str]) -> None:
        self.districts = {district.code: district for district in districts}
        super().__init__(
            {**given, **{name: query[name] for name in NAMES if name in query}}, initial=dict(given)
        )
        bases = list(ComparedBy) if sees_everything(user) else [ComparedBy.FIGURES]
        places = [("", _("The whole city")), *((code, str(one.name)) for code, one in self.districts.items())]
        self.fields = {
            FROM: Day(pgettext("difference", "From")),
            TO: Day(pgettext("difference", "To")),
            "measure": _one_of(_("What is compared"), Compared.choices),
            "district": _one_of(_("District"), places, required=False),
            "by": _one_of(_("Looked up in"), [(one.value, one.label) for one in bases]),
        }
        if len(bases) == 1:
            self.fields["by"].widget = forms.HiddenInput()
            self.fields["by"].error_messages["invalid_choice"] = NOT_THE_PAST

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        for name in (FROM, TO):
            if (day := asked.get(name)) and not FIRST <= day <= today():
                self.add_error(name, _outside(day))
        first, last = self.cleaned_data.get(FROM), self.cleaned_data.get(TO)
        if first and last and first > last:
            self.add_error(
                FROM, forms.ValidationError(_("This day comes after the other one: swap the two."), "order")
            )
        return asked

    def question(self) -> Question:
        said = self.cleaned_data
        return Question(
            said[FROM], said[TO], said["measure"], said["by"], self.districts.get(said["district"])
        )


def last_year() -> dict[str, str]:
    """What a page asks of itself."""
    day = today()
    return {FROM: str(day - timedelta(days=365)), TO: str(day), **PLAIN}


def _one_of(label: str, choices: Iterable[tuple[str, Any]], required: bool = True) -> forms.ChoiceField:
    offered = [(code, str(capfirst(words))) for code, words in choices]
    refusal = _("Choose one of these: %(codes)s.") % {
        "codes": ", ".join(code for code, _label in offered if code)
    }
    messages = {"invalid_choice": refusal, "required": refusal}
    return forms.ChoiceField(
        label=label, choices=offered, required=required, widget=Options, error_messages=messages
    )


def _outside(day: date) -> forms.ValidationError:
    if day < FIRST:
        return forms.ValidationError(_("Give a day from the year 2000 on."), "too_early")
    return forms.ValidationError(_("This day is still to come: give today or an earlier one."), "too_late")
