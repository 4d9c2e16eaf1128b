"""What was said in public of the whole: entered by a service, published by a second person."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display

from core import formats
from core.admin import (
    QUALITY,
    VERBS,
    MadeByService,
    Part,
    changed,
    confidence,
    dated,
    language_tabs,
    partial,
    queue,
    visibility,
)
from core.text import LANGUAGES
from districts import services
from districts.models import PublishedFigure, PublishedFigureSource

VERBS.update({"record_published_figure": gettext_lazy("entered what was said in public")})

for name, words, lacking in (
    ("unsourced", gettext_lazy("Published figures without a source"), {"source": None}),
    ("undated", gettext_lazy("Published figures without a date"), {"said_on_day": None}),
):
    queue(
        PublishedFigure,
        name,
        words,
        lambda rows, today, lacking=lacking: rows.filter(**lacking),
        group=QUALITY,
    )

FACTS = [
    ("measure", "scope", "district"),
    ("qualifier", "value", "value_max"),
    ("unit", "currency"),
    partial("as_of"),
    ("source", "confidence"),
    partial("said_on"),
    "organisation",
    ("quote", "quote_language"),
]
WORDS = language_tabs("pool", "said_by", "note", "basis")


class PublishedFigureSourcePart(Part):
    model = PublishedFigureSource
    fields = ["source"]
    autocomplete_fields = ["source"]
    list_select_related = ["source"]
    verbose_name, verbose_name_plural = gettext_lazy("further source"), gettext_lazy("further sources")


@admin.register(PublishedFigure)
class PublishedFigureAdmin(MadeByService):
    list_display = [
        "measure",
        "written",
        "of",
        dated("said_on", gettext_lazy("said on")),
        "source",
        visibility,
        confidence,
        changed,
    ]
    list_display_links = ["measure", "written"]
    list_filter = [
        ("measure", ChoicesDropdownFilter),
        "scope",
        "district",
        "visibility",
        "confidence",
        ("said_on_day", RangeDateFilter),
    ]
    list_select_related = ["district", "source"]
    search_fields = [
        "code",
        "quote",
        *(f"{text}_{lang}" for text in ("pool", "said_by") for lang in LANGUAGES),
    ]
    search_help_text = gettext_lazy("Who said it, which projects, the words of the source")
    ordering = ["-said_on_day", "-pk"]
    autocomplete_fields = ["organisation", "source"]
    inlines = [PublishedFigureSourcePart]
    fieldsets = [(None, {"fields": [("visibility", "code"), *FACTS]}), *WORDS]
    add_fieldsets = [(None, {"fields": FACTS}), *WORDS]

    @display(description=gettext_lazy("value"), ordering="value")
    def written(self, said: PublishedFigure) -> str:
        """As the page writes it, without the unit's grammar."""
        language = get_language()
        low = formats.number(said.value, language)
        text = low if said.value_max is None else f"{low}–{formats.number(said.value_max, language)}"
        return (
            f"{formats.qualified(text, said.qualifier, language)} {said.currency or said.get_unit_display()}"
        )

    @display(description=gettext_lazy("said of"))
    def of(self, said: PublishedFigure) -> str:
        return str(said.district or said.pool or said.get_scope_display())

    def view_on_site(self, said: PublishedFigure) -> str:
        return f"{reverse('published-figures')}#said-{said.pk}"

    def make(self, request: HttpRequest, facts: dict[str, Any]) -> PublishedFigure:
        return services.record_published_figure(by=request.user, **facts)

    def response_post_save_add(self, request: HttpRequest, obj: PublishedFigure) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:districts_publishedfigure_change", args=[obj.pk]))
