"""What is said of webhooks: an address of the public internet, and what it is to be told of."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from accounts.api.webhook_examples import ADD, REPLAY, WATCHES
from core import outward
from core.api import plain
from core.api.bodies import Body, Said
from core.api.fields import CodeField, ShapedField, TextField
from core.api.resources import Resource

OPTIONAL: dict[str, Any] = {"required": False}
MOST = 20
_PARTS = ("resource", "field", "from", "to")


def watches_shape() -> dict[str, Any]:
    """Asked for when the description is made: the registers are known only once all of them are there."""
    value = {
        "type": ["string", "number", "boolean", "null"],
        "maxLength": 200,
        "description": "As the API writes the field; left out, it may be anything.",
    }
    watch = {
        "type": "object",
        "required": ["resource"],
        "properties": {
            "resource": {"type": "string", "enum": list(plain.registers()), "description": "The register."},
            "field": {
                "type": "string",
                "maxLength": 60,
                "description": (
                    "A field of its objects that stands in the object itself. Left out, every change of an object is "
                    "told, and each that appears."
                ),
            },
            "from": value,
            "to": value,
        },
        "additionalProperties": False,
        "dependentRequired": {"from": ["field"], "to": ["field"]},
    }
    return {
        "type": "array",
        "items": watch,
        "minItems": 1,
        "maxItems": MOST,
        "description": "What it is told of: changes that fit at least one of these, on transition.",
        "examples": [WATCHES],
    }


class WatchesField(ShapedField):
    """As they were said."""

    component = "Watches"

    @property
    def shape(self) -> dict[str, Any]:  # type: ignore[override]
        return watches_shape()

    def to_representation(self, value: Any) -> Any:
        return value


class Target(Said):
    """Where to: an address of the public internet."""

    shape: ClassVar[dict[str, Any]] = {
        "type": "string",
        "format": "uri",
        "pattern": "^https?://[!-~]+$",
        "maxLength": outward.LONGEST,
        "description": "Begins with https://, without user and password, on port 443 or 8443.",
        "examples": ["https://example.kz/hooks/alatau"],
    }

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.wrong("text")
        try:
            outward.target(data)
        except outward.Refused as refusal:
            raise ValidationError([ErrorDetail(str(refusal), "address")]) from refusal
        return data


class Watches(Said):
    """What to be told of; each fault at its place."""

    default_error_messages = {
        "watches": _("Write a list of 1 to 20 objects, each with “resource”."),
        "unknown": _("This field is not known here, or cannot be written."),
        "field_first": _("Name the field that goes from or to this."),
        "value": _("Write a text of at most 200 characters, a number, true, false or null."),
        "whole": _("Of this field only that it changed can be waited for: leave “from” and “to” out."),
    }

    @property
    def shape(self) -> dict[str, Any]:  # type: ignore[override]
        return watches_shape()

    def to_internal_value(self, data: Any) -> list[dict[str, Any]]:
        if not isinstance(data, list) or not 1 <= len(data) <= MOST:
            self.wrong("watches")
        faults = [self._faults(watch) for watch in data]
        if any(faults):
            raise ValidationError(faults)
        return [dict(watch) for watch in data]

    def _faults(self, watch: Any) -> dict[str, list[ErrorDetail]]:
        """By the part of the watch that is wrong; one is enough, but of what is unknown each is named."""
        if not isinstance(watch, Mapping):
            return {"resource": [self._said("watches")]}
        if unknown := [name for name in watch if name not in _PARTS]:
            return {name: [self._said("unknown")] for name in unknown}
        known = plain.registers()
        resource = watch.get("resource")
        if not isinstance(resource, str) or resource not in known:
            return {"resource": [self._said("code", value=str(resource)[:60], allowed=", ".join(known))]}
        return self._faults_of_field(watch, known[resource])

    def _faults_of_field(self, watch: Mapping[str, Any], resource: Resource) -> dict[str, list[ErrorDetail]]:
        ends = [end for end in ("from", "to") if end in watch]
        if "field" not in watch:
            return {end: [self._said("field_first")] for end in ends[:1]}
        field, names = watch["field"], plain.fields_of(resource).names
        if not isinstance(field, str) or field not in names:
            return {"field": [self._said("code", value=str(field)[:60], allowed=", ".join(names))]}
        told = resource.viewset.serializer_class().fields[field]
        for end in ends:
            if fault := self._fault_of_value(watch[end], told, field in plain.fields_of(resource).plain):
                return {end: [fault]}
        return {}

    def _fault_of_value(self, value: Any, told: Any, is_plain: bool) -> ErrorDetail | None:
        if not isinstance(value, str | int | float | bool | None) or len(str(value)) > 200:
            return self._said("value")
        if not is_plain or isinstance(told, TextField | serializers.ListField):
            return self._said("whole")
        if isinstance(told, CodeField) and value is not None and value not in told.codes.values:
            return self._said("code", value=value, allowed=", ".join(told.codes.values))
        return None

    def _said(self, code: str, **words: Any) -> ErrorDetail:
        return ErrorDetail(str(self.error_messages[code]) % words, code)


class Instant(Said):
    """An instant with its offset."""

    shape: ClassVar[dict[str, Any]] = {
        "type": "string",
        "format": "date-time",
        "examples": ["2026-03-15T09:30:00+05:00"],
    }
    default_error_messages = {"instant": _("Write an instant such as 2026-03-15T09:30:00+05:00.")}

    def to_internal_value(self, data: Any) -> datetime:
        try:
            found = datetime.fromisoformat(data) if isinstance(data, str) and len(data) < 40 else None
            if found is not None and found.utcoffset() is not None:
                return found.astimezone()
        except (ValueError, OverflowError):
            pass
        return self.wrong("instant")  # type: ignore[return-value]


class MessageId(Said):
    """A message, as its header `webhook-id` names it."""

    shape: ClassVar[dict[str, Any]] = {"type": "string", "pattern": "^msg_[0-9a-f]{32}$", "maxLength": 36}

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str) or "\x00" in data:
            self.wrong("text")
        return data[:40]


@extend_schema_serializer(examples=[ADD])
class AddWebhookBody(Body):
    """Where to, and of what."""

    target = Target()
    watches = Watches()


class AmendWebhookBody(Body):
    """What is to be otherwise."""

    shape: ClassVar[dict[str, Any]] = {"minProperties": 1}

    target = Target(**OPTIONAL)
    watches = Watches(**OPTIONAL)

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        if not said:
            raise ValidationError(
                ErrorDetail(str(_("Say what is to be otherwise: “target” or “watches”.")), "invalid")
            )
        return said


@extend_schema_serializer(examples=[REPLAY])
class ReplayBody(Body):
    """One message, or all that were made since an instant; neither: all that were given up."""

    shape: ClassVar[dict[str, Any]] = {"maxProperties": 1}

    message = MessageId(**OPTIONAL)
    since = Instant(**OPTIONAL)

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        if len(said) > 1:
            raise ValidationError(ErrorDetail(str(_("Name one message or an instant, not both.")), "invalid"))
        return said
