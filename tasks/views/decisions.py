"""Decisions wanted: requests for more time and proposed removals that wait for whoever gave the instruction."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import BooleanField, Case, Count, Exists, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from core import ledger
from core.admin.refusals import REFUSALS, explain
from core.calendar import WorkingDays
from core.exceptions import Conflict
from core.filters import today
from core.keyset import BadCursor, Keyset, Page
from tasks import services
from tasks.attention import granted
from tasks.choices import UNDECIDED, WAITING, ReportState
from tasks.models import Evidence, ExecutionReport, Extension, Instruction
from tasks.views.rows import listed, told

A_PAGE = 20


class GrantForm(forms.Form):
    due = forms.DateField(
        label=gettext_lazy("To another date"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why more time is refused"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReturnForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("What is to be corrected"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


FORMS: dict[str, type[forms.Form]] = {
    "grant": GrantForm,
    "refuse": RefuseForm,
    "accept": forms.Form,
    "return": ReturnForm,
}


@require_http_methods(["GET", "HEAD", "POST"])
def decisions(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _decide(request)
    return _shown(request, {})


def _decide(request: HttpRequest) -> HttpResponse:
    """One decision, then the list without it; what is refused stands at its card, with what was typed."""
    verb = request.POST.get("verb", "")
    code = request.POST.get("instruction", "").replace("\x00", "")
    seen = Instruction.objects.visible_to(request.user).concerning(request.user)
    instruction = get_object_or_404(seen, public_id=code)
    if verb not in FORMS:
        return redirect("control-decisions")
    form = FORMS[verb](request.POST, prefix=_prefix(verb, code))
    if form.is_valid():
        try:
            _act(request, verb, instruction, form.cleaned_data)
            return redirect("control-decisions")
        except ValidationError as error:
            for field, texts in error.message_dict.items():
                form.add_error(field if field in form.fields else None, texts)
        except REFUSALS as error:  # somebody else decided meanwhile, or it is not this reader's to decide
            messages.error(request, " ".join(explain(error)))
            return redirect("control-decisions")
    return _shown(request, {(code, verb): form})


def _act(request: HttpRequest, verb: str, instruction: Instruction, facts: dict[str, Any]) -> None:
    if verb == "accept":
        services.accept(instruction, by=request.user)
        messages.success(request, _("Removed from control: %(text)s") % {"text": instruction})
    elif verb == "return":
        services.return_report(instruction, by=request.user, note=facts["note"])
        messages.success(request, _("Returned for revision: %(text)s") % {"text": instruction})
    else:
        _answer(request, verb, instruction, facts)


def _answer(request: HttpRequest, verb: str, instruction: Instruction, facts: dict[str, Any]) -> None:
    """A request for more time; the way back is another decision, not an undone one."""
    extension = Extension.objects.filter(instruction=instruction, state__in=UNDECIDED).first()
    if extension is None:
        raise Conflict(_("The request was decided or withdrawn already."))
    if verb == "grant":
        extension = services.grant(extension, by=request.user, due=facts["due"])
        day = date_format(extension.granted_due, "SHORT_DATE_FORMAT")
        said = _("More time is granted, to %(day)s: %(text)s") % {"day": day, "text": instruction}
    else:
        services.refuse(extension, by=request.user, reason=facts["reason"])
        said = _("More time is refused: %(text)s") % {"text": instruction}
    correct = reverse("instruction-verb", args=[instruction.public_id, "correct"])
    messages.success(request, format_html('{} <a href="{}">{}</a>', said, correct, _("Correct the decision")))


def _shown(request: HttpRequest, forms_: dict[tuple[str, str], forms.Form]) -> HttpResponse:
    user: Any = request.user
    waiting = Instruction.objects.visible_to(user).concerning(user).awaiting_decision()
    own = Instruction.objects.decided_by(user).filter(pk=OuterRef("pk"))
    if not user.sees_everything or _decides(user):
        waiting = waiting.decided_by(user)
    page, is_lost = _page(request, listed(waiting, user).annotate(is_mine=Exists(own)), user)
    calendar = WorkingDays()
    rows = told(page.rows, today(), calendar)
    _describe(rows, calendar, forms_, is_past=ledger.instant.get() is not None)
    context = {
        "rows": rows,
        "page": page,
        "reads_only": user.sees_everything and not _decides(user),
        "is_lost": is_lost,
    }
    return render(request, "tasks/decisions.html", context, status=400 if forms_ or is_lost else 200)


def _decides(user: Any) -> bool:
    """Leadership sees what waits for it; office and auditors, what waits for anybody."""
    return user.role == "leadership"


def _page(request: HttpRequest, rows: QuerySet[Instruction], user: Any) -> tuple[Page, bool]:
    """The overdue first, then what waits longest."""
    is_late = Case(
        When(state__in=WAITING, due__lt=today(), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    reports = ExecutionReport.objects.visible_to(user).filter(kind="final").order_by("pk")
    asked = Extension.objects.visible_to(user).undecided().select_related("organisation", "asked_by")
    rows = (
        rows.annotate(is_late=is_late, times_extended=_times_extended(), proofs=_proofs())
        .prefetch_related(
            Prefetch("extensions", asked.order_by("pk"), to_attr="asked"),
            Prefetch("reports", reports.select_related("organisation"), to_attr="finals"),
        )
        .order_by("-is_late", "held_since", "pk")
    )
    keyset = Keyset(rows, {})
    try:
        return keyset.page(request.GET.get("cursor"), A_PAGE), False
    except BadCursor:
        return keyset.page(None, A_PAGE), True


def _times_extended() -> Any:
    mine = granted().filter(instruction=OuterRef("pk")).order_by().values("instruction")
    return mine.annotate(number=Count("pk")).values("number")


def _proofs() -> Any:
    """How much was handed in as evidence for it."""
    handed_in = Q(report__state__in=[ReportState.SUBMITTED, ReportState.RETURNED, ReportState.ACCEPTED])
    mine = Evidence.objects.filter(handed_in, report__instruction=OuterRef("pk")).order_by()
    return mine.values("report__instruction").annotate(number=Count("pk")).values("number")


def _describe(
    rows: list[Any], calendar: WorkingDays, forms_: dict[tuple[str, str], forms.Form], *, is_past: bool
) -> None:
    """What a card shows besides: the request in words and days, and the forms that answer it."""
    for row in rows:
        row.request = next(iter(row.asked), None)
        if row.request:
            row.request.more = calendar.between(row.request.old_due, row.request.new_due)
        row.proposed = bool(row.removal_proposed_at)
        row.report = row.finals[-1] if row.finals else None
        row.may_decide = row.is_mine and not is_past
        row.forms = {
            verb: forms_.get((row.public_id, verb)) or made(prefix=_prefix(verb, row.public_id))
            for verb, made in FORMS.items()
        }


def _prefix(verb: str, code: str) -> str:
    """Ids and names of their own: many cards stand on a page."""
    return f"{code}-{verb}"
