"""What the steps of publication ask on the portal's own page."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from core.admin.publication_steps import WITHHELD
from core.admin.refusals import explain
from core.choices import Visibility
from core.fields import LANGUAGE_NAMES
from core.text import LANGUAGES, Text
from districts.services import publishing


def _why(required: bool) -> forms.CharField:
    return forms.CharField(
        label=_("Why"),
        required=required,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why: it stays in the history beside your name.")},
    )


class Step(forms.Form):
    """One step. What is typed stays on the page when the service refuses."""

    title: Any = ""
    button = "button"

    def __init__(self, *args: Any, row: Any, step: str, **kwargs: Any) -> None:
        self.row, self.step = row, step
        super().__init__(*args, prefix=step, **kwargs)

    def refuse(self, error: Exception) -> None:
        for sentence in explain(error):
            self.add_error(None, sentence)

    def act(self, by: Any, seen: int) -> Any:
        raise NotImplementedError


class Ready(Step):
    title = _("Make ready to publish")
    to = forms.ChoiceField(
        label=_("For whom"),
        choices=lambda: [
            (one.value, capfirst(one.label)) for one in (Visibility.PUBLIC, Visibility.INVESTOR)
        ],
    )
    note = _why(False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices, chosen = publishing.may_be_withheld(self.row)
        if choices:
            self.fields["withhold"] = forms.MultipleChoiceField(
                **WITHHELD,
                choices=choices,
                initial=chosen,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def act(self, by: Any, seen: int) -> Any:
        return publishing.make_ready(self.row, by=by, **self.cleaned_data)


class Publish(Step):
    title = _("Publish")
    at = forms.DateTimeField(
        label=_("Public from"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M"],
        help_text=_(
            "Day and time in Almaty; empty: at once. Until then nobody outside the house sees anything."
        ),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("Write a day and a time, such as 2027-03-01 10:00.")},
    )
    note = _why(False)

    def act(self, by: Any, seen: int) -> Any:
        return publishing.publish(self.row, by=by, seen=seen, **self.cleaned_data)


class Back(Step):
    title = _("Send back")
    note = _why(True)

    def act(self, by: Any, seen: int) -> Any:
        return publishing.send_back(self.row, by=by, **self.cleaned_data)


class Discard(Step):
    title = _("Discard the changes")
    button = "button button-bad"
    note = _why(True)

    def act(self, by: Any, seen: int) -> Any:
        return publishing.discard_draft(self.row, by=by, **self.cleaned_data)


class Confirm(Step):
    title = _("Confirm translations")
    languages = forms.MultipleChoiceField(
        label=_("Languages whose words are still right"),
        choices=lambda: [(code, capfirst(LANGUAGE_NAMES[code])) for code in LANGUAGES],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick the languages that you have read.")},
    )

    def act(self, by: Any, seen: int) -> Any:
        return publishing.confirm_translations(self.row, by=by, **self.cleaned_data)


class Down(Step):
    title = _("Take down")
    button = "button button-bad"
    note = _why(True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            self.fields[f"reason_{language}"] = forms.CharField(
                label=format_lazy(
                    "{} ({})", _("What the public reads in its place"), LANGUAGE_NAMES[language]
                ),
                required=language != "en",
                max_length=400,
                widget=forms.Textarea(attrs={"rows": 2, "lang": language}),
                error_messages={"required": _("Say in Kazakh and in Russian why it was taken down.")},
            )
        self.order_fields([*(f"reason_{language}" for language in LANGUAGES), "note"])

    def act(self, by: Any, seen: int) -> Any:
        reason = Text(*(self.cleaned_data[f"reason_{language}"] for language in LANGUAGES))
        return publishing.take_down(self.row, by=by, reason=reason, note=self.cleaned_data["note"])


STEPS: dict[str, Callable[..., Step]] = {
    "publish": Publish,
    "make-ready": Ready,
    "confirm-words": Confirm,
    "send-back": Back,
    "discard-draft": Discard,
    "take-down": Down,
}
