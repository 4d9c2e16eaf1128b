"""Invented plots and opportunities (data/demo_land.yaml): each whole or not at all, and taken out again.

They lie in the districts that are loaded; what they are held for and how far they have come is said by the services.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import models, transaction

from accounts.models import User
from core import ledger
from core.choices import Visibility
from core.dates import PartialDate
from core.loading import read
from core.models import StoredFile
from core.text import Text
from districts import services as districts
from districts.models import District, LandPlot, PlotAllocation, PlotUtility, Project, Publication
from districts.plot_choices import UNIT_OF, AllocationState
from investors import services as investors
from investors.choices import OpportunityState
from investors.models import Opportunity, OpportunityPlot
from tasks.demo.meeting import ACTOR

FILE = Path(__file__).parent.parent / "data" / "demo_land.yaml"
BASIS = "Ойдан шығарылған мысал"
TEXTS = ("name", "purpose", "offered", "sought")


def build_land(office: User, today: date) -> int:
    """Every plot and opportunity that is not there yet; returns how many were made."""
    told: Any = read(FILE)
    there = {district.code: district for district in District.objects.all()}
    made = 0
    for build, records in ((_plot, told["plots"]), (_opportunity, told["opportunities"])):
        for record in records:
            if record["district"] in there:
                with transaction.atomic():
                    made += build(record, there[record["district"]], office, today)
    return made


def _plot(told: Mapping[str, Any], district: District, office: User, today: date) -> int:
    if LandPlot.objects.filter(code=told["code"]).exists():
        return 0
    amount, basis = told.get("price", (None, ""))
    with ledger.acting(office, "load_demo"):
        plot = LandPlot.objects.create(  # type: ignore[misc]  # texts and dates are three columns each
            district=district,
            is_demo=True,
            visibility=told.get("visibility", Visibility.PUBLIC),
            geometry=_square(*told["at"]),
            price_amount=amount,
            price_currency="KZT" if amount else "",
            price_basis=basis,
            ready_on=PartialDate.parse(told.get("ready_on")),
            as_of=PartialDate.parse(today),
            **_texts(told),
            **{
                name: told[name]
                for name in ("code", "area_ha", "category", "tenure", "sectors")
                if name in told
            },
        )
        for utility, (state, capacity, distance, ready) in told["utilities"].items():
            PlotUtility.objects.create(  # type: ignore[misc]  # the same
                plot=plot,
                utility=utility,
                state=state,
                capacity=capacity,
                unit=UNIT_OF[utility] if capacity else "",
                distance_m=distance,
                ready_on=PartialDate.parse(ready),
            )
    if held := told.get("allocation"):
        _hold(plot, held, office, today)
    return 1


def _square(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def _hold(plot: LandPlot, told: Mapping[str, Any], office: User, today: date) -> None:
    """For an invented project, where there is one."""
    project = Project.objects.filter(code=told["project"], is_demo=True).first()
    if project is None:
        return
    first, last = (days and today + timedelta(days=days) for days in told["days"])
    allocation = districts.reserve_plot(
        plot, by=office, basis=BASIS, since=first, until=last, project=project
    )
    if told["state"] == AllocationState.ALLOCATED:
        districts.allocate_plot(allocation, by=office, basis=BASIS, until=last)


def _opportunity(told: Mapping[str, Any], district: District, office: User, today: date) -> int:
    name = Text(**told["name"])
    if Opportunity.objects.filter(is_demo=True, name_kk=name.kk).exists():
        return 0
    with ledger.acting(office, "load_demo"):
        row = Opportunity.objects.create(  # type: ignore[misc]  # texts and dates are three columns each
            district=district,
            is_demo=True,
            visibility=Visibility.PUBLIC,
            sectors=told["sectors"],
            closes_on=today + timedelta(days=told["closes_in"]) if "closes_in" in told else None,
            as_of=PartialDate.parse(today),
            **_texts(told),
        )
        for plot in LandPlot.objects.filter(code__in=told["plots"], is_demo=True).order_by("pk"):
            OpportunityPlot.objects.create(opportunity=row, plot=plot)
    if told["state"] in (OpportunityState.OPEN, OpportunityState.MATCHED):
        row = investors.open_opportunity(row, by=office)
    if told["state"] == OpportunityState.MATCHED:
        investors.match_opportunity(row, by=office, note=told["why"])
    if told["state"] == OpportunityState.CLOSED:
        investors.close_opportunity(row, by=office, note=told["why"])
    return 1


def _texts(told: Mapping[str, Any]) -> dict[str, Text]:
    return {name: Text(**told[name]) for name in TEXTS if name in told}


@transaction.atomic
def remove_land() -> int:
    """With what is invented about them; what is real stays, without them. Returns how many went."""
    plots = LandPlot.objects.filter(is_demo=True)
    opportunities = Opportunity.objects.filter(is_demo=True)
    with ledger.acting(ACTOR, "remove_demo"):
        OpportunityPlot.objects.filter(opportunity__in=opportunities).delete()
        PlotAllocation.objects.filter(plot__in=plots).delete()
        gone = 0
        invented: list[models.QuerySet] = [opportunities, plots]
        for rows in invented:
            _leave(rows)
            keys = list(rows.values_list("pk", flat=True))
            Publication.objects.filter(model=rows.model._meta.label_lower, object_id__in=keys).delete()
            gone += rows.delete()[1].get(rows.model._meta.label, 0)
    return gone


def _leave(rows: models.QuerySet) -> None:
    """Whatever names one of these rows by itself: an enquiry, a document."""
    for relation in rows.model._meta.related_objects:
        if not isinstance(relation, models.ManyToOneRel) or not relation.field.null:
            continue
        other: Any = relation.related_model
        others = other._base_manager.filter(**{f"{relation.field.name}__in": rows})
        if hasattr(other, "is_demo"):
            _remove_invented(others.filter(is_demo=True))
        others.update(**{relation.field.name: None})


def _remove_invented(rows: models.QuerySet) -> None:
    """With their files, and what somebody invented consented to."""
    columns = {field.name: field for field in rows.model._meta.concrete_fields if field.is_relation}
    kept = {name: list(rows.values_list(name, flat=True)) for name in ("file", "consent") if name in columns}
    rows.delete()
    for name, keys in kept.items():
        model: Any = StoredFile if name == "file" else columns[name].related_model
        model.objects.filter(pk__in=[key for key in keys if key]).delete()
