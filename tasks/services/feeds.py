"""Calendars of terms: made, made anew, taken back."""

import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from accounts.services import digest
from core import ledger
from core.exceptions import Forbidden
from tasks.models import CalendarFeed
from tasks.policies import may_follow


@transaction.atomic
def make_feed(*, by: User, organisation: Organisation, language: str) -> tuple[CalendarFeed, str]:
    """A new calendar and the token of its address, which is shown this once. The one before it ends."""
    if not may_follow(by, organisation):
        raise Forbidden(_("You may follow the terms of your own organisation."))
    User.objects.select_for_update().get(pk=by.pk)  # two at the same moment: one after the other
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed(owner=by, organisation=organisation, language=language, token_hash=digest(token))
    feed.full_clean(exclude=["owner", "organisation"], validate_constraints=False)
    with ledger.acting(by, "make_feed"):
        former = CalendarFeed.objects.live().filter(owner=by, organisation=organisation)
        former.update(revoked_on=timezone.localdate())
        feed.save()
    return feed, token


@transaction.atomic
def revoke_feed(feed: CalendarFeed, *, by: User) -> CalendarFeed:
    """Whoever has the address reads nothing more. Done twice it is done once."""
    row = CalendarFeed.objects.select_for_update().get(pk=feed.pk)
    if row.owner_id != by.pk:
        raise Forbidden(_("This calendar is somebody else's."))
    if row.revoked_on is None:
        row.revoked_on = timezone.localdate()
        with ledger.acting(by, "revoke_feed"):
            row.save(update_fields=["revoked_on"])
    return row


def note_use(feed: CalendarFeed) -> None:
    """Once a day: reading writes nothing else."""
    today = timezone.localdate()
    if feed.last_used_on != today:
        CalendarFeed.objects.filter(pk=feed.pk).update(last_used_on=today)
