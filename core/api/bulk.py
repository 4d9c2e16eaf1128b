"""Many rows of a register at once, each called as the caller's own system calls it.

Every row is judged by the service of a single write, in a savepoint of its own, and every row is told of: what is wrong
with one does not hide what is wrong with another.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError as Refused
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import APIException, ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.bodies import Body, Words, YesOrNo
from core.api.errors import Problem, handle
from core.api.parsers import Json
from core.api.resources import RESOURCES
from core.api.writing import described, writes
from core.choices import Outcome
from core.exceptions import DomainError, Forbidden

MOST = 500
#: What a row may be refused for; whatever else happens ends the whole request.
REFUSALS = (
    APIException,
    DataError,
    DomainError,
    IntegrityError,
    ProtectedError,
    Refused,
    RestrictedError,
)


class Row(Body):
    """A row with the name that the caller's own system has for it."""

    external_id = Words(100, help_text="Yours: what you call it. Sent again, it is the same object.")


class RowFault(serializers.Serializer):
    pointer = serializers.CharField(help_text="The place in the body (RFC 6901), such as `/rows/3/due`.")
    code = serializers.CharField()
    detail = serializers.CharField()


class RowResult(serializers.Serializer):
    """What became of a row, or would have: then `id` and `url` of what is new are null."""

    index = serializers.IntegerField(min_value=0)
    external_id = serializers.CharField(allow_null=True)
    status = serializers.ChoiceField([str(one) for one in Outcome])
    id = serializers.CharField(allow_null=True)
    url = serializers.URLField(allow_null=True)
    errors = RowFault(many=True)


class Counts(serializers.Serializer):
    created = serializers.IntegerField(min_value=0)
    updated = serializers.IntegerField(min_value=0)
    unchanged = serializers.IntegerField(min_value=0)
    refused = serializers.IntegerField(min_value=0)


class BulkResult(serializers.Serializer):
    dry_run = serializers.BooleanField(help_text="Nothing was written.")
    counts = Counts()
    results = RowResult(many=True, help_text="In the order of the rows.")


class Judged(NamedTuple):
    """A row once it was tried: what is told of it, and the refusal where there was one."""

    told: dict[str, Any]
    refusal: Exception | None = None


def bulk(body: type[Row], example: OpenApiExample) -> Callable[[Any], Any]:
    """POST on `bulk/` of a register: `perform` is given one row at a time and returns (object, what became of it)."""

    def decorate(perform: Any) -> Any:
        @wraps(perform)
        def answer(self: Any, request: Request, **kwargs: Any) -> Response:
            said = {"dry_run": False, "all_or_nothing": True} | self.said(asked)
            with transaction.atomic():
                judged = list(_judge(self, perform, body, said["rows"]))
                is_refused = said["all_or_nothing"] and any(one.refusal for one in judged)
                if said["dry_run"] or is_refused:
                    transaction.set_rollback(True)
            return _answer(judged, said, bool(is_refused))

        asked = type(f"{body.__name__}s", (BulkBody,), {"rows": Rows(body), "__doc__": BulkBody.__doc__})
        extend_schema_serializer(examples=[example])(asked)
        routed = action(
            detail=False, methods=["post"], url_path="bulk", url_name="bulk", parser_classes=[Json]
        )
        return described(routed(writes(answer)), perform, asked, {200: BulkResult})

    return decorate


class Rows(serializers.Field):
    """Rows as they came: each is read by itself, so that one that is malformed is refused alone."""

    default_error_messages = {"rows": gettext_lazy("Send a list of 1 to %(most)s rows.")}

    def __init__(self, row: type[Row]) -> None:
        self.row = row
        super().__init__()

    def to_internal_value(self, data: Any) -> list[Any]:
        if not isinstance(data, list) or not 0 < len(data) <= MOST:
            said = str(self.error_messages["rows"]) % {"most": MOST}
            raise ValidationError([ErrorDetail(said, "rows")])
        return data


class RowsExtension(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    target_class = Rows

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        row = auto_schema.resolve_serializer(self.target.row, direction).ref
        anything = {"description": "Whatever else there is, is refused as a row."}
        return {"type": "array", "minItems": 1, "maxItems": MOST, "items": {"anyOf": [row, anything]}}


class BulkBody(Body):
    """Rows, and how they are to be taken."""

    dry_run = YesOrNo(required=False, help_text="Judge and tell, and write nothing.")
    all_or_nothing = YesOrNo(
        required=False,
        help_text="True, where nothing is said: one row that is refused refuses all. False: the others are written.",
    )


def _judge(view: Any, perform: Any, body: type[Row], rows: Iterable[Any]) -> Iterator[Judged]:
    seen: dict[str, int] = {}
    for index, row in enumerate(rows):
        name = row.get("external_id") if isinstance(row, dict) else None
        name = name.strip() if isinstance(name, str) else None
        told = {"index": index, "external_id": name, "id": None, "url": None, "errors": []}
        try:
            if name in seen:
                raise _twice(seen[name])
            yield Judged(told | _tried(view, perform, body, row))
        except REFUSALS as refusal:
            faults = _faults(view, refusal, f"/rows/{index}")
            yield Judged(told | {"status": Outcome.REFUSED.value, "errors": faults}, refusal)
        if name:
            seen.setdefault(name, index)


def _tried(view: Any, perform: Any, body: type[Row], row: Any) -> dict[str, Any]:
    with transaction.atomic():
        read = body(data=[] if row is None else row, context=view.get_serializer_context())
        read.is_valid(raise_exception=True)
        made, outcome = perform(view, by=view.request.user, **read.validated_data)
        if outcome != Outcome.UNCHANGED:
            _settle()
    resource = RESOURCES[made._meta.db_table]
    key = getattr(made, resource.key)
    return {"status": outcome.value, "id": key, "url": resource.address(key)}


def _settle() -> None:
    """What waits for the commit is judged now, while it is known which row it is about."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _twice(index: int) -> Refused:
    detail = _("Row %(index)s of this request is called the same: send each once.") % {"index": index}
    return Refused({"external_id": [Refused(detail, code="repeated")]})


def _faults(view: Any, refusal: Exception, pointer: str) -> list[dict[str, str]]:
    """As the same refusal of a single write is told, at the place of its row."""
    document = json.loads(handle(refusal, {"request": view.request, "view": view}).content)
    errors = document["errors"] or [{"code": document["code"], "detail": document["detail"]}]
    return [one | {"pointer": pointer + one.get("pointer", "")} for one in errors]


def _answer(judged: list[Judged], said: dict[str, Any], is_refused: bool) -> Response:
    first = judged[0].refusal
    if isinstance(first, Forbidden) and all(isinstance(one.refusal, Forbidden) for one in judged):
        raise first  # who may write no row is told once
    results = [one.told for one in judged]
    if said["dry_run"] or is_refused:
        results = [one | ({"id": None, "url": None} if one["status"] == "created" else {}) for one in results]
    counted = Counter(one["status"] for one in results)
    counts = {outcome.value: counted[outcome.value] for outcome in Outcome}
    told = {"dry_run": said["dry_run"], "counts": counts, "results": results}
    if is_refused:
        detail = _(
            "Nothing is written, because rows are refused: mend what “errors” names, and send all again."
        )
        errors = [fault for one in results for fault in one["errors"]]
        raise Problem(422, "rows_refused", detail, errors=errors, **told)
    return Response(told)
