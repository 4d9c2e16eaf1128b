"""How two dates differ, project by project: one answer with its sums, or its lines as CSV."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_serializer,
)
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from core import access
from core.api.columns import Table, columns
from core.api.errors import WrongParameters
from core.api.exports import FORMATS, written
from core.api.fields import CodeField, PartialDateField, QuantityField
from core.api.serializers import SourceRef
from core.api.throttles import ExportThrottle
from core.api.views import PortalView
from core.choices import AccessKind, Qualifier
from core.policies import sees_everything
from core.text import LANGUAGES
from districts.api import figure_examples as examples
from districts.api.serializers import DistrictRef, ProjectRef
from districts.choices import DistrictCode, Unit
from districts.comparing import Question, explain
from districts.difference_form import FROM, NAMES, NOT_THE_PAST, PLAIN, TO, DifferenceForm
from districts.differences import Difference, Line, Total
from districts.figure_choices import Compared, ComparedBy, DifferencePart, RemovedBecause
from districts.models import District, Figure, Project


class FigureSumSerializer(serializers.Serializer):
    """A sum; `value_max` is its upper end where any of its figures is a range."""

    value = QuantityField("value")
    value_max = QuantityField("value_max")


class InexactFiguresSerializer(serializers.Serializer):
    """So many of the figures in the sums were given with this qualifier: the sum is not more exact than they are."""

    qualifier = CodeField(Qualifier)
    figures = serializers.IntegerField(read_only=True)


class DifferenceTotalSerializer(serializers.Serializer):
    """One unit or currency, never converted: before + added + removed + changed = after, exactly."""

    unit = CodeField(Unit)
    currency = serializers.CharField(read_only=True, allow_null=True)
    before = FigureSumSerializer()
    added = FigureSumSerializer()
    removed = FigureSumSerializer(help_text="Not above nought.")
    changed = FigureSumSerializer()
    after = FigureSumSerializer()
    difference = FigureSumSerializer(help_text="after - before")
    unchanged = FigureSumSerializer(help_text="What stands in both.")
    inexact = InexactFiguresSerializer(many=True)


class DifferenceNumbersSerializer(serializers.Serializer):
    """How many projects are in each part."""

    added = serializers.IntegerField(read_only=True)
    removed = serializers.IntegerField(read_only=True)
    changed = serializers.IntegerField(read_only=True)
    unchanged = serializers.IntegerField(read_only=True)
    unknown = serializers.IntegerField(read_only=True)
    without_a_figure = serializers.IntegerField(
        read_only=True,
        help_text="Of all these, those that lack a figure at one of the dates; they add nothing.",
    )


class FigureThenSerializer(serializers.Serializer):
    """What a project had at one of the two dates, as its source says it."""

    model = Figure

    value = QuantityField("value")
    value_max = QuantityField("value_max", help_text="The upper bound where the source gives a range.")
    qualifier = CodeField(Qualifier)
    unit = CodeField(Unit)
    as_of = PartialDateField()
    source = SourceRef(read_only=True, allow_null=True)


class DifferenceLineSerializer(serializers.Serializer):
    """A project between the two dates."""

    headings: ClassVar[dict[str, Any]] = {
        "part": _("what became of it"),
        "why": _("why it is not counted"),
        "before": pgettext_lazy("difference", "before"),
        "after": pgettext_lazy("difference", "after"),
    }

    part = CodeField(DifferencePart)
    project = ProjectRef(read_only=True)
    district = DistrictRef(source="project.district", read_only=True, allow_null=True)
    why = CodeField(RemovedBecause, allow_null=True)
    before = FigureThenSerializer(read_only=True, allow_null=True)
    after = FigureThenSerializer(read_only=True, allow_null=True)


class AskedSerializer(serializers.Serializer):
    """What was asked."""

    def get_fields(self) -> dict[str, Any]:
        """`from` is a word of Python."""
        return {
            FROM: serializers.DateField(read_only=True),
            TO: serializers.DateField(read_only=True),
            **super().get_fields(),
        }


@extend_schema_serializer(component_name="FigureDifference", examples=[examples.FIGURE_DIFFERENCE])
class DifferenceSerializer(AskedSerializer):
    """The difference of two dates, project by project. What has no figure adds nothing and is named."""

    measure = CodeField(Compared)
    by = CodeField(ComparedBy)
    district = DistrictRef(read_only=True, allow_null=True)
    register_began = serializers.DateTimeField(
        read_only=True, allow_null=True, help_text="By the ledger: before it the register did not exist."
    )
    projects = DifferenceNumbersSerializer()
    totals = DifferenceTotalSerializer(many=True)
    lines = DifferenceLineSerializer(many=True)


def _parameter(name: str, type_of: Any, told: str, **more: Any) -> OpenApiParameter:
    return OpenApiParameter(name, type_of, OpenApiParameter.QUERY, description=told, **more)


PARAMETERS = [
    _parameter(FROM, OpenApiTypes.DATE, "The first day, not before 2000-01-01.", required=True),
    _parameter(TO, OpenApiTypes.DATE, "The other day, not before `from` and not after today.", required=True),
    _parameter(
        "measure", OpenApiTypes.STR, "What is compared.", enum=Compared.values, default=Compared.PROJECTS
    ),
    _parameter("district", OpenApiTypes.STR, "Only projects of this district.", enum=DistrictCode.values),
    _parameter(
        "by",
        OpenApiTypes.STR,
        "`figures`: by the dates that stages and figures bear. The other two, what the portal showed or the register "
        "held at the end of the two days, are for the project office, the leadership and auditors.",
        enum=ComparedBy.values,
        default=ComparedBy.FIGURES,
    ),
]


class FigureDifferences(PortalView):
    """How two dates differ, project by project: added, removed, changed, unchanged, and without a figure."""

    known_parameters = ("lang", *NAMES)

    @extend_schema(
        operation_id="figure_differences",
        summary="The parts and their sums",
        tags=["figure-differences"],
        parameters=PARAMETERS,
        responses=DifferenceSerializer,
    )
    def get(self, request: Request) -> Response:
        asked, found = self.found(request)
        told = DifferenceSerializer(_told(asked, found), context={"lang": self.lang})
        return Response(told.data, headers={"Content-Language": self.lang or ", ".join(LANGUAGES)})

    def found(self, request: Request) -> tuple[Question, Difference]:
        query = request.query_params
        if query.get("by") in (ComparedBy.PUBLISHED, ComparedBy.REGISTER) and not sees_everything(
            request.user
        ):
            raise PermissionDenied(NOT_THE_PAST)
        districts = District.objects.visible_to(request.user).order_by("south_order")
        form = DifferenceForm(query, request.user, districts, PLAIN)
        if not form.is_valid():
            raise WrongParameters(*_faults(form))
        asked = form.question()
        return asked, explain(request.user, asked)


class FigureDifferencesFile(FigureDifferences):
    """The lines of the difference as CSV: a row a project, with what it had at the two dates."""

    format_name = "csv"
    filter_backends = ()

    def get_renderers(self) -> list[Any]:
        return [FORMATS[self.format_name].renderer()]

    def get_throttles(self) -> list[Any]:
        self.throttle = ExportThrottle()
        return [self.throttle]

    @extend_schema(
        operation_id="figure_differences_csv",
        summary="The lines as CSV",
        description="The lines as CSV (RFC 4180, UTF-8): a row a project, with what it had at the two dates; "
        "a text is a column a language.",
        tags=["figure-differences"],
        parameters=PARAMETERS,
        responses={(200, "text/csv"): OpenApiResponse(OpenApiTypes.STR, "RFC 4180, UTF-8.")},
    )
    def get(self, request: Request) -> Any:
        asked, found = self.found(request)
        sent_as = FORMATS[self.format_name]
        named = f"figure-differences-{asked.measure}-{asked.since}-{asked.until}.csv"
        about: dict[str, Any] = {
            "content_type": sent_as.content_type,
            "headers": {
                "Content-Disposition": f'attachment; filename="{named}"',
                "Content-Language": self.lang or ", ".join(LANGUAGES),
            },
        }
        if request.method == "HEAD":
            return HttpResponse(**about)
        access.log(request.user, Project, AccessKind.EXPORT, purpose=named)
        return FileResponse(written(self._table(found.lines), sent_as), **about)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        if throttle := getattr(self, "throttle", None):
            for name, value in throttle.headers().items():
                response.headers[name] = value
        return response

    def _table(self, lines: Iterable[Line]) -> Table:
        told = DifferenceLineSerializer(context={"lang": self.lang})
        return Table("", columns(told, Figure), map(told.to_representation, lines), "", "")


def _faults(form: DifferenceForm) -> Iterable[tuple[str, str, str]]:
    for name, errors in form.errors.as_data().items():
        for error in errors:
            for words in error.messages:
                yield name, error.code or "invalid", words


def _told(asked: Question, found: Difference) -> dict[str, Any]:
    return {
        FROM: asked.since,
        TO: asked.until,
        "measure": asked.measure,
        "by": asked.by,
        "district": asked.district,
        "register_began": found.began,
        "projects": {
            **{str(part): number for part, number in found.numbers.items()},
            "without_a_figure": len(found.lacking),
        },
        "totals": [_total(total) for total in found.totals],
        "lines": found.lines,
    }


def _total(total: Total) -> dict[str, Any]:
    return {
        "unit": total.kind.unit,
        "currency": total.kind.currency or None,
        **total.steps,
        "inexact": [
            {"qualifier": qualifier, "figures": number} for qualifier, number in sorted(total.inexact.items())
        ],
    }
