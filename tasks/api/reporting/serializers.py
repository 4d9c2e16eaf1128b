"""Reporting periods and progress reports in JSON."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from accounts.api.serializers import OrganisationRef
from core.api.fields import CodeField, DecimalField, PartialDateField, UrlField, WordField
from core.api.serializers import Row
from districts.api.serializers import ProjectRef
from districts.choices import MoveReason
from tasks.api.reporting import examples
from tasks.reporting_choices import (
    Mark,
    Metric,
    NoteField,
    Outcome,
    PeriodKind,
    ProgressState,
    WordsLanguage,
)
from tasks.services import sanity


class ReportingPeriodRef(serializers.Serializer):
    brief = ("code",)
    headings = {"code": _("code")}

    code = serializers.CharField(read_only=True)
    url = UrlField("reporting-period")


@extend_schema_serializer(component_name="ReportingPeriod", examples=[examples.PERIOD])
class ReportingPeriodSerializer(Row):
    """A month or a quarter of which reports are owed: due on a day after its end, taken until the end of grace."""

    headings = Row.headings | {"code": _("code")}

    url = UrlField("reporting-period")
    code = serializers.CharField(read_only=True, help_text="2026-09, or 2026-Q3.")
    kind = CodeField(PeriodKind)
    starts = serializers.DateField(read_only=True)
    ends = serializers.DateField(read_only=True)
    due_on = serializers.DateField(read_only=True)
    grace_until = serializers.DateField(
        read_only=True, help_text="What was never handed in is taken up to and on this day."
    )
    locked_at = serializers.DateTimeField(
        read_only=True, allow_null=True, help_text="Since then nothing of it is written."
    )


class ProgressValueSerializer(serializers.Serializer):
    """An answer: a number, or a mark that there is none."""

    brief = ("metric", "value")

    metric = CodeField(Metric)
    mark = CodeField(Mark)
    value = DecimalField()
    currency = WordField(help_text="ISO 4217, of money spent.")
    note = WordField(help_text="A word on it.")


class ProgressMilestoneSerializer(serializers.Serializer):
    """What the report says of a milestone of the project."""

    brief = ("milestone", "outcome")

    milestone = serializers.CharField(source="milestone.code", read_only=True, help_text="Its code.")
    outcome = CodeField(Outcome)
    on = PartialDateField(help_text="When it was met, or is expected now.")
    reason = CodeField(MoveReason, allow_null=True, help_text="Why it moved.")
    note = WordField()


class ReviewNoteSerializer(serializers.Serializer):
    """What the office wants corrected; `turn` counts the returns."""

    brief = ("field", "text")

    field = CodeField(NoteField)
    text = serializers.CharField(read_only=True)
    turn = serializers.IntegerField(read_only=True, min_value=1)


class ProgressWarningSerializer(serializers.Serializer):
    """What looks wrong: before it is submitted, the note of the answer, milestone or file says a word on it."""

    brief = ("field", "code")

    field = serializers.CharField(
        read_only=True, help_text="A metric, `milestones:<code>`, or `files:<number>`."
    )
    code = serializers.CharField(read_only=True)
    detail = serializers.CharField(source="text", read_only=True, help_text="In the caller's language.")
    has_word = serializers.BooleanField(read_only=True)


@extend_schema_serializer(component_name="ProgressReport", examples=[examples.REPORT])
class ProgressReportSerializer(Row):
    """What an organisation says of a project for a period.

    Before it is handed in its organisation alone reads it; then the office, the leadership and the auditors too.
    """

    reads = {"milestones": ("milestones__milestone",)}
    headings = Row.headings | {
        "supersedes": _("supersedes"),
        "values": _("answers"),
        "warnings": _("what looks wrong"),
    }

    url = UrlField("progress-report", "public_id")
    public_id = serializers.CharField(read_only=True)
    client_uuid = serializers.UUIDField(read_only=True, help_text="Made by whoever began it.")
    project = ProjectRef(read_only=True)
    period = ReportingPeriodRef(read_only=True)
    organisation = OrganisationRef(read_only=True, allow_null=True)
    state = CodeField(ProgressState)
    values = ProgressValueSerializer(many=True, read_only=True)
    text = WordField(help_text="What was done.")
    issues = WordField(help_text="What hinders.")
    risks = WordField(help_text="What may hinder.")
    help_needed = WordField()
    language = CodeField(WordsLanguage, allow_null=True, help_text="Of these words.")
    milestones = ProgressMilestoneSerializer(many=True, read_only=True)
    notes = ReviewNoteSerializer(many=True, read_only=True)
    warnings = serializers.SerializerMethodField(help_text="null in a list, where they are not computed.")
    submitted_at = serializers.DateTimeField(read_only=True, allow_null=True)
    decided_at = serializers.DateTimeField(read_only=True, allow_null=True)
    supersedes = serializers.SerializerMethodField(
        help_text="Public id of the report that this one corrects."
    )
    correction_reason = WordField(help_text="Why that one is corrected.")

    @extend_schema_field({"type": ["string", "null"]})
    def get_supersedes(self, report: Any) -> str | None:
        return report.supersedes and report.supersedes.public_id

    @extend_schema_field(ProgressWarningSerializer(many=True, allow_null=True))
    def get_warnings(self, report: Any) -> Any:
        if not self.context["view"].detail and self.context["request"].method != "POST":
            return None
        return ProgressWarningSerializer(sanity.warnings(report), many=True).data
