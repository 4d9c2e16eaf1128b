"""Webhooks: who wants to be told of what, where."""

import base64
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import DeliveryState, WebhookState
from accounts.models import ApiClient, User, WebhookBookmark, WebhookEndpoint
from accounts.policies import require_own_webhook, require_owner_of_webhook
from accounts.services.deliveries import body, new_message_id
from accounts.services.news import tell_of_security
from core import ledger, outward
from core.bookmarks import bookmark
from core.exceptions import Conflict
from core.sealed import seal

#: So long the former secret signs beside the new one.
OVERLAP = timedelta(hours=24)
#: Webhooks of one owner.
MOST = 20
PING = "webhook.ping"
#: The name of the bookmark up to which the ledger was read for webhooks.
LEDGER = "webhooks"


@transaction.atomic
def add_webhook(
    *, by: User | ApiClient, target: str, watches: list[dict[str, Any]]
) -> tuple[WebhookEndpoint, str]:
    """A new webhook of whoever adds it, and its secret, which is shown this once."""
    kind, _colon, key = by.ledger_name.partition(":")
    owner = type(by).objects.select_for_update().get(pk=by.pk)  # those of one owner come one after the other
    endpoint = WebhookEndpoint(**{f"{kind}_id": int(key)}, target=target, watches=watches)
    require_own_webhook(by, endpoint)
    if WebhookEndpoint.objects.visible_to(owner).filter(**{kind: key}).count() >= MOST:
        raise Conflict(_("You have %(most)s webhooks: remove one first.") % {"most": MOST})
    secret = _new_secret()
    endpoint.secret = seal(secret)
    _check(endpoint)
    with ledger.acting(by, "add_webhook"):
        endpoint.save()
    _tell(endpoint, "add_webhook")
    _follow()
    return _read(endpoint), secret


def _follow() -> None:
    """With the first webhook of all the ledger is followed: what changes before the job looks at it is told too."""
    start = WebhookBookmark(name=LEDGER, mark=bookmark(), looked_at=timezone.now())
    WebhookBookmark.objects.bulk_create([start], ignore_conflicts=True)


@transaction.atomic
def amend_webhook(endpoint: WebhookEndpoint, *, by: User | ApiClient, **facts: Any) -> WebhookEndpoint:
    """Another address, or other things to be told of; what is owed already goes to the new address."""
    endpoint = _locked(endpoint, by)
    require_owner_of_webhook(by, endpoint)
    for name, value in facts.items():
        setattr(endpoint, name, value)
    _check(endpoint)
    with ledger.acting(by, "amend_webhook"):
        endpoint.save(update_fields=[*facts])
    _tell(endpoint, "amend_webhook")
    return _read(endpoint)


@transaction.atomic
def rotate_webhook_secret(endpoint: WebhookEndpoint, *, by: User | ApiClient) -> tuple[WebhookEndpoint, str]:
    """A new secret, shown this once; the former one signs beside it for a day, an older one no more."""
    endpoint = _locked(endpoint, by)
    require_owner_of_webhook(by, endpoint)
    secret = _new_secret()
    endpoint.former_secret, endpoint.secret = endpoint.secret, seal(secret)
    endpoint.former_until = timezone.now() + OVERLAP
    with ledger.acting(by, "rotate_webhook_secret"):
        endpoint.save(update_fields=["secret", "former_secret", "former_until"])
    return _read(endpoint), secret


@transaction.atomic
def pause_webhook(endpoint: WebhookEndpoint, *, by: User | ApiClient) -> WebhookEndpoint:
    """Nothing is sent or collected until it is resumed; what is owed already waits."""
    endpoint = _locked(endpoint, by)
    if endpoint.state != WebhookState.ACTIVE:
        raise Conflict(_("This webhook is switched off already."))
    return _turned(endpoint, by, "pause_webhook", WebhookState.PAUSED)


@transaction.atomic
def resume_webhook(endpoint: WebhookEndpoint, *, by: User | ApiClient) -> WebhookEndpoint:
    """Told again from now on, whatever switched it off. What happened in the last minute may come as well."""
    endpoint = _locked(endpoint, by)
    if endpoint.state == WebhookState.ACTIVE:
        raise Conflict(_("This webhook is active already."))
    endpoint.failing_since = endpoint.quiet_until = None
    return _turned(endpoint, by, "resume_webhook", WebhookState.ACTIVE)


@transaction.atomic
def ping_webhook(endpoint: WebhookEndpoint, *, by: User | ApiClient) -> WebhookEndpoint:
    """Send a message that says nothing but that it works."""
    endpoint = _locked(endpoint, by)
    _require_active(endpoint)
    now, message = timezone.now(), new_message_id()
    data = {"webhook": endpoint.public_id}
    endpoint.deliveries.create(
        message_id=message, event=f"ping-{message}", kind=PING, payload=body(PING, now, data), next_try_at=now
    )
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(quiet_until=None)
    return _read(endpoint)


@transaction.atomic
def remove_webhook(endpoint: WebhookEndpoint, *, by: User | ApiClient) -> None:
    """It and what is owed to it are gone; that there was one stays in the ledger."""
    endpoint = _locked(endpoint, by)
    with ledger.acting(by, "remove_webhook"):
        endpoint.delete()


@transaction.atomic
def replay_deliveries(
    endpoint: WebhookEndpoint,
    *,
    by: User | ApiClient,
    message: str | None = None,
    since: datetime | None = None,
) -> WebhookEndpoint:
    """Send again, under the same message ids: one message, or all since an instant, or else all that were given up."""
    endpoint = _locked(endpoint, by)
    _require_active(endpoint)
    again = endpoint.deliveries.all()
    if message:
        again = again.filter(message_id=message)
        if not again.exists():
            raise ValidationError({"message": [_("There is no such message of this webhook.")]})
    elif since:
        again = again.filter(created_at__gte=since)
    else:
        again = again.filter(state=DeliveryState.DEAD)
    again.update(state=DeliveryState.PENDING, tries=0, delivered_at=None, next_try_at=timezone.now())
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(quiet_until=None)
    return _read(endpoint)


def _tell(endpoint: WebhookEndpoint, what: str) -> None:
    """Whom it acts for is told: it may have been somebody else with his token."""
    if endpoint.user:
        tell_of_security(endpoint.user, what)


def _new_secret() -> str:
    """32 random bytes, written as Standard Webhooks writes them."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def _locked(endpoint: WebhookEndpoint, by: User | ApiClient) -> WebhookEndpoint:
    endpoint = WebhookEndpoint.objects.select_for_update(of=("self",)).get(pk=endpoint.pk)
    require_own_webhook(by, endpoint)
    return endpoint


def _require_active(endpoint: WebhookEndpoint) -> None:
    if endpoint.state != WebhookState.ACTIVE:
        raise Conflict(_("This webhook is switched off: resume it first."))


def _check(endpoint: WebhookEndpoint) -> None:
    try:
        outward.target(endpoint.target)
    except outward.Refused as refusal:
        raise ValidationError({"target": [str(refusal)]}) from refusal
    endpoint.full_clean(exclude=["secret", "former_secret"])


def _turned(
    endpoint: WebhookEndpoint, by: User | ApiClient, verb: str, state: WebhookState
) -> WebhookEndpoint:
    endpoint.state = state
    with ledger.acting(by, verb):
        endpoint.save(update_fields=["state", "failing_since", "quiet_until"])
    return _read(endpoint)


def _read(endpoint: WebhookEndpoint) -> WebhookEndpoint:
    endpoint.refresh_from_db()
    return endpoint
