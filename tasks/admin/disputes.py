"""Disputes of figures, to look at: they are decided on their page, with what the portal shows beside them."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display

from core.admin import VERBS, LookAdmin, queue, word
from tasks.models import FigureDispute
from tasks.words import RULES

STATE = {"open": "warning", "upheld": "success", "rejected": "danger"}

VERBS.update(
    {
        "file_dispute": gettext_lazy("contested a figure"),
        "uphold_dispute": gettext_lazy("upheld what was said against the figure"),
        "reject_dispute": gettext_lazy("rejected what was said against the figure"),
        "withdraw_dispute": gettext_lazy("withdrew what was said against the figure"),
    }
)
queue(
    FigureDispute,
    "open",
    gettext_lazy("Contested figures that nobody has decided"),
    lambda rows, today: rows.open(),
)


@admin.register(FigureDispute)
class FigureDisputeAdmin(LookAdmin):
    rules = RULES
    list_display = [
        "public_id", "subject", "value", "organisation", word("state", gettext_lazy("state"), STATE), "created_at",
    ]  # fmt: skip
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("organisation", AutocompleteSelectFilter),
        ("created_at", RangeDateFilter),
    ]
    list_select_related = ["figure__project", "figure__district", "organisation"]
    search_fields = ["public_id", "motive", "source_text", "figure__project__search"]
    search_help_text = gettext_lazy("Number, words, name of the project")
    ordering = ["-pk"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("public_id", "state"),
                    ("figure", "organisation"),
                    ("value", "value_max", "qualifier"),
                    ("unit", "currency"),
                    ("motive", "language"),
                    ("source_text", "source_url", "source_file"),
                    "filed_by",
                    ("decided_by", "decided_at", "decision_note"),
                    "recorded",
                ]
            },
        )
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).visible_to(request.user)

    @display(description=gettext_lazy("figure"))
    def subject(self, dispute: FigureDispute) -> str:
        figure = dispute.figure
        named = f"{figure.project or figure.district or _('Alatau City')}: {figure.get_measure_display()}"
        return f"[{_('invented')}] {named}" if figure.project and figure.project.is_demo else named

    def view_on_site(self, dispute: FigureDispute) -> str:
        return reverse("dispute", args=[dispute.public_id])
