"""What the filing wizard has to know of one report: a read-only door for whoever owes it."""

from collections.abc import Iterator

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import formats
from core.filters import today
from tasks.models import ProgressReport
from tasks.policies import Desk
from tasks.reporting_choices import NoteField
from tasks.views import filing
from tasks.views.reported import beside, milestones_of


@require_safe
def data(request: HttpRequest, code: str, public_id: str) -> JsonResponse:
    """One report as its organisation fills it in, in the reader's language; 404 for everybody else.

    What the report says itself is the API's to tell: `number` and `version` say which, and whether it has changed.
    `csrf`: the cookie is hidden from scripts, and changes with the session; it is asked for anew each time.
    """
    case = filing.case_of(request.user, code, public_id)
    report = case.report
    subject = report or ProgressReport(organisation=case.duty.organisation)
    desk = Desk(request.user)
    takes = not case.period.is_locked and (report is not None or case.period.takes(today()))
    return JsonResponse(
        {
            "user": str(request.user.pk),
            "csrf": get_token(request),
            "project": {"name": str(case.duty.project.name)},
            "period": {"label": str(case.period)},
            "facts": _facts(case),
            "may_write": takes and desk.may("save_progress", subject),
            "may_submit": takes and desk.may("submit_progress", subject),
            "beside": beside(case),
            "last": _last(case.last),
            "milestones": list(_milestones(case)),
            "notes": _notes(report),
            "number": report.public_id if report else None,
            "version": report.version if report else None,
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _facts(case: filing.Case) -> list[tuple[str, str]]:
    """What the first step shows: (name, text)."""
    report, due = case.report, date_format(case.period.due_on, "SHORT_DATE_FORMAT")
    state = report.get_state_display() if report else _("Not begun")
    told = [
        (_("Period"), str(case.period)),
        (_("Due"), due),
        (_("Organisation"), str(case.duty.organisation)),
    ]
    if report:
        told.append((_("Report"), report.public_id))
    return [*told, (_("State"), capfirst(state))]


def _last(last: ProgressReport | None) -> dict[str, dict[str, str]]:
    """What was accepted last, as the fields of the form take it over."""
    rows = last.values.all() if last else []
    return {
        row.metric: {
            row.metric: "" if row.value is None else f"{row.value.normalize():f}",
            f"{row.metric}_mark": row.mark if row.value is None else "",
        }
        | ({"spent_currency": row.currency} if row.currency else {})
        for row in rows
    }


def _milestones(case: filing.Case) -> Iterator[dict[str, str]]:
    for row in milestones_of(case):
        due = row.forecast
        said = formats.partial_date(due.day, due.precision, due.text, get_language())
        yield {"code": row.code, "name": str(row.name), "terms": f"{_('Expected so far')}: {said}"}


def _notes(report: ProgressReport | None) -> list[dict[str, str]]:
    return [
        {"field": field, "label": capfirst(NoteField(field).label), "text": text}
        for field, text in filing.notes_of(report).items()
    ]
