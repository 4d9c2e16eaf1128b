"""Disputes of figures in the API."""

import re
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from accounts.api.serializers import OrganisationRef
from core.api.bodies import Address, Body, OneCode, PartialDay, Said, Words
from core.api.examples import API, CHANGED
from core.api.fields import CodeField, PartialDateField, QuantityField, UrlField, WordField
from core.api.serializers import Row
from core.api.views import CODE
from core.api.writing import Writing, creates, verb
from core.choices import Qualifier
from districts.api.subjects import SubjectSerializer
from districts.choices import Measure, Unit
from districts.models import Figure
from tasks import services
from tasks.filters import DisputeFilter
from tasks.models import FigureDispute
from tasks.reporting_choices import DisputeState, WordsLanguage

DISPUTE = OpenApiExample(
    "FigureDispute",
    {
        "url": f"{API}/figure-disputes/ALT-D-0001/",
        "public_id": "ALT-D-0001",
        "figure": f"{API}/figures/12/",
        "subject": {
            "kind": "project",
            "code": "ALT-P-0001",
            "name": {"kk": "Сынақ жобасы", "ru": "Пробный проект", "en": None},
            "url": f"{API}/projects/ALT-P-0001/",
        },
        "measure": "site_area",
        "shown": "20",
        "value": "25.5",
        "value_max": None,
        "qualifier": "exact",
        "unit": "ha",
        "as_of": "2026-03-01",
        "motive": "Мемлекеттік акт бойынша 25,5 га",
        "language": "kk",
        "source_text": "Мемлекеттік акт № 12",
        "source_url": None,
        "organisation": {
            "code": "akimat_almaty_region",
            "name": {"kk": "Алматы облысының әкімдігі", "ru": "Акимат Алматинской области", "en": None},
            "url": f"{API}/organisations/akimat_almaty_region/",
        },
        "state": "open",
        "decided_at": None,
        "decision_note": None,
        "recorded": None,
        "filed_at": "2026-03-02T10:00:00+05:00",
        **CHANGED,
    },
    response_only=True,
)
FILE = OpenApiExample(
    "File",
    {
        "figure": 12,
        "value": "25.5",
        "as_of": "2026-03-01",
        "motive": "Мемлекеттік акт бойынша 25,5 га",
        "language": "kk",
        "source_text": "Мемлекеттік акт № 12",
    },
    request_only=True,
)
OPTIONAL: dict[str, Any] = {"required": False}


@extend_schema_serializer(component_name="FigureDispute", examples=[DISPUTE])
class DisputeSerializer(Row):
    """What an organisation says instead of a figure, and what was decided of it."""

    headings = Row.headings | {
        "subject": _("what it is about"),
        "shown": _("contested value"),
        "measure": _("measure"),
        "filed_at": _("filed at"),
    }

    url = UrlField("figure-dispute", "public_id")
    public_id = serializers.CharField(read_only=True)
    figure = UrlField("figure", "figure.pk", help_text="The figure that is contested.")
    subject = SubjectSerializer()
    measure = CodeField(Measure, source="figure.measure")
    shown = QuantityField("contested_value", help_text="The value that is contested.")
    value = QuantityField("value")
    value_max = QuantityField("value_max", help_text="The upper bound of a range.")
    qualifier = CodeField(Qualifier)
    unit = CodeField(Unit)
    as_of = PartialDateField()
    motive = serializers.CharField(read_only=True, help_text="Why the figure is wrong.")
    language = CodeField(WordsLanguage, help_text="Of the words.")
    source_text = WordField()
    source_url = WordField()
    organisation = OrganisationRef(read_only=True)
    state = CodeField(DisputeState)
    decided_at = serializers.DateTimeField(read_only=True, allow_null=True)
    decision_note = WordField()
    recorded = WordField(help_text="Address of the figure that was entered, where it was upheld.")
    filed_at = serializers.DateTimeField(source="created_at", read_only=True)

    def to_representation(self, dispute: Any) -> Any:
        """The subject is that of the figure."""
        figure = dispute.figure
        dispute.project, dispute.district = figure.project, figure.district
        dispute.contested_value = figure.value
        told = super().to_representation(dispute)
        if "recorded" in told and dispute.recorded_id:
            told["recorded"] = UrlField("figure", "pk").to_representation(dispute.recorded)
        return told


