"""What the office is told of the open data."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import Role
from alatau_portal.open_data.editions import REFUSED
from core.notices import Kind


def _refused(subject: Any, facts: dict[str, Any]) -> str:
    told = _("The checks found %(number)s faults. The last good edition stays. %(faults)s")
    return told % {"number": facts["number"], "faults": "\n".join(facts["faults"])}


KINDS = [
    Kind(
        REFUSED,
        gettext_lazy("The open data were not published"),
        concerns=lambda user: user.role == Role.OFFICE,
        tell=_refused,
        link=lambda subject, facts: reverse("open-data"),
    ),
]
