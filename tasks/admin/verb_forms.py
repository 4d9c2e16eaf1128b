"""What the verbs of control ask."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminSingleDateWidget,
    UnfoldAdminTextareaWidget,
)

from accounts.choices import Role
from accounts.models import Organisation, User
from core.admin import VerbForm, blank_first
from core.text import LANGUAGES
from tasks.choices import Recurrence
from tasks.models import Instruction
from tasks.policies import executors_of
from tasks.words import PASSED_OVER


class Words(forms.CharField):
    """A sentence or more; the service says what is missing."""

    def __init__(self, **kwargs: Any) -> None:
        widget = UnfoldAdminTextareaWidget(attrs={"rows": 3})
        super().__init__(**{"required": False, "max_length": 4000, "widget": widget} | kwargs)


class Day(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "widget": UnfoldAdminSingleDateWidget} | kwargs)


class OrganisationField(forms.ModelChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        rows = Organisation.objects.order_by("sort_kk", "pk")
        super().__init__(rows, **{"required": False, "widget": UnfoldAdminSelectWidget} | kwargs)


class OfficeField(forms.ModelChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        none = User.objects.none()
        super().__init__(none, **{"required": False, "widget": UnfoldAdminSelectWidget} | kwargs)

    def __deepcopy__(self, memo: dict[int, Any]) -> "OfficeField":
        """Each form asks who is there on its own day, not on that on which the server began."""
        field = super().__deepcopy__(memo)
        people = User.objects.with_access(timezone.localdate())
        people = people.filter(Q(role=Role.OFFICE) | Q(is_superuser=True))
        field.queryset = people.order_by("full_name", "username")
        return field


class TextsForm(VerbForm):
    """Texts in three languages: a box each, called as on the form of the instruction."""

    texts: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boxes = {
            column: Words(label=capfirst(str(Instruction._meta.get_field(column).verbose_name)))
            for name in self.texts
            for column in _columns(name)
        }
        self.fields = boxes | self.fields

    def clean(self) -> dict[str, Any]:
        """The texts as the services take them, by name."""
        cleaned = super().clean() or self.cleaned_data
        for name in self.texts:
            boxes = zip(LANGUAGES, _columns(name), strict=True)
            cleaned[name] = {language: (cleaned.get(column) or "").strip() for language, column in boxes}
        return cleaned


def _columns(name: str) -> list[str]:
    return [f"{name}_{language}" for language in LANGUAGES]


class ControlForm(TextsForm):
    """What control needs and the register lacks."""

    texts = ("expected_result",)
    due = Day(label=gettext_lazy("Due"), help_text=gettext_lazy("Later it moves only by an extension."))
    lead = OrganisationField(label=gettext_lazy("Responsible executor"))
    controller = OfficeField(
        label=gettext_lazy("Controller"), help_text=gettext_lazy("Who checks the report; empty: you.")
    )
    reason = forms.CharField(
        label=gettext_lazy("Why all the same"), required=False, max_length=2000, help_text=PASSED_OVER
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        has_result = self.thing.expected_result_kk or self.thing.expected_result_ru
        has_lead = any(executor.is_lead for executor in executors_of(self.thing))
        gone = ["due"] if self.thing.original_due else []
        gone += _columns("expected_result") if has_result else []
        gone += ["lead"] if has_lead else []
        for name in gone:
            del self.fields[name]
        self.initial["controller"] = self.thing.controller_id


class ControllerForm(VerbForm):
    controller = OfficeField(label=gettext_lazy("Controller"), required=True)


class ReassignForm(VerbForm):
    lead = OrganisationField(label=gettext_lazy("New responsible executor"), required=True)
    reason = Words(label=gettext_lazy("Why"))


class ReasonForm(VerbForm):
    reason = Words(label=gettext_lazy("Why"))


class ReturnForm(VerbForm):
    note = Words(label=gettext_lazy("What is to be corrected"))


class PartForm(TextsForm):
    """The remainder of what is removed in part."""

    texts = ("text", "expected_result")
    due = Day(label=gettext_lazy("Due"), required=True)
    lead = OrganisationField(
        label=gettext_lazy("Responsible executor"), help_text=gettext_lazy("Empty: the same as now.")
    )


class RecurrenceForm(VerbForm):
    recurrence = forms.ChoiceField(
        label=gettext_lazy("How often"),
        required=False,
        choices=blank_first(Recurrence.choices),
        widget=UnfoldAdminSelectWidget,
        help_text=gettext_lazy("Empty: it recurs no more."),
    )
    day = forms.IntegerField(
        label=gettext_lazy("On which day"),
        required=False,
        min_value=1,
        max_value=31,
        widget=UnfoldAdminIntegerFieldWidget,
        help_text=gettext_lazy("1–7 of a week, 1–31 of a month."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial |= {"recurrence": self.thing.recurrence, "day": self.thing.recurrence_day}


class GrantForm(VerbForm):
    due = Day(label=gettext_lazy("Another date"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = date_format(self.thing.new_due, "SHORT_DATE_FORMAT")
        self.fields["due"].help_text = _("Empty: the day that was asked for, %(day)s.") % {"day": asked}


class CorrectForm(VerbForm):
    why = Words(label=gettext_lazy("What was wrong with the decision"))
    due = Day(label=gettext_lazy("Due date granted"), help_text=gettext_lazy("To grant more time."))
    reason = Words(
        label=gettext_lazy("Why more time is refused"), help_text=gettext_lazy("To refuse more time.")
    )
