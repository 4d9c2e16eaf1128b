"""The matrix of who has filed what, project by period: of everybody for the house, of one's own for who reports."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from core.filters import today
from core.keyset import BadCursor, Keyset, Page
from core.policies import sees_everything
from districts.models import Project
from tasks import policies
from tasks.forms.periods import MatrixForm
from tasks.models import ReportingDuty, ReportingPeriod
from tasks.querysets import organisations_of
from tasks.views.filed import Row, rows_of

A_PAGE, MOST_PERIODS = 60, 12
FILES = ("pdf", "docx", "xlsx", "csv")


class Asked(NamedTuple):
    """What the address asks for: the last periods of a kind, the latest first; the duties that the reader may know;
    whose projects."""

    form: MatrixForm
    periods: list[ReportingPeriod]
    duties: Any
    projects: Any

    @property
    def query(self) -> str:
        return urlencode(self.form.asked())


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    if not sees_everything(request.user):
        raise PermissionDenied(policies.refusal("accept_progress"))
    return _shown(request, "tasks/matrix.html", asked(request, mine=False))


@require_safe
def own_matrix(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not user.role:
        raise PermissionDenied
    return _shown(request, "tasks/matrix_own.html", asked(request, mine=True))


def asked(request: HttpRequest, *, mine: bool) -> Asked:
    """`mine`: only what the organisation of the reader, or of those whom he acts for, owes itself."""
    duties = ReportingDuty.objects.visible_to(request.user)
    if mine:
        own = organisations_of(request.user)
        duties = duties.none() if own is None else duties.filter(own)
    form = MatrixForm(request.GET, duties=duties)
    if not form.is_valid():
        return Asked(form, [], duties.none(), Project.objects.none())
    periods = list(ReportingPeriod.objects.visible_to(request.user).latest_of(form.of_kind)[:MOST_PERIODS])
    if not periods:
        return Asked(form, [], duties.none(), Project.objects.none())
    inside = duties.filter(kind=form.of_kind).within(periods[-1].starts, periods[0].ends)
    owing = inside
    if code := form.cleaned_data["organisation"]:
        owing = owing.filter(organisation__code=code)
    projects = Project.objects.filter(pk__in=owing.order_by().values("project")).order_by("sort_kk", "pk")
    if code := form.cleaned_data["district"]:
        projects = projects.filter(district__code=code)
    return Asked(form, periods, inside, projects)


def told(user: Any, wanted: Asked, projects: Iterable[Project]) -> list[Row]:
    """The rows of these projects, in their order; two queries."""
    order = {project.pk: place for place, project in enumerate(projects)}
    duties = wanted.duties.filter(project__in=order).for_display()
    rows = rows_of(user, wanted.periods, duties, today())
    return sorted(rows, key=lambda row: order[row.project.pk])


def _shown(request: HttpRequest, template: str, wanted: Asked) -> HttpResponse:
    keyset, is_lost = Keyset(wanted.projects, wanted.form.asked()), False
    try:
        page: Page = keyset.page(request.GET.get("cursor"), A_PAGE)
    except BadCursor:
        page, is_lost = keyset.page(None, A_PAGE), True
    is_wrong = is_lost or not wanted.form.is_valid()
    context = {
        "form": wanted.form,
        "periods": wanted.periods,
        "rows": told(request.user, wanted, page.rows),
        "page": page,
        "query": wanted.query,
        "files": [{"name": form.upper(), "href": f"{request.path.rstrip('/')}.{form}"} for form in FILES],
        "is_wrong": is_wrong,
    }
    return render(request, template, context, status=400 if is_wrong else 200)
