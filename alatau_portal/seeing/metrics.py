"""`/metrics`: what Prometheus collects. Counts of all web processes, and the facts of the moment.

For whoever shows the token of METRICS_TOKEN, and for this machine itself; to everybody else it is not there.
"""

import os
from collections.abc import Iterator
from secrets import compare_digest

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from alatau_portal.seeing import alarms, facts
from alatau_portal.seeing.facts import Facts
from core import counting

HERE = {"127.0.0.1", "::1"}
#: A proxy puts at least one head that begins so into what it passes on: it then comes from elsewhere.
PASSED_ON = (
    *("HTTP_X_FORWARDED", "HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP", "HTTP_X_CLIENT_IP"),
    *("HTTP_X_CLUSTER_CLIENT_IP", "HTTP_X_ORIGINAL", "HTTP_TRUE_CLIENT_IP", "HTTP_CF_", "HTTP_FASTLY_"),
)

#: Column of sql/seeing.sql → name and meaning of the gauge. What is not known is not told.
GAUGES = {
    "outbox_waiting": ("portal_outbox_waiting", "Messages that are owed"),
    "outbox_oldest": ("portal_outbox_oldest_seconds", "Age of the oldest message that is owed"),
    "outbox_overdue": ("portal_outbox_overdue_seconds", "For how long a message should have been tried"),
    "outbox_failing": ("portal_outbox_failing", "Messages tried five times and more"),
    "outbox_dead": ("portal_outbox_dead", "Messages given up in the last 7 days"),
    "seals": ("portal_ledger_seals", "Seals of the ledger"),
    "sealed_ago": ("portal_ledger_sealed_seconds", "Age of the newest seal"),
    "unsealed": ("portal_ledger_unsealed", "Changes that are not sealed yet"),
    "unsealed_oldest": ("portal_ledger_unsealed_oldest_seconds", "Age of the oldest of them"),
    "proved_ago": ("portal_ledger_proved_seconds", "Since the ledger was proved"),
    "ledger_faults": ("portal_ledger_faults", "Faults that the last proof found"),
    "feed_lag": ("portal_feed_lag_seconds", "Since the follower of the feed looked last"),
    "longest_write": ("portal_longest_write_seconds", "Age of the oldest transaction that writes"),
    "webhooks_waiting": ("portal_webhooks_waiting", "Deliveries to webhooks that wait"),
    "webhooks_overdue": ("portal_webhooks_overdue_seconds", "For how long one should have been tried"),
    "webhooks_dead": ("portal_webhooks_dead", "Deliveries given up in the last 10 days"),
    "edition_age": ("portal_open_data_age_seconds", "Age of the current edition of the open data"),
    "edition_checked_ago": ("portal_open_data_checked_seconds", "Since it was compared with the register"),
    "database_size": ("portal_database_bytes", "Size of the database"),
    "connections": ("portal_database_connections", "Connections to the database"),
    "connections_most": ("portal_database_connections_most", "How many there can be"),
}


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    if not (_shows_token(request) or is_from_here(request)):
        raise Http404
    response = HttpResponse(counts() + moment(), content_type=CONTENT_TYPE_LATEST)
    response.headers["Cache-Control"] = "no-store"
    return response


def _shows_token(request: HttpRequest) -> bool:
    said = request.META.get("HTTP_AUTHORIZATION", "").encode()
    return bool(settings.METRICS_TOKEN) and compare_digest(said, f"Bearer {settings.METRICS_TOKEN}".encode())


def is_from_here(request: HttpRequest) -> bool:
    return request.META.get("REMOTE_ADDR") in HERE and not any(
        name.startswith(PASSED_ON) for name in request.META
    )


def counts() -> bytes:
    """Of all web processes, those that died among them."""
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return generate_latest(counting.REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)


def moment() -> bytes:
    registry = CollectorRegistry()
    registry.register(_Moment(facts.gather()))  # type: ignore[arg-type]
    return generate_latest(registry)


class _Moment:
    def __init__(self, now: Facts) -> None:
        self.now = now

    def collect(self) -> Iterator[Metric]:
        now = self.now
        for column, (name, meaning) in GAUGES.items():
            if now[column] is not None:
                yield GaugeMetricFamily(name, meaning, value=float(now[column]))
        yield _by("portal_ready", "Parts that must be there", "part", _ready(now))
        yield _by("portal_job_ended_seconds", "Since the job ended last", "job", now["jobs"] or {})
        yield _by(
            "portal_data_age_days", "Days since the newest date of a register", "register", now.days_old
        )
        yield GaugeMetricFamily("portal_disk_free_bytes", "Room on the disk", value=now.disk_free)
        yield GaugeMetricFamily("portal_disk_bytes", "Size of the disk", value=now.disk_size)
        if now.backup:
            meaning = "Age of the newest whole backup"
            yield GaugeMetricFamily("portal_backup_age_seconds", meaning, value=now.backup.age)
        rings = {alarm.code for alarm in alarms.ringing(now)}
        told = {alarm.code: float(alarm.code in rings) for alarm in alarms.ALARMS}
        yield _by("portal_alarm", "1 where the alarm rings: docs/runbook.md", "code", told)


def _ready(now: Facts) -> dict[str, float]:
    return {part: float(said == "ok") for part, said in now.parts.items()}


def _by(name: str, meaning: str, label: str, values: dict[str, float]) -> Metric:
    family = GaugeMetricFamily(name, meaning, labels=[label])
    for key, value in values.items():
        if value is not None:
            family.add_metric([key], float(value))
    return family
