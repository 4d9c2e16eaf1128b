"""The one register of organisations, in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from accounts.models import Organisation, OrganisationSource
from core.admin import (
    QUALITY,
    Importing,
    LedgerAdmin,
    Part,
    changed,
    confidence,
    language_tabs,
    queue,
    visibility,
)

queue(
    Organisation,
    "unsourced",
    gettext_lazy("Organisations without a source"),
    lambda rows, today: rows.filter(source=None, legal_basis=None),
    group=QUALITY,
)


class OrganisationSourcePart(Part):
    model = OrganisationSource
    fields = ["source"]
    autocomplete_fields = ["source"]
    list_select_related = ["source"]
    verbose_name, verbose_name_plural = gettext_lazy("further source"), gettext_lazy("further sources")


@admin.register(Organisation)
class OrganisationAdmin(Importing, LedgerAdmin):
    list_display = ["named", "code", "kind", "country", "bin", visibility, confidence, changed]
    list_filter = ["kind", "visibility", "confidence", "country"]
    search_fields = ["search", "code", "bin"]
    search_help_text = gettext_lazy("Name, abbreviation, code, BIN")
    autocomplete_fields = ["parent", "legal_basis", "source"]
    inlines = [OrganisationSourcePart]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("code", "kind"),
                    ("country", "bin"),
                    ("parent", "legal_basis"),
                    ("source", "confidence"),
                    "visibility",
                    "aliases",
                ]
            },
        ),
        *language_tabs("name", "abbreviation", "about", "basis"),
    ]

    @display(description=gettext_lazy("name"), ordering="sort_kk")
    def named(self, organisation: Organisation) -> str:
        return str(organisation)
