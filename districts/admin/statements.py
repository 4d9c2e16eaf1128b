"""Figures and claims: all that was said is kept; which one is shown is chosen by its verb."""

from datetime import date, timedelta
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import action, display

from core import formats
from core.admin import (
    QUALITY,
    LedgerAdmin,
    Part,
    Reason,
    changed,
    confidence,
    dated,
    language_tabs,
    partial,
    queue,
    verb_page,
    visibility,
)
from core.text import LANGUAGES
from districts import services
from districts.models import Claim, ClaimSource, Figure, FigureSource
from districts.policies import may

AS_OF = dated("as_of", gettext_lazy("as of"))
YEAR = timedelta(days=365)


def undecided(rows: Any, today: date) -> Any:
    """Statements of one thing that differ, of which none is chosen yet."""
    return rows.undecided()


queue(Figure, "undecided", gettext_lazy("Figures that differ, none chosen"), undecided)
queue(Claim, "undecided", gettext_lazy("Claims that differ, none chosen"), undecided)
for model, old, unsourced in (
    (
        Figure,
        gettext_lazy("Figures shown that are older than a year"),
        gettext_lazy("Figures without a source"),
    ),
    (Claim, gettext_lazy("Claims shown that are older than a year"), gettext_lazy("Claims without a source")),
):
    queue(
        model,
        "old",
        old,
        lambda rows, today: rows.filter(chosen=True, as_of_day__lt=today - YEAR),
        group=QUALITY,
    )
    queue(model, "unsourced", unsourced, lambda rows, today: rows.filter(source=None), group=QUALITY)


#: Names of a district, and the words of the note.
SUBJECTS = ["district__name", "note"]


class _Sources(Part):
    fields = ["source"]
    autocomplete_fields = ["source"]
    list_select_related = ["source"]
    verbose_name, verbose_name_plural = gettext_lazy("further source"), gettext_lazy("further sources")


class FigureSourcePart(_Sources):
    model = FigureSource


class ClaimSourcePart(_Sources):
    model = ClaimSource


class _StatementAdmin(LedgerAdmin):
    removable = True
    list_filter = [
        "chosen",
        "visibility",
        "confidence",
        "district",
        ("project", AutocompleteSelectFilter),
        ("as_of_day", RangeDateFilter),
    ]
    ordering = ["-updated_at", "-pk"]
    readonly_fields = ["chosen"]
    actions_detail = ["choose"]

    @display(description=gettext_lazy("chosen"), ordering="chosen", label={"yes": "success", "no": ""})
    def is_chosen(self, statement: Any) -> tuple[str, str]:
        return ("yes", _("shown")) if statement.chosen else ("no", _("kept"))

    @display(description=gettext_lazy("of"))
    def subject(self, statement: Any) -> str:
        about = statement.project or statement.district or getattr(statement, "organisation", None)
        return str(about) if about else _("the city")

    def _choose_page(self, request: HttpRequest, object_id: str, service: Any) -> HttpResponse:
        return verb_page(
            self,
            request,
            object_id,
            title=_("Show this one"),
            form=Reason,
            intro=lambda statement: _("The one that is shown now is kept, but not shown any more."),
            act=lambda statement, facts: service(statement, by=request.user, note=facts["note"]),
            done=_("It is the one that is shown now."),
        )

    def has_choose_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, "choose")


@admin.register(Figure)
class FigureAdmin(_StatementAdmin):
    list_display = [
        "measure",
        "written",
        "subject",
        AS_OF,
        "source",
        "is_chosen",
        visibility,
        confidence,
        changed,
    ]
    list_filter = [("measure", ChoicesDropdownFilter), *_StatementAdmin.list_filter]
    list_select_related = ["project", "district", "source"]
    search_fields = [
        "code",
        "printed",
        "project__search",
        *(f"{one}_{lang}" for one in SUBJECTS for lang in LANGUAGES),
    ]
    search_help_text = gettext_lazy("Project, district, the words of the source")
    autocomplete_fields = ["district", "project", "source", "part_of"]
    inlines = [FigureSourcePart]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("district", "project"),
                    ("measure", "chosen"),
                    ("qualifier", "value", "value_max"),
                    ("unit", "currency"),
                    "printed",
                    partial("as_of"),
                    ("source", "confidence"),
                    ("visibility", "code"),
                    "part_of",
                ]
            },
        ),
        *language_tabs("note"),
    ]

    @display(description=gettext_lazy("value"), ordering="value")
    def written(self, figure: Figure) -> str:
        """As the page writes it, without the unit's grammar."""
        language = get_language()
        if figure.value is None:
            return "—"
        low = formats.number(figure.value, language)
        text = low if figure.value_max is None else f"{low}–{formats.number(figure.value_max, language)}"
        return f"{formats.qualified(text, figure.qualifier, language)} {figure.currency or figure.get_unit_display()}"

    def view_on_site(self, figure: Figure) -> str:
        """The page of all that was ever said of this number."""
        about: Any = figure.project or figure.district
        subject = getattr(about, "public_id", None) or getattr(about, "code", "city")
        return reverse("figure", args=[subject, figure.measure])

    @action(
        description=gettext_lazy("Show this one"),
        url_path="choose",
        icon="check_circle",
        permissions=["choose"],
    )
    def choose(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._choose_page(request, object_id, services.choose_figure)


@admin.register(Claim)
class ClaimAdmin(_StatementAdmin):
    list_display = [
        "field",
        "said",
        "subject",
        AS_OF,
        "source",
        "is_chosen",
        visibility,
        confidence,
        changed,
    ]
    list_display_links = ["field", "said"]
    list_filter = [("field", ChoicesDropdownFilter), *_StatementAdmin.list_filter]
    list_select_related = ["project", "district", "organisation", "source"]
    search_fields = [
        "code",
        "text_kk",
        "text_ru",
        "text_en",
        "value",
        "project__search",
        "organisation__search",
    ]
    search_help_text = gettext_lazy("What is said, of which project or organisation")
    autocomplete_fields = ["district", "project", "organisation", "source"]
    inlines = [ClaimSourcePart]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("district", "project", "organisation"),
                    ("field", "value", "chosen"),
                    partial("as_of"),
                    ("source", "confidence"),
                    ("visibility", "code"),
                ]
            },
        ),
        *language_tabs("text", "note", "basis"),
    ]

    @display(description=gettext_lazy("what is said"))
    def said(self, claim: Claim) -> str:
        return str(claim.text)

    @action(
        description=gettext_lazy("Show this one"),
        url_path="choose",
        icon="check_circle",
        permissions=["choose"],
    )
    def choose(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._choose_page(request, object_id, services.choose_claim)
