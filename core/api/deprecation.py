"""What will go is said long before, by the answers themselves and by the OpenAPI file.

    class OldRegister(Register):
        deprecated = Deprecated(date(2027, 1, 15), date(2027, 9, 1), "figures/")
        deprecated_parameters = {"colour": Deprecated(date(2027, 1, 15), date(2027, 9, 1), "sector")}

An answer of such an address, or to such a parameter, has `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and a link to
the changelog of the API, which says what to use instead. Nothing goes less than half a year after it was said.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import http_date

from core.api.links import link

#: As docs/api.md promises.
NOTICE = timedelta(days=182)


class Deprecated(NamedTuple):
    """Since when it is not to be used in anything new, until when it is there, and what takes its place."""

    since: date
    until: date
    instead: str

    def __str__(self) -> str:
        return f"Deprecated since {self.since}, there until {self.until}. Use {self.instead} instead."


def announce(response: HttpResponse, going: Iterable[Deprecated]) -> None:
    """Name what goes in the headers of an answer; of several the first day that matters."""
    told = list(going)
    if not told:
        return
    response.headers["Deprecation"] = f"@{_instant(min(one.since for one in told)):.0f}"
    response.headers["Sunset"] = http_date(_instant(min(one.until for one in told)))
    leads = f'<{link("api-changelog")}>; rel="deprecation"; type="text/markdown"'
    before = response.headers.get("Link")
    response.headers["Link"] = f"{before}, {leads}" if before else leads


def _instant(day: date) -> float:
    """The day begins in Almaty, where the portal is."""
    start = datetime.combine(day, time(), timezone.get_default_timezone())
    return start.astimezone(UTC).timestamp()
