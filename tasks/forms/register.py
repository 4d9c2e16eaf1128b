"""The form by which the office takes an instruction into the register. What a source does not say stays empty."""

from itertools import zip_longest
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.filters import Options
from core.models import Source
from core.text import Text
from districts.models import District, Project
from tasks.choices import ControlKind, EvidenceKind, ExecutorRole
from tasks.forms.base import Area, ControlForm, Day, OrganisationField, one_of
from tasks.models import Instruction

#: Rows for co-executors that a form begins with, and has at most.
ROWS, MOST = 3, 30


def row_of(label: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        Source.objects.none(), label=label, required=False, empty_label="—", widget=Options
    )


class RegisterForm(ControlForm):
    three = {"text": gettext_lazy("What is to be done"), "expected_result": gettext_lazy("Expected result")}

    needed = frozenset({"text"})

    issuer = OrganisationField(
        label=gettext_lazy("Given by"), error_messages={"required": gettext_lazy("Say who gave it.")}
    )
    issued = Day(label=gettext_lazy("Given on"), required=False)
    number = forms.CharField(label=gettext_lazy("Number of the instruction"), max_length=40, required=False)
    source = row_of(gettext_lazy("Source"))
    due = Day(
        label=gettext_lazy("Due"),
        required=False,
        help_text=gettext_lazy(
            "Only if the instruction sets a term; it becomes the first due date for ever."
        ),
    )
    lead = OrganisationField(label=gettext_lazy("Responsible executor"), required=False)
    group_kk = forms.CharField(
        label=gettext_lazy("Groups as written, one a line (Kazakh)"),
        required=False,
        widget=Area(2, lang="kk"),
    )
    group_ru = forms.CharField(
        label=gettext_lazy("Groups as written, one a line (Russian)"),
        required=False,
        widget=Area(2, lang="ru"),
    )
    control_kind = one_of(gettext_lazy("Control"), ControlKind.choices)
    evidence_kind = one_of(gettext_lazy("Proof asked for"), EvidenceKind.choices)
    district = row_of(gettext_lazy("District"))
    project = row_of(gettext_lazy("Project"))
    parent = forms.CharField(
        label=gettext_lazy("Part of"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("The number of an instruction, such as ALT-I-0001."),
    )
    rows = forms.IntegerField(required=False, min_value=1, max_value=MOST, widget=forms.HiddenInput)
    once = forms.CharField(required=False, widget=forms.HiddenInput)

    def arrange(self) -> None:
        fields: Any = self.fields
        fields["source"].queryset = Source.objects.visible_to(self.user).order_by("code")
        fields["district"].queryset = District.objects.visible_to(self.user).order_by("south_order")
        fields["project"].queryset = Project.objects.visible_to(self.user).real().order_by("sort_kk")
        for number in range(self.number_of_rows):
            place = number + 1
            fields[f"co_{number}"] = OrganisationField(label=_("Co-executor %d") % place, required=False)
            fields[f"co_due_{number}"] = Day(label=_("Own term of co-executor %d") % place, required=False)

    @property
    def number_of_rows(self) -> int:
        typed = str(self.data.get("rows") or self.initial.get("rows") or "")
        rows = int(typed) if typed.isdecimal() and len(typed) < 4 else ROWS
        return min(rows + (ROWS if "more" in self.data else 0), MOST)

    def clean_parent(self) -> Instruction | None:
        typed = self.cleaned_data["parent"].upper()
        if not typed:
            return None
        found = Instruction.objects.visible_to(self.user).filter(public_id=typed).first()
        if found is None:
            raise forms.ValidationError(
                _("There is no instruction with this number: look it up in the register.")
            )
        return found

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        for number in range(self.number_of_rows):
            if told.get(f"co_due_{number}") and not told.get(f"co_{number}"):
                self.add_error(f"co_{number}", _("Name the co-executor whose term this is."))
        return told

    def sets(self) -> list[tuple[str, list[Any]]]:
        """The fields under their headings."""
        names = {
            _("What"): [
                "text_kk",
                "text_ru",
                "text_en",
                "expected_result_kk",
                "expected_result_ru",
                "expected_result_en",
            ],
            _("From where"): ["issuer", "issued", "number", "source", "parent"],
            _("Who and by when"): ["due", "lead", *self._co(), "group_kk", "group_ru"],
            _("About what, and how it is controlled"): [
                "district",
                "project",
                "control_kind",
                "evidence_kind",
            ],
        }
        return [(title, [self[name] for name in fields]) for title, fields in names.items()]

    def _co(self) -> list[str]:
        return [name for n in range(self.number_of_rows) for name in (f"co_{n}", f"co_due_{n}")]

    def facts(self) -> dict[str, Any]:
        """For the service: only what is known."""
        plain = ("number", "control_kind", "evidence_kind", "district", "project", "source", "issuer", "due")
        facts = {name: value for name in plain if (value := self.cleaned_data[name])}
        if self.cleaned_data["issued"]:
            facts["issued"] = self.cleaned_data["issued"]
        if self.cleaned_data["parent"]:
            facts["parent"] = self.cleaned_data["parent"]
        texts = {name: self.in_languages(name) for name in self.three}
        return {**facts, **texts, "executors": self._executors()}

    def _executors(self) -> list[dict[str, Any]]:
        told = self.cleaned_data
        found: list[dict[str, Any]] = []
        if told["lead"]:
            found.append({"organisation": told["lead"], "role": ExecutorRole.LEAD})
        for number in range(self.number_of_rows):
            if told[f"co_{number}"]:
                due = told[f"co_due_{number}"]
                found.append(
                    {"organisation": told[f"co_{number}"], "role": ExecutorRole.CO, "internal_due": due}
                )
        lines = (told[name].splitlines() for name in ("group_kk", "group_ru"))
        for kk, ru in zip_longest(*lines, fillvalue=""):
            if kk.strip() or ru.strip():
                found.append({"group": Text(kk.strip(), ru.strip()), "role": ExecutorRole.CO})
        return found
