"""Progress reports of an organisation: what it owes by date, and the form of one of them."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.filters import today
from tasks import services
from tasks.forms.base import REFUSED
from tasks.forms.progress import CorrectionForm, ProgressForm, initial_of
from tasks.models import ProgressReport, ReportingDuty, ReportingPeriod
from tasks.policies import Desk
from tasks.querysets import organisations_of
from tasks.reporting_choices import PENDING, NoteField, ProgressState, WordsLanguage
from tasks.services import sanity
from tasks.views.asking import say
from tasks.views.filing_proofs import proofs_of
from tasks.views.reading import SHAPES
from tasks.views.reported import beside, milestones_of, taken, told, words_of

#: What is owed, by what is to be done with it; "": not begun.
IN_ORDER = [
    ProgressState.RETURNED,
    "",
    ProgressState.DRAFT,
    ProgressState.COMPLETE,
    ProgressState.SUBMITTED,
    ProgressState.ACCEPTED,
]


class Owed(NamedTuple):
    """One report that is owed; `report` is None before the first word."""

    duty: ReportingDuty
    period: ReportingPeriod
    report: ProgressReport | None
    days: int

    @property
    def shape(self) -> str:
        return SHAPES[self.report.state] if self.report else "plan"

    @property
    def is_done(self) -> bool:
        return self.report is not None and self.report.state in (
            ProgressState.SUBMITTED,
            ProgressState.ACCEPTED,
        )

    @property
    def rank(self) -> tuple[bool, bool, Any, int]:
        """Returned first, then by date; what is done last."""
        returned = self.report is not None and self.report.state == ProgressState.RETURNED
        return self.is_done, not returned, self.period.due_on, self.duty.pk


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not user.role:
        raise PermissionDenied
    rows = sorted(owed_by(user), key=lambda row: row.rank)
    context = {"rows": rows, "counts": counted(rows), "waiting": sum(not row.is_done for row in rows)}
    return render(request, "tasks/filing.html", context)


class Count(NamedTuple):
    """How many of what is owed stand so; `code`: a state of the report, or "" before the first word."""

    code: str
    word: str
    shape: str
    number: int


def counted(rows: Iterable[Owed]) -> list[Count]:
    """What is to be done first stands first; what nobody owes so is left out."""
    found = Counter(row.report.state if row.report else "" for row in rows)
    words = {"": _("Not begun"), **{state.value: capfirst(state.label) for state in ProgressState}}
    return [
        Count(code, words[code], SHAPES.get(code, "plan"), found[code]) for code in IN_ORDER if found[code]
    ]


def owed_by(user: Any) -> list[Owed]:
    """Of the periods that are not locked; three queries, however many."""
    own = organisations_of(user)
    if own is None:
        return []
    duties = list(ReportingDuty.objects.filter(own).for_display())
    periods = list(ReportingPeriod.objects.visible_to(user).unlocked())
    rows = ProgressReport.objects.visible_to(user).filter(
        project__in=[duty.project_id for duty in duties], period__in=periods
    )
    found: dict[tuple[int, int], ProgressReport] = {}
    for row in rows.filter(state__in=[ProgressState.ACCEPTED, *PENDING]).order_by("pk"):
        found[row.project_id, row.period_id] = (
            row  # of a correction that is on its way rather than what it corrects
        )
    day = today()
    return [
        Owed(duty, period, found.get((duty.project_id, period.pk)), (period.due_on - day).days)
        for duty in duties
        for period in periods
        if period.kind == duty.kind and duty.is_of(period)
    ]


class Case(NamedTuple):
    """What one form is about."""

    duty: ReportingDuty
    period: ReportingPeriod
    report: ProgressReport | None
    last: ProgressReport | None


@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, code: str, public_id: str) -> HttpResponse:
    case = case_of(request.user, code, public_id)
    report = case.report
    if report is not None and not report.is_written:
        return _correct(request, case, report)
    sent = request.POST.copy() if request.method == "POST" else None
    if sent is not None and sent.get("do") == "take":
        return _shown(request, case, _form(request, case, None, taken(sent, case.last)))
    asked = _form(request, case, sent, initial_of(report) if report else _first())
    if sent is not None and asked.is_valid():
        try:
            kept = _keep(request.user, case, asked)
            sent["base"] = str(kept.version)  # what was typed is kept, whatever becomes of the step after it
            return _step(request, case, kept)
        except (*REFUSED, IntegrityError, OperationalError) as error:
            say(asked, error)
            case = case_of(request.user, code, public_id)
    return _shown(request, case, asked)


def _first() -> dict[str, Any]:
    """Of a report that is not begun: its number, and the language of the page where words may be in it."""
    language = get_language()
    return {"client_uuid": uuid4(), "language": language if language in WordsLanguage.values else ""}


def _form(request: HttpRequest, case: Case, sent: Any, initial: dict[str, Any]) -> ProgressForm:
    return ProgressForm(
        sent,
        user=request.user,
        initial=initial,
        beside=beside(case),
        milestones=milestones_of(case),
        warnings=sanity.warnings(case.report) if case.report else (),
    )


def case_of(user: Any, code: str, public_id: str) -> Case:
    """404 where the reader's organisation owes no such report."""
    own = organisations_of(user)
    if own is None:
        raise Http404
    period = get_object_or_404(ReportingPeriod.objects.visible_to(user).coded(code))
    duties = ReportingDuty.objects.filter(own, project__public_id=public_id, kind=period.kind)
    duty = get_object_or_404(duties.within(period.starts, period.ends).for_display()[:1])
    of_it = ProgressReport.objects.visible_to(user).filter(project=duty.project).for_display()
    rows = of_it.filter(period=period)
    report = rows.filter(state__in=PENDING).first() or rows.filter(state=ProgressState.ACCEPTED).first()
    return Case(duty, period, report, of_it.before(period.starts).first())


