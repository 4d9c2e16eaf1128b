"""One verb for many rows: looked at before it is done, and answered row by row."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.contrib.admin import helpers
from django.db import connection, models, transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from core.admin.refusals import REFUSALS, explain

AT_ONCE = 200


class Outcome(NamedTuple):
    """What became of a row, and how it stands; no sentences: it was done."""

    row: models.Model
    said: list[str]
    now: str = ""


def bulk_page(
    admin: Any,
    request: HttpRequest,
    queryset: models.QuerySet,
    *,
    code: str,
    title: Any,
    form: Callable[..., forms.Form],
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
