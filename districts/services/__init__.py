"""Everything that changes what this app keeps. Doors call these only."""

from districts.services.actors import Actor, Dated
from districts.services.documents import add_document, release_document, replace_file
from districts.services.figures import (
    choose_claim,
    choose_figure,
    record_figure,
    record_instead,
    retract_figure,
)
from districts.services.plots import allocate_plot, release_plot, reserve_plot
from districts.services.projects import change_stage, move_forecast, register_project, settle_milestone
from districts.services.published_figures import record_published_figure

__all__ = [
    "Actor",
    "Dated",
    "add_document",
    "allocate_plot",
    "change_stage",
    "choose_claim",
    "choose_figure",
    "move_forecast",
    "record_figure",
    "record_instead",
    "record_published_figure",
    "register_project",
    "release_document",
    "release_plot",
    "replace_file",
    "reserve_plot",
    "retract_figure",
    "settle_milestone",
]
