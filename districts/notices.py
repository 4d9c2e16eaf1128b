"""What people are told of projects."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import FOR_AN_ORGANISATION
from core.notices import Kind
from districts.choices import ProjectStatus
from districts.models import Project


def _moved(project: Any, facts: dict[str, Any]) -> str:
    stage = str(ProjectStatus(facts["to"]).label)
    return _("%(project)s: the stage is “%(stage)s” now.") % {"project": project.name, "stage": stage}


KINDS = [
    Kind(
        "stage_changed",
        gettext_lazy("A project of your organisation is in another stage"),
        concerns=lambda user: user.role in FOR_AN_ORGANISATION,
        tell=_moved,
        link=lambda project, facts: reverse("project", args=[project.public_id]),
        rows=lambda reader: Project.objects.visible_to(reader),
    )
]
