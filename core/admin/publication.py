"""Publication in the admin: what is public is changed in its draft, and becomes public by verbs of two persons."""

from collections.abc import Mapping
from functools import partial
from typing import Any

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

from core import publishing
from core.admin.bulk import AT_ONCE, bulk_page
from core.admin.publication_steps import MANY, STEPS, PublishForm, looked_at, stands
from core.admin.verbs import verb_page


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
        form: Any = verb.form
        if form is PublishForm:
            form = partial(PublishForm, initial={"seen": looked_at(queryset[:AT_ONCE])})

        def act(row: Any, facts: Mapping[str, Any]) -> Any:
            verb.act(row, facts, request.user)
            return type(row)._base_manager.get(pk=row.pk)

        return bulk_page(
            self,
            request,
            queryset,
            code=code,
            title=verb.title,
            form=form,
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
            stands=stands,
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
