"""Codes of plots, their utilities and what they are held for, and the table of moves."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LandCategory(models.TextChoices):
    """Categories of the land fund, as the Land Code of Kazakhstan has them."""

    AGRICULTURAL = "agricultural", _("agricultural land")
    SETTLEMENT = "settlement", _("land of settlements")
    INDUSTRIAL = "industrial", _("land of industry, transport, communications and other non-agricultural use")
    PROTECTED = "protected", _("land of specially protected areas, of health and recreation")
    FOREST = "forest", _("land of the forest fund")
    WATER = "water", _("land of the water fund")
    RESERVE = "reserve", _("land of the reserve")


class Tenure(models.TextChoices):
    LEASE = "lease", pgettext_lazy("tenure", "lease")
    SALE = "sale", pgettext_lazy("tenure", "sale")
    EITHER = "either", pgettext_lazy("tenure", "lease or sale")


class PriceBasis(models.TextChoices):
    """What the price is for."""

    TOTAL = "total", _("for the whole plot")
    PER_HA = "per_ha", _("per hectare")
    PER_M2 = "per_m2", _("per m²")
    PER_YEAR = "per_year", _("for the whole plot a year")
    PER_HA_YEAR = "per_ha_year", _("per hectare a year")
    PER_M2_YEAR = "per_m2_year", _("per m² a year")


class Utility(models.TextChoices):
    POWER = "power", pgettext_lazy("utility", "power")
    WATER = "water", pgettext_lazy("utility", "water")
    GAS = "gas", pgettext_lazy("utility", "gas")
    SEWER = "sewer", pgettext_lazy("utility", "sewer")
    HEAT = "heat", pgettext_lazy("utility", "heat")
    TELECOM = "telecom", pgettext_lazy("utility", "telecom")
    ROAD = "road", pgettext_lazy("utility", "road")
    RAIL = "rail", pgettext_lazy("utility", "rail")


class UtilityState(models.TextChoices):
    READY = "ready", pgettext_lazy("utility", "ready")
    UNDER_CONSTRUCTION = "under_construction", pgettext_lazy("utility", "under construction")
    PLANNED = "planned", pgettext_lazy("utility", "planned")
    NONE = "none", pgettext_lazy("utility", "none")


class UtilityUnit(models.TextChoices):
    MEGAWATT = "mw", _("MW")
    CUBIC_METRE_DAY = "m3_day", _("m³ a day")
    CUBIC_METRE_HOUR = "m3_hour", _("m³ an hour")
    GIGACALORIE_HOUR = "gcal_hour", _("Gcal an hour")
    MEGABIT_SECOND = "mbit_s", _("Mbit/s")


#: What each utility is measured in; a road and a railway are there or not.
UNIT_OF: dict[str, str] = {
    Utility.POWER: UtilityUnit.MEGAWATT,
    Utility.WATER: UtilityUnit.CUBIC_METRE_DAY,
    Utility.GAS: UtilityUnit.CUBIC_METRE_HOUR,
    Utility.SEWER: UtilityUnit.CUBIC_METRE_DAY,
    Utility.HEAT: UtilityUnit.GIGACALORIE_HOUR,
    Utility.TELECOM: UtilityUnit.MEGABIT_SECOND,
}


class AllocationState(models.TextChoices):
    RESERVED = "reserved", pgettext_lazy("plot", "reserved")
    ALLOCATED = "allocated", pgettext_lazy("plot", "allocated")
    RELEASED = "released", pgettext_lazy("plot", "released")


class Availability(models.TextChoices):
    """How a plot stands on a day: nothing is held, or what is."""

    FREE = "free", pgettext_lazy("plot", "free")
    RESERVED = "reserved", pgettext_lazy("plot", "reserved")
    ALLOCATED = "allocated", pgettext_lazy("plot", "allocated")


A = AllocationState
#: The whole life of an allocation. A move that is not here is forbidden.
ALLOCATION_MOVES: dict[str, set[str]] = {
    A.RESERVED: {A.ALLOCATED, A.RELEASED},
    A.ALLOCATED: {A.RELEASED},
    A.RELEASED: set(),
}
ALLOCATION_FIRST = [A.RESERVED]
#: What holds a plot.
LIVE = [A.RESERVED, A.ALLOCATED]
