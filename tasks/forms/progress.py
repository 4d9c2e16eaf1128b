"""The form of a progress report, of its review, and of who owes reports."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from districts.models import Project
from tasks.forms.base import Area, ControlForm, Day, OrganisationField, words
from tasks.models import ProgressReport
from tasks.reporting_choices import Mark, Metric, NoteField, PeriodKind
from tasks.services import Answer

CURRENCIES = ["KZT", "USD", "EUR", "RUB", "CNY"]
#: Between thousands, as people type them.
SPACES = str.maketrans({" ": None, "\u00a0": None, "\u202f": None, ",": "."})


class Number(forms.CharField):
    """A number as it is typed: 1 500 000,50."""

    def __init__(self, **kwargs: Any) -> None:
        typed = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(required=False, max_length=40, widget=typed, **kwargs)

    def clean(self, value: Any) -> Decimal | None:
        typed = super().clean(value).translate(SPACES)
        if not typed:
            return None
        try:
            number = Decimal(typed)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise ValidationError(_("This is not a number: write digits alone, or mark that there is none."))
        return number


class Line(NamedTuple):
    """The fields of one metric, as a row of the form."""

    value: Any
    mark: Any
    currency: Any


class ProgressForm(ControlForm):
    """Answers by metric: a number, or a mark. What is left empty is not answered yet."""

    client_uuid = forms.UUIDField(widget=forms.HiddenInput)
    base = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, last: dict[str, str], **kwargs: Any) -> None:
        self.last = last
        super().__init__(*args, **kwargs)

    def arrange(self) -> None:
        for metric in Metric:
            self.fields[metric] = Number(label=capfirst(metric.label), help_text=self.last.get(metric, ""))
            if metric == Metric.SPENT:
                choices = [(code, code) for code in CURRENCIES]
                self.fields["spent_currency"] = forms.ChoiceField(
                    label=_("Currency"), choices=choices, required=False
                )
            self.fields[f"{metric}_mark"] = forms.ChoiceField(
                label=_("If there is no number: %(metric)s") % {"metric": metric.label},
                required=False,
                choices=[("", "—"), *((mark.value, mark.label) for mark in Mark if mark != Mark.VALUE)],
            )
        for (
            field
        ) in self.fields.values():  # a number or a mark is needed, yet neither of them is called optional
            field.one_is_needed = True  # type: ignore[attr-defined]
        label = _("What was done, what hinders, what help is needed")
        self.fields["text"] = forms.CharField(label=label, required=False, max_length=20_000, widget=Area(6))

    def lines(self) -> Iterator[Line]:
        for metric in Metric:
            currency = self["spent_currency"] if metric == Metric.SPENT else None
            yield Line(self[metric], self[f"{metric}_mark"], currency)

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        for metric in Metric:
            if facts.get(metric) is not None and facts.get(f"{metric}_mark"):
                self.add_error(metric, _("Give a number, or mark that there is none: not both."))
        return facts

    def answers(self, notes: dict[str, str]) -> dict[str, Answer | None]:
        """As the service takes them; `notes`: the words beside them, which this form does not ask."""
        return {metric: self._answer(metric, notes.get(metric, "")) for metric in Metric}

    def _answer(self, metric: Metric, note: str) -> Answer | None:
        value, mark = self.cleaned_data[metric], self.cleaned_data[f"{metric}_mark"]
        if value is None and not mark:
            return None
        if mark:
            return Answer(mark=mark, note=note)
        currency = self.cleaned_data["spent_currency"] or CURRENCIES[0] if metric == Metric.SPENT else ""
        return Answer(value, currency=currency, note=note)


def initial_of(report: ProgressReport) -> dict[str, Any]:
    """What is written so far, as the form shows it."""
    shown: dict[str, Any] = {"client_uuid": report.client_uuid, "base": report.version, "text": report.text}
    for row in report.values.all():
        if row.value is None:
            shown[f"{row.metric}_mark"] = row.mark
        else:
            shown[row.metric] = f"{row.value.normalize():f}"
        if row.metric == Metric.SPENT:
            shown["spent_currency"] = row.currency
    return shown


class CorrectionForm(ControlForm):
    client_uuid = forms.UUIDField(widget=forms.HiddenInput)
    reason = words(
        gettext_lazy("Why it is corrected"), gettext_lazy("Say why the accepted report is corrected.")
    )


class ReviewForm(ControlForm):
    """A note a field; what is empty is in order."""

    places = {"notes": "text"}

    def arrange(self) -> None:
        for name in NoteField:
            self.fields[name] = forms.CharField(
                label=capfirst(name.label), required=False, max_length=2000, widget=Area(2)
            )

    def notes(self) -> dict[str, str]:
        return {name.value: self.cleaned_data[name] for name in NoteField}


class DutyForm(ControlForm):
    places = {"__all__": "project"}

    project = forms.ModelChoiceField(Project.objects.none(), label=gettext_lazy("Project"))
    organisation = OrganisationField(label=gettext_lazy("Organisation"))
    kind = forms.ChoiceField(label=gettext_lazy("How often"), choices=PeriodKind)
    since = Day(label=gettext_lazy("Since"))
    until = Day(label=gettext_lazy("Until"), required=False)

    def arrange(self) -> None:
        projects: Any = self.fields["project"]
        projects.queryset = Project.objects.visible_to(self.user).order_by("sort_kk")
