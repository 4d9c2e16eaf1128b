"""The queue: what waits for an answer, the oldest promise first, with counters that are filters."""

from datetime import date, datetime, timedelta
from statistics import median
from typing import Any, NamedTuple

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from core.calendar import WorkingDays
from core.filters import today
from core.listing import Listing
from investors.filters_enquiries import EnquiryFilter, Show, condition
from investors.models import Enquiry
from investors.policies import may
from investors.reviewing.shown import days_to_answer, for_the_house, is_in_time, shaped

#: Of how many days the pace is told.
SPAN = 90
TONES = {Show.OVERDUE: "bad", Show.SOON: "warn", Show.UNTAKEN: "warn", Show.ANSWERED: "ok"}


class Counter(NamedTuple):
    """As templates/tasks/counters.html shows it."""

    label: str
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
    context = {
        "enquiries": shaped(listing.page.rows, day, calendar),
        "counters": _counters(request, listing, seen, day),
        "pace": pace(seen, day, calendar),
        "unfolded": not listing.asked.keys() <= {"q", "show"},
        "answers": may(request.user, "answer_enquiry"),
    }
    return listing.answer("investors/review/queue.html", context)


def _counters(request: HttpRequest, listing: Listing, seen: Any, day: date) -> list[Counter]:
    """All by one query, of the whole register: what they count does not change with the other filters."""
    counted = seen.aggregate(
        **{one.value: Count("pk", filter=condition(one.value, day, request.user)) for one in Show}
    )
    request.enquiries_waiting = counted[Show.WAITING]  # type: ignore[attr-defined]  # for the menu
    asked = listing.asked
    chosen = asked.get("show") or ("" if asked.get("q") or asked.get("state") else Show.WAITING)
    return [
        Counter(
            capfirst(one.label),
            counted[one.value],
            f"{request.path}?show={one.value}",
            chosen == one,
            TONES.get(one, ""),
        )
        for one in Show
        if one != Show.MINE or may(request.user, "answer_enquiry")
    ]


def pace(seen: Any, day: date, calendar: WorkingDays) -> Pace | None:
    """Counts, not only a share. What is invented and what nobody asked is left out; nothing: nothing came."""
    since = datetime.combine(day - timedelta(days=SPAN), datetime.min.time(), timezone.get_current_timezone())
    rows = list(
        seen.filter(is_demo=False, submitted_at__gte=since)
        .exclude(state="spam")
        .order_by()
        .values_list("submitted_at", "answered_at", "promised_on", "state")
    )
    answered = [(came, at, promised) for came, at, promised, _state in rows if at]
    overdue = sum(1 for _came, at, promised, state in rows if not at and promised < day and state != "closed")
    if not answered and not overdue:
        return None
    days = [days_to_answer(came, at, calendar) for came, at, _promised in answered]
    in_time = sum(is_in_time(at, promised) for _came, at, promised in answered)
    return Pace(SPAN, len(answered), round(median(days)) if days else 0, len(answered) + overdue, in_time)