class Exact(Said):
    """A number not below nought, as an exact decimal string."""

    PATTERN = r"^[0-9]{1,20}(\.[0-9]{1,4})?$"
    shape: ClassVar[dict[str, Any]] = {"type": "string", "pattern": PATTERN, "examples": ["25.5"]}
    default_error_messages = {
        "exact": _("Write a number not below nought in quotation marks, such as “25.5”.")
    }

    def to_internal_value(self, data: Any) -> Decimal:
        if not isinstance(data, str) or not re.fullmatch(self.PATTERN, data, re.ASCII):
            self.wrong("exact")
        return Decimal(data)


class FigureKey(Said):
    """The number of a figure that the caller may know of, as its address has it."""

    shape: ClassVar[dict[str, Any]] = {"type": "integer", "minimum": 1, "maximum": 2**53}

    def to_internal_value(self, data: Any) -> Figure:
        known = isinstance(data, int) and not isinstance(data, bool) and 0 < data <= 2**53
        rows = Figure.objects.visible_to(self.context["request"].user)
        found = rows.filter(pk=data).first() if known else None
        return found or self.wrong("named", value=str(data)[:30])  # type: ignore[return-value]


@extend_schema_serializer(examples=[FILE])
class FileDisputeBody(Body):
    """Another value in the unit of the figure, why, and by which source: words, an address, or both."""

    shape: ClassVar[dict[str, Any]] = {"anyOf": [{"required": ["source_text"]}, {"required": ["source_url"]}]}

    figure = FigureKey()
    value = Exact()
    value_max = Exact(**OPTIONAL)
    qualifier = OneCode(Qualifier, **OPTIONAL)
    as_of = PartialDay()
    motive = Words()
    language = OneCode(WordsLanguage)
    source_text = Words(2000, **OPTIONAL)
    source_url = Address(**OPTIONAL)


class DecideBody(Body):
    """Upheld or not, and why."""

    upheld = serializers.BooleanField()
    note = Words(2000)


DECIDED: dict[str, Any] = {"shown": DisputeSerializer}


class DisputeRegister(Writing):
    """What organisations say instead of figures, the latest first: for the house and for whoever filed it."""

    serializer_class = DisputeSerializer
    filterset_class = DisputeFilter
    lookup_field, lookup_value_regex = "public_id", CODE
    queryset = FigureDispute.objects.none()
    parts = (
        *("figure__project", "figure__district", "figure__source"),
        *("organisation", "recorded", "source_file"),
    )

    def get_queryset(self) -> Any:
        return FigureDispute.objects.visible_to(self.request.user).for_display()

    @creates(FileDisputeBody, DisputeSerializer)
    def create(self, **said: Any) -> FigureDispute:
        """Contest a figure: an organisation that takes part in the project or reports of it says another value, why,
        and by which source; of figures of the city and of districts an akimat does."""
        return services.file_dispute(said.pop("figure"), **said)

    @verb(DecideBody, **DECIDED)
    def decide(self, row: FigureDispute, **said: Any) -> Any:
        """Decide the dispute: upheld, its value is shown with its source and the former figure stays, not chosen;
        rejected, all stays as it is. Only the project office does, and nobody on his own."""
        return services.decide_dispute(row, **said)

    @verb(**DECIDED)
    def withdraw(self, row: FigureDispute, **said: Any) -> Any:
        """Withdraw the dispute: its organisation says it no more."""
        return services.withdraw_dispute(row, **said)
