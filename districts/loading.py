"""Loads districts and places, projects with their parties and milestones, figures, claims, what was said in public."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.db import models

from core.loading import Loading, Record, apart, parts, read
from core.merging import Correction, Merged, recall
from districts.choices import MoveReason
from districts.models import (
    Claim,
    ClaimSource,
    District,
    Figure,
    FigureSource,
    Milestone,
    MilestoneMove,
    Place,
    PlaceBound,
    PlaceSource,
    Project,
    ProjectParty,
    ProjectSource,
    PublishedFigure,
    PublishedFigureSource,
    StageChange,
)

DATA = Path(__file__).parent / "data"
#: What stands below a project in its file.
PARTS = ("stage", "parties", "milestones")
FIGURES = {
    "city": "city figures",
    "city_parts": "further numbers of the same statements",
    "districts": "district figures",
    "projects": "project figures",
}
CLAIMS = ("districts", "projects", "city")
#: What a statement may be about, besides the city.
SUBJECTS = ("district", "project", "organisation")


def load(loading: Loading) -> None:
    _load_districts(loading)
    _load_projects(loading)
    _load_statements(loading)


def _load_districts(loading: Loading) -> None:
    records = read(DATA / "districts.yaml")
    districts = loading.load(District, apart(records, "bounds"), label="districts")
    loading.load_cited(Place, PlaceSource, read(DATA / "places.yaml"), label="places")
    bounds = [
        {"district": record["code"], "place": place, "order": order}
        for record in records
        for order, place in enumerate(record["bounds"], start=1)
    ]
    owners = [row.pk for row in districts.rows if row]
    loading.load_parts(PlaceBound, "district", owners, bounds, key=("place", "district"))


def _load_projects(loading: Loading) -> None:
    """The status is written once, with the stage change that gives its basis; later stages are moves of people."""
    records = read(DATA / "projects.yaml")
    projects = [
        {**record, "status": stage["to_status"]}
        for record, stage in zip(apart(records, *PARTS), (r["stage"] for r in records), strict=True)
    ]
    loading.load_cited(Project, ProjectSource, projects, only_new=["status"], label="projects")
    stages = [{"project": record["code"], "from_status": "", **record["stage"]} for record in records]
    once = [field.name for field in StageChange._meta.concrete_fields]
    loading.load(StageChange, stages, key=("project", "from_status"), only_new=once, label="stage changes")
    parties = parts(records, "parties", "project")
    loading.load(ProjectParty, parties, key=("project", "organisation", "role"), label="parties of projects")
    milestones = parts(records, "milestones", "project")
    _record_moves(loading.load(Milestone, milestones, key=("project", "code"), label="milestones"))


def _record_moves(milestones: Merged) -> None:
    """A forecast that the file moves has its move, as everywhere."""
    MilestoneMove.objects.bulk_create(
        MilestoneMove(
            milestone=update.row,
            reason=MoveReason.SOURCE,
            **_dates("old", {**_forecast(update.row), **update.old}),
            **_dates("new", _forecast(update.row)),
        )
        for update in milestones.updates
        if any(name.startswith("forecast_") for name in update.old)
    )


def _forecast(milestone: Milestone) -> dict[str, Any]:
    return {
        f"forecast_{part}": getattr(milestone, f"forecast_{part}") for part in ("day", "precision", "text")
    }


def _dates(name: str, forecast: dict[str, Any]) -> dict[str, Any]:
    return {f"{name}_{part}": forecast[f"forecast_{part}"] for part in ("day", "precision", "text")}


def _load_statements(loading: Loading) -> None:
    figures = read(DATA / "figures.yaml")
    for part, label in FIGURES.items():
        records = _give_way(loading, Figure, figures[part], (*SUBJECTS[:2], "measure"))
        loading.load_cited(Figure, FigureSource, records, label=label)
    claims = [record for part in CLAIMS for record in read(DATA / f"claims_{part}.yaml")]
    records = _give_way(loading, Claim, claims, (*SUBJECTS, "field"))
    loading.load_cited(Claim, ClaimSource, records, label="claims")
    said = read(DATA / "published_figures.yaml")
    loading.load_cited(PublishedFigure, PublishedFigureSource, said, label="published figures")


def _give_way(
    loading: Loading, model: type[models.Model], records: Iterable[Record], about: Sequence[str]
) -> list[Record]:
    """Of contradicting statements one is chosen: where somebody has chosen another, ours are not."""
    ours = [pk for pk, row in recall(model, loading.actor).items() if row["chosen"]]
    by_hand = model._base_manager.filter(chosen=True).exclude(pk__in=ours)
    codes = [f"{name}__code" if name in SUBJECTS else name for name in about]
    taken = {tuple(subject): code for code, *subject in by_hand.values_list("code", *codes)}
    given = []
    for record in records:
        chosen = taken.get(tuple(record.get(name) for name in about), record["code"])
        if record["chosen"] and chosen != record["code"]:
            loading.kept.append(Correction(f"{model._meta.label} {record['code']}", "chosen", True, False))
            record = {**record, "chosen": False}
        given.append(record)
    return given
