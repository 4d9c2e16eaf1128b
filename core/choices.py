"""Codes that every app shares."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Visibility(models.TextChoices):
    """Who may know of a row: the house, signed-in investors too, or everybody."""

    INTERNAL = "internal", _("internal")
    INVESTOR = "investor", _("for investors")
    PUBLIC = "public", _("public")


class Basis(models.TextChoices):
    """Where the words of a text come from."""

    OFFICIAL = "official", _("official wording")
    OURS = "ours", _("our translation")


class Confidence(models.TextChoices):
    HIGH = "high", _("high")
    MEDIUM = "medium", _("medium")
    LOW = "low", _("low")


class Precision(models.TextChoices):
    """How exactly a source dates something; the stored day is the first of the period."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    SEASON = "season", _("season")
    YEAR = "year", _("year")
    UNKNOWN = "unknown", _("unknown")


class Qualifier(models.TextChoices):
    """How a source qualifies a number."""

    EXACT = "exact", _("exactly")
    ABOUT = "about", _("about")
    ALMOST = "almost", _("almost")
    AT_LEAST = "at_least", _("at least")
    UP_TO = "up_to", _("up to")


class DayKind(models.TextChoices):
    WORK = "work", _("working day")
    OFF = "off", _("day off")
    SHORT = "short", _("short day")


class ScanState(models.TextChoices):
    """What the scanner said of a file; it is published only when clean."""

    PENDING = "pending", _("waiting for the scan")
    CLEAN = "clean", _("clean")
    INFECTED = "infected", _("infected")


class SealFault(models.TextChoices):
    """What the check of the seals found (core_verify in sql/seal.sql)."""

    ALTERED = "altered", _("the change was altered")
    DELETED = "deleted", _("the change was deleted")
    ADDED = "added", _("the change was added behind the seals")
    MISSING_SEAL = "missing_seal", _("a seal before this one is missing")
    BROKEN_CHAIN = "broken_chain", _("the seal does not follow from the one before")
    ALTERED_SEAL = "altered_seal", _("the seal itself was altered")
    GONE = "gone", _("the seal that was once printed is gone or another one")


class ActKind(models.TextChoices):
    CONSTITUTIONAL_LAW = "constitutional_law", _("constitutional law")
    DECREE = "decree", _("decree of the President")
    GOVERNMENT_RESOLUTION = "government_resolution", _("resolution of the Government")
    PM_ORDER = "pm_order", _("order of the Prime Minister")
    MASLIKHAT_DECISION = "maslikhat_decision", _("decision of the maslikhat")


class Channel(models.TextChoices):
    MAIL = "mail", _("mail")
    BELL = "bell", _("bell")


class Operation(models.TextChoices):
    CREATED = "I", _("created")
    CHANGED = "U", _("changed")
    REMOVED = "D", _("removed")


class AccessKind(models.TextChoices):
    """What somebody did with data that are personal or leave the portal."""

    LIST = "list", pgettext_lazy("access", "listed")
    OPEN = "open", pgettext_lazy("access", "opened")
    EXPORT = "export", pgettext_lazy("access", "exported")
    DOWNLOAD = "download", pgettext_lazy("access", "downloaded")
    ERASE = "erase", pgettext_lazy("access", "erased")


class Outcome(StrEnum):
    """What became of one of many rows that were sent at once."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
