"""The inner life of an instruction in JSON: requests for more time, reports, contributions, who holds it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from accounts.api.serializers import OrganisationRef
from core.api.fields import CodeField, UrlField, WordField
from core.api.serializers import Row
from tasks.api import examples
from tasks.api.references import InstructionRef
from tasks.choices import EvidenceKind, ExtensionState, Holder, ReportKind, ReportState
from tasks.models import HoldInterval


@extend_schema_serializer(component_name="Holding")
class HolderSerializer(serializers.Serializer):
    """Who has to move next, and since when."""

    model = HoldInterval
    headings = {"side": _("side"), "since": _("since")}

    side = CodeField(Holder, source="holder")
    organisation = OrganisationRef(read_only=True, allow_null=True)
    since = serializers.DateTimeField(source="during.lower", read_only=True)


class FileSerializer(serializers.Serializer):
    name = serializers.CharField(read_only=True)
    size = serializers.IntegerField(read_only=True, min_value=1, help_text="Bytes.")
    content_type = serializers.CharField(read_only=True)


class EvidenceSerializer(serializers.Serializer):
    """What proves it: a file, or an address."""

    kind = CodeField(EvidenceKind)
    file = FileSerializer(read_only=True, allow_null=True)
    url = WordField(help_text="Of a link.")
    note = WordField(help_text="What it shows.")


class ReportSerializer(serializers.Serializer):
    """What the responsible executor says was done; a draft is read by its organisation alone."""

    brief = ("kind", "state")

    kind = CodeField(ReportKind)
    state = CodeField(ReportState)
    text = serializers.CharField(read_only=True)
    organisation = OrganisationRef(read_only=True, allow_null=True)
    submitted_on = serializers.DateField(read_only=True, allow_null=True)
    decided_on = serializers.DateField(read_only=True, allow_null=True)
    return_note = WordField(help_text="What is to be corrected.")
    returns = serializers.IntegerField(read_only=True, min_value=0, help_text="How often it came back.")
    evidence = EvidenceSerializer(many=True, read_only=True)


class ContributionSerializer(serializers.Serializer):
    """What a co-executor did, for the responsible one to compile."""

    brief = ("organisation", "sent_on")

    organisation = OrganisationRef(read_only=True, allow_null=True)
    text = serializers.CharField(read_only=True)
    sent_on = serializers.DateField(read_only=True)
    evidence = EvidenceSerializer(many=True, read_only=True)

    def to_representation(self, pair: Any) -> dict[str, Any]:
        """Of a contribution and the executor that it comes from."""
        contribution, executor = pair
        contribution.organisation = executor.organisation
        return super().to_representation(contribution)


@extend_schema_serializer(component_name="Extension", examples=[examples.EXTENSION])
class ExtensionSerializer(Row):
    """A request for another due date, and what was decided of it. A decision is corrected only by another one."""

    brief = ("public_id", "state")

    url = UrlField("extension", "public_id")
    public_id = serializers.CharField(read_only=True)
    instruction = InstructionRef(read_only=True)
    organisation = OrganisationRef(read_only=True, allow_null=True)
    asked_on = serializers.DateField(read_only=True)
    old_due = serializers.DateField(read_only=True, help_text="The due date when it was asked for.")
    new_due = serializers.DateField(read_only=True, help_text="The due date that is asked for.")
    reason = serializers.CharField(read_only=True)
    state = CodeField(ExtensionState)
    decided_on = serializers.DateField(read_only=True, allow_null=True)
    granted_due = serializers.DateField(read_only=True, allow_null=True)
    refusal_reason = WordField()
    corrects = serializers.SerializerMethodField(
        help_text="Public id of the decision that it takes the place of."
    )
    correction_reason = WordField(help_text="What was wrong with that decision.")

    @extend_schema_field({"type": ["string", "null"]})
    def get_corrects(self, extension: Any) -> str | None:
        return extension.corrects and extension.corrects.public_id
