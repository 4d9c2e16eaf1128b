"""How an edition stands to the present: is it what the register says now, and may it still be handed out?

Both are asked of the ledger, so that a change by any door, raw SQL included, is seen: nothing has to announce itself.
"""

from django.conf import settings
from django.db import connection
from django.utils import timezone

from alatau_portal.models import OpenDataEdition
from alatau_portal.open_data.city import RELATIONS
from core import bookmarks

# What was public is not any more, or not yet; a row is gone, or what it said is; a file is not clean any more.
_NARROWED = """
SELECT EXISTS (
  SELECT FROM core_since(%s) c
   WHERE c.relation = ANY(%s)
     AND (c.op = 'D' OR c.old ->> 'visibility' = 'public' OR c.old ->> 'scan_state' = 'clean'
          OR c.old ->> 'chosen' = 'true' OR c.old ->> 'state' = 'accepted'
          OR (c.old ? 'published_at' AND c.new ->> 'visibility' = 'public')
          OR (c.old ? 'until' AND c.new ->> 'until' IS NOT NULL)
          OR EXISTS (SELECT FROM jsonb_each_text(c.old) o
                      WHERE o.value NOT IN ('', '[]', '{}') AND coalesce(c.new ->> o.key, '') IN ('', '[]', '{}'))))
"""


def made_for() -> str:
    """What the files say of the installation: its address, and the prefix of its projects."""
    return f"{settings.PUBLIC_URL} {settings.OC4IDS_PREFIX}"


def current() -> OpenDataEdition | None:
    """The newest edition, unless it was withdrawn: an older one is not what the register says now."""
    return usable(OpenDataEdition.objects.order_by("-pk").first())


def usable(newest: OpenDataEdition | None) -> OpenDataEdition | None:
    return None if newest is None or newest.withdrawn_at else newest


def fresh(edition: OpenDataEdition) -> str | None:
    """The bookmark to keep, where nothing has changed since the edition and no embargo has ended; else None."""
    if edition.made_for != made_for() or _has_come(edition):
        return None
    return bookmarks.fresh(edition.mark, RELATIONS)


def holds_what_was_taken_down(edition: OpenDataEdition) -> bool:
    """It may hold what the public may not have any more: such an edition is never handed out as the current one."""
    with connection.cursor() as cursor:
        cursor.execute(_NARROWED, [edition.mark, RELATIONS])
        return bool(cursor.fetchone()[0])


def was_refused_as_it_stands(edition: OpenDataEdition) -> bool:
    """Nothing has changed since the last try that the checks refused: another would be refused as well."""
    return bool(edition.refused_mark) and bookmarks.fresh(edition.refused_mark, RELATIONS) is not None


def _has_come(edition: OpenDataEdition) -> bool:
    return edition.next_at is not None and edition.next_at <= timezone.now()
