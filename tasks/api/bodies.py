"""What the verbs of control are told: organisations by code, days in ISO 8601."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from accounts.models import Organisation
from core.api.bodies import SHORT, Address, Body, Day, Named, OneCode, PartialDay, Texts, Upload, Words
from districts.choices import DistrictCode
from districts.models import District, Project
from tasks.api import body_examples as examples
from tasks.choices import ControlKind, EvidenceKind, ExecutorRole, ReportKind
from tasks.models import Instruction
from tasks.services import Proof

OPTIONAL: dict[str, Any] = {"required": False}


class District_(OneCode):
    """One of the four districts."""

    def to_internal_value(self, data: Any) -> Any:
        code = super().to_internal_value(data)
        found = District.objects.filter(code=code).first()
        return found or self.wrong("named", value=code)


class ExecutorBody(Body):
    """An organisation, or a group as it is written; a group never leads."""

    shape: ClassVar[dict[str, Any]] = {
        "oneOf": [
            {"required": ["organisation"], "not": {"required": ["group"]}},
            {
                "required": ["group"],
                "not": {"required": ["organisation"]},
                "properties": {"role": {"const": ExecutorRole.CO.value}},
            },
        ]
    }

    organisation = Named(Organisation, **OPTIONAL)
    group = Texts(200, **OPTIONAL)
    role = OneCode(ExecutorRole)
    internal_due = Day(**OPTIONAL)

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        if ("organisation" in said) == ("group" in said):
            detail = _("An executor is an organisation or a group as written, not both.")
            raise ValidationError(ErrorDetail(str(detail), "invalid"))
        return said


@extend_schema_serializer(examples=[examples.REGISTER])
class RegisterBody(Body):
    """A new instruction. What it lacks for control (a term, an expected result, who leads) may be given later."""

    text = Texts()
    issuer = Named(Organisation, help_text="Who gave it: the code of an organisation.")
    issued_on = PartialDay(source="issued", **OPTIONAL)
    number = Words(40, **OPTIONAL)
    due = Day(help_text="Its first due date, which stays for ever as `original_due`.", **OPTIONAL)
    expected_result = Texts(**OPTIONAL)
    control_kind = OneCode(ControlKind, **OPTIONAL)
    evidence_kind = OneCode(EvidenceKind, help_text="What the final report has to bring.", **OPTIONAL)
    district = District_(DistrictCode, **OPTIONAL)
    project = Named(Project, "public_id", **OPTIONAL)
    parent = Named(Instruction, "public_id", help_text="The instruction that it is a part of.", **OPTIONAL)
    executors = serializers.ListField(child=ExecutorBody(), max_length=50, **OPTIONAL)


@extend_schema_serializer(examples=[examples.AMEND])
class AmendBody(RegisterBody):
    """What is to be said instead."""

    text = Texts(**OPTIONAL)
    issuer = Named(Organisation, help_text="Who gave it: the code of an organisation.", **OPTIONAL)


@extend_schema_serializer(examples=[examples.PUT_ON_CONTROL])
class ControlBody(Body):
    """What the register lacks: the term, the result, who leads."""

    due = Day(**OPTIONAL)
    expected_result = Texts(**OPTIONAL)
    lead = Named(Organisation, help_text="The responsible executor.", **OPTIONAL)
    reason = Words(2000, help_text="Why it goes on control although the check finds it weak.", **OPTIONAL)


@extend_schema_serializer(examples=[examples.REASON])
class ReasonBody(Body):
    reason = Words()


@extend_schema_serializer(examples=[examples.REASSIGN])
class ReassignBody(ReasonBody):
    lead = Named(Organisation, help_text="Who is to lead from now on.")


class LinkBody(Body):
    """An address that proves it; files are sent in a form."""

    kind = OneCode(EvidenceKind, only=(EvidenceKind.LINK.value,), **OPTIONAL)
    url = Address()
    note = Words(SHORT, help_text="What it shows.", **OPTIONAL)

    def to_internal_value(self, data: Any) -> Proof:
        said = super().to_internal_value(data)
        return Proof(kind=EvidenceKind.LINK, url=said["url"], note=said.get("note", ""))


@extend_schema_serializer(examples=[examples.CONTRIBUTE])
class ContributeBody(Body):
    """What was done, and addresses that prove it."""

    text = Words()
    evidence = serializers.ListField(source="proofs", child=LinkBody(), max_length=20, **OPTIONAL)


@extend_schema_serializer(examples=[examples.REPORT])
class ReportBody(ContributeBody):
    kind = OneCode(ReportKind)


class FormBody(Body):
    """The same as a form with files: each under the name of what it is, photo, act or document, as often as needed."""

    photo = serializers.ListField(child=Upload(), max_length=20, **OPTIONAL)
    act = serializers.ListField(child=Upload(), max_length=20, **OPTIONAL)
    document = serializers.ListField(child=Upload(), max_length=20, **OPTIONAL)
    link = serializers.ListField(child=Address(), max_length=20, **OPTIONAL)

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        proofs = [
            Proof(kind=kind, file=file, name=file.name)
            for kind in (EvidenceKind.PHOTO, EvidenceKind.ACT, EvidenceKind.DOCUMENT)
            for file in said.pop(kind.value, ())
        ]
        links = [Proof(kind=EvidenceKind.LINK, url=url) for url in said.pop("link", ())]
        return said | {"proofs": proofs + links}


class ContributeForm(FormBody):
    text = Words()


class ReportForm(ContributeForm):
    kind = OneCode(ReportKind)


@extend_schema_serializer(examples=[examples.RETURN])
class ReturnBody(Body):
    note = Words(help_text="What is to be corrected.")


class PartBody(Body):
    text = Texts(help_text="What is to be done.")
    expected_result = Texts()
    due = Day()


@extend_schema_serializer(examples=[examples.REMAINDER])
class RemainderBody(PartBody):
    """What remains to be done, by when; by the same organisation, or by another."""

    lead = Named(Organisation, **OPTIONAL)


@extend_schema_serializer(examples=[examples.SPLIT])
class SplitBody(PartBody):
    lead = Named(Organisation, help_text="Who executes the part.")


@extend_schema_serializer(examples=[examples.EXTEND])
class ExtendBody(ReasonBody):
    new_due = Day(help_text="Later than the present due date.")


@extend_schema_serializer(examples=[examples.GRANT])
class GrantBody(Body):
    due = Day(help_text="Another date than the one that was asked for.", **OPTIONAL)


@extend_schema_serializer(examples=[examples.CORRECT])
class CorrectBody(Body):
    """A date grants more time, a reason refuses it: one of the two."""

    shape: ClassVar[dict[str, Any]] = {
        "oneOf": [
            {"required": ["due"], "not": {"required": ["reason"]}},
            {"required": ["reason"], "not": {"required": ["due"]}},
        ]
    }

    why = Words(help_text="What was wrong with the decision before.")
    due = Day(**OPTIONAL)
    reason = Words(**OPTIONAL)
