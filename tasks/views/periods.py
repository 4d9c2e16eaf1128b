"""Reporting periods for the office: how many owe and filed, one period with its history, and what is done with it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.filters import today
from core.keyset import BadCursor, Keyset, Page
from core.policies import sees_everything
from districts.models import Project
from tasks import policies, services
from tasks.forms.base import REFUSED, ControlForm
from tasks.forms.periods import EndDutyForm, HandOverForm, MoveDueForm, ReopenForm
from tasks.models import ReportingDuty, ReportingPeriod
from tasks.policies import Desk
from tasks.views.asking import say
from tasks.views.filed import Row, rows_of
from tasks.views.period_history import timeline

A_PAGE, PROJECTS = 24, 60
_CHANGED = (*REFUSED, IntegrityError, OperationalError)


def _for_the_house(request: HttpRequest, verb: str) -> bool:
    """Whether the reader may do the verb; who may not even look is refused, and so is who sends without the right."""
    if not sees_everything(request.user):
        raise PermissionDenied(policies.refusal(verb))
    may = Desk(request.user).may(verb)
    if request.method == "POST" and not may:
        raise PermissionDenied(policies.refusal(verb))
    return may


def _page(request: HttpRequest, rows: Any, size: int) -> tuple[Page, bool]:
    """A page of the rows; whether the address named a place that is not there."""
    keyset = Keyset(rows, {})
    try:
        return keyset.page(request.GET.get("cursor"), size), False
    except BadCursor:
        return keyset.page(None, size), True


@require_safe
def periods(request: HttpRequest) -> HttpResponse:
    _for_the_house(request, "lock_period")
    page, is_lost = _page(
        request,
        ReportingPeriod.objects.visible_to(request.user).counted().order_by("-starts", "kind", "pk"),
        A_PAGE,
    )
    context = {"rows": page.rows, "page": page, "day": today(), "is_wrong": is_lost}
    return render(request, "tasks/periods.html", context, status=400 if is_lost else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def period(request: HttpRequest, code: str) -> HttpResponse:
    """Who has filed what of the period; locked, opened again or put off by whoever may."""
    may = _for_the_house(request, "lock_period")
    row = get_object_or_404(ReportingPeriod.objects.visible_to(request.user).counted().coded(code))
    sent = request.POST if request.method == "POST" and request.POST.get("do") != "lock" else None
    asked = _form(row, sent, request.user)
    refused: list[str] = []
    if request.method == "POST":
        try:
            if sent is None or asked.is_valid():
                done = _do(request, row, asked)
                messages.success(request, done)
                return redirect("review-period", code)
        except _CHANGED as error:
            if sent is None:
                refused = list(getattr(error, "messages", [str(error)]))
            else:
                say(asked, error)
    filed, page, is_lost = _filed(request, row)
    context = {
        "period": row,
        "rows": filed,
        "page": page,
        "is_wrong": is_lost,
        "day": today(),
        "form": asked if may else None,
        "may_lock": may and not row.is_locked and today() > row.due_on,
        "refused": refused,
        "events": timeline(row),
    }
    return render(request, "tasks/period.html", context, status=400 if is_lost else 200)


def _form(row: ReportingPeriod, sent: Any, user: Any) -> ControlForm:
    if row.is_locked:
        return ReopenForm(sent, user=user)
    return MoveDueForm(sent, user=user, initial={"due_on": row.due_on, "grace_until": row.grace_until})


def _do(request: HttpRequest, row: ReportingPeriod, asked: ControlForm) -> str:
    """What was asked for, by its service; what to say of it."""
    if request.POST.get("do") == "lock":
        services.lock_period(row, by=request.user)
        return _("The period is locked: nothing of it changes any more.")
    if isinstance(asked, ReopenForm):
        services.reopen_period(row, by=request.user, **asked.cleaned_data)
        return _("The period is open again.")
    services.move_due(row, by=request.user, **asked.cleaned_data)
    return _("The days are moved.")


def _filed(request: HttpRequest, row: ReportingPeriod) -> tuple[list[Row], Page, bool]:
    """The projects of which a report is owed, each with its only cell; what is missing is not on top: by name."""
    duties = ReportingDuty.objects.visible_to(request.user).filter(kind=row.kind).within(row.starts, row.ends)
    projects = Project.objects.filter(pk__in=duties.order_by().values("project")).order_by("sort_kk", "pk")
    page, is_lost = _page(request, projects, PROJECTS)
    order = {project.pk: place for place, project in enumerate(page.rows)}
    rows = rows_of(request.user, [row], duties.filter(project__in=order).for_display(), today())
    return sorted(rows, key=lambda one: order[one.project.pk]), page, is_lost


@require_http_methods(["GET", "HEAD", "POST"])
def end_duty(request: HttpRequest, pk: int) -> HttpResponse:
    said = _("The duty ends on this day.")
    return _change_duty(request, pk, "end_duty", EndDutyForm, services.end_duty, said)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_duty(request: HttpRequest, pk: int) -> HttpResponse:
    said = _("The duty is handed over.")
    return _change_duty(request, pk, "hand_over_duty", HandOverForm, services.hand_over_duty, said)


def _change_duty(
    request: HttpRequest, pk: int, verb: str, form: type[ControlForm], change: Any, said: str
) -> HttpResponse:
    if not _for_the_house(request, verb):
        raise PermissionDenied(policies.refusal(verb))
    duty = get_object_or_404(ReportingDuty.objects.visible_to(request.user).for_display(), pk=pk)
    sent = request.POST if request.method == "POST" else None
    asked = form(sent, user=request.user, initial={"until": duty.until} if verb == "end_duty" else None)
    if sent is not None and asked.is_valid():
        try:
            change(duty, by=request.user, **asked.cleaned_data)
        except _CHANGED as error:
            say(asked, error)
        else:
            messages.success(request, said)
            return redirect("review-duties")
    return render(request, "tasks/duty.html", {"duty": duty, "form": asked, "verb": verb})
