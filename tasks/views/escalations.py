"""What is overdue and was carried up: who has acknowledged it, and the form to do so."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from core import ledger
from core.admin.refusals import REFUSALS, explain
from core.calendar import WorkingDays
from core.filters import today
from core.keyset import BadCursor, Keyset, Page
from tasks import services
from tasks.choices import Level
from tasks.models import Escalation
from tasks.policies import Desk
from tasks.views.shown import term_of

A_PAGE = 20


class NoteForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("What is done about it"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say what is done about it.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def escalations(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not user.role:
        raise PermissionDenied
    if request.method == "POST":
        return _acknowledge(request)
    return _shown(request, None)


def _acknowledge(request: HttpRequest) -> HttpResponse:
    number = request.POST.get("escalation", "")
    rows = Escalation.objects.visible_to(request.user).select_related("instruction")
    row = get_object_or_404(rows, pk=int(number) if number.isdecimal() and len(number) < 18 else 0)
    form = NoteForm(request.POST, prefix=prefix_of(row))
    if not form.is_valid():
        return _shown(request, form)
    try:
        services.acknowledge(row, by=request.user, note=form.cleaned_data["note"])
        messages.success(request, _("Acknowledged: %(text)s") % {"text": row.instruction})
    except ValidationError as error:
        for texts in error.message_dict.values():
            form.add_error("note", texts)
        return _shown(request, form)
    except REFUSALS as error:  # somebody was quicker, or it is not this reader's
        messages.error(request, " ".join(explain(error)))
    if "card" in request.POST:
        return redirect("instruction", row.instruction.public_id)
    return redirect("control-escalations")


def prefix_of(row: Any) -> str:
    return f"escalation-{row.pk}"


def _shown(request: HttpRequest, failed: NoteForm | None) -> HttpResponse:
    user: Any = request.user
    opened = Escalation.objects.visible_to(user).open()
    only = request.GET.get("show", "")
    known = {"", "waiting", *(str(level) for level in Level.values)}
    rows = opened.filter(level=only) if only.isdecimal() and only in known else opened
    rows = rows.unacknowledged() if only == "waiting" else rows
    page, is_lost = _page(request, rows, only)
    calendar, now = WorkingDays(), today()
    for row in page.rows:
        row.instruction.term = term_of(row.instruction, now, calendar)
        row.form = (
            failed
            if failed is not None and failed.prefix == prefix_of(row)
            else NoteForm(prefix=prefix_of(row))
        )
    offer(Desk(user), page.rows)
    context = {
        "rows": page.rows,
        "page": page,
        "shown": only,
        "counters": _counters(opened, only),
        "is_wrong": is_lost or only not in known,
    }
    return render(
        request, "tasks/escalations.html", context, status=400 if context["is_wrong"] or failed else 200
    )


def offer(desk: Desk, rows: list[Any]) -> None:
    """`may`: the reader may acknowledge it now."""
    is_past = ledger.instant.get() is not None
    for row in rows:
        row.may = row.waits and not is_past and desk.may(f"acknowledge_{row.level}", row.instruction)


def _page(request: HttpRequest, rows: Any, only: str) -> tuple[Page, bool]:
    """What nobody has acknowledged first, the highest level first."""
    ordered = rows.for_display().order_by("-acknowledged_at", "-level", "opened_at", "pk")
    keyset = Keyset(ordered, {"show": only})
    try:
        return keyset.page(request.GET.get("cursor"), A_PAGE), False
    except BadCursor:
        return keyset.page(None, A_PAGE), True


def _counters(rows: Any, only: str) -> list[dict[str, Any]]:
    here = reverse("control-escalations")
    sums: dict[str, Any] = {f"level_{level}": Count("pk", filter=Q(level=level)) for level in Level.values}
    found = rows.order_by().aggregate(waiting=Count("pk", filter=Q(acknowledged_at=None)), **sums)
    of = [("waiting", _("not acknowledged"), found["waiting"], "bad")]
    of += [(str(level.value), str(level.label), found[f"level_{level.value}"], "warn") for level in Level]
    return [
        {
            "href": here if only == code else f"{here}?show={code}",
            "holds": only == code,
            "number": number,
            "label": label,
            "shape": shape,
        }
        for code, label, number, shape in of
    ]
