"""Plots, what leads to them, what they are held for, and what is offered to investors."""

from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from factory import Maybe, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from districts.models import LandPlot, PlotAllocation, PlotUtility
from districts.plot_choices import ALLOCATION_FIRST, ALLOCATION_MOVES, Utility, UtilityState, UtilityUnit
from investors.choices import OPPORTUNITY_FIRST, OPPORTUNITY_MOVES
from investors.models import Opportunity, OpportunityPlot
from tests.factories.core import SourceFactory
from tests.factories.districts import DistrictFactory, ProjectFactory
from tests.factories.values import dated, way

#: A square of a hundred metres or so in Alatau City.
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[77.1, 43.7], [77.101, 43.7], [77.101, 43.701], [77.1, 43.701], [77.1, 43.7]]],
}


class LandPlotFactory(DjangoModelFactory):
    """An invented one (`is_demo`) has no source."""

    district = SubFactory(DistrictFactory)
    name_kk = Sequence(lambda n: f"Учаске {n}")
    name_ru = Sequence(lambda n: f"Участок {n}")
    name_en = Sequence(lambda n: f"Plot {n}")
    area_ha = 12
    is_demo = False
    source = Maybe("is_demo", None, SubFactory(SourceFactory))
    locals().update(dated("as_of"))

    class Meta:
        model = LandPlot


class PlotUtilityFactory(DjangoModelFactory):
    plot = SubFactory(LandPlotFactory)
    utility = Utility.POWER
    state = UtilityState.READY
    capacity = 5
    unit = UtilityUnit.MEGAWATT

    class Meta:
        model = PlotUtility


class PlotAllocationFactory(DjangoModelFactory):
    """Reserved from 1 January 2025 on."""

    plot = SubFactory(LandPlotFactory)
    project = SubFactory(ProjectFactory)
    during = DateRange(date(2025, 1, 1), None)
    basis = "order 1 of 1 January 2025"

    class Meta:
        model = PlotAllocation


def allocation_in(state: str, **facts: Any) -> PlotAllocation:
    """An allocation that came to this state as the table of moves lets it."""
    _first, *steps = way(ALLOCATION_MOVES, [str(first) for first in ALLOCATION_FIRST], state)
    return _moved(PlotAllocationFactory(**facts), steps)


class OpportunityFactory(DjangoModelFactory):
    """A draft. An invented one (`is_demo`) has no source."""

    district = SubFactory(DistrictFactory)
    name_kk = Sequence(lambda n: f"Мүмкіндік {n}")
    name_ru = Sequence(lambda n: f"Возможность {n}")
    name_en = Sequence(lambda n: f"Opportunity {n}")
    is_demo = False
    source = Maybe("is_demo", None, SubFactory(SourceFactory))
    locals().update(dated("as_of"))

    class Meta:
        model = Opportunity


class OpportunityPlotFactory(DjangoModelFactory):
    opportunity = SubFactory(OpportunityFactory)
    plot = SubFactory(LandPlotFactory, district=SelfAttribute("..opportunity.district"))

    class Meta:
        model = OpportunityPlot


def opportunity_in(state: str, **facts: Any) -> Opportunity:
    """An opportunity that came to this state as the table of moves lets it; public unless the facts say otherwise."""
    _first, *steps = way(OPPORTUNITY_MOVES, [str(first) for first in OPPORTUNITY_FIRST], state)
    return _moved(OpportunityFactory(**{"visibility": "public"} | facts), steps)


def _moved[Row: (PlotAllocation, Opportunity)](row: Row, steps: list[str]) -> Row:
    for step in steps:
        row.state = step
        row.save()
    return row
