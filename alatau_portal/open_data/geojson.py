"""Maps (RFC 7946): what has no known outline has no geometry, and what is schematic says so."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from alatau_portal.open_data.oc4ids import LICENCE
from core.api.exports import outwards
from core.text import LANGUAGES

UNKNOWN = _("The outline of the site is not published.")
OF_THE_SITE = _("As published; the accuracy is not stated.")
SCHEMATIC = _(
    "Schematic, drawn by the portal: it shows the order of the districts and their neighbours, not their boundaries."
)
OFFICIAL = _("The outline as published.")


def projects(rows: list[dict[str, Any]], at: datetime) -> dict[str, Any]:
    """A feature a project, on its own site; its district is named, and drawn in the other file."""
    features = []
    for row in rows:
        geometry = row["geometry"]
        told = {name: value for name, value in row.items() if name != "geometry"}
        accuracy = OF_THE_SITE if geometry else UNKNOWN
        features.append(_feature(row["public_id"], geometry, told, schematic=False, accuracy=accuracy))
    return _collection("projects", _("Projects of Alatau City"), features, at)


def districts(rows: list[dict[str, Any]], at: datetime) -> dict[str, Any]:
    features = []
    for row in rows:
        schematic = row["boundary_schematic"]
        told = {name: value for name, value in row.items() if name not in ("boundary", "boundary_schematic")}
        accuracy = SCHEMATIC if schematic else OFFICIAL
        features.append(_feature(row["code"], row["boundary"], told, schematic=schematic, accuracy=accuracy))
    return _collection("districts", _("Districts of Alatau City"), features, at)


def _feature(
    key: str, geometry: Any, told: dict[str, Any], *, schematic: bool, accuracy: Any
) -> dict[str, Any]:
    about = {"schematic": schematic, "accuracy": in_each_language(accuracy)}
    return {"type": "Feature", "id": key, "geometry": outwards(geometry), "properties": told | about}


def _collection(name: str, title: Any, features: list[dict[str, Any]], at: datetime) -> dict[str, Any]:
    """Foreign members say what it is (RFC 7946, 6.1)."""
    return {
        "type": "FeatureCollection",
        "name": name,
        "title": in_each_language(title),
        "license": LICENCE,
        "source": settings.PUBLIC_URL,
        "updated": timezone.localtime(at).isoformat(timespec="seconds"),
        "features": features,
    }


def in_each_language(words: Any) -> dict[str, str]:
    told = {}
    for language in LANGUAGES:
        with translation.override(language):
            told[language] = str(words)
    return told
