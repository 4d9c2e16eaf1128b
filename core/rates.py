"""Limits that hold whatever the cache does, and over all processes: counted in the database (reliability.md 2, row 12).

    rates.count("enquiry-network", rates.network(address), limit=20, window=timedelta(hours=1))

Inside a transaction the count goes with it: what is refused later was not done. Outside one it stays at once.

    rates.climb("password", who, LADDER)

counts on several rungs at once, so that whoever goes on waits longer and longer, and yet never for good.
"""

import ipaddress
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from core.exceptions import TooMany
from core.models import RateCount

#: So many within so long, the shortest time first.
type Ladder = Sequence[tuple[int, timedelta]]
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
#: One statement: two who count at once count two. Nothing is written once the limit is reached.
COUNT = """
INSERT INTO core_ratecount AS c (scope, who, window_start, count) VALUES (%s, %s, %s, 1)
ON CONFLICT (scope, who, window_start) DO UPDATE SET count = c.count + 1 WHERE c.count < %s RETURNING c.count
"""


def count(scope: str, who: str, limit: int, window: timedelta) -> int:
    """Count once more, and say how often it was in this window. TooMany: the limit is reached already."""
    now = timezone.now()
    start = _start(now, window)
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [scope, hashed(who), start, limit])
        counted = cursor.fetchone()
    if counted is None:
        raise TooMany(retry_after=start + window - now)
    return int(counted[0])


def _start(now: datetime, window: timedelta) -> datetime:
    return now - (now - EPOCH) % window


def climb(scope: str, who: str, ladder: Ladder) -> None:
    """Count once more on every rung, or on none. TooMany says how long the highest rung that is full still lasts."""
    with transaction.atomic():
        for limit, window in reversed(ladder):
            count(_rung(scope, window), who, limit, window)


def step_back(scope: str, who: str, ladder: Ladder) -> None:
    """The last count was none of what is held up."""
    now = timezone.now()
    for _limit, window in reversed(ladder):
        rows = RateCount.objects.filter(scope=_rung(scope, window), who=hashed(who))
        rows.filter(window_start=_start(now, window), count__gt=0).update(count=F("count") - 1)


def leave(scope: str, who: str, ladder: Ladder) -> None:
    """Nothing is held against him any more."""
    rungs = [_rung(scope, window) for _limit, window in ladder]
    RateCount.objects.filter(scope__in=rungs, who=hashed(who)).delete()


def _rung(scope: str, window: timedelta) -> str:
    return f"{scope}-{window // timedelta(seconds=1)}s"


def hashed(who: str) -> str:
    return salted_hmac("core.rates", who, algorithm="sha256").hexdigest()


def address_of(request: Any) -> str:
    """From where a request came: as the proxy in front says, where there is one; what a client says itself is not
    believed (reliability.md 2, row 16)."""
    proxies = settings.REST_FRAMEWORK["NUM_PROXIES"]
    told = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if proxies and told:
        return str(told[-min(proxies, len(told))])
    return str(request.META.get("REMOTE_ADDR", ""))


def network(address: str) -> str:
    """The network of an address: the neighbours of one visitor are counted with him (/24, /48)."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return str(ipaddress.ip_network((found, 24 if found.version == 4 else 48), strict=False))
