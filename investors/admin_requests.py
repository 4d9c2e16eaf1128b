"""Requests of investors, to look at: they are answered on their page, where what was written is in its order."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter

from core.admin import VERBS, LookAdmin, queue, word
from investors.models import Request
from investors.request_choices import Side

STATE = {"open": "warning", "answered": "success"}

VERBS.update(
    {
        "ask_request": _("opened a request"),
        "answer_request": _("answered a request"),
        "write_request": _("wrote in a request"),
        "hand_over_request": _("handed a request over to the other side"),
        "close_request": _("closed a request"),
        "withdraw_request": _("withdrew a request"),
        "move_promise": _("promised another day for the answer to a request"),
    }
)
queue(
    Request,
    "late",
    _("Requests of investors whose promised day has passed"),
    lambda rows, today: rows.filter(holder=Side.OFFICE, promised_on__lt=today),
)


@admin.register(Request)
class RequestAdmin(LookAdmin):
    list_display = [
        "public_id", "title", "organisation", word("state", _("state"), STATE), "holder", "promised_on", "created_at",
    ]  # fmt: skip
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("holder", ChoicesDropdownFilter),
        ("organisation", AutocompleteSelectFilter),
        ("created_at", RangeDateFilter),
    ]
    list_select_related = ["organisation"]
    search_fields = ["public_id", "title", "organisation__search"]
    search_help_text = _("Number, words, name of the organisation")
    ordering = ["-pk"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("public_id", "state", "holder"),
                    ("organisation", "project"),
                    ("kind", "title"),
                    ("asked_side", "promised_on", "wanted_by"),
                    ("opened_by", "handler"),
                    ("created_at", "written_at", "ended_at"),
                ]
            },
        )
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).visible_to(request.user)

    def view_on_site(self, request: Request) -> str:
        return reverse("review-request", args=[request.public_id])
