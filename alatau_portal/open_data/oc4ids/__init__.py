"""An OC4IDS package (0.9.5) in one language: what the register says of published projects, as the standard says it.

What the standard cannot say is left out rather than bent: a month or a year is no date, so it stands in words.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from alatau_portal.open_data.city import City
from alatau_portal.open_data.oc4ids.project import project
from alatau_portal.open_data.oc4ids.words import kept

VERSION = "0.9"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def name_of(language: str) -> str:
    return f"oc4ids.{language}.json"


def package(city: City, language: str, at: datetime) -> dict[str, Any]:
    """`at`: the last change of the content."""
    with translation.override(language):
        updated = city.updated
        told = {
            "uri": f"{settings.PUBLIC_URL}/open-data/{name_of(language)}",
            "publishedDate": timezone.localtime(at).isoformat(timespec="seconds"),
            "version": VERSION,
            "publisher": {
                "name": _("Project Office for the development of the city of Alatau"),
                "uri": settings.PUBLIC_URL,
            },
            "license": LICENCE,
            "publicationPolicy": settings.PUBLIC_URL + reverse("open-data"),
            "projects": [project(row, language, updated[row.public_id]) for row in city.projects],
        }
        return kept(told)
