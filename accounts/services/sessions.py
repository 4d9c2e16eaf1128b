"""Where a person is signed in, and how it ends."""

from datetime import date, datetime
from typing import Any, NamedTuple

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from accounts.models import Session, User
from core import ledger
from core.exceptions import Conflict

#: The key in a session under which its beginning and its last request stand.
PRESENCE = "presence"


class SignedIn(NamedTuple):
    """`mark` names a session without being its key, which would open it."""

    mark: str
    since: datetime
    seen: datetime
    network: str
    browser: str
    is_here: bool


def begin(session: SessionBase, network: str, browser: str) -> None:
    now = round(timezone.now().timestamp())
    session[PRESENCE] = {"since": now, "seen": now, "network": network, "browser": browser}


def go_on(session: SessionBase, network: str) -> None:
    session[PRESENCE] = session[PRESENCE] | {
        "seen": round(timezone.now().timestamp()),
        "network": network,
    }


def note_seen(user: User, today: date) -> None:
    """Once a day; no change of the register."""
    if user.last_seen_on != today:
        User.objects.filter(pk=user.pk).update(last_seen_on=today)
        user.last_seen_on = today


def sessions_of(user: Any, key: str | None) -> list[SignedIn]:
    """Those that go on, the newest first; `key` is that of the session which asks."""
    found = []
    for row in Session.objects.visible_to(user).live(timezone.now()):
        if one := told_of(row, key):
            found.append(one)
    return sorted(found, key=lambda one: (not one.is_here, -one.seen.timestamp()))


def told_of(row: Session, key: str | None = None) -> SignedIn | None:
    told = row.get_decoded().get(PRESENCE)
    if not told:
        return None
    since, seen = (_instant(told[name]) for name in ("since", "seen"))
    here = row.session_key == key
    return SignedIn(_mark(row.session_key), since, seen, told["network"], told["browser"], here)


@transaction.atomic
def end_session(user: User, mark: str) -> None:
    """One of his own sessions, at once."""
    rows = Session.objects.visible_to(user).select_for_update()
    row = next((row for row in rows if constant_time_compare(_mark(row.session_key), mark)), None)
    if row is None:
        raise Conflict(_("This session has ended already."))
    row.delete()


@transaction.atomic
def sign_out_elsewhere(user: User) -> User:
    """Every session of this person ends; the door that asked keeps its own by renewing it."""
    user = User.objects.select_for_update().get(pk=user.pk)
    with ledger.acting(user, "sign_out_elsewhere"):
        end_all(user)
    return user


def end_all(user: User) -> None:
    """In the transaction of the caller, who has named what happens. A session that is in use right now ends too: what
    it carries is signed with the instant."""
    user.signed_out_at = timezone.now()
    user.save(update_fields=["signed_out_at"])
    forget_sessions(user)


def forget_sessions(user: User) -> None:
    Session.objects.filter(user=user).delete()


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, timezone.get_default_timezone())


def _mark(key: str) -> str:
    return salted_hmac("accounts.session", key, algorithm="sha256").hexdigest()[:24]
