"""The files of an edition: names, media types, bytes."""

import json
from datetime import datetime
from typing import Any

from alatau_portal.open_data import catalogue, geojson, oc4ids, rows, table
from alatau_portal.open_data.city import City
from core.text import LANGUAGES

JSON, GEOJSON, JSON_LD = "application/json", "application/geo+json", "application/ld+json"
#: In the order of the page.
TYPES = {
    **{oc4ids.name_of(language): JSON for language in LANGUAGES},
    "projects.geojson": GEOJSON,
    "districts.geojson": GEOJSON,
    table.NAME: "text/csv; charset=utf-8; header=present",
    "datapackage.json": JSON,
    "dcat.jsonld": JSON_LD,
}
NAMES = tuple(TYPES)


def make(city: City, at: datetime, issued: datetime) -> dict[str, bytes]:
    """Every file by its name. `at`: the last change of the content; `issued`: when open data were first published.

    The same city makes the same bytes. The catalogue comes last: it knows the size and the hash of the others.
    """
    told, zones = rows.projects(city), rows.districts(city)
    made = {oc4ids.name_of(language): _json(oc4ids.package(city, language, at)) for language in LANGUAGES}
    made["projects.geojson"] = _json(geojson.projects(told, at))
    made["districts.geojson"] = _json(geojson.districts(zones, at))
    made[table.NAME] = table.csv(told)
    made["datapackage.json"] = _json(table.package(made[table.NAME], at))
    made["dcat.jsonld"] = _json(catalogue.catalogue(made, at, issued))
    return made


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"
