"""Meetings and instructions in JSON."""

from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from accounts.api.serializers import OrganisationRef, Participants, may_see
from core import ledger
from core.api.fields import CodeField, PartialDateField, TextField, UrlField, WordField
from core.api.serializers import Row, SourceRef
from core.calendar import WorkingDays
from core.choices import Confidence
from districts.api.serializers import DistrictRef, ProjectRef
from tasks.api import examples
from tasks.api.parts import ContributionSerializer, ExtensionSerializer, HolderSerializer, ReportSerializer
from tasks.api.references import InstructionRef, named
from tasks.choices import (
    FINAL,
    ControlKind,
    EvidenceKind,
    ExecutorRole,
    InstructionState,
    ItemKind,
    MeetingKind,
    ProtocolKind,
)


class AgendaItemSerializer(serializers.Serializer):
    brief = ("number", "title")

    number = serializers.IntegerField(read_only=True)
    title = TextField()
    later = TextField(help_text="What came of it.")


class AttendanceSerializer(serializers.Serializer):
    """Who took part, as the text names him."""

    brief = ("name",)

    name = TextField()
    organisation = OrganisationRef(read_only=True, allow_null=True)
    present = serializers.BooleanField(
        read_only=True, allow_null=True, help_text="null: the source does not say."
    )


class ProtocolItemSerializer(serializers.Serializer):
    """Words of the protocol, from character `start` to `end` of its text."""

    order = serializers.IntegerField(read_only=True)
    kind = CodeField(ItemKind)
    text = serializers.CharField(read_only=True)
    start = serializers.IntegerField(read_only=True, allow_null=True)
    end = serializers.IntegerField(read_only=True, allow_null=True)
    instructions = InstructionRef(source="visible_instructions", many=True, read_only=True)


class ProtocolSerializer(serializers.Serializer):
    brief = ("kind", "number", "signed_on")

    kind = CodeField(ProtocolKind)
    number = WordField()
    signed_on = serializers.DateField(read_only=True, allow_null=True)
    language = WordField()
    items = ProtocolItemSerializer(many=True, read_only=True)
    source = SourceRef(read_only=True, allow_null=True)


class MeetingRef(serializers.Serializer):
    headings = {"public_id": _("public id"), "title": _("title")}

    public_id = serializers.CharField(read_only=True)
    title = TextField()
    url = UrlField("meeting", "public_id")


@extend_schema_serializer(component_name="Meeting", examples=[examples.MEETING])
class MeetingSerializer(Row):
    """A meeting or a working trip."""

    reads = {"instructions": ("protocols",)}
    headings = Row.headings | {"instructions": _("instructions")}

    url = UrlField("meeting", "public_id")
    public_id = serializers.CharField(read_only=True)
    kind = CodeField(MeetingKind)
    title = TextField()
    held_on = PartialDateField(source="held")
    date_basis = TextField(help_text="What the date rests on where the text does not give the day itself.")
    chair = TextField()
    chair_post = OrganisationRef(read_only=True, allow_null=True)
    place = TextField()
    districts = DistrictRef(many=True, read_only=True)
    agenda = AgendaItemSerializer(many=True, read_only=True)
    attendances = AttendanceSerializer(many=True, read_only=True)
    protocols = ProtocolSerializer(many=True, read_only=True)
    instructions = serializers.SerializerMethodField(help_text="Those that its protocols gave.")
    source = SourceRef(read_only=True, allow_null=True)

    @extend_schema_field(InstructionRef(many=True))
    def get_instructions(self, meeting: Any) -> Any:
        items = [item for protocol in meeting.protocols.all() for item in protocol.items.all()]
        found = [instruction for item in items for instruction in item.visible_instructions]
        return InstructionRef(found, many=True, context=self.context).data


class LiveExecutors(Participants):
    """Without those who were released by a re-assignment."""

    def to_representation(self, rows: Any) -> list[Any]:
        user_knows = (row for row in rows.all() if row.released_on is None)
        known = [
            row for row in user_knows if row.organisation is None or may_see(self.context, row.organisation)
        ]
        return [self.child.to_representation(row) for row in known]


class ExecutorSerializer(serializers.Serializer):
    """Who executes: an organisation, or a group as it is written. Days and refusals are for those whom it concerns."""

    brief = ("organisation", "group", "role")
    inner = ("internal_due", "accepted_on", "refused_on", "refused_reason")

    organisation = OrganisationRef(read_only=True, allow_null=True)
    group = TextField()
    role = CodeField(ExecutorRole)
    role_basis = TextField(help_text="What the role rests on.")
    internal_due = serializers.DateField(read_only=True, allow_null=True, help_text="Of a co-executor.")
    accepted_on = serializers.DateField(read_only=True, allow_null=True)
    refused_on = serializers.DateField(read_only=True, allow_null=True)
    refused_reason = WordField()

    class Meta:
        list_serializer_class = LiveExecutors

    def to_representation(self, executor: Any) -> dict[str, Any]:
        told = super().to_representation(executor)
        return told if executor.instruction.concerns_reader else told | dict.fromkeys(self.inner)


