"""Forms of reporting periods, of duties that end or go to another organisation, and of the matrix."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from accounts.models import Organisation
from core.filters import Options
from districts.models import District
from tasks.forms.base import ControlForm, Day, OrganisationField, words
from tasks.reporting_choices import PeriodKind

PLURAL = {PeriodKind.MONTH: gettext_lazy("months"), PeriodKind.QUARTER: gettext_lazy("quarters")}


class ReopenForm(ControlForm):
    until = Day(label=gettext_lazy("Reports are taken until"))
    reason = words(
        gettext_lazy("Why it is opened again"), gettext_lazy("Say why the period is opened again.")
    )


class MoveDueForm(ControlForm):
    due_on = Day(label=gettext_lazy("Reports are due on"))
    grace_until = Day(label=gettext_lazy("Reports are taken until"))
    reason = words(gettext_lazy("Why the days are moved"), gettext_lazy("Say why the days are moved."))


class EndDutyForm(ControlForm):
    until = Day(label=gettext_lazy("Last day on which it is owed"))


class HandOverForm(ControlForm):
    organisation = OrganisationField(label=gettext_lazy("To the organisation"))
    since = Day(
        label=gettext_lazy("Since"),
        help_text=gettext_lazy("The period that holds this day is reported by the new organisation."),
    )


class DutiesForm(forms.Form):
    """Whose duties are shown: of all projects, or of one."""

    project = forms.CharField(required=False, max_length=60)


class MatrixForm(forms.Form):
    """What the matrix shows: months or quarters, of everybody or of one organisation, of one district."""

    kind = forms.ChoiceField(label=gettext_lazy("Periods"), required=False, widget=Options)
    organisation = forms.ChoiceField(label=gettext_lazy("Organisation"), required=False, widget=Options)
    district = forms.ChoiceField(label=gettext_lazy("District"), required=False, widget=Options)

    def __init__(self, *args: Any, duties: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reporting = Organisation.objects.filter(pk__in=duties.order_by().values("organisation"))
        anything: list[tuple[str, Any]] = [("", gettext_lazy("Any"))]
        fields: Any = self.fields
        fields["kind"].choices = [(kind.value, capfirst(PLURAL[kind])) for kind in PeriodKind]
        fields["organisation"].choices = anything + [
            (one.code, str(one.name)) for one in reporting.order_by("sort_kk")
        ]
        fields["district"].choices = anything + [(one.code, str(one.name)) for one in District.objects.all()]

    @property
    def of_kind(self) -> str:
        return self.cleaned_data["kind"] or PeriodKind.MONTH

    def asked(self) -> dict[str, str]:
        """What the address asks for, without what is empty or wrong."""
        return {name: value for name, value in self.cleaned_data.items() if value}
