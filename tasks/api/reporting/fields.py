"""What a body on progress reports may say, field by field."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ErrorDetail, ValidationError

from core.api.bodies import Said
from districts.models import Project
from tasks.models import ReportingDuty, ReportingPeriod
from tasks.querysets.progress import PERIOD_CODE
from tasks.reporting_choices import NoteField

NO_NUL = r"^[^\u0000]*$"
NUMBER = r"^-?\d{1,18}(\.\d{1,2})?$"


class Uuid(Said):
    """A UUID with its hyphens, made by the caller."""

    shape: ClassVar[dict[str, Any]] = {"type": "string", "format": "uuid"}
    default_error_messages = {"uuid": _("Write a UUID such as 0198c6f2-0d5f-7c3a-b6c1-8f4f5a2f9f10.")}

    def to_internal_value(self, data: Any) -> UUID:
        if isinstance(data, str) and re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", data.lower()):
            return UUID(data)
        return self.wrong("uuid")  # type: ignore[return-value]


class Free(Said):
    """Words, or none: an empty text and null take away what is there."""

    def __init__(self, most: int, **kwargs: Any) -> None:
        self.most = most
        self.shape = {"type": "string", "maxLength": most, "pattern": NO_NUL}  # type: ignore[misc]
        super().__init__(allow_null=True, **kwargs)

    def validate_empty_values(self, data: Any) -> tuple[bool, Any]:
        return (True, "") if data is None else super().validate_empty_values(data)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.wrong("text")
        if "\x00" in data:
            self.wrong("blank")
        if len(data) > self.most:
            self.wrong("long", most=self.most)
        return data.strip()


class Number(Said):
    """An exact number, as a string; a whole one may be a number of JSON."""

    shape: ClassVar[dict[str, Any]] = {
        "type": ["string", "integer"],
        "pattern": NUMBER,
        "minimum": -(10**15),
        "maximum": 10**15,
        "examples": ["42.5", "1500000.00", 120],
    }
    default_error_messages = {"number": _("Write a number such as “42.5”, with two decimals at the most.")}

    def to_internal_value(self, data: Any) -> Decimal:
        is_number = isinstance(data, str | int | float) and not isinstance(data, bool)
        if not is_number or not re.fullmatch(NUMBER, str(data).removesuffix(".0"), re.ASCII):
            self.wrong("number")
        return Decimal(str(data))


class Period(Said):
    """A reporting period by its code."""

    shape: ClassVar[dict[str, Any]] = {
        "type": "string",
        "pattern": r"^\d{4}-((0[1-9]|1[0-2])|Q[1-4])$",
        "examples": ["2026-10", "2026-Q4"],
    }

    def to_internal_value(self, data: Any) -> ReportingPeriod:
        if not isinstance(data, str) or not re.fullmatch(PERIOD_CODE, data, re.ASCII):
            self.wrong("text") if not isinstance(data, str) else self.wrong("named", value=data[:60])
        user = self.context["request"].user
        found = ReportingPeriod.objects.visible_to(user).coded(data).first()
        return found or self.wrong("named", value=data[:60])  # type: ignore[return-value]


class OwedProject(Said):
    """A project that the caller may know of, or owes reports of, by its public id."""

    shape: ClassVar[dict[str, Any]] = {
        "type": "string",
        "minLength": 1,
        "maxLength": 60,
        "description": "Its public id.",
    }

    def to_internal_value(self, data: Any) -> Project:
        if not isinstance(data, str):
            self.wrong("text")
        user = self.context["request"].user
        owed = ReportingDuty.objects.visible_to(user).values("project")
        known = Q(pk__in=Project.objects.visible_to(user).order_by().values("pk")) | Q(pk__in=owed)
        named = (
            Project.objects.filter(known, public_id=data[:61])
            if "\x00" not in data
            else Project.objects.none()
        )
        return named.first() or self.wrong("named", value=data[:60])  # type: ignore[return-value]


class Notes(Said):
    """What is to be corrected, by field."""

    shape: ClassVar[dict[str, Any]] = {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"enum": NoteField.values},
        "additionalProperties": {"type": "string", "minLength": 1, "maxLength": 2000},
        "description": "A text for each field that is to be corrected.",
    }
    default_error_messages = {
        "notes": _("Write an object: the field that is to be corrected, and what to correct.")
    }

    def to_internal_value(self, data: Any) -> dict[str, str]:
        if not isinstance(data, Mapping) or not data:
            self.wrong("notes")
        said, faults = {}, {}
        for field, text in data.items():
            try:
                if field not in NoteField.values:
                    self.wrong("code", value=field[:60], allowed=", ".join(NoteField.values))
                said[field] = self.words(text, 2000)
            except ValidationError as error:
                faults[field] = error.detail
        if faults:
            raise ValidationError(faults)
        return said


def twice(places: list[tuple[int, str]]) -> None:
    """ValidationError at each (place, name) that came before."""
    seen: set[str] = set()
    faults: list[Any] = [{} for _place in places]
    for place, name in places:
        if name in seen:
            faults[place] = [ErrorDetail(str(_("Once is enough: this is in the list already.")), "repeated")]
        seen.add(name)
    if any(faults):
        raise ValidationError(faults)
