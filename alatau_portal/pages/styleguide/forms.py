"""Examples of forms: every kind of field, quiet and refused; buttons, notes and messages."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.messages import ERROR, INFO, SUCCESS, WARNING
from django.contrib.messages.storage.base import Message
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alatau_portal.pages.styleguide.example import TEXT, Example

FORM = "components/form.html"


def few() -> list[tuple[str, str]]:
    return [("one", str(TEXT)), ("two", "2")]


class ExampleForm(forms.Form):
    """A field of every kind that the portal uses."""

    line = forms.CharField(label=gettext_lazy("Line"), help_text=gettext_lazy("A word of help stands here."))
    e_mail = forms.EmailField(label=gettext_lazy("E-mail"))
    password = forms.CharField(label=gettext_lazy("Password"), widget=forms.PasswordInput)
    amount = forms.DecimalField(label=gettext_lazy("Number"), required=False, localize=True)
    day = forms.DateField(
        label=gettext_lazy("Date"), required=False, initial=date(2025, 9, 29), localize=True
    )
    one = forms.ChoiceField(label=gettext_lazy("One of a few"), choices=few, required=False)
    either = forms.ChoiceField(label=gettext_lazy("One of two"), choices=few, widget=forms.RadioSelect)
    some = forms.MultipleChoiceField(
        label=gettext_lazy("Some of a few"),
        choices=few,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    long = forms.CharField(
        label=gettext_lazy("Text"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    document = forms.FileField(label=gettext_lazy("File"), required=False)
    agreed = forms.BooleanField(label=gettext_lazy("Yes or no"))


def blank(language: str) -> dict[str, Any]:
    return {"form": ExampleForm(), "button": _("Send"), "second_href": "#", "second": _("Cancel")}


def refused(language: str) -> dict[str, Any]:
    return {"form": ExampleForm({"e_mail": "@", "amount": "x", "day": "x"}, {}), "button": _("Send")}


def told(language: str) -> dict[str, Any]:
    words = {
        INFO: _("For your information"),
        SUCCESS: _("Saved."),
        WARNING: _("Look at this"),
        ERROR: _("This was refused"),
    }
    return {"messages": [Message(level, text) for level, text in words.items()]}


EXAMPLES = [
    Example(gettext_lazy("Buttons"), "pages/styleguide/buttons.html"),
    Example(gettext_lazy("Notes"), "pages/styleguide/notes.html"),
    Example(gettext_lazy("Messages"), "components/messages.html", told),
    Example(gettext_lazy("A form"), FORM, blank),
    Example(gettext_lazy("A form that was refused"), FORM, refused),
]
