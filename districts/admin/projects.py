"""Projects: their facts are mended here, their stage changes by its verb."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from core.admin import (
    QUALITY,
    VERBS,
    AddForm,
    MadeByService,
    Part,
    SaidDate,
    VerbForm,
    blank_first,
    changed,
    confidence,
    dated,
    language_tabs,
    queue,
    verb_page,
    visibility,
    word,
)
from districts import services
from districts.admin.milestones import MILESTONE_RULES, MilestonePart
from districts.choices import PROJECT_FIRST, PROJECT_MOVES, ProjectStatus, Sector
from districts.models import Project, ProjectParty, ProjectSource, StageChange
from districts.policies import may

VERBS.update(
    {
        "register_project": gettext_lazy("registered the project"),
        "change_stage": gettext_lazy("changed the stage"),
        "move_forecast": gettext_lazy("moved the forecast"),
        "settle_milestone": gettext_lazy("said whether it is met"),
        "choose": gettext_lazy("chose what is shown"),
        "record_instead": gettext_lazy("entered another value of a figure"),
        "record_figure": gettext_lazy("recorded a figure that was reported"),
        "retract_figure": gettext_lazy("took back a figure that was reported"),
    }
)

STATUS = {
    "identification": "",
    "preparation": "info",
    "implementation": "primary",
    "completion": "success",
    "maintenance": "success",
    "cancelled": "danger",
}

queue(
    Project,
    "no_district",
    gettext_lazy("Projects without a district"),
    lambda rows, today: rows.filter(district=None),
    group=QUALITY,
)
queue(
    Project,
    "no_milestone",
    gettext_lazy("Projects without a milestone"),
    lambda rows, today: rows.filter(milestones=None).exclude(status=ProjectStatus.CANCELLED),
    group=QUALITY,
)
queue(
    Project,
    "no_party",
    gettext_lazy("Projects of which nobody is known to take part"),
    lambda rows, today: rows.filter(parties=None),
    group=QUALITY,
)
queue(
    Project,
    "suspended",
    gettext_lazy("Suspended projects"),
    lambda rows, today: rows.filter(suspended_since__isnull=False),
    tone="danger",
)


class SectorFilter(DropdownFilter):
    title = gettext_lazy("sectors")
    parameter_name = "sector"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return Sector.choices

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(sectors__contains=[self.value()]) if self.value() else queryset


class PartyPart(Part):
    model = ProjectParty
    fields = ["organisation", "role", "share", "since", "until", "source"]
    autocomplete_fields = ["organisation", "source"]
    list_select_related = ["organisation", "source"]


class ProjectSourcePart(Part):
    model = ProjectSource
    fields = ["source"]
    autocomplete_fields = ["source"]
    list_select_related = ["source"]
    verbose_name, verbose_name_plural = gettext_lazy("further source"), gettext_lazy("further sources")


class StagePart(Part):
    """To look at: a stage change is written once."""

    model = StageChange
    fields = readonly_fields = [
        "from_status",
        "to_status",
        dated("on", gettext_lazy("on")),
        "basis",
        "source",
        "by",
    ]
    list_select_related = ["source", "by"]
    show_title = False
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_change_permission = has_delete_permission = has_add_permission


def stage_labels(stages: Any) -> list[tuple[str, Any]]:
    """In the order of a project's life."""
    return [(stage.value, stage.label) for stage in ProjectStatus if stage in stages]


class FirstStage(AddForm):
    stage = forms.ChoiceField(
        label=gettext_lazy("First stage"),
        choices=blank_first(stage_labels(PROJECT_FIRST)),
        widget=UnfoldAdminSelectWidget,
    )
    basis = forms.CharField(
        label=gettext_lazy("Basis"),
        help_text=gettext_lazy("What says that the project is in this stage."),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )
    on = SaidDate(label=gettext_lazy("In this stage since"))


