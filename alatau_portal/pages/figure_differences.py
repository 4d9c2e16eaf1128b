"""How two dates differ, project by project, so that whoever asks why a figure grew is answered by its parts."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from alatau_portal.pages.frame import districts_for, frame
from core.choices import Qualifier
from districts.comparing import Question, explain
from districts.difference_form import FROM, TO, DifferenceForm, last_year
from districts.differences import Difference, Total
from districts.figure_choices import Compared, ComparedBy, DifferencePart

#: In the order in which they are told; what is unchanged comes last.
TOLD = [
    DifferencePart.ADDED,
    DifferencePart.REMOVED,
    DifferencePart.CHANGED,
    DifferencePart.UNKNOWN,
    DifferencePart.UNCHANGED,
]


@login_not_required
@require_safe
def difference(request: HttpRequest) -> HttpResponse:
    districts = districts_for(request.user)
    form = DifferenceForm(request.GET, request.user, districts, last_year())
    is_right = form.is_valid()
    context: dict[str, Any] = {"form": form, **frame(districts, ())}
    if is_right:
        asked = form.question()
        context |= _told(asked, explain(request.user, asked))
    return render(request, "pages/figure_difference.html", context, status=200 if is_right else 400)


def _told(asked: Question, found: Difference) -> dict[str, Any]:
    known_from = localdate(found.began) if found.began else None
    return {
        "asked": asked,
        "compared": Compared(asked.measure),
        "basis": ComparedBy(asked.by),
        "is_count": asked.measure == Compared.PROJECTS,
        "totals": [(total, total.steps, _inexact(total)) for total in found.totals],
        "parts": [(part, sorted(found.of(part), key=lambda line: line.lacks)) for part in TOLD],
        "lacking": found.lacking,
        "known_from": known_from,
        "too_early": asked.by != ComparedBy.FIGURES and (known_from is None or asked.since < known_from),
        "query": _query(asked),
    }


def _inexact(total: Total) -> list[tuple[str, int]]:
    return [(str(Qualifier(code).label), number) for code, number in sorted(total.inexact.items())]


def _query(asked: Question) -> str:
    """The same question to the API."""
    said = {
        FROM: asked.since.isoformat(),
        TO: asked.until.isoformat(),
        "measure": asked.measure,
        "by": asked.by,
        "lang": (get_language() or "kk")[:2],
    }
    if asked.district:
        said["district"] = asked.district.code
    return urlencode(said)
