"""The doors of papers: who may read the page may have its paper, under a name that says what it is."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import access, ledger
from core.choices import AccessKind
from core.exceptions import Conflict
from core.filters import today
from core.listing import Listing
from core.paper import Paper, PdfIsOff, write_docx, write_pdf, write_xlsx
from core.policies import sees_everything
from tasks import policies
from tasks.filters import CertificateFilter
from tasks.views.board import desk
from tasks.views.matrix import asked
from tasks.views.papers.card import card
from tasks.views.papers.certificate import Certificate, by_executor, certificate, written
from tasks.views.papers.figures import FIGURES
from tasks.views.papers.matrix import matrix, matrix_csv
from tasks.views.papers.protocol import protocol
from tasks.views.papers.register import register


class Form(NamedTuple):
    media_type: str
    write: Callable[[Paper], bytes]


FORMS = {
    "pdf": Form("application/pdf", write_pdf),
    "docx": Form("application/vnd.openxmlformats-officedocument.wordprocessingml.document", write_docx),
    "xlsx": Form("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
}


_OFF = gettext_lazy(
    "PDF is off on this machine: install libpango-1.0-0 and libpangoft2-1.0-0. DOCX works without them."
)
_WRONG = gettext_lazy(
    "The address of the file asks for what is not possible: choose filters on the page again."
)
#: Filters that the page of the certificate offers; others that the address has stay as they are.
OFFERED = (
    "lead",
    "executor",
    "issuer",
    "due_from",
    "due_to",
    "issued_from",
    "issued_to",
    "project",
    "meeting",
    "district",
)


@require_safe
def card_paper(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    return answer(request, card(request.user, public_id), public_id, form)


@require_safe
def register_paper(request: HttpRequest, form: str) -> HttpResponse:
    _check(desk(request)[0])
    try:
        paper = register(request, form)
    except Conflict as refusal:
        return _instead(request, form, str(refusal), status=409, others=("xlsx",))
    return answer(request, paper, f"control-{today()}", form)


@require_safe
def certificate_paper(request: HttpRequest, form: str) -> HttpResponse:
    _check(desk(request, CertificateFilter)[0])
    return answer(request, written(request), f"certificate-{today()}", form)


@require_safe
def meeting_paper(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    return answer(request, protocol(request.user, public_id), public_id, form)


@require_safe
def matrix_paper(request: HttpRequest, form: str) -> HttpResponse:
    if not sees_everything(request.user):
        raise PermissionDenied(policies.refusal("accept_progress"))
    return _matrix(request, form, mine=False)


@require_safe
def own_matrix_paper(request: HttpRequest, form: str) -> HttpResponse:
    if not getattr(request.user, "role", ""):
        raise PermissionDenied
    return _matrix(request, form, mine=True)


def _matrix(request: HttpRequest, form: str, *, mine: bool) -> HttpResponse:
    wanted = asked(request, mine=mine)
    if not wanted.form.is_valid():
        raise BadRequest(_WRONG)
    name = f"reports-{today()}"
    if form == "csv":
        table = matrix_csv(request.user, wanted)
        return _file(request, table, "text/csv; charset=utf-8; header=present", name, form)
    return answer(request, matrix(request.user, wanted), name, form)


@require_safe
def certificate_page(request: HttpRequest) -> HttpResponse:
    told = certificate(request)
    listing = told.listing
    table = by_executor(told) if told.bodies else None
    context = {
        "fields": [listing.form[name] for name in OFFERED],
        "kept": {name: value for name, value in listing.asked.items() if name not in OFFERED},
        "figures": _figures(told),
        "rows": [list(zip(table.head, row, strict=True)) for row in table.rows] if table else [],
        "total": told.totals.get("total", 0),
    }
    return listing.answer("tasks/certificate.html", context)


def _figures(told: Certificate) -> list[tuple[Any, int, str]]:
    """Name, number, and the list of just those on the board, where a filter says it."""
    asked = [(figure, urlencode({**told.listing.asked, **figure.asked})) for figure in FIGURES]
    board = reverse("control")
    return [
        (figure.label, told.totals[figure.code], f"{board}?{query}" if figure.asked else "")
        for figure, query in asked
        if told.totals
    ]


def _check(listing: Listing) -> None:
    """A file has no place to say what of its address is wrong."""
    if not listing.is_valid or listing.faults:
        raise BadRequest(_WRONG)


def answer(
    request: HttpRequest,
    paper: Any,
    name: str,
    form: str,
    back: tuple[str, Any] | None = None,
    write: Callable[[Any], bytes] | None = None,
) -> HttpResponse:
    """The file; where PDF is off, a page that says so and leads `back` (address and words) to what it is of.

    `write`, where it is not the form's own writer, takes what stands for the paper.
    """
    try:
        content = (write or FORMS[form].write)(paper)
    except PdfIsOff:
        return _instead(request, form, _OFF, status=503, back=back)
    return _file(request, content, FORMS[form].media_type, name, form)


def _file(request: HttpRequest, content: bytes, media_type: str, name: str, form: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    instant = f"-{today()}" if ledger.instant.get() and str(today()) not in name else ""
    file = f"{name}{instant}-{get_language()}.{form}"
    access.log(request.user, None, AccessKind.EXPORT, purpose=file)
    response.headers["Content-Disposition"] = content_disposition_header(True, file) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _instead(
    request: HttpRequest,
    form: str,
    words: Any,
    status: int,
    others: tuple[str, ...] = ("docx",),
    back: tuple[str, Any] | None = None,
) -> Any:
    """A page instead of the file: why there is none, and the same in other forms."""
    query = request.META.get("QUERY_STRING", "")
    way = request.path.removesuffix(form)
    addresses = {other.upper(): f"{way}{other}{query and '?'}{query}" for other in others if other != form}
    address, called = back or (reverse("control"), _("Register of instructions"))
    context = {
        "form": form.upper(),
        "words": words,
        "others": addresses,
        "back": f"{address}{query and '?'}{query}",
        "called": called,
    }
    return render(request, "tasks/paper_instead.html", context, status=status)
