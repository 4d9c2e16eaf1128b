"""What people are told of projects."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import FOR_AN_ORGANISATION
from core.notices import Kind
from districts.choices import ProjectStatus
from districts.models import PlotAllocation, Project
from districts.plot_choices import AllocationState


def _moved(project: Any, facts: dict[str, Any]) -> str:
    stage = str(ProjectStatus(facts["to"]).label)
    return _("%(project)s: the stage is “%(stage)s” now.") % {"project": project.name, "stage": stage}


def _held(allocation: Any, facts: dict[str, Any]) -> str:
    sentences = {
        AllocationState.RESERVED: _("The plot %(plot)s (%(number)s) is reserved for you."),
        AllocationState.ALLOCATED: _("The plot %(plot)s (%(number)s) is allocated to you."),
        AllocationState.RELEASED: _("The plot %(plot)s (%(number)s) is not held for you any more."),
    }
    return sentences[facts["to"]] % {"plot": allocation.plot.name, "number": allocation.plot.public_id}


def _plot_page(plot: Any) -> str:
    try:
        return reverse("invest-plot", args=[plot.public_id])
    except NoReverseMatch:  # until the page is there
        return ""


KINDS = [
    Kind(
        "stage_changed",
        gettext_lazy("A project of your organisation is in another stage"),
        concerns=lambda user: user.role in FOR_AN_ORGANISATION,
        tell=_moved,
        link=lambda project, facts: reverse("project", args=[project.public_id]),
        rows=lambda reader: Project.objects.visible_to(reader),
    ),
    Kind(
        "plot_held",
        gettext_lazy("A plot is reserved for your organisation, allocated to it or released"),
        concerns=lambda user: user.role in FOR_AN_ORGANISATION,
        tell=_held,
        link=lambda allocation, facts: _plot_page(allocation.plot),
        rows=lambda reader: PlotAllocation.objects.of_organisation_of(reader).select_related("plot"),
    ),
]