class StageForm(VerbForm):
    to = forms.ChoiceField(label=gettext_lazy("New stage"), widget=UnfoldAdminSelectWidget)
    basis = forms.CharField(
        label=gettext_lazy("Basis"),
        help_text=gettext_lazy("An act, a report, a source; of a cancelled project the reason."),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )
    on = SaidDate(label=gettext_lazy("On"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = blank_first(stage_labels(PROJECT_MOVES[self.thing.status]))


@admin.register(Project)
class ProjectAdmin(MadeByService):
    add_form = FirstStage
    rules = MILESTONE_RULES | {
        "districts_projectparty_shares_at_most_100": gettext_lazy(
            "The shares of a project are more than 100 per cent in sum."
        ),
        "districts_projectparty_one_live_role": gettext_lazy(
            "This organisation has this role in the project already."
        ),
        "districts_stagechange_follows": gettext_lazy("The stage was changed meanwhile: look at it again."),
    }
    list_display = [
        "public_id",
        "named",
        "district",
        "kind",
        word("status", gettext_lazy("status"), STATUS),
        visibility,
        confidence,
        changed,
    ]
    list_display_links = ["public_id", "named"]
    list_filter = [
        ("status", ChoicesDropdownFilter),
        "district",
        ("kind", ChoicesDropdownFilter),
        SectorFilter,
        "visibility",
        "confidence",
        "is_demo",
    ]
    list_select_related = ["district"]
    search_fields = ["search", "public_id", "code"]
    search_help_text = gettext_lazy("Name, number, code")
    ordering = ["-updated_at", "-pk"]
    autocomplete_fields = ["source"]
    readonly_fields = ["public_id", "status", "cancelled_reason", "is_demo"]
    actions_detail = ["change_stage"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("public_id", "status", "is_demo"),
                    "cancelled_reason",
                    ("code", "visibility"),
                    ("district", "kind", "type"),
                    "sectors",
                    ("source", "confidence"),
                    ("suspended_since", "suspended_reason"),
                    "geometry",
                ]
            },
        ),
        *language_tabs("name", "purpose", "note", "basis"),
    ]
    add_fieldsets = [
        (
            None,
            {
                "fields": [
                    ("code", "visibility"),
                    ("district", "kind", "type"),
                    "sectors",
                    ("source", "confidence"),
                    ("stage", "on"),
                    "basis",
                ]
            },
        ),
        *language_tabs("name", "purpose"),
    ]

    @display(description=gettext_lazy("name"), ordering="sort_kk")
    def named(self, project: Project) -> str:
        return f"[{_('invented')}] {project}" if project.is_demo else str(project)

    def view_on_site(self, project: Project) -> str:
        return reverse("project", args=[project.public_id])

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        """Parts come after the project stands."""
        return [PartyPart, MilestonePart, ProjectSourcePart, StagePart] if obj else []

    def make(self, request: HttpRequest, facts: dict[str, Any]) -> Project:
        return services.register_project(by=request.user, **facts)

    def response_post_save_add(self, request: HttpRequest, obj: Project) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:districts_project_change", args=[obj.pk]))

    @action(
        description=gettext_lazy("Change the stage"),
        url_path="change-stage",
        icon="flag",
        permissions=["stage"],
    )
    def change_stage(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def act(project: Project, facts: dict[str, Any]) -> None:
            services.change_stage(project, facts["to"], by=request.user, basis=facts["basis"], on=facts["on"])

        return verb_page(
            self,
            request,
            object_id,
            title=_("Change the stage"),
            form=StageForm,
            intro=_stage_now,
            act=act,
            done=_("The stage is changed."),
        )

    def has_stage_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, "change_stage")


def _stage_now(project: Project) -> str:
    if not PROJECT_MOVES[project.status]:
        return _("The project is in “%(stage)s”, which is its end.") % {"stage": project.get_status_display()}
    return _("The project is in “%(stage)s”.") % {"stage": project.get_status_display()}
