"""The filing wizard's own addresses: its worker and its shell, which hold nobody's data."""

import hashlib
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

MODULES = ["page", "report", "wizard"]
#: What the shell needs to be drawn and to work where there is no network.
ASSETS = [
    *("css/portal.css", "css/report.css", "img/favicon.svg", "js/portal.js"),
    *(f"js/report/{name}.js" for name in MODULES),
    *(f"vendor/golos-text-0.4.2/golos-text-{weight}.woff2" for weight in (400, 600, 700)),
]


@require_safe
@login_not_required
def shell(request: HttpRequest) -> HttpResponse:
    """The wizard around nobody's data: the same for every reader, because their browsers keep it."""
    return render(request, "tasks/shell.html")


@require_safe
@login_not_required
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. Its version is made of what it keeps: another shell or another script is another worker.

    With `WIZARD_OFFLINE=0`: one that clears what former ones kept, and takes itself away.
    """
    assets = [static(name) for name in ASSETS]
    facts: dict[str, Any] = {
        "offline": settings.WIZARD_OFFLINE,
        "language": get_language(),
        "version": _version(render_to_string("tasks/shell.html")),
        "kept": [reverse("report-shell"), *assets],
    }
    text = render_to_string("tasks/sw.js", facts)
    return HttpResponse(
        text, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"}
    )


def _version(page: str) -> str:
    told = hashlib.sha256(page.encode())
    for name in ASSETS:
        told.update(_content(name))
    return told.hexdigest()[:12]


def _content(name: str) -> bytes:
    """Of a static file: its hashed name where names are hashed, else what is in it."""
    hashed = getattr(staticfiles_storage, "stored_name", None)
    if hashed:
        return str(hashed(name)).encode()
    with open(finders.find(name), "rb") as file:
        return file.read()
