"""Filters of projects, for pages and the API."""

from typing import Any

from django.db.models import OuterRef, Subquery, TextChoices
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet
from drf_spectacular.utils import extend_schema_field

from accounts.models import Organisation
from core.filters import (
    OneOf,
    Order,
    Ordering,
    Search,
    VisibleCode,
    Year,
    YesNo,
    by_name,
    place_in,
    today,
    updated,
)
from districts.choices import DistrictCode, ProjectKind, ProjectStatus, Sector
from districts.models import Milestone, ProjectParty


@extend_schema_field(
    {
        "type": "string",
        "enum": Sector.values,
        "description": "Rows that have this sector or a part of it among theirs (transport finds transport.rail).",
    }
)
class SectorFilter(OneOf):
    """Rows that have this sector, or a part of it, among theirs."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Sector.choices, field_name="sectors", label=_("Sector"), **kwargs)

    def filter(self, rows: Any, value: str) -> Any:
        if not value:
            return rows
        return rows.filter(
            sectors__overlap=[code for code in Sector.values if code == value or code.startswith(f"{value}.")]
        )


class Schedule(TextChoices):
    """What the terms of a project's milestones say by themselves."""

    MOVED = "moved", _("moved to later")
    SILENT = "silent", _("date passed without word")


@extend_schema_field(
    {
        "type": "string",
        "enum": Schedule.values,
        "description": (
            "moved: a milestone is now expected after the period in which it was first due; "
            "silent: the period in which a scheduled milestone was expected has passed without a word that it was met."
        ),
    }
)
class ScheduleFilter(OneOf):
    def __init__(self) -> None:
        super().__init__(Schedule.choices, label=_("Terms"))

    def filter(self, projects: Any, value: str) -> Any:
        if not value:
            return projects
        return projects.moved() if value == Schedule.MOVED else projects.silent(today())


OF_YEAR = (
    "Projects with a milestone that is expected or was met in this year, or that entered a stage in it. A milestone "
    "counts once: in the year in which it was met; until then in the one in which it is now expected."
)


class ProjectFilter(FilterSet):
    q = Search()
    district = OneOf(DistrictCode.choices, field_name="district__code", label=_("District"))
    status = OneOf(ProjectStatus.choices, label=_("Status"))
    kind = OneOf(ProjectKind.choices, label=_("Kind"))
    sector = SectorFilter()
    party = VisibleCode(method="keep_party", label=_("Who takes part"))
    year = Year(2000, 2099, _("Year of a term or stage"), OF_YEAR, method="keep_year")
    schedule = ScheduleFilter()
    demo = YesNo(field_name="is_demo", label=_("Invented, for trying out"))
    suspended = YesNo(method="keep_suspended", label=_("Suspended"))
    ordering = Ordering(
        {
            "public_id": Order(_("Register number"), "pk"),
            **by_name(),
            "district": Order(_("District"), "district__south_order", "sort_kk", "pk"),
            "kind": Order(
                _("Kind"), "kind_place", "sort_kk", "pk", kind_place=place_in(ProjectKind.values, "kind")
            ),
            "status": Order(
                _("Status"),
                "status_place",
                "sort_kk",
                "pk",
                status_place=place_in(ProjectStatus.values, "status"),
            ),
            "expected": Order(
                _("Next term"),
                "next_day",
                "pk",
                next_day=Subquery(Milestone.objects.filter(project=OuterRef("pk")).next_day()),
            ),
            "updated_at": updated(),
        },
        default="public_id",
    )

    def keep_party(self, projects: Any, name: str, code: str) -> Any:
        """Projects in which this organisation takes part now, as far as the reader may know of it."""
        known = Organisation.objects.visible_to(self.request.user).filter(code=code)
        parts = ProjectParty.objects.current().filter(organisation__in=known)
        return projects.filter(pk__in=parts.order_by().values("project"))

    def keep_year(self, projects: Any, name: str, year: int) -> Any:
        return projects.of_year(year)

    def keep_suspended(self, projects: Any, name: str, wanted: bool) -> Any:
        return projects.filter(suspended_since__isnull=not wanted)
