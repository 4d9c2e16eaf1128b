"""Publication in the admin: what is public is changed in its draft, and becomes public by verbs of two persons."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import ActionLocation
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from core import publishing
from core.admin.bulk import bulk_page
from core.admin.verbs import VerbForm, verb_page
from core.choices import Visibility
from core.text import LANGUAGES, Text

WHY = {
    "label": gettext_lazy("Why"),
    "max_length": 500,
    "help_text": gettext_lazy("Stays in the history for ever, beside your name."),
}


class Asking(VerbForm):
    """Asked of one object or of many at once: of many there is no one thing."""

    def __init__(self, *args: Any, thing: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, thing=thing, **kwargs)


class ReadyForm(Asking):
    to = forms.ChoiceField(
        label=gettext_lazy("For whom"),
        choices=[(one.value, one.label) for one in (Visibility.PUBLIC, Visibility.INVESTOR)],
        widget=UnfoldAdminSelectWidget,
    )
    note = forms.CharField(**WHY, required=False, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}))


class PublishForm(Asking):
    at = forms.DateTimeField(
        label=gettext_lazy("Public from"),
        required=False,
        help_text=gettext_lazy("Day and time in Almaty, such as 2027-03-01 10:00; empty: at once."),
        widget=UnfoldAdminTextInputWidget(attrs={"autocomplete": "off"}),
    )
    note = forms.CharField(**WHY, required=False, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}))


class BackForm(Asking):
    note = forms.CharField(**WHY, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}))


class DownForm(Asking):
    reason_kk = forms.CharField(
        label=gettext_lazy("What the public reads in its place (Kazakh)"),
        max_length=400,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2, "lang": "kk"}),
    )
    reason_ru = forms.CharField(
        label=gettext_lazy("What the public reads in its place (Russian)"),
        max_length=400,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2, "lang": "ru"}),
    )
    reason_en = forms.CharField(
        label=gettext_lazy("What the public reads in its place (English)"),
        max_length=400,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2, "lang": "en"}),
    )
    note = forms.CharField(**WHY, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}))


class ConfirmForm(Asking):
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages whose words are still right"),
        choices=[("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")],
        widget=forms.CheckboxSelectMultiple,
    )


def _down(row: Any, facts: Mapping[str, Any], by: Any) -> Any:
    reason = Text(*(facts[f"reason_{language}"] for language in LANGUAGES))
    return publishing.services().take_down(row, by=by, reason=reason, note=facts["note"])


class Verb(NamedTuple):
    """A step on the way to the public: what it is called, what it asks, what it does and what it says after."""

    title: Any
    form: type[Asking]
    act: Callable[[Any, Mapping[str, Any], Any], Any]
    done: Any
    of_many: bool = True


STEPS: dict[str, Verb] = {
    "make-ready": Verb(
        gettext_lazy("Make ready to publish"),
        ReadyForm,
        lambda row, facts, by: publishing.services().make_ready(row, by=by, **facts),
        gettext_lazy("It is ready: a second person publishes it."),
    ),
    "publish": Verb(
        gettext_lazy("Publish"),
        PublishForm,
        lambda row, facts, by: publishing.services().publish(row, by=by, **facts),
        gettext_lazy("It is published."),
    ),
    "send-back": Verb(
        gettext_lazy("Send back"),
        BackForm,
        lambda row, facts, by: publishing.services().send_back(row, by=by, **facts),
        gettext_lazy("It was sent back."),
    ),
    "take-down": Verb(
        gettext_lazy("Take down"),
        DownForm,
        _down,
        gettext_lazy("It is taken down; its address says so."),
    ),
    "discard-draft": Verb(
        gettext_lazy("Discard the changes"),
        BackForm,
        lambda row, facts, by: publishing.services().discard_draft(row, by=by, **facts),
        gettext_lazy("The changes are discarded."),
        of_many=False,
    ),
    "confirm-words": Verb(
        gettext_lazy("Confirm translations"),
        ConfirmForm,
        lambda row, facts, by: publishing.services().confirm_translations(row, by=by, **facts),
        gettext_lazy("The words are confirmed."),
        of_many=False,
    ),
}
#: Names of the actions of lists, and the step that each takes.
MANY = {f"{code.replace('-', '_')}_many": code for code, step in STEPS.items() if step.of_many}


class Publishing:
    """For admins of what can be published: visibility is never a box to fill in."""

    change_form_before_template = "admin/core/publication.html"
    actions: Any = tuple(MANY)

    def get_actions(
        self, request: HttpRequest, action_location: ActionLocation = ActionLocation.CHANGE_LIST
    ) -> dict[str, Any]:
        """Nothing is removed by the dozen; only what can be public has steps."""
        actions = super().get_actions(request, action_location)  # type: ignore[misc]
        apart = {"delete_selected"} | (set() if publishing.is_publishable(self.model) else set(MANY))  # type: ignore[attr-defined]
        return {name: one for name, one in actions.items() if name not in apart}

    def get_action_choices(
        self,
        request: HttpRequest,
        default_choices: Any = None,
        action_location: ActionLocation = ActionLocation.CHANGE_LIST,
    ) -> list[tuple[str, str]]:
        """The theme's own does not know yet that a form may have actions too."""
        nothing = [("", _("Select action"))]
        return ModelAdmin.get_action_choices(self, request, nothing, action_location)  # type: ignore[arg-type]

    @action(description=gettext_lazy("Make ready to publish…"), permissions=["change"])
    def make_ready_many(self, request: HttpRequest, queryset: models.QuerySet) -> HttpResponse:
        return self._step_of_many(request, queryset, "make_ready_many")

    @action(description=gettext_lazy("Publish…"), permissions=["change"])
    def publish_many(self, request: HttpRequest, queryset: models.QuerySet) -> HttpResponse:
        return self._step_of_many(request, queryset, "publish_many")

    @action(description=gettext_lazy("Send back…"), permissions=["change"])
    def send_back_many(self, request: HttpRequest, queryset: models.QuerySet) -> HttpResponse:
        return self._step_of_many(request, queryset, "send_back_many")

    @action(description=gettext_lazy("Take down…"), permissions=["change"])
    def take_down_many(self, request: HttpRequest, queryset: models.QuerySet) -> HttpResponse:
        return self._step_of_many(request, queryset, "take_down_many")

    def _step_of_many(self, request: HttpRequest, queryset: models.QuerySet, code: str) -> HttpResponse:
        verb = STEPS[MANY[code]]

        def act(row: Any, facts: Mapping[str, Any]) -> Any:
            verb.act(row, facts, request.user)
            return type(row)._base_manager.get(pk=row.pk)

        return bulk_page(
            self,
            request,
            queryset,
            code=code,
            title=verb.title,
            form=verb.form,
            act=act,
            heading=_("How it stands"),
            now=lambda row: " · ".join(value for label, value in publishing.services().facts_of(row)),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is new begins as the house's own."""
        fields = super().get_readonly_fields(request, obj)  # type: ignore[misc]
        return [*fields, "visibility"] if publishing.is_publishable(self.model) else fields  # type: ignore[attr-defined]

    def get_urls(self) -> list[Any]:
        urls = super().get_urls()  # type: ignore[misc]
        if not publishing.is_publishable(self.model):  # type: ignore[attr-defined]
            return urls
        return [
            path(
                "<path:object_id>/publication/<slug:step>/",
                self._guarded(self.publication_step),
                name=self._named(),
            ),
            *urls,
        ]

    def _guarded(self, view: Any) -> Any:
        return self.admin_site.admin_view(view)  # type: ignore[attr-defined]

    def _named(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_publication"  # type: ignore[attr-defined]

    def publication_step(self, request: HttpRequest, object_id: str, step: str) -> HttpResponse:
        if step not in STEPS:
            raise Http404
        if not self.has_change_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        verb = STEPS[step]
        return verb_page(
            self,
            request,
            object_id,
            title=verb.title,
            form=verb.form,
            act=lambda row, facts: verb.act(row, facts, request.user),
            done=verb.done,
            stands=lambda row: publishing.services().facts_of(row),
        )

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Any = None, **kwargs: Any
    ) -> HttpResponse:
        """Above the form: how the object stands, and the steps that are open to this reader."""
        if obj is not None and obj.pk and publishing.is_publishable(type(obj)):
            context["publication"] = self._banner(request, type(obj)._base_manager.get(pk=obj.pk))
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)  # type: ignore[misc]

    def _banner(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        look = publishing.services()
        publication = look.publication_of(row)
        steps = look.steps_open(row, request.user, publication)
        is_out = look.is_out(row)
        return {
            "facts": look.facts_of(row, publication),
            "changes": look.changes_of(row, publication) if is_out else [],
            "is_out": is_out,
            "parts": [part.verbose_name_plural for part in self.get_inline_instances(request, row)],  # type: ignore[attr-defined]
            "steps": [
                (STEPS[code].title, reverse(f"admin:{self._named()}", args=[row.pk, code])) for code in steps
            ],
        }

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """What is public stays as it is: what was typed waits in the draft."""
        if not change or not publishing.is_out(obj):
            return super().save_model(request, obj, form, change)  # type: ignore[misc]
        names = [name for name in form.changed_data if name in {f.name for f in obj._meta.concrete_fields}]
        if not names:
            return None
        changes = {name: obj._meta.get_field(name).value_from_object(obj) for name in names}
        note = form.cleaned_data.get("why") or ""
        publishing.services().save_draft(obj, changes, by=request.user, note=note)
        said = _(
            "It is public, so what you changed is not public yet: make it ready, a second person publishes it."
        )
        self.message_user(request, said, messages.WARNING)  # type: ignore[attr-defined]
        return None
