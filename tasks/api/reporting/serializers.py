"""Reporting periods and progress reports in JSON."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from accounts.api.serializers import OrganisationRef
from core.api.fields import CodeField, DecimalField, PartialDateField, UrlField, WordField
from core.api.serializers import Row
from core.choices import ScanState
from districts.api.serializers import ProjectRef
from districts.choices import MoveReason
from tasks.api.reporting import examples
from tasks.choices import EvidenceKind
from tasks.reporting_choices import (
    EvidenceReason,
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


class ProgressFileSerializer(serializers.Serializer):
    """A file of the report that is here as a whole, and what it weighs for whoever accepts."""

    brief = ("kind", "name")

    number = serializers.IntegerField(source="pk", read_only=True, help_text="As warnings name it.")
    kind = CodeField(EvidenceKind)
    name = serializers.CharField(source="file.name", read_only=True)
    size = serializers.IntegerField(source="file.size", read_only=True, min_value=1, help_text="Bytes.")
    content_type = serializers.CharField(source="file.content_type", read_only=True)
    sha256 = serializers.CharField(source="file.sha256", read_only=True)
    note = WordField(help_text="What it shows.")
    taken_at = serializers.DateTimeField(read_only=True, allow_null=True)
    score = serializers.IntegerField(
        read_only=True, allow_null=True, help_text="Of a photo, 0 to 100; it refuses nothing."
    )
    reasons = serializers.ListField(child=CodeField(EvidenceReason), read_only=True)
    scan_state = CodeField(ScanState, source="file.scan_state", help_text="Only a clean file is opened.")


class ProgressUploadSerializer(serializers.Serializer):
    """A file as its sender announced it, and how much of it is here."""

    brief = ("name", "offset")

    client_uuid = serializers.UUIDField(read_only=True)
    kind = CodeField(EvidenceKind)
    name = serializers.CharField(read_only=True)
    size = serializers.IntegerField(read_only=True, min_value=1, help_text="Bytes.")
    sha256 = serializers.CharField(read_only=True)
    offset = serializers.IntegerField(source="received", read_only=True, help_text="Bytes that are here.")
    complete = serializers.BooleanField(source="is_complete", read_only=True)
    refused = WordField(help_text="Why it was not taken.")


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

    reads = {"milestones": ("milestones__milestone",), "files": ("evidence__file",)}
    headings = Row.headings | {
        "supersedes": _("supersedes"),
        "values": _("answers"),
        "warnings": _("what looks wrong"),
        "files": _("photos and files"),
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
    files = ProgressFileSerializer(source="evidence", many=True, read_only=True)
    uploads = ProgressUploadSerializer(many=True, read_only=True)
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
