"""The desk of the office: requests of all investors, by who has to move and by when."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.choices import Role
from accounts.models import Organisation, User
from alatau_portal.pages.room.clock import clocked
from alatau_portal.pages.room.forms import ChooseForm
from alatau_portal.pages.room.requests import asking
from alatau_portal.pages.room.thread import find, thread
from core.filters import today
from core.policies import sees_everything
from investors import request_policies as policies
from investors.models import Request
from investors.request_choices import REQUEST_FINAL, Side

A_PAGE = 40


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What the office holds first, by its promised day; `?show=` one pile, `?organisation=` of one investor."""
    user: Any = request.user
    if not sees_everything(user):
        raise PermissionDenied(policies.refusal("move_promise"))
    day = today()
    code, shown = request.GET.get("organisation", "").replace("\x00", ""), request.GET.get("show", "")
    organisation = Organisation.objects.filter(code=code).first() if code else None
    own = Request.objects.visible_to(user)
    own = own.filter(organisation=organisation) if code else own
    piles = _piles(day)
    is_wrong = bool((code and organisation is None) or (shown and shown not in piles))
    number = _page(request.GET.get("page", ""))
    rows = own.filter(piles[shown][1] if shown in piles else ~Q(state__in=REQUEST_FINAL))
    found = list(rows.for_display(user).waiting_first()[(number - 1) * A_PAGE : number * A_PAGE + 1])
    context = {
        "rows": clocked(found[:A_PAGE], policies.side_of(user, None), day),
        "organisation": organisation,
        "counters": _counters(own, piles, shown, code),
        "shown": shown,
        "is_wrong": is_wrong,
        "previous": _address(shown, code, number - 1) if number > 1 else "",
        "next": _address(shown, code, number + 1) if len(found) > A_PAGE else "",
        "may_ask": policies.side_of(user, None) == Side.OFFICE,
    }
    return render(request, "room/queue.html", context, status=400 if is_wrong else 200)


def _page(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 5 and int(typed) else 1


def _piles(day: Any) -> dict[str, tuple[Any, Q, str]]:
    """Code → label, rows, shape."""
    return {
        "office": (_("wait for the office"), Q(holder=Side.OFFICE), ""),
        "late": (_("promised day has passed"), Q(holder=Side.OFFICE, promised_on__lt=day), "bad"),
        "investor": (_("wait for the investor"), Q(holder=Side.INVESTOR), ""),
        "over": (_("are over"), Q(state__in=REQUEST_FINAL), ""),
    }


def _counters(own: Any, piles: dict[str, Any], shown: str, code: str) -> list[dict[str, Any]]:
    """Counters that are filters; the one that is shown leads back to all."""
    sums = own.order_by().aggregate(
        **{name: Count("pk", filter=rows) for name, (_l, rows, _s) in piles.items()}
    )
    return [
        {
            "label": label,
            "number": sums[name],
            "href": _address("" if name == shown else name, code),
            "holds": name == shown,
            "shape": shape if sums[name] else "",
        }
        for name, (label, _rows, shape) in piles.items()
    ]


def _address(shown: str, code: str, number: int = 1) -> str:
    asked = {"show": shown, "organisation": code, "page": str(number) if number > 1 else ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    return reverse("review-requests") + (f"?{query}" if query else "")


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    if not sees_everything(request.user):
        raise PermissionDenied(policies.refusal("move_promise"))
    return thread(request, find(request.user, public_id), "review-request", Side.OFFICE)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A request of the office: first to whom, then what."""
    if policies.side_of(request.user, None) != Side.OFFICE:
        raise PermissionDenied(policies.refusal("move_promise"))
    code = request.GET.get("organisation", "").replace("\x00", "")
    if code:
        found = _known().filter(code=code).first()
        if found is None:
            raise Http404
        return asking(request, found, Side.OFFICE)
    form = ChooseForm(organisations=list(_known()))
    return render(request, "room/choose.html", {"form": form})


def _known() -> Any:
    """Those that have somebody to answer, or are known as investors."""
    people = User.objects.with_access(timezone.localdate()).filter(role=Role.INVESTOR)
    known = Organisation.objects.filter(Q(pk__in=people.values("organisation")) | Q(investor__isnull=False))
    return known.order_by("sort_kk", "pk")