@extend_schema_serializer(component_name="Instruction", examples=[examples.INSTRUCTION])
class InstructionSerializer(Row):
    """What is to be done, by whom, by when.

    `holder`, `extensions`, `reports` and `contributions` are null for whom it does not concern: who neither executes it
    nor gave it, nor belongs to the office, the leadership or the auditors.
    """

    reads = {
        "holder": ("held",),
        "extensions": ("visible_extensions",),
        "reports": ("visible_reports",),
        "contributions": ("executors",),
    }
    headings = Row.headings | {
        "overdue": _("overdue"),
        "meeting": _("meeting"),
        "working_days_left": _("working days left"),
        "holder": _("who has to move next"),
        "parent": _("part of"),
        "remainder_of": _("remainder of"),
        "extensions": _("extensions"),
        "reports": _("reports on execution"),
        "contributions": _("contributions"),
    }

    url = UrlField("instruction", "public_id")
    public_id = serializers.CharField(read_only=True)
    number = WordField()
    text = TextField()
    expected_result = TextField()
    evidence_kind = CodeField(
        EvidenceKind, allow_null=True, help_text="The final report brings at least one of this kind."
    )
    control_kind = CodeField(ControlKind, allow_null=True)
    issuer = OrganisationRef(read_only=True, allow_null=True)
    executors = ExecutorSerializer(many=True, read_only=True)
    issued_on = PartialDateField(source="issued")
    issued_basis = TextField(help_text="What the date rests on.")
    original_due = serializers.DateField(read_only=True, allow_null=True)
    due = serializers.DateField(read_only=True, allow_null=True)
    working_days_left = serializers.SerializerMethodField(
        help_text="To the due day by the calendar of Kazakhstan; negative after it, null without one or once closed."
    )
    term_note = TextField(help_text="The term as it was said, where it is not a date.")
    state = CodeField(InstructionState)
    overdue = serializers.SerializerMethodField(
        help_text="Computed for today in Almaty, or for the day of `as_of`."
    )
    executed_on = serializers.DateField(
        read_only=True, allow_null=True, help_text="The day of its removal from control."
    )
    holder = serializers.SerializerMethodField()
    extensions = serializers.SerializerMethodField()
    reports = serializers.SerializerMethodField()
    contributions = serializers.SerializerMethodField()
    district = DistrictRef(read_only=True, allow_null=True)
    project = serializers.SerializerMethodField()
    meeting = serializers.SerializerMethodField()
    parent = serializers.SerializerMethodField(help_text="The instruction that it is a part of.")
    remainder_of = serializers.SerializerMethodField(help_text="The instruction that was removed in part.")
    later = TextField(help_text="What came of it.")
    source = SourceRef(read_only=True, allow_null=True)
    other_sources = SourceRef(many=True, read_only=True)
    confidence = CodeField(Confidence, allow_null=True)
    demo = serializers.BooleanField(source="is_demo", read_only=True, help_text="Invented, for trying out.")

    def get_overdue(self, instruction: Any) -> bool:
        return instruction.is_overdue(self._today)

    @extend_schema_field({"type": ["integer", "null"]})
    def get_working_days_left(self, instruction: Any) -> int | None:
        if instruction.due is None or instruction.state in FINAL:
            return None
        return self._calendar.between(self._today, instruction.due)

    @property
    def _today(self) -> Any:
        return timezone.localdate(ledger.instant.get())

    @cached_property
    def _calendar(self) -> WorkingDays:
        return WorkingDays()

    @extend_schema_field(HolderSerializer(allow_null=True))
    def get_holder(self, instruction: Any) -> Any:
        now = next(iter(instruction.held), None)
        return now and HolderSerializer(now, context=self.context).data

    @extend_schema_field(ExtensionSerializer(many=True, allow_null=True))
    def get_extensions(self, instruction: Any) -> Any:
        return self._inner(instruction, ExtensionSerializer, instruction.visible_extensions)

    @extend_schema_field(ReportSerializer(many=True, allow_null=True))
    def get_reports(self, instruction: Any) -> Any:
        return self._inner(instruction, ReportSerializer, instruction.visible_reports)

    @extend_schema_field(ContributionSerializer(many=True, allow_null=True))
    def get_contributions(self, instruction: Any) -> Any:
        sent = [
            (one, executor)
            for executor in instruction.executors.all()
            for one in executor.visible_contributions
        ]
        sent.sort(key=lambda pair: pair[0].pk)
        return self._inner(instruction, ContributionSerializer, sent)

    def _inner(self, instruction: Any, told: Any, rows: Any) -> Any:
        return (
            told(rows, many=True, context=self.context | {"fields": None}).data
            if instruction.concerns_reader
            else None
        )

    @extend_schema_field(ProjectRef(allow_null=True))
    def get_project(self, instruction: Any) -> Any:
        known = instruction.project if instruction.project_is_visible else None
        return known and ProjectRef(known, context=self.context).data

    @extend_schema_field(MeetingRef(allow_null=True))
    def get_meeting(self, instruction: Any) -> Any:
        known = instruction.source_item.protocol.meeting if instruction.meeting_is_visible else None
        return known and MeetingRef(known, context=self.context).data

    @extend_schema_field(InstructionRef(allow_null=True))
    def get_parent(self, instruction: Any) -> Any:
        return named(instruction.parent_known)

    @extend_schema_field(InstructionRef(allow_null=True))
    def get_remainder_of(self, instruction: Any) -> Any:
        return named(instruction.remainder_known)
