"""Disputes of figures: what waits for a decision, and one of them beside what the portal shows."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.keyset import BadCursor, Keyset
from core.policies import sees_everything
from tasks import policies, services
from tasks.forms.base import REFUSED
from tasks.forms.disputes import DecisionForm, WithdrawalForm
from tasks.models import FigureDispute
from tasks.policies import Desk
from tasks.querysets import organisations_of
from tasks.reporting_choices import DisputeState
from tasks.views.asking import say
from tasks.views.files import served

A_PAGE = 40
SHAPES = {
    DisputeState.OPEN: "active",
    DisputeState.UPHELD: "ok",
    DisputeState.REJECTED: "bad",
    DisputeState.WITHDRAWN: "idle",
}


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, the oldest first; with `?closed` what was decided. An organisation sees its own."""
    user: Any = request.user
    if not sees_everything(user) and organisations_of(user) is None:
        raise PermissionDenied(policies.refusal("decide_dispute"))
    closed = "closed" in request.GET
    rows = FigureDispute.objects.visible_to(user).for_display()
    rows = rows.exclude(state=DisputeState.OPEN).order_by("-pk") if closed else rows.waiting()
    keyset = Keyset(rows, {})
    try:
        page, is_lost = keyset.page(request.GET.get("cursor"), A_PAGE), False
    except BadCursor:
        page, is_lost = keyset.page(None, A_PAGE), True
    context = {"rows": _shaped(page.rows), "page": page, "closed": closed, "is_wrong": is_lost}
    return render(request, "tasks/disputes.html", context, status=400 if is_lost else 200)


def _shaped(rows: Any) -> list[FigureDispute]:
    for row in rows:
        row.shape = SHAPES[row.state]
    return list(rows)


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    row = get_object_or_404(FigureDispute.objects.visible_to(request.user).for_display(), public_id=public_id)
    may = _may(request.user, row)
    if request.method == "POST" and not may:
        raise PermissionDenied(policies.refusal("decide_dispute"))
    asks = DecisionForm if may == "decide_dispute" else WithdrawalForm
    asked = asks(request.POST if request.method == "POST" else None, user=request.user)
    if asked.is_bound and asked.is_valid():
        try:
            _act(request, row, asked, may)
        except (*REFUSED, IntegrityError, OperationalError) as error:
            say(asked, error)
        else:
            return redirect("dispute", row.public_id)
    context = {"dispute": _shaped([row])[0], "form": asked if may and row.is_open else None, "may": may}
    return render(request, "tasks/dispute.html", context)


def _may(user: Any, row: FigureDispute) -> str:
    """The verb that this reader has, or nothing."""
    desk = Desk(user)
    return next((verb for verb in ("decide_dispute", "withdraw_dispute") if desk.may(verb, row)), "")


def _act(request: HttpRequest, row: FigureDispute, asked: Any, verb: str) -> None:
    if verb == "withdraw_dispute":
        services.withdraw_dispute(row, by=request.user)
        messages.success(request, _("Withdrawn: the figure stays as it is shown."))
        return
    upheld = request.POST.get("do") == "uphold"
    services.decide_dispute(row, by=request.user, upheld=upheld, note=asked.cleaned_data["note"])
    said = _("Upheld: the new value is shown.") if upheld else _("Rejected: the figure stays as it is shown.")
    messages.success(request, said)


@require_safe
def file(request: HttpRequest, public_id: str) -> HttpResponse:
    rows = FigureDispute.objects.visible_to(request.user).select_related("source_file")
    row = get_object_or_404(rows, public_id=public_id)
    if row.source_file is None:
        raise Http404
    return served(request, row.source_file)
