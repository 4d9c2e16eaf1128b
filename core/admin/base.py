"""The base of every admin class: a save is a change like any other, with a name, a verb and a note in the ledger."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.contrib.postgres.fields import ArrayField
from django.core.paginator import Paginator
from django.db import connection, models
from django.db.models import Count, Max, Sum
from django.forms.models import _get_foreign_key
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin, StackedInline, TabularInline
from unfold.views import ChangeList

from core import ledger, publishing
from core.admin.exchange import Exporting
from core.admin.forms import AddForm, Json, LedgerForm, PartForm, array_field, blank_first
from core.admin.history import PART_NAMES, entries, history_of
from core.admin.numbers import NumberInput
from core.admin.publication import Publishing
from core.admin.queues import QUEUES, Waiting
from core.admin.refusals import REFUSALS, explain
from core.admin.search import FoldedSearch
from core.admin.texts import Untranslated, mark, trilingual
from core.admin.watched import Watched
from core.text import LANGUAGES

NUMBERS = {models.DecimalField: {"widget": NumberInput}}
LANGUAGE_TABS = {"kk": "Қазақша", "ru": "Русский", "en": "English"}


def language_tabs(*names: str) -> list[tuple[str, dict[str, Any]]]:
    """A tab per language with the texts of these names."""
    return [
        (LANGUAGE_TABS[language], {"classes": ["tab"], "fields": [f"{name}_{language}" for name in names]})
        for language in LANGUAGES
    ]


def partial(name: str) -> tuple[str, str, str]:
    """The three columns of a partial date, in one row."""
    return (f"{name}_day", f"{name}_precision", f"{name}_text")


class NothingChosen:
    """A code that has no default is chosen by a person: the theme would take the first."""

    def formfield_for_choice_field(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if not db_field.has_default():
            kwargs["choices"] = blank_first(db_field.get_choices(include_blank=False))
        return super().formfield_for_choice_field(db_field, request, **kwargs)  # type: ignore[misc]


class _Part(NothingChosen):
    form = PartForm
    formfield_overrides = NUMBERS
    extra = 0
    tab = True
    list_select_related: ClassVar[list[str]] = []

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """The history calls its rows as the tab does."""
        super().__init_subclass__(**kwargs)
        if getattr(cls, "model", None) and cls.verbose_name:  # type: ignore[attr-defined]
            PART_NAMES[cls.model] = cls.verbose_name  # type: ignore[attr-defined]

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        """No label is seen in a table: the field carries its own."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None:
            field.widget.attrs.setdefault("aria-label", str(field.label or db_field.verbose_name))
        return field

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        queryset = super().get_queryset(request)  # type: ignore[misc]
        return queryset.select_related(*self.list_select_related) if self.list_select_related else queryset


class Part(_Part, TabularInline):
    """Rows that belong to the object, as a table in a tab of their own."""


class StackedPart(_Part, StackedInline):
    """The same for rows with long texts."""


class HistoryMixin:
    """History from the ledger instead of Django's own log, which knows only what the admin did."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        thing = self.get_object(request, unquote(object_id))
        if thing is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        page = Paginator(self._changes(request, thing), 50).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %(what)s") % {"what": thing},
            "object": thing,
            "opts": self.opts,
            "page": page,
            "entries": entries(page.object_list),
        }
        return TemplateResponse(request, "admin/core/history.html", context)

    def _changes(self, request: HttpRequest, thing: models.Model) -> models.QuerySet:
        return history_of(thing, self._parts(request, thing))

    def _parts(
        self, request: HttpRequest, thing: models.Model
    ) -> list[tuple[type[models.Model], models.ForeignKey]]:
        inlines = self.get_inline_instances(request, thing)
        return [
            (part.model, _get_foreign_key(self.model, part.model, fk_name=part.fk_name)) for part in inlines
        ]

    def log_addition(self, *args: Any) -> None:
        """The ledger has it."""

    log_change = log_deletions = log_addition


class OneCount(ChangeList):
    """Rows are counted once: without a filter those of the list are all there are."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        if not (self.query or self.has_active_filters):
            self.full_result_count = self.result_count


class Lists(FoldedSearch):
    """What every list has: what waits in it, what is not translated, a search that forgives, one count."""

    list_fullwidth = True
    list_per_page = 50
    list_filter_submit = True
    show_full_result_count = False
    #: Texts that stand as their source gives them: that they are not translated is no debt.
    as_issued: ClassVar[frozenset[str]] = frozenset()

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return OneCount

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        waiting = [Waiting] if self.model in QUEUES else []  # type: ignore[attr-defined]
        texts = [Untranslated] if set(trilingual(self.model)) - self.as_issued else []  # type: ignore[attr-defined]
        return [*waiting, *super().get_list_filter(request), *texts]  # type: ignore[misc]


