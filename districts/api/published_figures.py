"""What was said in public of the city, its districts and its pools of projects: where, when and by whom."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from core.api.fields import CodeField, PartialDateField, QuantityField, TextField, UrlField, WordField
from core.api.serializers import Row, SourceRef
from core.api.views import Register
from core.choices import Confidence, Qualifier, Visibility
from core.filters import Day, OneOf, Order, Ordering, VisibleCode, updated
from districts.api import figure_examples as examples
from districts.api.serializers import DistrictRef
from districts.api.statements import NUMBER
from districts.choices import DistrictCode, DocumentLanguage, Measure, Unit
from districts.figure_choices import FigureScope
from districts.models import PublishedFigure


class PublishedFigureFilter(FilterSet):
    """For the page and the API. `said_on` is a day, or the days between two."""

    measure = OneOf(Measure.choices, label=_("Measure"))
    scope = OneOf(FigureScope.choices, label=_("Said of"))
    district = OneOf(DistrictCode.choices, field_name="district__code", label=_("District"))
    organisation = VisibleCode("organisation", label=_("Organisation"))
    said_on = Day("said_on_day", label=_("Said on"))
    said_from = Day("said_on_day", "gte", label=_("Said from"))
    said_to = Day("said_on_day", "lte", label=_("Said to"))
    ordering = Ordering(
        {
            "said_on": Order(_("Said on"), "said_on_day", "pk"),
            "as_of": Order(_("Date of the data"), "as_of_day", "pk"),
            "measure": Order(_("Measure"), "measure", "said_on_day", "pk"),
            "updated_at": updated(),
        },
        default="-said_on",
    )


class Speaker(serializers.Serializer):
    """The organisation that said it."""

    code = serializers.CharField(read_only=True)
    name = TextField()
    url = UrlField("organisation")


class SpeakerField(Speaker):
    """null also where the reader may not know of it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="*", read_only=True, allow_null=True, **kwargs)

    def to_representation(self, said: PublishedFigure) -> Any:
        known = said.organisation_id and said.organisation_is_visible  # type: ignore[attr-defined]
        return super().to_representation(said.organisation) if known else None


@extend_schema_serializer(component_name="PublishedFigure", examples=[examples.PUBLISHED_FIGURE])
class PublishedFigureSerializer(Row):
    """A figure of the whole as it was said in public. What was said later is another object."""

    url = UrlField("published-figure", "pk")
    measure = CodeField(Measure)
    scope = CodeField(FigureScope, help_text="Of what it was said.")
    district = DistrictRef(read_only=True, allow_null=True)
    pool = TextField(help_text="Of a pool: which projects are counted.")
    value = QuantityField("value")
    value_max = QuantityField("value_max", help_text="The upper bound where a range was said.")
    qualifier = CodeField(Qualifier)
    unit = CodeField(Unit)
    as_of = PartialDateField(help_text="The date of which it was said.")
    said_on = PartialDateField()
    organisation = SpeakerField()
    said_by = TextField(help_text="Who said it, where a source names him.")
    quote = WordField(help_text="Word for word, in `quote_language`.")
    quote_language = CodeField(DocumentLanguage, allow_null=True)
    visibility = CodeField(Visibility)
    note = TextField()
    source = SourceRef(read_only=True, allow_null=True, help_text="Where it was said.")
    other_sources = SourceRef(many=True, read_only=True)
    confidence = CodeField(Confidence)


class PublishedFigureRegister(Register):
    """What was said in public of the whole: which figure, where, when and by whom. Nothing is corrected afterwards."""

    serializer_class = PublishedFigureSerializer
    filterset_class = PublishedFigureFilter
    lookup_value_regex = NUMBER
    queryset = PublishedFigure.objects.none()
    parts = ("district", "organisation", "source", "other_sources")

    def get_queryset(self) -> Any:
        return PublishedFigure.objects.visible_to(self.request.user).for_display(self.request.user)
