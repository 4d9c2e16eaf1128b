"""Limits that hold whatever the cache does, and over all processes: counted in the database (reliability.md 2, row 12).

    rates.count("enquiry-network", rates.network(address), limit=20, window=timedelta(hours=1))

Inside a transaction the count goes with it: what is refused later was not done. Outside one it stays at once.
"""

import ipaddress
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from core.exceptions import TooMany

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
#: One statement: two who count at once count two. Nothing is written once the limit is reached.
COUNT = """
INSERT INTO core_ratecount AS c (scope, who, window_start, count) VALUES (%s, %s, %s, 1)
ON CONFLICT (scope, who, window_start) DO UPDATE SET count = c.count + 1 WHERE c.count < %s RETURNING c.count
"""


def count(scope: str, who: str, limit: int, window: timedelta) -> int:
    """Count once more, and say how often it was in this window. TooMany: the limit is reached already."""
    now = timezone.now()
    start = now - (now - EPOCH) % window
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [scope, hashed(who), start, limit])
        counted = cursor.fetchone()
    if counted is None:
        raise TooMany(retry_after=start + window - now)
    return int(counted[0])


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