class LedgerAdmin(HistoryMixin, Watched, Lists, Publishing, Exporting, NothingChosen, ModelAdmin):
    """Looks and mends. Who may do what is said by the role (User.has_perm); who sees what by `visible_to`."""

    form = LedgerForm
    formfield_overrides = NUMBERS
    add_form: ClassVar[type[LedgerForm] | None] = None
    warn_unsaved_form = True
    change_form_after_template = "admin/core/why.html"
    #: Only parts may be removed; what has a life ends by its own verb.
    removable = False
    #: Names of rules that triggers keep, and what they mean to the reader.
    rules: ClassVar[Mapping[str, Any]] = {}

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return self.model.objects.visible_to(request.user).order_by(
            *self.get_ordering(request) or self.opts.ordering
        )

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """On a write the row is locked until the end: two who save at once come one after the other."""
        thing = super().get_object(request, object_id, from_field)
        if thing is None or request.method != "POST" or not connection.in_atomic_block:
            return self._as_edited(request, thing)
        return self._as_edited(request, self.model.objects.select_for_update().filter(pk=thing.pk).first())

    def _as_edited(self, request: HttpRequest, thing: Any) -> Any:
        """The form of what is public shows its draft."""
        if thing is None or not getattr(request, "edits", False) or not publishing.is_out(thing):
            return thing
        return publishing.services().with_draft(thing)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The tab of a language says whether the row is written in it."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        return [(_marked(title, options, obj), options) for title, options in fieldsets]

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, ArrayField):
            return array_field(db_field)
        if isinstance(db_field, models.JSONField):
            kwargs["form_class"] = Json
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None and self.add_form:
            kwargs["form"] = self.add_form
        form = super().get_form(request, obj, change=change, **kwargs)
        form.stands = self._stands(request, obj) if obj else ""
        form.refusal = getattr(request, "refusal", [])
        return form

    def _stands(self, request: HttpRequest, thing: Any) -> str:
        """How the object and its parts stand: their versions, in one word."""
        counted = [f"{thing.version}"]
        if publishing.is_publishable(type(thing)):
            counted.append(publishing.services().stands(thing))
        for part, key in self._parts(request, thing):
            rows = part._base_manager.filter(**{key.name: thing})
            counted.append(
                "-".join(map(str, rows.aggregate(Count("pk"), Max("pk"), Sum("version")).values()))
            )
        return ".".join(counted)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """A refused save is shown on the form, with what was typed; nothing of it is written."""
        request.edits = True  # type: ignore[attr-defined]
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        note = request.POST.get("why", "").replace("\x00", "").strip()[:500]
        try:
            with ledger.acting(request.user, "amend" if object_id else "add", note):
                response = super().changeform_view(request, object_id, form_url, extra_context)
                connection.check_constraints()  # rules that wait for the commit speak now
            return response
        except REFUSALS as error:
            request.refusal = explain(error, self.rules)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        try:
            with ledger.acting(request.user, "remove"):
                response = super().delete_view(request, object_id, extra_context)
                connection.check_constraints()
            return response
        except REFUSALS as error:
            for sentence in explain(error, self.rules):
                self.message_user(request, sentence, messages.ERROR)
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return HttpResponseRedirect(reverse(name, args=[object_id]))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is public is taken down first: its address says so, and a removal says nothing."""
        is_out = obj is not None and publishing.is_out(obj)
        return self.removable and not is_out and super().has_delete_permission(request, obj)


def _marked(title: Any, options: dict[str, Any], row: models.Model) -> Any:
    language = next((code for code, name in LANGUAGE_TABS.items() if name == title), None)
    if language is None:
        return title
    names = [name for name in trilingual(type(row)) if f"{name}_{language}" in options["fields"]]
    return f"{title} {mark(row, language, names)}".strip()


class MadeByService(LedgerAdmin):
    """New rows come from a service, which gets what the form asked."""

    add_form = AddForm
    make: Callable[..., models.Model]  # of each admin: make(request, facts) calls the service

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            return super().save_model(request, obj, form, change)
        facts = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        obj.pk = self.make(request, facts).pk
        obj._state.adding = False
        obj.refresh_from_db()


class LookAdmin(HistoryMixin, Watched, Lists, ModelAdmin):
    """For looking only: what the machine writes."""

    actions = None

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_change_permission = has_delete_permission = has_add_permission
