"""Documents: handed in with their file here; the file is given and released by verbs."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminTextareaWidget

from core.admin import (
    QUALITY,
    VERBS,
    AddForm,
    MadeByService,
    Reason,
    VerbForm,
    changed,
    dated,
    language_tabs,
    partial,
    queue,
    verb_page,
    visibility,
)
from core.choices import ScanState
from districts import services
from districts.models import Document
from districts.policies import may

VERBS.update(
    {
        "add_document": gettext_lazy("added the document"),
        "replace_file": gettext_lazy("gave the document another file"),
    }
)
SCAN = {"clean": "success", "pending": "warning", "infected": "danger"}

queue(
    Document,
    "unscanned",
    gettext_lazy("Documents whose file is not checked yet"),
    lambda rows, today: rows.filter(file__scan_state=ScanState.PENDING),
)
queue(
    Document,
    "undated",
    gettext_lazy("Documents without a date"),
    lambda rows, today: rows.filter(published_day=None),
    group=QUALITY,
)


class HandIn(AddForm):
    upload = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PDF, Word, Excel, a picture or plain text, up to 25 MB."),
        widget=UnfoldAdminFileFieldWidget,
    )


class FileForm(VerbForm):
    upload = forms.FileField(label=gettext_lazy("File"), widget=UnfoldAdminFileFieldWidget)
    note = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=500,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )


@admin.register(Document)
class DocumentAdmin(MadeByService):
    add_form = HandIn
    list_display = [
        "public_id",
        "named",
        "kind",
        "about",
        "checked",
        dated("published", gettext_lazy("published on")),
        visibility,
        changed,
    ]
    list_display_links = ["public_id", "named"]
    list_filter = [
        ("kind", ChoicesDropdownFilter),
        "language",
        "district",
        ("project", AutocompleteSelectFilter),
        ("published_day", RangeDateFilter),
        "visibility",
        "is_demo",
    ]
    list_select_related = ["district", "project", "plot", "file"]
    search_fields = ["search", "file__name"]
    search_help_text = gettext_lazy("Name, number, name of the file")
    ordering = ["-updated_at", "-pk"]
    autocomplete_fields = ["project", "plot", "source"]
    readonly_fields = ["public_id", "is_demo", "handed_in"]
    actions_detail = ["release", "replace"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("public_id", "visibility", "is_demo"),
                    "handed_in",
                    ("kind", "language"),
                    ("district", "project", "plot"),
                    "source",
                    partial("published"),
                ]
            },
        ),
        *language_tabs("name", "basis"),
    ]
    add_fieldsets = [
        (
            None,
            {
                "fields": [
                    "upload",
                    ("kind", "language"),
                    ("district", "project", "plot"),
                    "source",
                    partial("published"),
                ]
            },
        ),
        *language_tabs("name", "basis"),
    ]

    @display(description=gettext_lazy("name"))
    def named(self, document: Document) -> str:
        return f"[{_('invented')}] {document}" if document.is_demo else str(document)

    @display(description=gettext_lazy("about"))
    def about(self, document: Document) -> str:
        return str(document.district or document.project or document.plot or _("the whole city"))

    @display(description=gettext_lazy("scan"), label=SCAN)
    def checked(self, document: Document) -> tuple[str, str]:
        return document.file.scan_state, str(document.file.get_scan_state_display())

    @display(description=gettext_lazy("file"))
    def handed_in(self, document: Document) -> str:
        file = document.file
        return f"{file.name} · {file.content_type} · {file.get_scan_state_display()} · SHA-256 {file.sha256}"

    def view_on_site(self, document: Document) -> str:
        return reverse("document", args=[document.public_id])

    def make(self, request: HttpRequest, facts: dict[str, Any]) -> Document:
        upload = facts.pop("upload")
        return services.add_document(by=request.user, file=upload, name=upload.name, **facts)

    def response_post_save_add(self, request: HttpRequest, obj: Document) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:districts_document_change", args=[obj.pk]))

    @action(
        description=gettext_lazy("Another file"),
        url_path="replace-file",
        icon="upload_file",
        permissions=["files"],
    )
    def replace(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def act(document: Document, facts: dict[str, Any]) -> None:
            upload = facts["upload"]
            services.replace_file(
                document, by=request.user, file=upload, name=upload.name, note=facts["note"]
            )

        return verb_page(
            self,
            request,
            object_id,
            title=_("Another file"),
            form=FileForm,
            intro=self.handed_in,
            act=act,
            done=_("The document has another file."),
        )

    @action(
        description=gettext_lazy("Release the file"),
        url_path="release-file",
        icon="verified_user",
        permissions=["files"],
    )
    def release(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return verb_page(
            self,
            request,
            object_id,
            title=_("Release the file"),
            form=Reason,
            intro=lambda document: (
                _("You looked at the file and found nothing in it that harms: %(file)s")
                % {"file": self.handed_in(document)}
            ),
            act=lambda document, facts: services.release_document(document, by=request.user),
            done=_("The file is released."),
        )

    def has_files_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, "replace_file")
