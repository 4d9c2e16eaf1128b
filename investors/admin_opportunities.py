"""Opportunities in the admin: their facts are mended here, their state changes by its verbs."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminTextareaWidget

from core.admin import (
    VERBS,
    LedgerAdmin,
    Part,
    Reason,
    VerbForm,
    changed,
    dated,
    language_tabs,
    partial,
    queue,
    verb_page,
    visibility,
    word,
)
from districts.admin.projects import SectorFilter
from investors import services
from investors.choices import OpportunityState
from investors.models import Opportunity, OpportunityPlot
from investors.policies import may

VERBS.update(
    {
        "open_opportunity": gettext_lazy("opened the opportunity"),
        "match_opportunity": gettext_lazy("matched the opportunity with an investor"),
        "close_opportunity": gettext_lazy("closed the opportunity"),
    }
)
STATE = {"open": "success", "matched": "primary", "closed": ""}
RULES = {
    "investors_opportunityplot_in_its_district": gettext_lazy("The plot lies in another district."),
    "investors_opportunityplot_demo_apart": gettext_lazy("What is invented and what is real stay apart."),
    "investors_opportunity_district_id_for_ever": gettext_lazy("The district does not change."),
    "investors_opportunity_is_demo_for_ever": gettext_lazy("What is invented stays so."),
}

queue(
    Opportunity,
    "over",
    gettext_lazy("Opportunities that are open after their last day"),
    lambda rows, today: rows.filter(state=OpportunityState.OPEN, closes_on__lt=today),
)


class PlotPart(Part):
    model = OpportunityPlot
    fields = ["plot"]
    autocomplete_fields = ["plot"]
    list_select_related = ["plot"]
    show_title = False


class Said(VerbForm):
    """A reason that the history keeps."""

    note = forms.CharField(
        label=gettext_lazy("Why"), max_length=500, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3})
    )


@admin.register(Opportunity)
class OpportunityAdmin(LedgerAdmin):
    rules = RULES
    list_display = [
        "public_id",
        "named",
        "district",
        word("state", gettext_lazy("state"), STATE),
        "closes_on",
        dated("as_of", gettext_lazy("as of")),
        visibility,
        changed,
    ]
    list_display_links = ["public_id", "named"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        "district",
        SectorFilter,
        ("closes_on", RangeDateFilter),
        "visibility",
        "is_demo",
    ]
    list_select_related = ["district"]
    search_fields = ["search", "public_id"]
    search_help_text = gettext_lazy("Name, number, what is offered and sought")
    ordering = ["-updated_at", "-pk"]
    autocomplete_fields = ["source"]
    readonly_fields = ["public_id", "state", "is_demo"]
    actions_detail = ["open_opportunity", "match_opportunity", "close_opportunity"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("public_id", "state", "is_demo"),
                    ("district", "visibility"),
                    "sectors",
                    "closes_on",
                    partial("as_of"),
                    "source",
                ]
            },
        ),
        *language_tabs("name", "offered", "sought", "basis"),
    ]

    @display(description=gettext_lazy("name"), ordering="sort_kk")
    def named(self, opportunity: Opportunity) -> str:
        return f"[{_('invented')}] {opportunity}" if opportunity.is_demo else str(opportunity)

    def view_on_site(self, opportunity: Opportunity) -> str:
        return reverse("invest-opportunity", args=[opportunity.public_id])

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        """Plots come after the opportunity stands."""
        return [PlotPart] if obj else []

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Iterable[str]:
        """Its district is said once."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "district"] if obj else fields

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if "source" in form.base_fields:
            form.base_fields["source"].required = not (obj and obj.is_demo)
        return form

    @action(description=gettext_lazy("Open"), url_path="open", icon="campaign", permissions=["open"])
    def open_opportunity(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._page(
            request, object_id, services.open_opportunity, Reason, _("Open"), _("The opportunity is open.")
        )

    @action(description=gettext_lazy("Matched"), url_path="match", icon="handshake", permissions=["match"])
    def match_opportunity(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._page(
            request, object_id, services.match_opportunity, Said, _("Matched"), _("An investor is found.")
        )

    @action(description=gettext_lazy("Close"), url_path="close", icon="block", permissions=["close"])
    def close_opportunity(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._page(
            request, object_id, services.close_opportunity, Said, _("Close"), _("The opportunity is closed.")
        )

    def _page(
        self,
        request: HttpRequest,
        object_id: str,
        service: Callable[..., Any],
        form: type[VerbForm],
        title: str,
        done: str,
    ) -> HttpResponse:
        return verb_page(
            self,
            request,
            object_id,
            title=title,
            form=form,
            intro=lambda one: _("The opportunity is in “%(state)s”.") % {"state": one.get_state_display()},
            act=lambda one, facts: service(one, by=request.user, note=facts["note"]),
            done=done,
        )

    def has_open_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, "open_opportunity")

    has_match_permission = has_close_permission = has_open_permission
