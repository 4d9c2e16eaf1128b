"""The steps of publication in the admin: what each asks, and the service that it calls."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from core import publishing
from core.admin.verbs import VerbForm
from core.choices import Visibility
from core.text import LANGUAGES, Text

WHY = {
    "label": gettext_lazy("Why"),
    "max_length": 500,
    "help_text": gettext_lazy("Stays in the history for ever, beside your name."),
}


WITHHELD = {
    "label": gettext_lazy("Keep back"),
    "help_text": gettext_lazy("What is ticked stays with the house, and may be published later."),
}


class Asking(VerbForm):
    """Asked of one object or of many at once: of many there is no one thing."""

    def __init__(self, *args: Any, thing: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, thing=thing, **kwargs)


class ReadyForm(Asking):
    to = forms.ChoiceField(
        label=gettext_lazy("For whom"),
        choices=[(one.value, one.label) for one in (Visibility.PUBLIC, Visibility.INVESTOR)],
        widget=UnfoldAdminSelectWidget,
    )
    note = forms.CharField(**WHY, required=False, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}))

    withhold = forms.MultipleChoiceField(
        label=WITHHELD["label"],
        help_text=WITHHELD["help_text"],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, thing: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, thing=thing, **kwargs)
        field, (choices, chosen) = self.fields["withhold"], _may_be_withheld(thing)
        field.choices, self.initial["withhold"] = choices, chosen
        if not choices:
            del self.fields["withhold"]


def _may_be_withheld(thing: Any) -> Any:
    return publishing.services().may_be_withheld(thing) if thing is not None else ([], [])


class PublishForm(Asking):
    #: What was looked at: keys of the objects and how each stood.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    at = forms.DateTimeField(
        label=gettext_lazy("Public from"),
        required=False,
        help_text=gettext_lazy("Day and time in Almaty, such as 2027-03-01 10:00; empty: at once."),
        widget=UnfoldAdminTextInputWidget(attrs={"autocomplete": "off"}),
    )
    note = forms.CharField(**WHY, required=False, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}))

    def __init__(self, *args: Any, thing: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, thing=thing, **kwargs)
        if thing is not None:
            self.initial["seen"] = looked_at([thing])


class BackForm(Asking):
    note = forms.CharField(**WHY, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}))


class DownForm(Asking):
    reason_kk = forms.CharField(
        label=gettext_lazy("What the public reads in its place (Kazakh)"),
        max_length=400,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2, "lang": "kk"}),
    )
    reason_ru = forms.CharField(
        label=gettext_lazy("What the public reads in its place (Russian)"),
        max_length=400,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2, "lang": "ru"}),
    )
    reason_en = forms.CharField(
        label=gettext_lazy("What the public reads in its place (English)"),
        max_length=400,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2, "lang": "en"}),
    )
    note = forms.CharField(**WHY, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}))


class ConfirmForm(Asking):
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages whose words are still right"),
        choices=[("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")],
        widget=forms.CheckboxSelectMultiple,
    )


def looked_at(rows: Iterable[Any]) -> str:
    return " ".join(f"{row.pk}:{publishing.services().stands(row)}" for row in rows)


def _publish(row: Any, facts: Mapping[str, Any], by: Any) -> Any:
    """What was looked at, and nothing that came after."""
    seen = dict(one.split(":", 1) for one in facts["seen"].split() if ":" in one).get(str(row.pk), "")
    version = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else -1
    return publishing.services().publish(row, by=by, seen=version, at=facts["at"], note=facts["note"])


def _down(row: Any, facts: Mapping[str, Any], by: Any) -> Any:
    reason = Text(*(facts[f"reason_{language}"] for language in LANGUAGES))
    return publishing.services().take_down(row, by=by, reason=reason, note=facts["note"])


def stands(row: Any) -> list[tuple[Any, Any]]:
    """How it stands, and what would change for the public."""
    look = publishing.services()
    told = [
        (
            one.label,
            " · ".join(f"{language} {old or '—'} → {new or '—'}".strip() for language, old, new in one.pairs),
        )
        for one in (look.changes_of(row) if look.is_out(row) else [])
    ]
    return [*look.facts_of(row), *told]


class Verb(NamedTuple):
    """A step on the way to the public: what it is called, what it asks, what it does and what it says after."""

    title: Any
    form: type[Asking]
    act: Callable[[Any, Mapping[str, Any], Any], Any]
    done: Any
    of_many: bool = True


STEPS: dict[str, Verb] = {
    "make-ready": Verb(
        gettext_lazy("Make ready to publish"),
        ReadyForm,
        lambda row, facts, by: publishing.services().make_ready(row, by=by, **facts),
        gettext_lazy("It is ready: a second person publishes it."),
    ),
    "publish": Verb(
        gettext_lazy("Publish"),
        PublishForm,
        _publish,
        gettext_lazy("It is published."),
    ),
    "send-back": Verb(
        gettext_lazy("Send back"),
        BackForm,
        lambda row, facts, by: publishing.services().send_back(row, by=by, **facts),
        gettext_lazy("It was sent back."),
    ),
    "take-down": Verb(
        gettext_lazy("Take down"),
        DownForm,
        _down,
        gettext_lazy("It is taken down; its address says so."),
    ),
    "discard-draft": Verb(
        gettext_lazy("Discard the changes"),
        BackForm,
        lambda row, facts, by: publishing.services().discard_draft(row, by=by, **facts),
        gettext_lazy("The changes are discarded."),
        of_many=False,
    ),
    "confirm-words": Verb(
        gettext_lazy("Confirm translations"),
        ConfirmForm,
        lambda row, facts, by: publishing.services().confirm_translations(row, by=by, **facts),
        gettext_lazy("The words are confirmed."),
        of_many=False,
    ),
}
#: Names of the actions of lists, and the step that each takes.
MANY = {f"{code.replace('-', '_')}_many": code for code, step in STEPS.items() if step.of_many}
