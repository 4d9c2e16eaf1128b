"""Photos and files of a progress report: added and taken out without any program in the browser, and opened."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, OperationalError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from PIL import UnidentifiedImageError

from core.choices import ScanState
from core.pictures import bare
from tasks import policies, services
from tasks.forms.base import REFUSED
from tasks.forms.progress import ProofForm
from tasks.models import Evidence, ProgressReport, Upload
from tasks.policies import Desk
from tasks.reporting_choices import EvidenceReason
from tasks.views.asking import say
from tasks.views.files import SANDBOX, lost, served


def proofs_of(report: ProgressReport | None) -> list[Any]:
    """Each with its file, `why` (its reasons in words) and the key of its `upload`. Two queries."""
    found = list(Evidence.objects.filter(progress=report).select_related("file")) if report else []
    sent = dict(Upload.objects.filter(report=report).values_list("file", "pk")) if found else {}
    for row in found:
        row.upload = sent.get(row.file_id)  # type: ignore[attr-defined]
        row.why = [EvidenceReason(code).label for code in row.reasons]  # type: ignore[attr-defined]
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page that adds a file to a report that is being written."""
    report = _written(request, public_id)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    asked = ProofForm(*sent, user=request.user)
    if request.method == "POST" and asked.is_valid():
        try:
            services.attach_file(by=request.user, report=report, **asked.cleaned_data)
        except (*REFUSED, IntegrityError, OperationalError) as error:
            say(asked, error)
        else:
            messages.success(request, _("The file is added."))
            return redirect("report-proofs", report.public_id)
    unfinished = report.uploads.unfinished()
    context = {"report": report, "form": asked, "proofs": proofs_of(report), "unfinished": unfinished}
    return render(request, "tasks/filing_proofs.html", context)


@require_POST
def remove(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    report = _written(request, public_id)
    upload = get_object_or_404(Upload.objects.visible_to(request.user), report=report, pk=pk)
    done = _("The file is taken out of the report.")
    _said(request, done, lambda: services.drop_upload(by=request.user, upload=upload))
    return redirect("report-proofs", report.public_id)


@require_POST
def caption(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    report = _written(request, public_id)
    upload = get_object_or_404(Upload.objects.visible_to(request.user), report=report, pk=pk)
    said = request.POST.get("caption", "").replace("\0", "")[:300]
    done = _("The caption is saved.")
    _said(request, done, lambda: services.caption_upload(by=request.user, upload=upload, caption=said))
    return redirect("report-proofs", report.public_id)


def _said(request: HttpRequest, done: str, step: Callable[[], Any]) -> None:
    """What became of a step that has no form of its own."""
    try:
        step()
    except (*REFUSED, IntegrityError, OperationalError) as error:
        messages.error(request, " ".join(getattr(error, "messages", None) or [str(error)]))
    else:
        messages.success(request, done)


def _written(request: HttpRequest, public_id: str) -> ProgressReport:
    """Of the reader's own organisation."""
    rows = ProgressReport.objects.visible_to(request.user).select_related("project", "period", "organisation")
    report = get_object_or_404(rows, public_id=public_id)
    if not Desk(request.user).may("save_progress", report):
        raise Http404
    return report


@require_safe
def show(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """A photo as a picture without a word beside its pixels; another file once it is known to be clean."""
    proof = get_object_or_404(
        Evidence.objects.visible_to(request.user).select_related("file", "progress"),
        pk=pk,
        progress__public_id=public_id,
        file__isnull=False,
    )
    file = proof.file
    assert file is not None
    if file.content_type.startswith("image/") and file.scan_state != ScanState.INFECTED:
        return _picture(request, file)
    if file.scan_state == ScanState.CLEAN or (
        file.scan_state == ScanState.PENDING and policies.may(request.user, "release_file")
    ):
        return served(request, file)
    return render(request, "tasks/file_waits.html", {"file": file, "report": proof.progress}, status=403)


def _picture(request: HttpRequest, file: Any) -> HttpResponse:
    """Made once, and kept beside the original."""
    shown = f"{file.path}.shown.jpg"
    try:
        if not default_storage.exists(shown):
            with default_storage.open(file.path) as kept:
                default_storage.save(shown, ContentFile(bare(kept.read())))
        response = FileResponse(default_storage.open(shown), content_type="image/jpeg")
    except (
        FileNotFoundError,
        UnidentifiedImageError,
    ):  # the original is not served: it may say who took it, and where
        return lost(request, file)
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def release(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Somebody of the office has looked at it."""
    if not policies.may(request.user, "release_file"):
        raise PermissionDenied(policies.refusal("release_file"))
    proof = get_object_or_404(
        Evidence.objects.visible_to(request.user).select_related("file"),
        pk=pk,
        progress__public_id=public_id,
        file__isnull=False,
    )
    assert proof.file is not None
    file = proof.file
    done = _("The file is released: who may see the report may open it.")
    _said(request, done, lambda: services.release_file(file, by=request.user))
    return redirect("review-report", public_id)
