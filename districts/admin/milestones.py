"""Milestones: a forecast moves only together with its move."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action
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
    dated,
    language_tabs,
    partial,
    verb_page,
)
from districts import services
from districts.choices import MoveReason
from districts.models import Milestone, MilestoneMove
from districts.policies import may

FORECAST = partial("forecast")
MILESTONE_RULES = {
    "districts_milestone_forecast_moved": gettext_lazy(
        "A forecast moves by “Move the forecast”, which asks why."
    ),
}


class FixedForecast:
    """The first forecast is typed with the milestone; from then on it moves by its verb."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FORECAST if self.instance.pk else ():
            if name in self.fields:
                self.fields[name].disabled = True


class MilestonePartForm(FixedForecast, PartForm):
    pass


class MilestoneForm(FixedForecast, LedgerForm):
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
        partial("met"),
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


@admin.register(Milestone)
class MilestoneAdmin(LedgerAdmin):
    form = MilestoneForm
    removable = True
    rules = MILESTONE_RULES
    list_display = [
        "named",
        "project",
        "status",
        dated("baseline", gettext_lazy("first due")),
        dated("forecast", gettext_lazy("now expected")),
        dated("met", gettext_lazy("met on")),
    ]
    list_filter = ["status", "type"]
    list_select_related = ["project"]
    search_fields = ["code", "name_kk", "name_ru", "name_en"]
    autocomplete_fields = ["project", "source"]
    inlines = [MovePart]
    actions_detail = ["move_forecast"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("project", "code"),
                    ("type", "milestone_code", "status"),
                    partial("baseline"),
                    FORECAST,
                    partial("met"),
                    "source",
                    partial("as_of"),
                ]
            },
        ),
        *language_tabs("name", "basis"),
    ]

    @admin.display(description=gettext_lazy("name"))
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

    def has_move_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, "move_forecast")