def notes_of(report: ProgressReport | None) -> dict[str, str]:
    """What the last return said, by field."""
    if report is None or report.state != ProgressState.RETURNED:
        return {}
    return {note.field: note.text for note in report.notes.all() if note.turn == report.returns}


def _keep(user: Any, case: Case, asked: ProgressForm) -> ProgressReport:
    return services.save_progress(by=user, project=case.duty.project, period=case.period, **asked.facts())


def _step(request: HttpRequest, case: Case, row: ProgressReport) -> HttpResponse:
    """What was asked for besides keeping it, each step by its service."""
    step, user = request.POST.get("do", "save"), request.user
    if step in ("complete", "submit") and row.state == ProgressState.DRAFT:
        row = services.complete_progress(row, by=user)
    if step == "submit":
        row = services.submit_progress(row, by=user)
        messages.success(request, _("Submitted under the number %(number)s.") % {"number": row.public_id})
        return redirect("report")
    done = _("Saved and marked as complete.") if step == "complete" else _("The draft is saved.")
    messages.success(request, done)
    return redirect("report-form", case.period.code, case.duty.project.public_id)


def _shown(request: HttpRequest, case: Case, asked: ProgressForm) -> HttpResponse:
    subject = case.report or ProgressReport(organisation=case.duty.organisation)
    desk = Desk(request.user)
    context = {
        "form": asked,
        "case": case,
        "notes": [(field, NoteField(field).label, text) for field, text in notes_of(case.report).items()],
        "may_write": desk.may("save_progress", subject),
        "may_submit": desk.may("submit_progress", subject),
        "is_draft": case.report is None or case.report.state == ProgressState.DRAFT,
        "takes": not case.period.is_locked and (case.report is not None or case.period.takes(today())),
        "last": case.last,
        "proofs": proofs_of(case.report),
        "due": date_format(case.period.due_on, "SHORT_DATE_FORMAT"),
    }
    return render(request, "tasks/filing_form.html", context)


def _correct(request: HttpRequest, case: Case, report: ProgressReport) -> HttpResponse:
    """A report that was handed in, to read; an accepted one may be corrected by a new one."""
    may = report.state == ProgressState.ACCEPTED and Desk(request.user).may("correct_progress", report)
    sent = request.POST if request.method == "POST" else None
    asked = CorrectionForm(sent, user=request.user, initial={"client_uuid": uuid4()})
    if sent is not None and asked.is_valid():
        try:
            services.correct_progress(report, by=request.user, **asked.cleaned_data)
        except (*REFUSED, IntegrityError, OperationalError) as error:
            say(asked, error)
        else:
            messages.success(
                request, _("A correction is begun: what you change here supersedes the accepted report.")
            )
            return redirect("report-form", case.period.code, case.duty.project.public_id)
    answers = [(row, told(row)) for row in report.values.all()]
    context = {
        "case": case,
        "report": report,
        "answers": answers,
        "words": words_of(report),
        "form": asked if may else None,
    }
    return render(request, "tasks/filing_done.html", context)
