"""One verb for many rows: looked at before it is done, and answered row by row."""

from typing import Any, NamedTuple

from django import forms
from django.contrib.admin import ModelAdmin, helpers
from django.contrib.admin.options import ActionLocation
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from core.admin.forms import blank_first
from core.admin.refusals import REFUSALS, explain
from core.choices import Visibility
from core.models import Published
from core.visibility import set_visibility

AT_ONCE = 200


class Outcome(NamedTuple):
    """What became of a row; no sentences: it was done."""

    row: models.Model
    said: list[str]


class VisibilityForm(forms.Form):
    """To whom, and why."""

    visibility = forms.ChoiceField(
        label=_("Visibility"), choices=blank_first(Visibility.choices), widget=UnfoldAdminSelectWidget
    )
    note = forms.CharField(
        label=_("Why"),
        max_length=500,
        help_text=_("Stays in the history for ever, beside your name."),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )


class BulkVisibility:
    """For lists of what can be published."""

    actions = ("set_visibility",)

    def get_actions(
        self, request: HttpRequest, action_location: ActionLocation = ActionLocation.CHANGE_LIST
    ) -> dict[str, Any]:
        """Nothing is removed by the dozen."""
        actions = super().get_actions(request, action_location)  # type: ignore[misc]
        actions.pop("delete_selected", None)
        if not issubclass(self.model, Published):  # type: ignore[attr-defined]
            actions.pop("set_visibility", None)
        return actions

    def get_action_choices(
        self,
        request: HttpRequest,
        default_choices: Any = None,
        action_location: ActionLocation = ActionLocation.CHANGE_LIST,
    ) -> list[tuple[str, str]]:
        """The theme's own does not know yet that a form may have actions too."""
        nothing = [("", _("Select action"))]
        return ModelAdmin.get_action_choices(self, request, nothing, action_location)  # type: ignore[arg-type]

    @action(description=_("Set the visibility…"), permissions=["change"])
    def set_visibility(self, request: HttpRequest, queryset: models.QuerySet) -> HttpResponse:
        """Ask with the rows in view; on the answer set each, and say what became of it."""
        rows = list(queryset[:AT_ONCE])
        form = VisibilityForm(request.POST if "apply" in request.POST else None)
        outcomes = _set_each(rows, form.cleaned_data, request.user, self.rules) if form.is_valid() else []  # type: ignore[attr-defined]
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("Set the visibility"),
            "opts": self.opts,  # type: ignore[attr-defined]
            "rows": rows,
            "outcomes": outcomes,
            "done": sum(not outcome.said for outcome in outcomes),
            "form": form,
            "at_once": AT_ONCE,
            "checkbox": helpers.ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/core/set_visibility.html", context)


def _set_each(rows: list[Any], facts: dict[str, Any], by: Any, rules: Any) -> list[Outcome]:
    return [_set_one(row, facts, by, rules) for row in rows]


def _set_one(row: Any, facts: dict[str, Any], by: Any, rules: Any) -> Outcome:
    try:
        with transaction.atomic():
            return Outcome(set_visibility(row, facts["visibility"], by=by, note=facts["note"]), [])
    except REFUSALS as error:
        return Outcome(row, explain(error, rules))
