"""The forms of the verbs: each asks what its service needs, and no more."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.filters import Options
from tasks.choices import Recurrence
from tasks.forms.base import Area, ControlForm, Day, OrganisationField, ProofsForm, words
from tasks.services.steps import lead_of
from tasks.words import PASSED_OVER

EXPECTED = gettext_lazy("Expected result")
NAME_CONTROLLER = gettext_lazy("Choose who of the project office is to follow it.")
GIVE_A_DAY = gettext_lazy("Give the day.")
NAME_LEAD = gettext_lazy("Name the responsible executor: an organisation, not a group.")


def controllers(user: Any) -> Any:
    return User.objects.visible_to(user).office(timezone.localdate())


class Confirm(ControlForm):
    """For verbs that need nothing but a yes."""


class PutOnControl(ControlForm):
    """Asks for what control needs and the register lacks."""

    three = {"expected_result": EXPECTED}
    needed = frozenset(three)

    due = Day(label=gettext_lazy("Due"), error_messages={"required": GIVE_A_DAY})
    lead = OrganisationField(
        label=gettext_lazy("Responsible executor"), required=False, error_messages={"required": NAME_LEAD}
    )
    controller = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Controller"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Why all the same"),
        required=False,
        max_length=2000,
        widget=Area(2),
        help_text=PASSED_OVER,
    )

    def arrange(self) -> None:
        instruction = self.situation.instruction
        if instruction.original_due:
            del self.fields["due"]
        if instruction.expected_result.kk or instruction.expected_result.ru:
            for language in ("kk", "ru", "en"):
                del self.fields[f"expected_result_{language}"]
        lead = lead_of(instruction)
        self.fields["lead"].required = lead is None
        self.initial.setdefault("lead", lead and lead.organisation)
        field: Any = self.fields["controller"]
        field.queryset = controllers(self.user)
        field.empty_label = _("Me")
        self.initial.setdefault("controller", instruction.controller_id)


class Reason(ControlForm):
    reason = words(gettext_lazy("Reason"), gettext_lazy("Say why."))


class Return(ControlForm):
    note = words(gettext_lazy("What is to be corrected"), gettext_lazy("Say what is to be corrected."))


class Reassign(ControlForm):
    lead = OrganisationField(label=gettext_lazy("Who is to lead"), error_messages={"required": NAME_LEAD})
    reason = words(gettext_lazy("Reason"), gettext_lazy("Say why another organisation is to lead."))


class RequestExtension(ControlForm):
    new_due = Day(label=gettext_lazy("New date asked for"), error_messages={"required": GIVE_A_DAY})
    reason = words(gettext_lazy("Reason"), gettext_lazy("Say why more time is needed."))


class OfExtension(ControlForm):
    """Of one request: what is decided meanwhile is not decided twice."""

    extension = forms.CharField(required=False, widget=forms.HiddenInput)


class Grant(OfExtension):
    due = Day(
        label=gettext_lazy("Grant until"),
        required=False,
        help_text=gettext_lazy("The day that was asked for stands here; another day may be granted."),
    )


class Refuse(OfExtension):
    reason = words(gettext_lazy("Reason"), gettext_lazy("Say why more time is refused."))


class Correct(OfExtension):
    why = words(
        gettext_lazy("What was wrong with the decision"),
        gettext_lazy("Say what was wrong with the decision before."),
    )
    due = Day(label=gettext_lazy("Grant until"), required=False)
    reason = forms.CharField(label=gettext_lazy("Or refuse, because"), required=False, widget=Area())


class PartForm(ControlForm):
    """A part of an instruction, as an instruction of its own."""

    three = {"text": gettext_lazy("What is to be done"), "expected_result": EXPECTED}
    needed = frozenset(three)

    lead = OrganisationField(
        label=gettext_lazy("Responsible executor"), error_messages={"required": NAME_LEAD}
    )
    due = Day(label=gettext_lazy("Due"), error_messages={"required": GIVE_A_DAY})
    once = forms.CharField(required=False, widget=forms.HiddenInput)

    def arrange(self) -> None:
        texts = [name for name in self.fields if name.startswith(("text_", "expected_"))]
        self.order_fields([*texts, "lead", "due"])


class Remainder(PartForm):
    def arrange(self) -> None:
        super().arrange()
        self.fields["lead"].required = False
        lead = lead_of(self.situation.instruction)
        self.initial.setdefault("lead", lead and lead.organisation)


class SetController(ControlForm):
    controller = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Controller"), error_messages={"required": NAME_CONTROLLER}
    )

    def arrange(self) -> None:
        field: Any = self.fields["controller"]
        field.queryset = controllers(self.user)
        self.initial.setdefault("controller", self.situation.instruction.controller_id)


class RecurrenceForm(ControlForm):
    places = {"recurrence_day": "day", "__all__": "day"}

    recurrence = forms.ChoiceField(label=gettext_lazy("How often"), required=False, widget=Options)
    day = forms.IntegerField(
        label=gettext_lazy("On which day"),
        required=False,
        min_value=1,
        max_value=31,
        help_text=gettext_lazy(
            "1–7 of a week (1 is Monday), 1–31 of a month; of a quarter: of its first month after."
        ),
    )

    def arrange(self) -> None:
        field: Any = self.fields["recurrence"]
        field.choices = [
            ("", _("Not any more")),
            *((code, capfirst(word)) for code, word in Recurrence.choices),
        ]
        instruction = self.situation.instruction
        known = {"recurrence": instruction.recurrence, "day": instruction.recurrence_day}
        self.initial = {**known, **self.initial}


class Contribute(ProofsForm):
    once = forms.CharField(required=False, widget=forms.HiddenInput)


class ReportForm(ProofsForm):
    """The draft stands in it; what is handed in besides is added to it."""

    def __init__(self, *args: Any, draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = not draft
        self.fields["text"].widget = Area(8)
        self.fields["text"].widget.is_required = not draft
