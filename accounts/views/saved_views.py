"""The views a reader saved: made on the register itself, looked after here."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core import saved_views
from core.exceptions import DomainError
from core.models import SavedView


@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _save(request)
    pages: dict[str, list[Any]] = {}
    for view in SavedView.objects.visible_to(request.user):
        page = saved_views.page_at(view.path)
        view.address = saved_views.in_language(view.path, view.query)
        pages.setdefault(page.title if page else view.path, []).append(view)
    return render(request, "accounts/saved_views.html", {"pages": pages})


def _save(request: HttpRequest) -> HttpResponse:
    """Then back to the page that was saved, with its filters."""
    given = {name: request.POST.get(name, "").replace("\x00", "") for name in ("name", "path", "query")}
    try:
        view = saved_views.save(request.user, **given)
    except (DomainError, ValidationError) as refusal:
        messages.error(request, _said(refusal))
        page = saved_views.page_at(given["path"])
        return redirect(
            saved_views.in_language(page.path, saved_views.asked(given["query"])) if page else "saved-views"
        )
    messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
    return redirect(saved_views.in_language(view.path, view.query))


@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    try:
        saved_views.rename(view, request.POST.get("name", "").replace("\x00", ""))
    except (DomainError, ValidationError) as refusal:
        messages.error(request, _said(refusal))
    else:
        messages.success(request, _("The view is called “%(name)s” now.") % {"name": view.name})
    return redirect("saved-views")


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    view.delete()
    messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
    return redirect("saved-views")


def _said(refusal: Exception) -> str:
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
