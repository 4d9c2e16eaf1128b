"""Projects and districts as the API tells them to a visitor: the same fields, names and rules in other files, too."""

from types import SimpleNamespace
from typing import Any

from alatau_portal.open_data.city import VISITOR, City
from districts.api.serializers import DistrictSerializer, ProjectSerializer


def context() -> dict[str, Any]:
    """Serializers ask who reads."""
    return {"request": SimpleNamespace(user=VISITOR), "lang": None, "fields": None}


def projects(city: City) -> list[dict[str, Any]]:
    return _plain(ProjectSerializer, city.projects)


def districts(city: City) -> list[dict[str, Any]]:
    return _plain(DistrictSerializer, city.districts)


def _plain(serializer: Any, rows: list[Any]) -> list[dict[str, Any]]:
    tell = serializer(context=context())
    return [tell.to_representation(row) for row in rows]
