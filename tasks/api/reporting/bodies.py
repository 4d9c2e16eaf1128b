"""What the verbs of reporting are told."""

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from core.api.bodies import Body, Day, OneCode, PartialDay, Words
from districts.choices import MoveReason
from tasks.api.reporting import examples
from tasks.api.reporting.fields import Free, Notes, Number, OwedProject, Period, Uuid, twice
from tasks.reporting_choices import Mark, Metric, Outcome, WordsLanguage
from tasks.services import Answer, Told
from tasks.services.evidence import Held

OPTIONAL: dict[str, Any] = {"required": False}


class ProgressValueBody(Body):
    """An answer: a number (of money with its currency), or a mark that there is none."""

    metric = OneCode(Metric)
    mark = OneCode(Mark, help_text="`value` where it is left out.", **OPTIONAL)
    value = Number(allow_null=True, **OPTIONAL)
    currency = Free(3, help_text="ISO 4217, of money spent.", **OPTIONAL)
    note = Free(500, **OPTIONAL)


class ProgressMilestoneBody(Body):
    """A milestone that was met, or moved for a reason."""

    milestone = Words(60, help_text="Its code in the project.")
    outcome = OneCode(Outcome)
    on = PartialDay()
    reason = OneCode(MoveReason, allow_null=True, help_text="Of one that moved.", **OPTIONAL)
    note = Free(500, **OPTIONAL)

    def to_internal_value(self, data: Any) -> Told:
        said = super().to_internal_value(data)
        return Told(**said | {"reason": said.get("reason") or ""})


@extend_schema_serializer(examples=[examples.SAVE])
class SaveProgressBody(Body):
    """What is left out stays as it is; a list that is there is the whole list."""

    client_uuid = Uuid(help_text="Of this report, kept for ever: sent again, it is the same report.")
    project = OwedProject()
    period = Period()
    base = serializers.IntegerField(
        min_value=1,
        max_value=2**31 - 1,
        allow_null=True,
        help_text="`version` of the report that the writer had before him; null for a new one.",
        **OPTIONAL,
    )
    values = serializers.ListField(child=ProgressValueBody(), max_length=len(Metric), **OPTIONAL)
    text = Free(20_000, help_text="What was done.", **OPTIONAL)
    issues = Free(20_000, help_text="What hinders.", **OPTIONAL)
    risks = Free(20_000, help_text="What may hinder.", **OPTIONAL)
    help_needed = Free(20_000, **OPTIONAL)
    language = OneCode(WordsLanguage, allow_null=True, help_text="Of these words.", **OPTIONAL)
    milestones = serializers.ListField(child=ProgressMilestoneBody(), max_length=100, **OPTIONAL)

    def validate_values(self, said: list[dict[str, Any]]) -> dict[str, Answer | None]:
        """By metric, in the order of the list; those that are not in it are not answered."""
        twice([(place, one["metric"]) for place, one in enumerate(said)])
        given: dict[str, Answer | None] = {one["metric"]: _answer(one) for one in said}
        return given | {metric: None for metric in Metric.values if metric not in given}

    def validate_milestones(self, said: list[Told]) -> list[Told]:
        twice([(place, one.code) for place, one in enumerate(said)])
        return said


def _answer(said: dict[str, Any]) -> Answer:
    return Answer(
        value=said.get("value"),
        mark=said.get("mark", Mark.VALUE),
        currency=said.get("currency", ""),
        note=said.get("note", ""),
    )


class HeldFileBody(Body):
    """A file that is to be with the report, whole."""

    client_uuid = Uuid(help_text="Of its upload.")
    size = serializers.IntegerField(min_value=1, max_value=2**53, help_text="Bytes.")
    sha256 = serializers.RegexField(r"^[0-9a-fA-F]{64}\Z", help_text="In hexadecimal digits.")

    def to_internal_value(self, data: Any) -> Held:
        return Held(**super().to_internal_value(data))


@extend_schema_serializer(examples=[examples.SUBMIT])
class SubmitProgressBody(Body):
    version = serializers.IntegerField(
        min_value=1, max_value=2**31 - 1, help_text="Of the report that is signed.", **OPTIONAL
    )
    files = serializers.ListField(
        child=HeldFileBody(), max_length=100, help_text="Files that are to be with it.", **OPTIONAL
    )


@extend_schema_serializer(examples=[examples.RETURN])
class ReturnProgressBody(Body):
    notes = Notes()


@extend_schema_serializer(examples=[examples.CORRECT])
class CorrectProgressBody(Body):
    """Why the accepted report is corrected, and the number of the new one."""

    reason = Words()
    client_uuid = Uuid()


@extend_schema_serializer(examples=[examples.REOPEN])
class ReopenPeriodBody(Body):
    until = Day(help_text="The last day on which reports of it are taken.")
    reason = Words()
