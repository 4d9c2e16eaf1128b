"""What is built, where and by whom, and what sources say of it."""

from districts.models.district import District, Place, PlaceBound, PlaceSource
from districts.models.document import Document
from districts.models.plot import LandPlot
from districts.models.plot_parts import PlotAllocation, PlotUtility
from districts.models.progress import Milestone, MilestoneMove, StageChange
from districts.models.project import Project, ProjectParty, ProjectSource
from districts.models.publication import Publication
from districts.models.published_figure import PublishedFigure, PublishedFigureSource
from districts.models.statement import Claim, ClaimSource, Figure, FigureSource

__all__ = [
    "Claim",
    "ClaimSource",
    "District",
    "Document",
    "Figure",
    "FigureSource",
    "LandPlot",
    "Milestone",
    "MilestoneMove",
    "Place",
    "PlaceBound",
    "PlaceSource",
    "PlotAllocation",
    "PlotUtility",
    "Project",
    "ProjectParty",
    "ProjectSource",
    "Publication",
    "PublishedFigure",
    "PublishedFigureSource",
    "StageChange",
]
