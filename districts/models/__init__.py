"""What is built, where and by whom, and what sources say of it."""

from districts.models.district import District, Place, PlaceBound, PlaceSource
from districts.models.progress import Milestone, MilestoneMove, StageChange
from districts.models.project import Project, ProjectParty, ProjectSource
from districts.models.publication import Publication
from districts.models.statement import Claim, ClaimSource, Figure, FigureSource

__all__ = [
    "Claim",
    "ClaimSource",
    "District",
    "Figure",
    "FigureSource",
    "Milestone",
    "MilestoneMove",
    "Place",
    "PlaceBound",
    "PlaceSource",
    "Project",
    "ProjectParty",
    "ProjectSource",
    "Publication",
    "StageChange",
]
