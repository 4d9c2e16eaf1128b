"""Meetings and instructions in JSON."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from accounts.api.serializers import OrganisationRef, Participants
from core import ledger
from core.api.fields import CodeField, PartialDateField, TextField, UrlField, WordField
from core.api.serializers import Row, SourceRef
from core.choices import Confidence
from districts.api.serializers import DistrictRef, ProjectRef
from tasks.api import examples
from tasks.choices import ControlKind, ExecutorRole, InstructionState, ItemKind, MeetingKind, ProtocolKind


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


class InstructionRef(serializers.Serializer):
    brief = ("public_id",)

    public_id = serializers.CharField(read_only=True)
    url = UrlField("instruction", "public_id")


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


class ExecutorSerializer(serializers.Serializer):
    """Who executes: an organisation, or a group as it is written."""

    brief = ("organisation", "group", "role")

    organisation = OrganisationRef(read_only=True, allow_null=True)
    group = TextField()
    role = CodeField(ExecutorRole)
    role_basis = TextField(help_text="What the role rests on.")
    accepted_on = serializers.DateField(read_only=True, allow_null=True)

    class Meta:
        list_serializer_class = Participants


@extend_schema_serializer(component_name="Instruction", examples=[examples.INSTRUCTION])
class InstructionSerializer(Row):
    """What is to be done, by whom, by when."""

    headings = Row.headings | {"overdue": _("overdue"), "meeting": _("meeting")}

    url = UrlField("instruction", "public_id")
    public_id = serializers.CharField(read_only=True)
    number = WordField()
    text = TextField()
    expected_result = TextField()
    control_kind = CodeField(ControlKind, allow_null=True)
    issuer = OrganisationRef(read_only=True, allow_null=True)
    executors = ExecutorSerializer(many=True, read_only=True)
    issued_on = PartialDateField(source="issued")
    issued_basis = TextField(help_text="What the date rests on.")
    original_due = serializers.DateField(read_only=True, allow_null=True)
    due = serializers.DateField(read_only=True, allow_null=True)
    term_note = TextField(help_text="The term as it was said, where it is not a date.")
    state = CodeField(InstructionState)
    overdue = serializers.SerializerMethodField(
        help_text="Computed for today in Almaty, or for the day of `as_of`."
    )
    district = DistrictRef(read_only=True, allow_null=True)
    project = serializers.SerializerMethodField()
    meeting = serializers.SerializerMethodField()
    later = TextField(help_text="What came of it.")
    source = SourceRef(read_only=True, allow_null=True)
    other_sources = SourceRef(many=True, read_only=True)
    confidence = CodeField(Confidence, allow_null=True)

    def get_overdue(self, instruction: Any) -> bool:
        return instruction.is_overdue(timezone.localdate(ledger.instant.get()))

    @extend_schema_field(ProjectRef(allow_null=True))
    def get_project(self, instruction: Any) -> Any:
        known = instruction.project if instruction.project_is_visible else None
        return known and ProjectRef(known, context=self.context).data

    @extend_schema_field(MeetingRef(allow_null=True))
    def get_meeting(self, instruction: Any) -> Any:
        known = instruction.source_item.protocol.meeting if instruction.meeting_is_visible else None
        return known and MeetingRef(known, context=self.context).data
