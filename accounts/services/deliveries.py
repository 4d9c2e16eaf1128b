"""What is owed to webhooks is sent at least once, signed by Standard Webhooks, and tried again for three days.

A delivery is leased, sent outside of any transaction and then closed: a worker that dies between sends it twice, never
not at all. `webhook-id` stays the same, so that the receiver may drop the second one.
"""

import json
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from standardwebhooks import Webhook

from accounts.choices import DeliveryState, WebhookState
from accounts.models import User, WebhookDelivery, WebhookEndpoint
from core import ledger, notices, outward
from core.sealed import unseal

LEASE = timedelta(seconds=60)  # longer than a call may last
#: After each try that failed; after the last one nobody tries any more. Together some 68 hours.
PAUSES = [
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=12),
    timedelta(hours=24),
    timedelta(hours=24),
]
JITTER = 0.1  # of a pause, to either side: what failed together does not come back together
LONGEST_QUIET = timedelta(minutes=10)  # an address that fails is asked no more often than this, and no less
PATIENCE = timedelta(days=3)  # an address that fails for so long is switched off
KEPT_FOR = timedelta(days=30)
GONE = 410
MACHINE = "system:webhooks"
AGENT = "AlatauPortal-Webhooks/1"


def new_message_id() -> str:
    return f"msg_{uuid4().hex}"


def body(kind: str, at: datetime, data: dict[str, Any]) -> str:
    """As it is sent: exactly these characters are signed."""
    told = {"type": kind, "timestamp": timezone.localtime(at).isoformat(), "data": data}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def deliver_one(may_be_told: Callable[[WebhookDelivery], bool], now: datetime | None = None) -> bool:
    """Send the oldest debt; False when nothing is owed. What its owner may not see any more is dropped unsent."""
    now = now or timezone.now()
    delivery = _lease(now)
    if delivery is None:
        return False
    if not may_be_told(delivery):
        delivery.delete()
        return True
    began = monotonic()
    try:
        answer = _send(delivery, now)
        status, error = answer.status, _complaint(answer)
    except Exception as failure:  # whatever it is, the next one may still go out
        status, error = None, f"{type(failure).__name__}: {failure}".replace("\x00", "")[:500]
    facts = {"response_status": status, "error": error, "duration_ms": round((monotonic() - began) * 1000)}
    _close(delivery, now, facts)
    return True


@transaction.atomic
def _lease(now: datetime) -> WebhookDelivery | None:
    due = WebhookDelivery.objects.due(now).select_related("endpoint__user", "endpoint__client")
    delivery = due.select_for_update(skip_locked=True, of=("self",)).first()
    if delivery:
        delivery.tries += 1
        delivery.next_try_at = now + LEASE
        delivery.save(update_fields=["tries", "next_try_at"])
    return delivery


def _send(delivery: WebhookDelivery, now: datetime) -> outward.Answer:
    payload, endpoint = delivery.payload, delivery.endpoint
    secrets = [endpoint.secret]
    if endpoint.former_until and endpoint.former_until > now:
        secrets.append(endpoint.former_secret)
    signed = [Webhook(unseal(one)).sign(delivery.message_id, now, payload) for one in secrets]
    headers = {
        "Content-Type": "application/json",
        "User-Agent": AGENT,
        "webhook-id": delivery.message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signed),
    }
    return outward.post(endpoint.target, payload.encode(), headers)


def _complaint(answer: outward.Answer) -> str:
    """Empty where it was taken."""
    if 200 <= answer.status < 300:
        return ""
    if 300 <= answer.status < 400:
        return "A redirect is not followed: give the webhook the address that it leads to."
    return answer.text[:500] or f"HTTP {answer.status}"


@transaction.atomic
def _close(delivery: WebhookDelivery, now: datetime, facts: dict[str, Any]) -> None:
    """Note how it went, unless another worker took over since (this one was given up for dead)."""
    mine = WebhookDelivery.objects.filter(pk=delivery.pk, tries=delivery.tries).waiting()
    endpoint = WebhookEndpoint.objects.filter(pk=delivery.endpoint_id)
    if not facts["error"]:
        mine.update(**facts, state=DeliveryState.DELIVERED, delivered_at=now)
        _recovers(endpoint)
        return
    if delivery.tries > len(PAUSES):
        mine.update(**facts, state=DeliveryState.DEAD)
        if not WebhookDelivery.objects.filter(endpoint=delivery.endpoint_id).waiting().exists():
            _recovers(endpoint)  # nothing is owed: how it does is known when the next one is
            return
    else:
        pause = PAUSES[delivery.tries - 1] * random.uniform(1 - JITTER, 1 + JITTER)
        mine.update(**facts, state=DeliveryState.FAILED, next_try_at=now + pause)
        endpoint.update(quiet_until=now + min(pause, LONGEST_QUIET))
    endpoint.update(failing_since=Coalesce("failing_since", now))
    _switch_off(delivery.endpoint_id, now, is_gone=facts["response_status"] == GONE)


def _recovers(endpoint: Any) -> None:
    endpoint.exclude(failing_since=None).update(failing_since=None, quiet_until=None)


def _switch_off(pk: int, now: datetime, *, is_gone: bool) -> None:
    """An address that is gone, or fails for days, is called no more; its owner is told."""
    endpoint = (
        WebhookEndpoint.objects.select_for_update(of=("self",)).select_related("user", "client").get(pk=pk)
    )
    fails_long = endpoint.failing_since is not None and now - endpoint.failing_since >= PATIENCE
    if endpoint.state != WebhookState.ACTIVE or not (is_gone or fails_long):
        return
    endpoint.state = WebhookState.GONE if is_gone else WebhookState.FAILING
    with ledger.acting(MACHINE, "switch_off_webhook"):
        endpoint.save(update_fields=["state"])
    endpoint.deliveries.waiting().update(state=DeliveryState.DEAD)
    people = [endpoint.user] if endpoint.user else User.objects.office(timezone.localdate())
    notices.notify(
        "webhook_off", people, event=f"webhook-{pk}-{now:%Y%m%d%H%M%S}", subject=endpoint, why=endpoint.state
    )


def forget_deliveries() -> int:
    """What was delivered or given up a month ago."""
    over = WebhookDelivery.objects.filter(created_at__lt=timezone.now() - KEPT_FOR)
    return over.filter(state__in=[DeliveryState.DELIVERED, DeliveryState.DEAD]).delete()[0]
