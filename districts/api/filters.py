"""Filters of what sources say."""

from typing import Any

from django.core.validators import RegexValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, FilterSet
from drf_spectacular.utils import extend_schema_field

from core.filters import OneOf, Order, Ordering, Search, VisibleCode, YesNo, updated
from districts.api.subjects import CITY
from districts.choices import ClaimField, DistrictCode, DocumentKind, DocumentLanguage, Measure

SUBJECT = "^[-a-zA-Z0-9_]{1,60}$"
CODE = RegexValidator(
    SUBJECT.replace("$", r"\Z"), _("A code or a public id.")
)  # “$” would let a line end follow


@extend_schema_field(
    {
        "type": "string",
        "pattern": SUBJECT,
        "description": f"What it is about: `{CITY}`, or the code or public id of a district, project or organisation.",
        "examples": [CITY, "gate", "ALT-P-0001"],
    }
)
class SubjectFilter(CharFilter):
    """Rows about whatever has this code."""

    def __init__(self, *fields: str) -> None:
        self.fields = fields
        super().__init__(label=_("About"), strip=False, validators=[CODE])

    def filter(self, rows: Any, value: str) -> Any:
        if not value:
            return rows
        if value == CITY:
            return rows.of_the_city()
        wanted = Q()
        for field in self.fields:
            wanted |= Q(**{field: value})
        return rows.filter(wanted)


class FigureFilter(FilterSet):
    subject = SubjectFilter("district__code", "project__public_id")
    district = OneOf(DistrictCode.choices, field_name="district__code", label=_("District"))
    project = VisibleCode("project", code="public_id", label=_("Project"))
    measure = OneOf(Measure.choices, label=_("Measure"))
    chosen = YesNo(label=_("Chosen"))
    ordering = Ordering(
        {
            "measure": Order(_("Measure"), "measure", "-chosen", "pk"),
            "as_of": Order(_("Date of the data"), "as_of_day", "pk"),
            "updated_at": updated(),
        },
        default="measure",
    )


class ClaimFilter(FilterSet):
    subject = SubjectFilter("district__code", "project__public_id", "organisation__code")
    district = OneOf(DistrictCode.choices, field_name="district__code", label=_("District"))
    project = VisibleCode("project", code="public_id", label=_("Project"))
    organisation = VisibleCode("organisation", label=_("Organisation"))
    field = OneOf(ClaimField.choices, label=_("About"))
    chosen = YesNo(label=_("Chosen"))
    ordering = Ordering(
        {
            "field": Order(_("About"), "field", "-chosen", "pk"),
            "as_of": Order(_("Date of the data"), "as_of_day", "pk"),
            "updated_at": updated(),
        },
        default="field",
    )


class DocumentFilter(FilterSet):
    q = Search()
    district = OneOf(DistrictCode.choices, field_name="district__code", label=_("District"))
    project = VisibleCode("project", code="public_id", label=_("Project"))
    plot = VisibleCode("plot", code="public_id", label=_("Plot"))
    kind = OneOf(DocumentKind.choices, label=_("Kind"))
    language = OneOf(DocumentLanguage.choices, label=_("Language"))
    demo = YesNo(field_name="is_demo", label=_("Invented, for trying out"))
    ordering = Ordering(
        {
            "public_id": Order(_("Register number"), "pk"),
            "published": Order(_("Published on"), "published_day", "pk"),
            "updated_at": updated(),
        },
        default="public_id",
    )
