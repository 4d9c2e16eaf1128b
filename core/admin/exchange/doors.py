"""The pages: export of the list as it is filtered, import that is tried before it is done."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.admin import ExportMixin, ImportMixin
from import_export.forms import ConfirmImportForm
from import_export.resources import modelresource_factory
from unfold.contrib.import_export.forms import ExportForm, ImportForm
from unfold.widgets import UnfoldAdminTextInputWidget

from core import access, ledger
from core.admin.exchange.formats import Csv, Xlsx
from core.admin.exchange.table import Table
from core.choices import AccessKind
from core.files import MAX_BYTES

FORMATS = [Xlsx, Csv]


class Tables:
    """What export and import share: the model's table, in two formats."""

    def get_resource_classes(self, request: HttpRequest) -> list[type[Table]]:
        options = {"import_id_fields": list(getattr(self, "known_by", ())) or ["id"]}
        made = modelresource_factory(self.model, resource_class=Table, meta_options=options)  # type: ignore[attr-defined]
        made.rules = self.rules  # type: ignore[attr-defined]
        return [made]

    get_export_resource_classes = get_import_resource_classes = get_resource_classes


class Exporting(Tables, ExportMixin):
    """The rows of the list, as filtered and as far as the reader sees them. Never people: `exported = False`."""

    exported = True
    export_form_class = ExportForm
    export_formats = FORMATS

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self.exported and self.has_view_permission(request)  # type: ignore[attr-defined]

    def get_export_queryset(self, request: HttpRequest) -> models.QuerySet:
        rows = super().get_export_queryset(request)
        resource = self.get_resource_classes(request)[0]()
        keys = [name for name in resource.fields if self._is_reference(name)]
        return rows.select_related(*keys) if keys else rows

    def _is_reference(self, name: str) -> bool:
        return any(one.name == name and one.is_relation for one in self.opts.concrete_fields)  # type: ignore[attr-defined]

    def get_export_data(self, file_format: Any, request: HttpRequest, queryset: Any, **kwargs: Any) -> Any:
        """Who took what out is kept."""
        data = super().get_export_data(file_format, request, queryset, **kwargs)
        name = self.get_export_filename(request, queryset, file_format)
        access.log(request.user, self.model, AccessKind.EXPORT, purpose=name, number=queryset.count())  # type: ignore[attr-defined]
        return data

    def get_export_filename(self, request: HttpRequest, queryset: Any, file_format: Any) -> str:
        name = slugify(self.opts.model_name)  # type: ignore[attr-defined]
        return f"{name}-{timezone.localdate():%Y-%m-%d}.{file_format.get_extension()}"


class Why(forms.Form):
    """The note that the ledger keeps."""

    why = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=500,
        help_text=gettext_lazy("Stays in the history for ever, beside your name."),
        widget=UnfoldAdminTextInputWidget,
    )


class ImportWhy(Why, ImportForm):
    field_order = ("resource", "import_file", "format", "why")

    def clean_import_file(self) -> Any:
        """Before it is read: all of it is in memory then."""
        file = self.cleaned_data["import_file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(limit)s MB.") % {"limit": MAX_BYTES // 2**20}
            )
        return file


class ConfirmWhy(ConfirmImportForm):
    why = forms.CharField(max_length=500, widget=forms.HiddenInput)


class Importing(ImportMixin):
    """Beside Exporting. `known_by`: the columns that say which row is meant."""

    known_by: ClassVar[list[str]] = ["code"]
    import_form_class, confirm_form_class = ImportWhy, ConfirmWhy
    import_formats = FORMATS
    import_export_change_list_template = "admin/import_export/change_list_import_export.html"

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)  # type: ignore[attr-defined]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        told = {"has_import_permission": self.has_import_permission(request)}
        return super().changelist_view(request, {**(extra_context or {}), **told})

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {"use_transactions": True, "rollback_on_validation_errors": True}

    def get_confirm_form_initial(self, request: HttpRequest, import_form: Any) -> dict[str, Any]:
        initial = super().get_confirm_form_initial(request, import_form)
        return initial | {"why": import_form.cleaned_data["why"]} if import_form else initial

    def process_dataset(self, dataset: Any, form: Any, request: HttpRequest, **kwargs: Any) -> Any:
        with transaction.atomic(), ledger.acting(request.user, "import", form.cleaned_data["why"]):
            return super().process_dataset(dataset, form, request, **kwargs)

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        """Between the trial and the deed somebody may have changed a row: then nothing is written."""
        if not (result.has_errors() or result.has_validation_errors()):
            return super().process_result(result, request)
        said = _("Nothing was imported: the rows do not fit any more. Try the file once more.")
        self.message_user(request, said, messages.ERROR)  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse("admin:{}_{}_import".format(*self.get_model_info())))

    def generate_log_entries(self, result: Any, request: HttpRequest) -> None:
        """The ledger has it."""
