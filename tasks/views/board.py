"""The board: every instruction that concerns the reader, counters that are filters, and who holds the ball."""

from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db.models import CharField, Count, Exists, F, Func, Max, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.models import Organisation
from core import ledger
from core.filters import today
from core.listing import TIME, Listing
from core.text import LANGUAGES, Text
from districts.models import Project
from tasks.attention import condition, number_wanted
from tasks.choices import Attention, ExecutorRole
from tasks.filters import InstructionFilter
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


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not user.role:
        raise PermissionDenied
    own = Instruction.objects.visible_to(user).concerning(user)
    listing = Listing(request, InstructionFilter(request.GET, listed(own, user), request=request))
    for name, choices in _choices(user, own).items():
        listing.choose(name, choices)
    counters, total = _counters(request, listing, own)
    context = {
        "instructions": told(listing.page.rows, today()),
        "counters": counters,
        "total": total,
        "unfolded": not listing.asked.keys() <= {"q", "attention", TIME},
        "verbs": [] if ledger.instant.get() else verbs_for(user),
        "may_register": is_office(user),
        "sees_all": user.sees_everything,
    }
    return listing.answer("tasks/board.html", context)


def _counters(request: HttpRequest, listing: Listing, own: Any) -> tuple[list[Counter], int]:
    """All by one query, of the list with its other filters; and how many rows the list has."""
    if not listing.is_valid:
        return [], 0
    others: QueryDict = request.GET.copy()
    chosen = others.pop("attention", [""])[-1].strip()
    rows = InstructionFilter(others, own, request=request).qs.order_by()
    user, day = request.user, today()
    sums = {code: Count("pk", filter=condition(code, user, day)) for code in Attention.values}
    counted = rows.aggregate(total=Count("pk"), wanted=Max(number_wanted(user)), **sums)
    request.decisions_wanted = counted["wanted"]  # type: ignore[attr-defined]  # for the menu, without a query more
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


def _choices(user: Any, own: Any) -> dict[str, list[tuple[str, str]]]:
    """What the form offers for a code: those that the register has, all by one query."""
    executing = Executor.objects.live().filter(organisation=OuterRef("pk"))
    if not user.sees_everything:
        executing = executing.filter(instruction__in=own)
    bodies = Organisation.objects.visible_to(user).annotate(
        leads=Exists(executing.filter(role=ExecutorRole.LEAD)),
        executes=Exists(executing),
        gives=_gives(user, own),
    )
    nothing = dict.fromkeys(("leads", "executes", "gives"), Value(False))
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
    for kind, key, _place, *names, leads, executes, gives in named.order_by("place"):
        bodies_lists = {"lead": leads, "executor": executes, "issuer": gives}
        for name, is_in in (bodies_lists if kind == "body" else {kind: True}).items():
            if is_in:
                lists[name].append((key, Truncator(str(Text(*names))).chars(90)))
    return lists


def _gives(user: Any, own: Any) -> Any:
    """Whether the organisation gave one of these: of all there are, asked of the index, whatever the planner thinks of
    an organisation that gave none."""
    if not user.sees_everything:
        return Exists(own.filter(issuer=OuterRef("pk")))
    following = own.filter(issuer__gte=OuterRef("pk")).order_by("issuer").values("issuer")
    return Coalesce(Exact(Subquery(following[:1]), F("pk")), Value(False))


def _named(kind: str, rows: Any, key: str, name: str) -> Any:
    """In the alphabet of the reader."""
    language = (get_language() or LANGUAGES[0])[:2]
    place = Func(F(f"{name}_{language}"), function="core_sort_kk", output_field=CharField())
    texts = [F(f"{name}_{one}") for one in LANGUAGES]
    return (
        rows.order_by()
        .annotate(kind_of=Value(kind), key=F(key), place=place)
        .annotate(**dict(zip(("one", "two", "three"), texts, strict=True)))
        .values_list("kind_of", "key", "place", "one", "two", "three", "leads", "executes", "gives")
    )
