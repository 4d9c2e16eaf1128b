"""The board: every instruction that concerns the reader, counters that are filters, and who holds the ball."""

from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    Func,
    Max,
    OuterRef,
    Subquery,
    Value,
    When,
)
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.models import Organisation
from core import heartbeat, ledger
from core.filters import today
from core.listing import TIME, Listing
from core.text import LANGUAGES, Text
from districts.models import Project
from tasks.attention import condition, counts_decisions, number_wanted
from tasks.choices import Attention
from tasks.filters import CertificateFilter, InstructionFilter
from tasks.models import Executor, Instruction, Meeting
from tasks.policies import is_office
from tasks.views.bulk import verbs_for
from tasks.views.rows import listed, told

SHAPES = {
    Attention.OVERDUE: "bad",
    Attention.SOON: "warn",
    Attention.ON_TIME: "ok",
    Attention.CONFIRMATION: "active",
}


class Counter(NamedTuple):
    """How many of the list ask for attention for one reason, and the list of just those."""

    code: str
    label: str
    number: int
    href: str
    holds: bool
    shape: str


def desk(request: HttpRequest, filters: Any = InstructionFilter) -> tuple[Listing, Any]:
    """The list that the address asks for, and all that is on the reader's desk: fewer than he may see."""
    user: Any = request.user
    if not user.role:
        raise PermissionDenied
    own = Instruction.objects.of_desk(user)
    listing = Listing(request, filters(request.GET, listed(own, user), request=request))
    for name, choices in _choices(user, own).items():
        listing.choose(name, choices)
    return listing, own


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    listing, own = desk(request)
    counters, total = counted(request, listing, own)
    context = {
        "instructions": told(listing.page.rows, today()),
        "counters": counters,
        "total": total,
        "unfolded": not listing.asked.keys() <= {"q", "attention", TIME},
        "verbs": [] if ledger.instant.get() else verbs_for(user),
        "may_register": is_office(user),
        "sees_all": user.sees_everything,
        "certificate": urlencode({name: listing.asked[name] for name in listing.asked if _is_counted(name)}),
        "late_jobs": _late_jobs(request) if user.sees_everything else [],
    }
    return listing.answer("tasks/board.html", context)


def _is_counted(name: str) -> bool:
    """A part of the address that a certificate takes over."""
    return name == TIME or (name != "ordering" and name in CertificateFilter.base_filters)


def counted(request: HttpRequest, listing: Listing, own: Any) -> tuple[list[Counter], int]:
    """All by one query, of the list with its other filters; and how many rows the list has."""
    if not listing.is_valid:
        return [], 0
    others: QueryDict = request.GET.copy()
    chosen = others.pop("attention", [""])[-1].strip()
    rows = InstructionFilter(others, own, request=request).qs.order_by()
    user, day = request.user, today()
    sums: dict[str, Any] = {code: Count("pk", filter=condition(code, day)) for code in Attention.values}
    if counts_decisions(user):  # for the menu, without a query more
        sums["wanted"] = Max(number_wanted(user))
    if user.sees_everything:  # type: ignore[union-attr]
        sums["beat"] = Max(heartbeat.beat())
    counted = rows.aggregate(total=Count("pk"), **sums)
    request.beat = counted.get("beat")  # type: ignore[attr-defined]
    request.decisions_wanted = counted.get("wanted")  # type: ignore[attr-defined]
    counters = [
        Counter(
            one.value,
            str(one.label),
            counted[one.value],
            listing.address(attention=None if chosen == one else one.value),
            chosen == one,
            SHAPES.get(one, ""),
        )
        for one in Attention
    ]
    return counters, counted[chosen or "total"]


def _late_jobs(request: HttpRequest) -> list[heartbeat.Late]:
    """Read with the counters, where there were any; of the past nothing is known."""
    if ledger.instant.get() is not None:
        return []
    return heartbeat.late(timezone.now(), getattr(request, "beat", None))


def _choices(user: Any, own: Any) -> dict[str, list[tuple[str, str]]]:
    """What the form offers for a code: those that the register has, all by one query."""
    live, has = Executor.objects.live(), _has_one
    if not user.sees_everything:
        live, has = live.filter(instruction__in=own.values("pk")), _is_among
    bodies = Organisation.objects.visible_to(user).annotate(
        executes=has(live, "organisation"), gives=has(own, "issuer")
    )
    nothing = dict.fromkeys(("executes", "gives"), Value(False))
    projects = Project.objects.visible_to(user).filter(Exists(own.filter(project=OuterRef("pk"))))
    given_at = own.filter(source_item__protocol__meeting=OuterRef("pk"))
    meetings = Meeting.objects.visible_to(user).filter(Exists(given_at))
    named = _named("body", bodies, "code", "name").union(
        _named("project", projects.annotate(**nothing), "public_id", "name"),
        _named("meeting", meetings.annotate(**nothing), "public_id", "title"),
    )
    lists: dict[str, list[tuple[str, str]]] = {
        name: [] for name in ("lead", "executor", "issuer", "project", "meeting")
    }
    for kind, key, _place, *names, executes, gives in named.order_by("place"):
        bodies_lists = {"lead": executes, "executor": executes, "issuer": gives}
        for name, is_in in (bodies_lists if kind == "body" else {kind: True}).items():
            if is_in:
                lists[name].append((key, Truncator(str(Text(*names))).words(12)))
    return lists


def _has_one(rows: Any, owner: str) -> Func:
    """Of all there is: a range of one, in its order, is looked up in the index, whatever the numbers are."""
    of_body = rows.filter(**{f"{owner}__gte": OuterRef("pk"), f"{owner}__lte": OuterRef("pk")})
    first = Subquery(of_body.order_by(f"{owner}_id").values("pk")[:1])
    return Func(first, template="(%(expressions)s IS NOT NULL)", output_field=BooleanField())


def _is_among(rows: Any, owner: str) -> Case:
    """Of the few that are somebody's: read once."""
    return Case(When(pk__in=rows.order_by().values(owner), then=Value(True)), default=Value(False))


def _named(kind: str, rows: Any, key: str, name: str) -> Any:
    """In the alphabet of the reader."""
    language = (get_language() or LANGUAGES[0])[:2]
    place = Func(F(f"{name}_{language}"), function="core_sort_kk", output_field=CharField())
    texts = [F(f"{name}_{one}") for one in LANGUAGES]
    return (
        rows.order_by()
        .annotate(kind_of=Value(kind), key=F(key), place=place)
        .annotate(**dict(zip(("one", "two", "three"), texts, strict=True)))
        .values_list("kind_of", "key", "place", "one", "two", "three", "executes", "gives")
    )
