"""What the office does with progress reports: the queue, one of them side by side with the last, and who owes them."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.keyset import BadCursor, Keyset
from core.policies import sees_everything
from tasks import policies, services
from tasks.forms.base import REFUSED
from tasks.forms.periods import DutiesForm
from tasks.forms.progress import DutyForm, ReviewForm
from tasks.models import ProgressReport, ReportingDuty
from tasks.policies import Desk
from tasks.reporting_choices import Metric, ProgressState
from tasks.services import sanity
from tasks.views.asking import say
from tasks.views.filing_proofs import proofs_of
from tasks.views.reported import planned, told, words_of

A_PAGE = 40


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, the oldest first."""
    _for_the_house(request.user)
    keyset = Keyset(ProgressReport.objects.visible_to(request.user).waiting().for_display(), {})
    try:
        page, is_lost = keyset.page(request.GET.get("cursor"), A_PAGE), False
    except BadCursor:
        page, is_lost = keyset.page(None, A_PAGE), True
    context = {"rows": page.rows, "page": page, "may_schedule": Desk(request.user).may("assign_duty")}
    return render(
        request, "tasks/review.html", context | {"is_wrong": is_lost}, status=400 if is_lost else 200
    )


def _for_the_house(user: Any) -> None:
    if not sees_everything(user):
        raise PermissionDenied(policies.refusal("accept_progress"))


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    _for_the_house(request.user)
    rows = ProgressReport.objects.visible_to(request.user).for_display()
    row = get_object_or_404(rows, public_id=public_id)
    may = Desk(request.user).may("accept_progress", row)
    if request.method == "POST" and not may:
        raise PermissionDenied(policies.refusal("accept_progress"))
    sent = request.POST if request.method == "POST" else None
    asked = ReviewForm(sent, user=request.user)
    if sent is not None and asked.is_valid():
        try:
            _decide(request, row, asked)
        except (*REFUSED, IntegrityError, OperationalError) as error:
            say(asked, error)
        else:
            return redirect("review")
    last = rows.filter(project=row.project).before(row.period.starts).first()
    warned: dict[str, list[Any]] = {}
    for one in sanity.warnings(row):
        warned.setdefault(one.field, []).append(one)
    context = {
        "report": row,
        "answers": _side_by_side(row, last, warned),
        "milestones": [
            (told_of, warned.get(f"milestones:{told_of.milestone.code}", []))
            for told_of in row.milestones.all()
        ],
        "words": words_of(row),
        "last": last,
        "newer": rows.filter(supersedes=row).first(),
        "proofs": proofs_of(row),
        "may_release": may,
        "form": asked if may and row.state == ProgressState.SUBMITTED else None,
    }
    return render(request, "tasks/review_report.html", context)


def _decide(request: HttpRequest, row: ProgressReport, asked: ReviewForm) -> None:
    if request.POST.get("do") == "accept":
        services.accept_progress(row, by=request.user)
        messages.success(request, _("Accepted: %(number)s.") % {"number": row.public_id})
    else:
        services.return_progress(row, by=request.user, notes=asked.notes())
        messages.success(request, _("Returned: %(number)s.") % {"number": row.public_id})


class Compared(NamedTuple):
    """One metric: as reported, as accepted last, as planned; the word of its writer; what looks wrong."""

    label: Any
    now: str
    last: str
    plan: str
    note: str
    warnings: list[Any]


def _side_by_side(
    row: ProgressReport, last: ProgressReport | None, warned: dict[str, list[Any]]
) -> list[Compared]:
    """In the order of the form."""
    now = {one.metric: one for one in row.values.all()}
    then = {one.metric: told(one) for one in last.values.all()} if last else {}
    plan = planned(row.project, row.period)
    return [
        Compared(
            metric.label,
            told(now[metric]),
            then.get(metric, ""),
            plan.get(metric, ""),
            now[metric].note,
            warned.get(metric, []),
        )
        for metric in Metric
        if metric in now
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def duties(request: HttpRequest) -> HttpResponse:
    """Who owes reports of which project, and the form to say so."""
    _for_the_house(request.user)
    may = Desk(request.user).may("assign_duty")
    if request.method == "POST" and not may:
        raise PermissionDenied(policies.refusal("assign_duty"))
    sent = request.POST if request.method == "POST" else None
    asked = DutyForm(sent, user=request.user) if may else None
    if sent is not None and asked is not None and asked.is_valid():
        try:
            services.assign_duty(by=request.user, **asked.cleaned_data)
        except (*REFUSED, IntegrityError, OperationalError) as error:
            say(asked, error)
        else:
            messages.success(request, _("The organisation owes reports of this project from now on."))
            return redirect("review-duties")
    rows = ReportingDuty.objects.visible_to(request.user).for_display().order_by("-since", "-pk")
    wanted = DutiesForm(request.GET)
    project = wanted.cleaned_data["project"] if wanted.is_valid() else ""
    if project:
        rows = rows.filter(project__public_id=project)
    keyset = Keyset(rows, {"project": project})
    try:
        page, is_lost = keyset.page(request.GET.get("cursor"), A_PAGE), bool(wanted.errors)
    except BadCursor:
        page, is_lost = keyset.page(None, A_PAGE), True
    context = {
        "rows": page.rows,
        "page": page,
        "form": asked,
        "is_wrong": is_lost,
        "project": project,
        "query": urlencode({"project": project}) if project else "",
    }
    return render(request, "tasks/review_duties.html", context, status=400 if is_lost else 200)
