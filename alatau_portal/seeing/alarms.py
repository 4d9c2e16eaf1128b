"""What somebody must look at: a code, words, and when it is so. Each has an entry in the runbook (docs/runbook.md)."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from alatau_portal.health import NEEDED, REFUSING, SPARED
from alatau_portal.seeing.facts import Facts

MINUTE, HOUR, DAY = 60, 3600, 86400
GIGABYTE = 1024**3
STALE = 183  # days

#: Now: somebody loses something, or soon will. Soon: it has to be seen to within a day or two.
NOW, SOON = "now", "soon"


class Alarm(NamedTuple):
    code: str
    title: Any
    urgency: str
    rings: Callable[[Facts], bool]


ALARMS = (
    Alarm("database_down", _("The database does not answer"), NOW, lambda facts: not facts.told),
    Alarm(
        "not_ready",
        _("A part of the portal is not ready"),
        NOW,
        lambda facts: bool(facts.broken.intersection((*NEEDED, *REFUSING))),
    ),
    Alarm(
        "part_silent",
        _("A part that the portal can do without for a while does not work"),
        SOON,
        lambda facts: bool(facts.broken.intersection(SPARED)),
    ),
    Alarm(
        "ledger_broken",
        _("The ledger was changed behind its seals"),
        NOW,
        lambda facts: facts.over("ledger_faults", 0),
    ),
    Alarm(
        "ledger_unsealed",
        _("Changes are not being sealed"),
        NOW,
        lambda facts: facts.over("unsealed_oldest", 10 * MINUTE),
    ),
    Alarm(
        "outbox_late",
        _("Messages are not being sent"),
        NOW,
        lambda facts: facts.over("outbox_overdue", 10 * MINUTE),
    ),
    Alarm(
        "outbox_failing",
        _("Messages are refused again and again"),
        SOON,
        lambda facts: facts.over("outbox_failing", 0),
    ),
    Alarm(
        "outbox_dead",
        _("Messages were given up"),
        SOON,
        lambda facts: facts.over("outbox_dead", 0),
    ),
    Alarm(
        "feed_late",
        _("Background work stands still"),
        NOW,
        lambda facts: facts.over("feed_lag", 10 * MINUTE),
    ),
    Alarm(
        "long_write",
        _("A change has not been finished for long"),
        SOON,
        lambda facts: facts.over("longest_write", 15 * MINUTE),
    ),
    Alarm("job_late", _("A job of every day is late"), SOON, lambda facts: bool(facts.late_jobs)),
    Alarm(
        "webhooks_late",
        _("Webhooks are not being called"),
        NOW,
        lambda facts: facts.over("webhooks_overdue", 10 * MINUTE),
    ),
    Alarm(
        "webhooks_dead",
        _("Deliveries to webhooks were given up"),
        SOON,
        lambda facts: facts.over("webhooks_dead", 0),
    ),
    Alarm(
        "open_data_behind",
        _("The open data are behind the register"),
        SOON,
        lambda facts: bool(facts.told) and (facts["edition_checked_ago"] or DAY) > 45 * MINUTE,
    ),
    Alarm(
        "open_data_refused",
        _("A new edition of the open data did not pass its checks"),
        SOON,
        lambda facts: bool(facts["edition_refused"]),
    ),
    Alarm(
        "data_stale",
        _("A register has had no new data for half a year"),
        SOON,
        lambda facts: any(days > STALE for days in facts.days_old.values()),
    ),
    Alarm(
        "backup_old",
        _("There is no backup of the last day"),
        SOON,
        lambda facts: facts.backup is None or facts.backup.age > 26 * HOUR,
    ),
    Alarm(
        "disk_low",
        _("The disk is nearly full"),
        NOW,
        lambda facts: facts.disk_free < max(2 * GIGABYTE, facts.disk_size // 20),
    ),
    Alarm(
        "connections_high",
        _("The database is running out of connections"),
        NOW,
        lambda facts: facts.over("connections", 0.8 * (facts["connections_most"] or 1)),
    ),
)
#: What only a collector can see that looks again and again (docs/alerts.yml).
OUTSIDE = ("portal_down", "errors_high", "answers_slow")


def ringing(facts: Facts) -> list[Alarm]:
    """The urgent first. Without the database nothing else is known."""
    found = [alarm for alarm in ALARMS if facts.told or alarm.code == "database_down" or not _asks(alarm)]
    return sorted((alarm for alarm in found if alarm.rings(facts)), key=lambda alarm: alarm.urgency != NOW)


def _asks(alarm: Alarm) -> bool:
    return alarm.code not in {"disk_low", "backup_old"}
