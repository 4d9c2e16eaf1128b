"""The queue: what waits for an answer, the oldest promise first, with counters that are filters."""

from datetime import date, datetime, timedelta
from statistics import median
from typing import Any, NamedTuple

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from core.calendar import WorkingDays
from core.filters import today
from core.listing import Listing
from investors.choices import EnquiryState
from investors.filters_enquiries import EnquiryFilter, Show, condition
from investors.models import Enquiry
from investors.policies import may
from investors.reviewing.shown import days_to_answer, for_the_house, is_in_time, shaped

#: Of how many days the pace is told.
SPAN = 90
TONES = {Show.OVERDUE: "bad", Show.SOON: "warn", Show.UNTAKEN: "warn", Show.ANSWERED: "ok"}


class Counter(NamedTuple):
    """As templates/tasks/counters.html shows it."""

    label: Any
    number: int
    href: str
    holds: bool
    shape: str


class Pace(NamedTuple):
    """How fast the office answered what came in the last `span` days; of those `due`, so many in time."""

    span: int
    answered: int
    median: int
    due: int
    in_time: int


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    for_the_house(request.user)
    day, calendar = today(), WorkingDays()
    seen = Enquiry.objects.visible_to(request.user)
    listing = Listing(request, EnquiryFilter(request.GET, seen.for_display(), request=request))
    counted = _counted(request.user, listing, seen, day)
    request.enquiries_waiting = counted[Show.WAITING]  # type: ignore[attr-defined]  # for the menu
    context = {
        "enquiries": shaped(listing.page.rows, day, calendar),
        "total": counted["total"],
        "counters": _counters(request, listing, counted),
        "pace": pace(counted["told"] or [], day, calendar),
        "unfolded": not listing.asked.keys() <= {"q", "show"},
    }
    return listing.answer("investors/review/queue.html", context)


def _counted(user: Any, listing: Listing, seen: Any, day: date) -> dict[str, Any]:
    """All by one query: the counters of the whole register, how many the list has, and what the pace is told of."""
    since = datetime.combine(day - timedelta(days=SPAN), datetime.min.time(), timezone.get_current_timezone())
    real = Q(is_demo=False, submitted_at__gte=since) & ~Q(state=EnquiryState.SPAM)
    one = JSONObject(came="submitted_at", answered="answered_at", promised="promised_on", state="state")
    sums: dict[str, Any] = {show.value: Count("pk", filter=condition(show, day, user)) for show in Show}
    listed = Q(pk__in=listing.rows.order_by().values("pk"))
    return seen.order_by().aggregate(
        total=Count("pk", filter=listed), told=ArrayAgg(one, filter=real), **sums
    )


def _counters(request: HttpRequest, listing: Listing, counted: dict[str, Any]) -> list[Counter]:
    asked = listing.asked
    chosen = asked.get("show") or ("" if asked.get("q") or asked.get("state") else Show.WAITING)
    return [
        Counter(
            capfirst(str(one.label)),
            counted[one.value],
            f"{request.path}?show={one.value}",
            chosen == one,
            TONES.get(one, ""),
        )
        for one in Show
        if one != Show.MINE or may(request.user, "answer_enquiry")
    ]


def pace(told: list[dict[str, Any]], day: date, calendar: WorkingDays) -> Pace | None:
    """Counts, not only a share; nothing where nothing came. What nobody answered counts once its day has passed."""
    rows = [Answered.of(one) for one in told]
    answered = [row for row in rows if row.at]
    overdue = [row for row in rows if not row.at and row.promised < day and row.state != EnquiryState.CLOSED]
    if not answered and not overdue:
        return None
    days = [days_to_answer(row.came, row.at, calendar) for row in answered]
    in_time = sum(is_in_time(row.at, row.promised) for row in answered)
    return Pace(
        SPAN, len(answered), round(median(days)) if days else 0, len(answered) + len(overdue), in_time
    )


class Answered(NamedTuple):
    came: datetime
    at: datetime | None
    promised: date
    state: str

    @classmethod
    def of(cls, told: dict[str, Any]) -> "Answered":
        """As the database wrote it into JSON."""
        at = told["answered"] and datetime.fromisoformat(told["answered"])
        return cls(
            datetime.fromisoformat(told["came"]), at, date.fromisoformat(told["promised"]), told["state"]
        )
