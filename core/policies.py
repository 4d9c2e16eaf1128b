"""Who may see what, as far as the ground floor can say. `user` is a User, an ApiClient or AnonymousUser."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from core import ledger
from core.choices import Visibility


def sees_everything(user: Any) -> bool:
    """Office, leadership and auditors read every row."""
    return getattr(user, "sees_everything", False)


def levels_open_to(user: Any) -> list[str]:
    """The visibilities that this user may read without belonging to the row."""
    if sees_everything(user):
        return list(Visibility)
    if getattr(user, "is_investor", False):
        return [Visibility.PUBLIC, Visibility.INVESTOR]
    return [Visibility.PUBLIC]


#: By so much the clock here may run ahead of the one of the database, which lifts embargoes.
SKEW = timedelta(seconds=5)


def is_shown(row: Any, user: Any) -> bool:
    """`core.querysets.shown_to`, asked of a row that was read already; never a moment before the database says so."""
    if sees_everything(user):
        return True
    now = ledger.clock.get() or timezone.now() - SKEW
    has_come = row.published_at is None or row.published_at <= now
    return row.visibility in levels_open_to(user) and has_come
