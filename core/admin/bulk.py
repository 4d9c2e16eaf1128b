"""One verb for many rows: looked at before it is done, and answered row by row."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.contrib.admin import ModelAdmin, helpers
from django.contrib.admin.options import ActionLocation
from django.db import connection, models, transaction
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
    """What became of a row, and how it stands; no sentences: it was done."""

    row: models.Model
    said: list[str]
    now: str = ""


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
        return bulk_page(
            self,
            request,
            queryset,
            code="set_visibility",
            title=_("Set the visibility"),
            form=VisibilityForm,
            act=lambda row, facts: set_visibility(
                row, facts["visibility"], by=request.user, note=facts["note"]
            ),
            heading=_("Visibility now"),
            now=lambda row: row.get_visibility_display(),
        )


def bulk_page(
    admin: Any,
    request: HttpRequest,
    queryset: models.QuerySet,
    *,
    code: str,
    title: Any,
    form: type[forms.Form],
    act: Callable[[Any, dict[str, Any]], Any],
    heading: Any,
    now: Callable[[Any], str],
) -> HttpResponse:
    """Ask with the rows in view; on the answer call `act(row, facts)` for each, and say what became of it.

    `code` is the name of the action; `heading` and `now` are the column that says how a row stands.
    """
    rows = list(queryset[:AT_ONCE])
    asked = form(request.POST if "apply" in request.POST else None)
    facts = asked.cleaned_data if asked.is_valid() else None
    outcomes = [] if facts is None else [_one(row, act, facts, admin.rules, now) for row in rows]
    context = {
        **admin.admin_site.each_context(request),
        "title": title,
        "opts": admin.opts,
        "rows": rows,
        "preview": [Outcome(row, [], now(row)) for row in rows] if not outcomes else [],
        "outcomes": outcomes,
        "done": sum(not outcome.said for outcome in outcomes),
        "form": asked,
        "code": code,
        "heading": heading,
        "at_once": AT_ONCE,
        "checkbox": helpers.ACTION_CHECKBOX_NAME,
        "media": admin.media + asked.media,
    }
    return TemplateResponse(request, "admin/core/bulk.html", context)


def _one(row: Any, act: Callable[[Any, Any], Any], facts: Any, rules: Any, now: Callable[[Any], str]) -> Any:
    try:
        with transaction.atomic():
            done = act(row, facts)
            connection.check_constraints()  # rules that wait for the commit speak of this row
            return Outcome(done, [], now(done))
    except REFUSALS as error:
        return Outcome(row, explain(error, rules), now(row))
