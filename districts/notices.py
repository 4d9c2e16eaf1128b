"""What people are told of projects."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.choices import FOR_AN_ORGANISATION, Role
from core.notices import Kind
from districts.choices import ProjectStatus
from districts.models import PlotAllocation, Project, Publication
from districts.plot_choices import AllocationState


def _moved(project: Any, facts: dict[str, Any]) -> str:
    stage = str(ProjectStatus(facts["to"]).label)
    return _("%(project)s: the stage is “%(stage)s” now.") % {"project": project.name, "stage": stage}


def _named(facts: dict[str, Any]) -> str:
    names = facts["what"]
    return names.get((get_language() or "kk")[:2]) or names["kk"]


def _waits(publication: Any, facts: dict[str, Any]) -> str:
    return _("%(what)s is ready and waits for a second person to publish it.") % {"what": _named(facts)}


def _sent_back(publication: Any, facts: dict[str, Any]) -> str:
    return _("%(what)s was sent back: %(note)s") % {"what": _named(facts), "note": facts["note"]}


def _by_the_house(code: str, title: Any, tell: Any) -> Kind:
    return Kind(
        code,
        title,
        concerns=lambda user: user.role == Role.OFFICE,
        tell=tell,
        link=lambda publication, facts: reverse("review-publication", args=[publication.pk]),
        rows=lambda reader: Publication.objects.visible_to(reader),
    )


def _held(allocation: Any, facts: dict[str, Any]) -> str:
    sentences = {
        AllocationState.RESERVED: _("The plot %(plot)s (%(number)s) is reserved for you."),
        AllocationState.ALLOCATED: _("The plot %(plot)s (%(number)s) is allocated to you."),
        AllocationState.RELEASED: _("The plot %(plot)s (%(number)s) is not held for you any more."),
    }
    return sentences[facts["to"]] % {"plot": allocation.plot.name, "number": allocation.plot.public_id}


KINDS = [
    _by_the_house("publication_ready", gettext_lazy("Something is ready to be published"), _waits),
    _by_the_house("publication_sent_back", gettext_lazy("What you made ready was sent back"), _sent_back),
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
        link=lambda allocation, facts: reverse("invest-plot", args=[allocation.plot.public_id]),
        rows=lambda reader: PlotAllocation.objects.of_organisation_of(reader).select_related("plot"),
    ),
]
