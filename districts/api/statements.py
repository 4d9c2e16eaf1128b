"""What sources say, one by one: to the public the published ones that were chosen, to the house all of them."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from core.api.fields import (
    CodeField,
    PartialDateField,
    QuantityField,
    TextField,
    UrlField,
    WordField,
)
from core.api.links import link
from core.api.serializers import Row, SourceRef
from core.api.views import Register
from core.choices import Confidence, Qualifier, Visibility
from districts.api import examples
from districts.api.filters import ClaimFilter, FigureFilter
from districts.api.subjects import SubjectSerializer
from districts.choices import ClaimField, Measure, Unit
from districts.models import Claim, Figure

NUMBER = "[1-9][0-9]{0,17}"
CHOSEN = "Of those that contradict each other, the one that is shown."


class WholeField(WordField):
    """The figure that this one is a share of; null also where the reader may not know it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="*", **kwargs)

    def to_representation(self, figure: Any) -> str | None:
        return link("api:figure-detail", pk=figure.part_of_id) if figure.part_of_is_visible else None


@extend_schema_serializer(component_name="StatedFigure", examples=[examples.STATED_FIGURE])
class StatedFigureSerializer(Row):
    """A number that a source states of the city, a district or a project."""

    headings = Row.headings | {"subject": _("what it is about")}

    url = UrlField("figure", "pk")
    subject = SubjectSerializer()
    measure = CodeField(Measure)
    value = QuantityField("value")
    value_max = QuantityField("value_max", help_text="The upper bound where the source gives a range.")
    qualifier = CodeField(Qualifier)
    unit = CodeField(Unit)
    printed = WordField(help_text="The number as the source prints it.")
    part_of = WholeField(help_text="The figure that this one was named as a share of.")
    as_of = PartialDateField()
    chosen = serializers.BooleanField(read_only=True, help_text=CHOSEN)
    visibility = CodeField(Visibility)
    note = TextField()
    source = SourceRef(read_only=True, allow_null=True)
    other_sources = SourceRef(many=True, read_only=True)
    confidence = CodeField(Confidence)


@extend_schema_serializer(component_name="Claim", examples=[examples.CLAIM])
class ClaimSerializer(Row):
    """What a source says that is not a number, in its own words or our translation of them."""

    headings = Row.headings | {"subject": _("what it is about")}

    url = UrlField("claim", "pk")
    subject = SubjectSerializer()
    field = CodeField(ClaimField)
    text = TextField()
    value = WordField(help_text="A code, where it is one.")
    as_of = PartialDateField()
    chosen = serializers.BooleanField(read_only=True, help_text=CHOSEN)
    visibility = CodeField(Visibility)
    note = TextField()
    source = SourceRef(read_only=True, allow_null=True)
    other_sources = SourceRef(many=True, read_only=True)
    confidence = CodeField(Confidence)


class FigureRegister(Register):
    """Every number that sources state. Visitors read the chosen ones, which are published; the house reads all."""

    serializer_class = StatedFigureSerializer
    filterset_class = FigureFilter
    lookup_value_regex = NUMBER
    queryset = Figure.objects.none()
    parts = ("district", "project__parties", "source", "other_sources", "part_of__project__parties")

    def get_queryset(self) -> Any:
        figures = Figure.objects.visible_to(self.request.user)
        whole = figures.order_by().filter(pk=OuterRef("part_of"))
        return (
            figures.for_display()
            .select_related("district", "project")
            .annotate(part_of_is_visible=Exists(whole))
        )


class ClaimRegister(Register):
    """What sources say besides numbers. Visitors read the chosen ones, which are published; the house reads all."""

    serializer_class = ClaimSerializer
    filterset_class = ClaimFilter
    lookup_value_regex = NUMBER
    queryset = Claim.objects.none()
    parts = ("district", "project__parties", "organisation", "source", "other_sources")

    def get_queryset(self) -> Any:
        claims = Claim.objects.visible_to(self.request.user)
        return claims.for_display().select_related("district", "project", "organisation")
