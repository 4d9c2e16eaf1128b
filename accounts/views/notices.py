"""The page behind the bell, and which notices a person wants."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import notices
from core.keyset import BadCursor, Keyset
from core.models import Notice, Silence

A_PAGE = 20


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("show", "")
    if asked not in ("", "unread"):
        messages.warning(request, _("There is no such list of notices: all are shown."))
    rows = Notice.objects.visible_to(request.user).order_by("-pk")
    shown = rows.unread() if asked == "unread" else rows
    keyset = Keyset(shown, {"show": asked})
    try:
        page = keyset.page(request.GET.get("cursor"), A_PAGE)
    except BadCursor:
        messages.warning(request, _("That page of the list is not there any more: this is the first one."))
        page = keyset.page(None, A_PAGE)
    context = {"told": notices.tell(page.rows, request.user), "page": page, "only_unread": asked == "unread"}
    return render(request, "accounts/notices.html", context)


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Read, and on to what it is about if he opened it."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())
    link = notices.tell([notice], request.user)[0].link
    return redirect(link) if link and "open" in request.POST else _back(request)


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    Notice.objects.visible_to(request.user).unread().update(read_at=timezone.now())
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    address = request.POST.get("next", "")
    local = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return redirect(address if local else "notices")


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """A box for each kind and channel; those that guard the account are ticked for good."""
    if request.method == "POST":
        wanted = {tuple(choice.split(":", 1)) for choice in request.POST.getlist("wanted") if ":" in choice}
        notices.choose(request.user, wanted)
        messages.success(request, _("Your choice of notices is saved."))
        return redirect("notice-settings")
    return render(request, "accounts/notice_settings.html", {"rows": _choices(request.user)})


def _choices(user: Any) -> list[dict[str, Any]]:
    silent = set(Silence.objects.visible_to(user).values_list("kind", "channel"))
    return [
        {
            "kind": kind,
            "boxes": [
                (channel, kind.always or (kind.code, channel) not in silent) for channel in notices.CHANNELS
            ],
        }
        for kind in notices.kinds_for(user)
    ]
