"""The files of evidence: for those who may see what they prove, as downloads that cannot do anything here."""

from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from core.choices import ScanState
from core.models import StoredFile
from tasks.models import Evidence, Instruction

SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"


@require_safe
def download(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    instruction = Instruction.objects.visible_to(request.user).filter(public_id=public_id).only("pk").first()
    evidence = (
        Evidence.objects.visible_to(request.user)
        .select_related("file", "report", "contribution__executor")
        .filter(pk=pk)
        .exclude(file=None)
        .first()
    )
    if instruction is None or evidence is None or _owner(evidence) != instruction.pk:
        raise Http404
    file = evidence.file
    assert file is not None
    if file.scan_state == ScanState.INFECTED:
        return render(request, "tasks/file_waits.html", {"file": file}, status=403)
    return served(request, file, public_id=public_id)


def served(request: HttpRequest, file: StoredFile, **context: Any) -> HttpResponse:
    """The bytes of a file to whoever may see its owner; a page that says so where they are lost."""
    try:
        content = default_storage.open(file.path)
    except FileNotFoundError:
        return lost(request, file, **context)
    response = FileResponse(content, content_type=file.content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def lost(request: HttpRequest, file: StoredFile, **context: Any) -> HttpResponse:
    """The store does not have what was handed in, or something else in its place."""
    context |= {"name": file.name, "sha256": file.sha256}
    return render(request, "tasks/file_missing.html", context, status=404)


def _owner(evidence: Evidence) -> int | None:
    if evidence.report is not None:
        return evidence.report.instruction_id
    return evidence.contribution.executor.instruction_id if evidence.contribution else None
