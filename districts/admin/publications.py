"""What is on its way to the public, to look at; its steps are on /review/publications/ and above each form."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from core.admin import LookAdmin, changed, queue, word
from districts import publishable
from districts.models import Publication

STATE = {"ready": "warning", "published": "success", "unpublished": "danger"}

queue(
    Publication,
    "ready",
    _("What is ready and waits for a second person to publish it"),
    lambda rows, today: rows.waiting(),
)
queue(
    Publication,
    "changed",
    _("Public objects with changes that are not public yet"),
    lambda rows, today: rows.with_changes(),
    tone="info",
)


@admin.register(Publication)
class PublicationAdmin(LookAdmin):
    list_display = [
        "called",
        word("state", _("state"), STATE),
        "ready_by",
        "published_by",
        "drafted_by",
        changed,
    ]
    list_display_links = ["called"]
    list_filter = ["state", "model"]
    list_select_related = ["ready_by", "published_by", "drafted_by"]
    search_fields = ["model", "tombstone_kk", "tombstone_ru", "tombstone_en"]
    ordering = ["-updated_at", "-pk"]
    fields = readonly_fields = [
        "called",
        "steps",
        "state",
        "target",
        "withheld",
        "ready_by",
        "ready_at",
        "prepared_by",
        "published_by",
        "published_at",
        "drafted_by",
        "drafted_at",
        "taken_down_by",
        "taken_down_at",
        *(f"tombstone_{language}" for language in ("kk", "ru", "en")),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return Publication.objects.visible_to(request.user).order_by(*self.ordering)

    @display(description=_("object"))
    def called(self, publication: Publication) -> str:
        kinds = {
            model._meta.label_lower: model._meta.verbose_name for model in publishable.published_models()
        }
        return f"{capfirst(kinds.get(publication.model, publication.model))} {publication.object_id}"

    @display(description=_("steps"))
    def steps(self, publication: Publication) -> str:
        page = reverse("review-publication", args=[publication.pk])
        return format_html('<a href="{}">{}</a>', page, _("Look at the changes, publish, send back"))
