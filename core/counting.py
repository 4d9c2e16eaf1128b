"""What every process counts of its own; the view of /metrics adds up all processes (alatau_portal/seeing/metrics.py).

Labels are few: a route by its name, never an address. The admin's thousand pages are one route.
"""

from prometheus_client import CollectorRegistry, Counter, Histogram

REGISTRY = CollectorRegistry()

REQUESTS = Counter(
    "portal_http_requests", "Requests that were answered", ["route", "method", "status"], registry=REGISTRY
)
SECONDS = Histogram(
    "portal_http_request_seconds",
    "How long an answer took",
    ["route"],
    buckets=(0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=REGISTRY,
)
QUERIES = Histogram(
    "portal_http_request_queries",
    "Queries that an answer took",
    buckets=(0, 1, 3, 5, 10, 20, 40, 80),
    registry=REGISTRY,
)
#: They are given out before anything else is asked, so that no more is known of them.
STORED = Counter(
    "portal_stored_answers", "Answers of the API that were given from the store", registry=REGISTRY
)

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def answered(route: str, method: str, status: int, seconds: float, queries: int) -> None:
    REQUESTS.labels(route, method if method in METHODS else "other", str(status)).inc()
    SECONDS.labels(route).observe(seconds)
    QUERIES.observe(queries)
