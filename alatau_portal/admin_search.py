"""Ctrl+K: every register by its name, and rows of all of them, whatever Kazakh letters were typed."""

import time
from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from unfold.dataclasses import SearchResult

from alatau_portal.models import OpenDataEdition
from core.models import Change, JobRun, Outbox
from core.text import fold

#: Of each register; whoever wants more goes to its list.
EACH = 5
#: What people look for most comes first.
APPS = ["districts", "tasks", "investors", "accounts", "alatau_portal", "core"]
#: What only grows is searched in its own list.
NOT_ROWS_OF = {Change, JobRun, Outbox, OpenDataEdition}


def search(request: HttpRequest, extra_context: Any = None) -> HttpResponse:
    """The theme's own keeps what it found for five minutes, and reads every row of what it finds."""
    asked = request.GET.get("s", "").replace("\x00", "").strip()[:100]
    if not asked:
        return HttpResponse()
    began, found = time.monotonic(), _lists(request, asked) + _rows(request, asked)
    pages = Paginator(found, max(len(found), 1))
    context = {
        "search_term": asked,
        "page_obj": pages,
        "results": pages.page(1),
        "page_counter": 0,
        "execution_time": time.monotonic() - began,
        "command_show_history": False,
    }
    return TemplateResponse(
        request, "unfold/helpers/command_results.html", context, headers={"HX-Trigger": "search"}
    )


def _seen(request: HttpRequest) -> list[tuple[Any, Any]]:
    """Of every register that this reader may see: its model and its admin."""
    seen = [(model, one) for model, one in admin.site._registry.items() if one.has_view_permission(request)]
    return sorted(seen, key=lambda register: APPS.index(register[0]._meta.app_label))


def _page(model: Any, name: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def _lists(request: HttpRequest, asked: str) -> list[SearchResult]:
    found = []
    for model, _one in _seen(request):
        name = str(capfirst(model._meta.verbose_name_plural))
        if fold(asked) in fold(name):
            group = str(model._meta.app_config.verbose_name)
            found.append(SearchResult(name, group, _page(model, "changelist"), "list"))
    return found


def _rows(request: HttpRequest, asked: str) -> list[SearchResult]:
    found = []
    for model, one in _seen(request):
        if model in NOT_ROWS_OF or not one.get_search_fields(request):
            continue
        rows, _twice = one.get_search_results(request, one.get_queryset(request), asked)
        kind = str(capfirst(model._meta.verbose_name))
        related = one.list_select_related or []
        for row in (rows.select_related(*related) if related else rows)[:EACH]:
            found.append(SearchResult(str(row), kind, _page(model, "change", row.pk), "article"))
    return found
