"""Codes of what was said in public, and of how two dates differ."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from districts.choices import Measure


class FigureScope(models.TextChoices):
    """Of what a figure was said in public."""

    CITY = "city", _("the whole city")
    DISTRICT = "district", _("a district")
    POOL = "pool", _("a pool of projects")


class Compared(models.TextChoices):
    """What two dates are compared by, project by project: the projects themselves, or a measure that adds up."""

    PROJECTS = "projects", _("number of projects")
    INVESTMENT = Measure.INVESTMENT.value, Measure.INVESTMENT.label
    JOBS = Measure.JOBS.value, Measure.JOBS.label
    CONSTRUCTION_JOBS = Measure.CONSTRUCTION_JOBS.value, Measure.CONSTRUCTION_JOBS.label
    SITE_AREA = Measure.SITE_AREA.value, Measure.SITE_AREA.label
    FLOOR_AREA = Measure.FLOOR_AREA.value, Measure.FLOOR_AREA.label
    VISITORS = Measure.VISITORS.value, Measure.VISITORS.label
    SPENT = Measure.SPENT.value, Measure.SPENT.label


class ComparedBy(models.TextChoices):
    """Where the two dates are looked up."""

    FIGURES = "figures", _("dates that the figures bear")
    PUBLISHED = "published", _("what the portal showed on the two days")
    REGISTER = "register", _("all that the register held on the two days")


class DifferencePart(models.TextChoices):
    """What became of a project between two dates."""

    ADDED = "added", pgettext_lazy("difference", "added")
    REMOVED = "removed", pgettext_lazy("difference", "removed")
    CHANGED = "changed", pgettext_lazy("difference", "value changed")
    UNCHANGED = "unchanged", pgettext_lazy("difference", "unchanged")
    UNKNOWN = "unknown", pgettext_lazy("difference", "without a figure")


class RemovedBecause(models.TextChoices):
    """Why a project is not counted, or not any more."""

    CANCELLED = "cancelled", pgettext_lazy("difference", "cancelled")
    TAKEN_DOWN = "taken_down", pgettext_lazy("difference", "taken down")
    MOVED = "moved", pgettext_lazy("difference", "moved to another district")
    DELETED = "deleted", pgettext_lazy("difference", "removed from the register")
    UNDATED = "undated", _("no source says when it came or went")
