"""Filters of projects, for pages and the API."""

from typing import Any

from django_filters import ChoiceFilter, FilterSet
from drf_spectacular.utils import extend_schema_field

from core.filters import Search
from districts.choices import DistrictCode, ProjectKind, ProjectStatus, Sector


@extend_schema_field({"type": "string", "enum": Sector.values})
class SectorFilter(ChoiceFilter):
    """Rows that have this sector among theirs."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(field_name="sectors", choices=Sector.choices, **kwargs)

    def filter(self, rows: Any, value: str) -> Any:
        return rows.filter(sectors__contains=[value]) if value else rows


class ProjectFilter(FilterSet):
    q = Search()
    district = ChoiceFilter(field_name="district__code", choices=DistrictCode.choices)
    kind = ChoiceFilter(choices=ProjectKind.choices)
    status = ChoiceFilter(choices=ProjectStatus.choices)
    sector = SectorFilter()
