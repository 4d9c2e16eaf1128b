"""The form of a progress report, of its review, and of who owes reports."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.files import ALLOWED
from districts.choices import MoveReason
from districts.models import Milestone, Project
from tasks.forms.base import Area, ControlForm, Day, OrganisationField, one_of, words
from tasks.models import ProgressReport
from tasks.models.upload import FILES
from tasks.reporting_choices import WORDS, Mark, Metric, NoteField, Outcome, PeriodKind, WordsLanguage
from tasks.services import Answer, Told
from tasks.services.sanity import Warning
from tasks.services.telling import LONGEST

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


def label_of(column: str) -> str:
    """What a column of the report is called."""
    field: Any = ProgressReport._meta.get_field(column)
    return str(field.verbose_name)


class Line(NamedTuple):
    """The fields of one metric, as a row of the form, and what looks wrong in it."""

    value: Any
    mark: Any
    currency: Any
    note: Any
    warnings: list[Warning]


class MilestoneLine(NamedTuple):
    milestone: Milestone
    fields: list[Any]
    warnings: list[Warning]


class ProgressForm(ControlForm):
    """Answers by metric: a number, or a mark. What is left empty is not answered yet.

    `beside`: what is said beside a metric; `milestones`: those of the project; `warnings`: of what was saved, by field.
    """

    client_uuid = forms.UUIDField(widget=forms.HiddenInput)
    base = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        beside: Mapping[str, str],
        milestones: Sequence[Milestone] = (),
        warnings: Iterable[Warning] = (),
        **kwargs: Any,
    ) -> None:
        self.beside, self.milestones = beside, milestones
        self.warnings: dict[str, list[Warning]] = {}
        for one in warnings:
            self.warnings.setdefault(one.field, []).append(one)
        super().__init__(*args, **kwargs)

    def arrange(self) -> None:
        for metric in Metric:
            self._ask_number(metric)
        for milestone in self.milestones:
            self.fields.update(_of_milestone(milestone))
        for name in WORDS:
            self.fields[name] = forms.CharField(
                label=capfirst(label_of(name)),
                required=False,
                max_length=LONGEST,
                widget=Area(4),
            )
        self.fields["language"] = one_of(capfirst(label_of("language")), WordsLanguage.choices)

    def _ask_number(self, metric: Metric) -> None:
        asked: dict[str, Any] = {
            metric: Number(label=capfirst(metric.label), help_text=self.beside.get(metric, ""))
        }
        if metric == Metric.SPENT:
            choices = [(code, code) for code in CURRENCIES]
            asked["spent_currency"] = forms.ChoiceField(label=_("Currency"), choices=choices, required=False)
        asked[f"{metric}_mark"] = forms.ChoiceField(
            label=_("If there is no number: %(metric)s") % {"metric": metric.label},
            required=False,
            choices=[("", "—"), *((mark.value, mark.label) for mark in Mark if mark != Mark.VALUE)],
        )
        for field in asked.values():  # a number or a mark is needed, yet neither of them is called optional
            field.one_is_needed = True
        label = _("A word about it: %(metric)s") % {"metric": metric.label}
        asked[f"{metric}_note"] = forms.CharField(label=label, required=False, max_length=500)
        self.fields.update(asked)

    def lines(self) -> Iterator[Line]:
        for metric in Metric:
            currency = self["spent_currency"] if metric == Metric.SPENT else None
            rows = self[metric], self[f"{metric}_mark"], currency, self[f"{metric}_note"]
            yield Line(*rows, self.warnings.get(metric, []))

    def milestone_lines(self) -> Iterator[MilestoneLine]:
        for milestone in self.milestones:
            name = f"milestones:{milestone.code}"
            fields = [self[name], *(self[f"{name}_{part}"] for part in ("on", "reason", "note"))]
            yield MilestoneLine(milestone, fields, self.warnings.get(name, []))

    def words(self) -> list[Any]:
        return [self[name] for name in (*WORDS, "language")]

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        for metric in Metric:
            if facts.get(metric) is not None and facts.get(f"{metric}_mark"):
                self.add_error(metric, _("Give a number, or mark that there is none: not both."))
        for milestone in self.milestones:
            name = f"milestones:{milestone.code}"
            if not facts.get(name) and any(facts.get(f"{name}_{part}") for part in ("on", "reason", "note")):
                self.add_error(name, _("Choose whether the milestone is met or moved."))
        return facts

    def facts(self) -> dict[str, Any]:
        """As the service takes them."""
        typed = self.cleaned_data
        return {
            "client_uuid": typed["client_uuid"],
            "base": typed["base"],
            "answers": {metric: self._answer(metric) for metric in Metric},
            "words": {name: typed[name] for name in WORDS},
            "language": typed["language"],
            "milestones": [self._told(one) for one in self.milestones if typed[f"milestones:{one.code}"]],
        }

    def _answer(self, metric: Metric) -> Answer | None:
        value, mark = self.cleaned_data[metric], self.cleaned_data[f"{metric}_mark"]
        note = self.cleaned_data[f"{metric}_note"]
        if value is None and not mark:
            return None
        if mark:
            return Answer(mark=mark, note=note)
        currency = self.cleaned_data["spent_currency"] or CURRENCIES[0] if metric == Metric.SPENT else ""
        return Answer(value, currency=currency, note=note)

    def _told(self, milestone: Milestone) -> Told:
        name = f"milestones:{milestone.code}"
        rest = {part: self.cleaned_data[f"{name}_{part}"] for part in ("on", "reason", "note")}
        return Told(milestone, self.cleaned_data[name], **rest)


def _of_milestone(milestone: Milestone) -> dict[str, forms.Field]:
    name = f"milestones:{milestone.code}"
    return {
        name: one_of(str(milestone.name), Outcome.choices),
        f"{name}_on": forms.CharField(
            label=_("Met on, or now expected"),
            help_text=_("As 2026-10-05, 2026-10 or 2026."),
            required=False,
            max_length=20,
        ),
        f"{name}_reason": one_of(_("Why it moved"), MoveReason.choices),
        f"{name}_note": forms.CharField(label=_("A word about it"), required=False, max_length=500),
    }


def initial_of(report: ProgressReport) -> dict[str, Any]:
    """What is written so far, as the form shows it."""
    shown: dict[str, Any] = {"client_uuid": report.client_uuid, "base": report.version}
    shown.update({name: getattr(report, name) for name in (*WORDS, "language")})
    for told in report.milestones.all():
        name = f"milestones:{told.milestone.code}"
        shown |= {name: told.outcome, f"{name}_on": told.on.text}
        shown |= {f"{name}_reason": told.reason, f"{name}_note": told.note}
    return shown | numbers_of(report, {"note"})


def numbers_of(report: ProgressReport, also: Collection[str] = ()) -> dict[str, Any]:
    """Its answers, by the names of the fields; the notes only where they are asked for."""
    shown: dict[str, Any] = {}
    for row in report.values.all():
        if row.value is None:
            shown[f"{row.metric}_mark"] = row.mark
        else:
            shown[row.metric] = f"{row.value.normalize():f}"
        if row.metric == Metric.SPENT:
            shown["spent_currency"] = row.currency
        if "note" in also:
            shown[f"{row.metric}_note"] = row.note
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


class ProofForm(ControlForm):
    """A file of a report that is being written."""

    places = {"content": "file", "size": "file", "name": "file", "__all__": "file"}

    file = forms.FileField(
        label=gettext_lazy("Photo or file"),
        widget=forms.FileInput({"accept": ",".join(sorted(set().union(*ALLOWED.values())))}),
        help_text=gettext_lazy("Up to 25 MB: JPEG, PNG, PDF, DOCX, XLSX or TXT."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[(kind.value, capfirst(kind.label)) for kind in FILES],
    )
    caption = forms.CharField(label=gettext_lazy("What it shows"), required=False, max_length=300)
