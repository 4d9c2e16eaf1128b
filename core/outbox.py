"""What is owed to the outside: written in the transaction of the change, delivered at least once (decisions.md 7)."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from core import tracing
from core.choices import Channel
from core.models import Notice, Outbox

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)  # how long a worker may take over one delivery before another one tries
FIRST_PAUSE, LONGEST_PAUSE, PATIENCE = timedelta(seconds=10), timedelta(hours=1), timedelta(days=3)

type Delivery = Callable[[Outbox], None]

#: Letters that are written only when they are sent: f(to) gives what `owe_mail` would take, or nothing where there is
#: nobody to write to. Apps fill it in `ready()`.
LETTERS: dict[str, Callable[[str], dict[str, str]]] = {}


def owe(channel: Channel, key: str, payload: dict[str, Any]) -> None:
    """Owe a message once, however often this is called with the key. Call it inside the transaction of the change."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("owe() must run in the transaction that makes the change")
    row = Outbox(channel=channel, key=key, payload=payload, request_id=tracing.number())
    Outbox.objects.bulk_create([row], ignore_conflicts=True)


def owe_mail(key: str, to: str, subject: str, body: str) -> None:
    owe(Channel.MAIL, key, {"to": to, "subject": subject, "body": body})


def owe_letter(key: str, to: str, letter: str) -> None:
    """One of LETTERS: whoever asks for it does not learn, not even by the time it takes, whether anybody gets it."""
    owe(Channel.MAIL, key, {"to": to, "letter": letter})


def deliver_one(now: datetime | None = None) -> bool:
    """Deliver the oldest debt. False when nothing is owed. Two workers may run this at once: each takes its own row.

    The row is leased, the message sent, the row closed: a worker that dies between sends it twice, never not at all.
    The Message-ID stays the same, so that a mail server may drop the second one.
    """
    now = now or timezone.now()
    message = _lease(now)
    if message is None:
        return False
    with tracing.caused_by(message.request_id):
        try:
            DELIVERIES[message.channel](message)
        except Exception as error:  # whatever it is, the next message may still go out
            logger.exception("%s was not delivered", message.key)
            _postpone(message, now, error)
        else:
            _close(message)
    return True


@transaction.atomic
def _lease(now: datetime) -> Outbox | None:
    message = Outbox.objects.owed(now).select_for_update(skip_locked=True).first()
    if message:
        message.tries += 1
        message.next_try_at = now + LEASE
        message.save(update_fields=["tries", "next_try_at"])
    return message


def _close(message: Outbox) -> None:
    """The body goes with the delivery: it may hold a link that opens an account."""
    Outbox.objects.filter(pk=message.pk).update(
        delivered_at=timezone.now(), last_error="", payload=_without_body(message)
    )


def _without_body(message: Outbox) -> dict[str, Any]:
    return {name: value for name, value in message.payload.items() if name != "body"}


def _postpone(message: Outbox, now: datetime, error: Exception) -> None:
    pause = min(FIRST_PAUSE * 2 ** min(message.tries - 1, 20), LONGEST_PAUSE)
    given_up = now if now - message.created_at > PATIENCE else None
    Outbox.objects.filter(pk=message.pk).update(
        next_try_at=now + pause,
        given_up_at=given_up,
        last_error=f"{type(error).__name__}: {error}"[:500],
        payload=_without_body(message) if given_up else message.payload,
    )


def _send_mail(message: Outbox) -> None:
    mail = message.payload
    if "letter" in mail:
        mail = LETTERS[mail["letter"]](mail["to"])
    if mail:
        # With the instant: after a restore a number comes again, and a mail server drops what it has had.
        identity = f"<outbox-{message.pk}-{message.created_at:%Y%m%d%H%M%S%f}@alatau-portal>"
        EmailMessage(mail["subject"], mail["body"], to=[mail["to"]], headers={"Message-ID": identity}).send()
    message.payload = mail  # as it was sent; of an address that nobody has, nothing is kept


def _ring(message: Outbox) -> None:
    """A notice under the bell of its recipient; the key keeps a second delivery from being a second notice."""
    told = message.payload
    if not get_user_model().objects.filter(pk=told["recipient"]).exists():
        return  # he is gone, and nobody else may read it
    notice = Notice(
        recipient_id=told["recipient"],
        key=message.key,
        kind=told["kind"],
        subject_id=told["subject"],
        facts=told["facts"],
        created_at=datetime.fromisoformat(told["at"]),
    )
    Notice.objects.bulk_create([notice], ignore_conflicts=True)


DELIVERIES: dict[str, Delivery] = {Channel.MAIL: _send_mail, Channel.BELL: _ring}
