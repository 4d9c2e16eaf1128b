"""Figures and claims: all that was said is kept; which one is shown is chosen by its verb."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from unfold.decorators import action

from core import formats
from core.admin import LedgerAdmin, Part, Reason, dated, language_tabs, partial, verb_page
from districts import services
from districts.models import Claim, ClaimSource, Figure, FigureSource
from districts.policies import may

AS_OF = dated("as_of", gettext_lazy("as of"))


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
    list_filter = ["chosen", "visibility", "confidence", "district", "project"]
    readonly_fields = ["chosen"]
    actions_detail = ["choose"]

    @admin.display(description=gettext_lazy("of"))
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
    list_display = ["measure", "written", "subject", AS_OF, "source", "chosen", "visibility", "confidence"]
    list_filter = ["measure", *_StatementAdmin.list_filter]
    list_select_related = ["project", "district", "source"]
    search_fields = ["code", "printed", "project__name_kk", "project__name_ru", "project__name_en"]
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

    @admin.display(description=gettext_lazy("value"), ordering="value")
    def written(self, figure: Figure) -> str:
        """As the page writes it, without the unit's grammar."""
        language = get_language()
        if figure.value is None:
            return "—"
        low = formats.number(figure.value, language)
        text = low if figure.value_max is None else f"{low}–{formats.number(figure.value_max, language)}"
        return f"{formats.qualified(text, figure.qualifier, language)} {figure.currency or figure.get_unit_display()}"

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
    list_display = ["field", "said", "subject", AS_OF, "source", "chosen", "visibility", "confidence"]
    list_display_links = ["field", "said"]
    list_filter = ["field", *_StatementAdmin.list_filter]
    list_select_related = ["project", "district", "organisation", "source"]
    search_fields = ["code", "text_kk", "text_ru", "text_en", "value"]
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

    @admin.display(description=gettext_lazy("what is said"))
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
