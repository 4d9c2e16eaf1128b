"""Milestones: a forecast moves only together with its move."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from core.admin import (
    LedgerAdmin,
    LedgerForm,
    Part,
    PartForm,
    SaidDate,
    StackedPart,
    VerbForm,
    blank_first,
    changed,
    dated,
    language_tabs,
    partial,
    queue,
    verb_page,
    word,
)
from districts import services
from districts.choices import MilestoneStatus, MoveReason
from districts.models import Milestone, MilestoneMove
from districts.policies import may

FORECAST, MET = partial("forecast"), partial("met")
STATUS = {"met": "success", "notMet": "danger", "partiallyMet": "warning", "scheduled": "info"}
MILESTONE_RULES = {
    "districts_milestone_forecast_moved": gettext_lazy(
        "A forecast moves by “Move the forecast”, which asks why."
    ),
}


queue(
    Milestone,
    "silent",
    gettext_lazy("Milestones whose date has passed without a word"),
    lambda rows, today: rows.silent(today),
    tone="danger",
)


class Settled:
    """What was first said is typed with the milestone; from then on forecast and status move by their verbs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (*FORECAST, "status", *MET) if self.instance.pk else ():
            if name in self.fields:
                self.fields[name].disabled = True


class MilestonePartForm(Settled, PartForm):
    pass


class MilestoneForm(Settled, LedgerForm):
    pass


class MilestonePart(StackedPart):
    model = Milestone
    form = MilestonePartForm
    show_change_link = True
    collapsible = True
    autocomplete_fields = ["source"]
    fields = [
        ("code", "milestone_code"),
        ("type", "status"),
        ("name_kk", "name_ru", "name_en"),
        partial("baseline"),
        FORECAST,
        MET,
        "source",
        partial("as_of"),
    ]


MOVED = [dated("old", gettext_lazy("from")), dated("new", gettext_lazy("to"))]


class MovePart(Part):
    model = MilestoneMove
    fields = readonly_fields = [*MOVED, "reason", "note", "by", "created_at"]
    list_select_related = ["by"]
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_change_permission = has_delete_permission = has_add_permission


class MoveForm(VerbForm):
    new = SaidDate(label=gettext_lazy("Now expected"), required=True)
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"), choices=blank_first(MoveReason.choices), widget=UnfoldAdminSelectWidget
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3})
    )


class SettleForm(VerbForm):
    status = forms.ChoiceField(
        label=gettext_lazy("It is"),
        choices=blank_first(MilestoneStatus.choices),
        widget=UnfoldAdminSelectWidget,
    )
    met = SaidDate(label=gettext_lazy("Met on"))
    note = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("What says so: a report, a source."),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )


@admin.register(Milestone)
class MilestoneAdmin(LedgerAdmin):
    form = MilestoneForm
    removable = True
    rules = MILESTONE_RULES
    list_display = [
        "named",
        "project",
        word("status", gettext_lazy("status"), STATUS),
        dated("baseline", gettext_lazy("first due")),
        dated("forecast", gettext_lazy("now expected")),
        dated("met", gettext_lazy("met on")),
        changed,
    ]
    list_filter = [
        "status",
        ("type", ChoicesDropdownFilter),
        ("project", AutocompleteSelectFilter),
        ("forecast_day", RangeDateFilter),
    ]
    list_select_related = ["project"]
    search_fields = ["code", "name_kk", "name_ru", "name_en", "project__search"]
    search_help_text = gettext_lazy("Name of the milestone or of its project")
    ordering = ["-updated_at", "-pk"]
    autocomplete_fields = ["project", "source"]
    inlines = [MovePart]
    actions_detail = ["settle", "move_forecast"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("project", "code"),
                    ("type", "milestone_code", "status"),
                    partial("baseline"),
                    FORECAST,
                    MET,
                    "source",
                    partial("as_of"),
                ]
            },
        ),
        *language_tabs("name", "basis"),
    ]

    @display(description=gettext_lazy("name"))
    def named(self, milestone: Milestone) -> str:
        return str(milestone)

    @action(
        description=gettext_lazy("Move the forecast"),
        url_path="move-forecast",
        icon="event_upcoming",
        permissions=["move"],
    )
    def move_forecast(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return verb_page(
            self,
            request,
            object_id,
            title=_("Move the forecast"),
            form=MoveForm,
            act=lambda milestone, facts: services.move_forecast(milestone, by=request.user, **facts),
            done=_("The forecast is moved."),
        )

    @action(
        description=gettext_lazy("Met or not"), url_path="settle", icon="flag_circle", permissions=["settle"]
    )
    def settle(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return verb_page(
            self,
            request,
            object_id,
            title=_("Met or not"),
            form=SettleForm,
            intro=lambda milestone: _("It is “%(status)s” now.") % {"status": milestone.get_status_display()},
            act=lambda milestone, facts: services.settle_milestone(milestone, by=request.user, **facts),
            done=_("It is written down."),
        )

    def has_settle_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, "settle_milestone")

    def view_on_site(self, milestone: Milestone) -> str:
        return reverse("project", args=[milestone.project.public_id])

    def has_move_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, "move_forecast")
