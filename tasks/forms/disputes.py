"""The forms of a dispute of a figure: to file it, and to decide it."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.choices import Qualifier
from core.files import ALLOWED
from tasks.forms.base import Area, ControlForm, Day, fault_of, one_of, words
from tasks.forms.progress import Number
from tasks.reporting_choices import WordsLanguage


class DisputeForm(ControlForm):
    """Another value of the same unit, why, and by which source."""

    value = Number(label=gettext_lazy("The right value"))
    value_max = Number(label=gettext_lazy("Up to, where it is a range"))
    qualifier = one_of(gettext_lazy("A word before the number"), Qualifier.choices, required=True)
    as_of = Day(label=gettext_lazy("On which day it was so"))
    motive = words(gettext_lazy("Why the figure is wrong"), gettext_lazy("Say why the figure is wrong."))
    source_text = forms.CharField(
        label=gettext_lazy("Source in words"),
        help_text=gettext_lazy("An act, a letter, a register, with its number and day."),
        required=False,
        max_length=2000,
        widget=Area(2),
    )
    source_url = forms.CharField(
        label=gettext_lazy("Address of the source"), required=False, max_length=500, widget=forms.URLInput()
    )
    file = forms.FileField(
        label=gettext_lazy("Source as a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(sorted(set().union(*ALLOWED.values())))}),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of your words"), choices=WordsLanguage)

    def arrange(self) -> None:
        language: Any = self.fields["language"]
        language.choices = [(code, capfirst(word)) for code, word in WordsLanguage.choices]
        self.fields["qualifier"].initial = Qualifier.EXACT
        if get_language() in WordsLanguage.values:
            language.initial = get_language()
        for name in (
            "source_text",
            "source_url",
            "file",
        ):  # one of them is needed, so none is called optional
            self.fields[name].one_is_needed = True  # type: ignore[attr-defined]

    def clean_value(self) -> Any:
        if self.cleaned_data["value"] is None:
            raise forms.ValidationError(_("Write the value that you say is right."))
        return self.cleaned_data["value"]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and (fault := fault_of(file)):
            raise forms.ValidationError(fault)
        return file

    def facts(self) -> dict[str, Any]:
        """As the service takes them."""
        said = dict(self.cleaned_data)
        return said | {"name": said["file"].name if said["file"] else ""}


class DecisionForm(ControlForm):
    note = words(gettext_lazy("Why so"), gettext_lazy("Say why it is so decided."))


class WithdrawalForm(ControlForm):
    """Nothing is asked."""
