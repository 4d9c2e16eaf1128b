"""The portal through somebody's eyes: counts of every register, and ids of one. Nothing can be changed here."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import ApiClient, User
from alatau_portal import sight
from core import access
from core.choices import AccessKind
from core.keyset import BadCursor, Keyset, Page

A_PAGE = 100


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    if not getattr(request.user, "is_staff", False):
        raise PermissionDenied
    said, name = request.GET.get("who", ""), request.GET.get("register", "")
    told = {"people": _people(), "clients": _clients(), "who": said}
    if not said:
        return render(request, "pages/see_as.html", told)
    try:
        found = sight.find(said)
    except LookupError as error:
        raise Http404(str(error)) from error
    registers = {seen.name: seen for seen in sight.seen_by(sight.whose_eyes(found))}
    if name and name not in registers:
        raise Http404
    access.log(
        request.user,
        found if found.pk else None,
        AccessKind.OPEN,
        purpose=f"see_as {sight.called(found)} {name}".strip(),
    )
    told |= {"found": found, "eyes": sight.whose_eyes(found), "who": sight.called(found)}
    told["comes_in"] = sight.comes_in(found)
    if name:
        told |= {
            "seen": registers[name],
            "count": registers[name].count(),
            **_ids(request, registers[name], told),
        }
    else:
        told["counts"] = [(seen, seen.count()) for seen in registers.values()]
    return render(request, "pages/see_as.html", told)


def _people() -> Any:
    return User.objects.with_access(timezone.localdate()).order_by("role", "username")


def _clients() -> Any:
    return ApiClient.objects.holding(timezone.now()).select_related("owner").order_by("name", "pk")


def _ids(request: HttpRequest, seen: sight.Seen, told: dict[str, Any]) -> dict[str, Any]:
    """A page of what its objects are called, each with its address."""
    keyset = Keyset(seen.rows.order_by("pk"), {"who": told["who"], "register": seen.name})
    try:
        found: Page = keyset.page(request.GET.get("cursor"), A_PAGE)
    except BadCursor:
        messages.warning(request, _("That page of the list is not there any more: this is the first one."))
        found = keyset.page(None, A_PAGE)
    keys = [row.pk for row in found.rows]
    names = seen.names(seen.rows.filter(pk__in=keys))
    return {
        "page": found,
        "ids": [(names[key], seen.resource.address(names[key])) for key in keys if key in names],
    }
