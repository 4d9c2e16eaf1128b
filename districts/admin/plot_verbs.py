"""What the verbs of a plot ask, and the buttons that lead to them."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminSingleDateWidget,
    UnfoldAdminTextareaWidget,
)

from accounts.models import Organisation
from core.admin import VerbForm, blank_first, verb_page
from districts import services
from districts.models import LandPlot, PlotAllocation, Project
from districts.plot_choices import ALLOCATION_MOVES, AllocationState
from districts.policies import may
from districts.services.plots import DAY


class Basis(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}), max_length=2000, **kwargs)


class Day(forms.DateField):
    widget = UnfoldAdminSingleDateWidget


class ReserveForm(VerbForm):
    project = forms.ModelChoiceField(
        Project.objects.none(),
        label=gettext_lazy("For which project"),
        required=False,
        widget=UnfoldAdminSelectWidget,
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("For which organisation"),
        required=False,
        widget=UnfoldAdminSelectWidget,
        help_text=gettext_lazy("A project, an organisation or both."),
    )
    since = Day(label=gettext_lazy("First day"))
    until = Day(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Empty: until it is released.")
    )
    basis = Basis(label=gettext_lazy("Basis"), help_text=gettext_lazy("The act that it rests on."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        invented = self.thing.is_demo
        self.fields["project"].queryset = Project.objects.filter(is_demo=invented).order_by("sort_kk", "pk")
        if not invented:  # what is invented is held for what is invented
            self.fields["organisation"].queryset = Organisation.objects.order_by("sort_kk", "pk")


class HeldForm(VerbForm):
    """Of what the plot is held for, that which may go on to `goal`."""

    goal = ""
    allocation = forms.ChoiceField(label=gettext_lazy("Held for"), widget=UnfoldAdminSelectWidget)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [state for state, nexts in ALLOCATION_MOVES.items() if self.goal in nexts]
        held = self.thing.allocations.filter(state__in=states).select_related("project", "organisation")
        self.held = {str(one.pk): one for one in held.order_by("during")}
        offered = [(key, f"{spelled_for(one)}: {spelled(one)}") for key, one in self.held.items()]
        self.fields["allocation"].choices = offered if len(offered) == 1 else blank_first(offered)

    def clean_allocation(self) -> PlotAllocation:
        return self.held[self.cleaned_data["allocation"]]


class AllocateForm(HeldForm):
    goal = AllocationState.ALLOCATED
    until = Day(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Empty: until it is released.")
    )
    basis = Basis(label=gettext_lazy("Basis"), help_text=gettext_lazy("The act that it rests on."))


class ReleaseForm(HeldForm):
    goal = AllocationState.RELEASED
    on = Day(label=gettext_lazy("Free again from"), initial=localdate)
    note = Basis(label=gettext_lazy("Why"))


def spelled(allocation: PlotAllocation) -> str:
    """The first and the last day of it; one that is open has no last."""
    first, end = allocation.during.lower, allocation.during.upper
    last = date_format(end - DAY, "SHORT_DATE_FORMAT") if end else ""
    return f"{date_format(first, 'SHORT_DATE_FORMAT')} – {last}".strip()


def spelled_for(allocation: PlotAllocation) -> str:
    return ", ".join(str(one) for one in (allocation.project, allocation.organisation) if one)


class PlotVerbs:
    """Beside LedgerAdmin: three buttons above a plot."""

    actions_detail = ["reserve_plot", "allocate_plot", "release_plot"]

    @action(
        description=gettext_lazy("Reserve"), url_path="reserve", icon="bookmark", permissions=["reserve_plot"]
    )
    def reserve_plot(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def act(plot: LandPlot, facts: dict[str, Any]) -> None:
            services.reserve_plot(plot, by=request.user, **facts)

        return verb_page(
            self,
            request,
            object_id,
            title=_("Reserve the plot"),
            form=ReserveForm,
            intro=_held_now,
            act=act,
            done=_("The plot is reserved."),
        )

    @action(
        description=gettext_lazy("Allocate"),
        url_path="allocate",
        icon="verified",
        permissions=["allocate_plot"],
    )
    def allocate_plot(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def act(plot: LandPlot, facts: dict[str, Any]) -> None:
            services.allocate_plot(by=request.user, **facts)

        return verb_page(
            self,
            request,
            object_id,
            title=_("Allocate the plot"),
            form=AllocateForm,
            intro=_held_now,
            act=act,
            done=_("The plot is allocated."),
        )

    @action(
        description=gettext_lazy("Release"),
        url_path="release",
        icon="lock_open",
        permissions=["release_plot"],
    )
    def release_plot(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def act(plot: LandPlot, facts: dict[str, Any]) -> None:
            services.release_plot(by=request.user, **facts)

        return verb_page(
            self,
            request,
            object_id,
            title=_("Release the plot"),
            form=ReleaseForm,
            intro=_held_now,
            act=act,
            done=_("The plot is released."),
        )

    def has_reserve_plot_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, "reserve_plot")

    has_allocate_plot_permission = has_release_plot_permission = has_reserve_plot_permission


def _held_now(plot: LandPlot) -> str:
    held = plot.allocations.live().select_related("project", "organisation").order_by("during")
    said = [f"{one.get_state_display()}: {spelled_for(one)}, {spelled(one)}" for one in held]
    return "; ".join(said) or _("The plot is held for nobody.")
