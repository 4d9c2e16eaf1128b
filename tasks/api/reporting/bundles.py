"""Reports that come back in a file, in the API."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from rest_framework import serializers

from core.api.bodies import Body, Said
from core.api.links import link
from core.api.writing import deed
from tasks.api.reporting.fields import Free
from tasks.offline import book_in, sent, telling
from tasks.offline.merging import MINE, THEIRS
from tasks.services import bundles

ANYTHING: dict[str, Any] = {"type": "object", "additionalProperties": True}


class AnObject(Said):
    """An object as it came; what is in it is judged as a whole."""

    shape: ClassVar[dict[str, Any]] = ANYTHING

    def to_internal_value(self, data: Any) -> Any:
        return data


class BundleBody(Body):
    """The file of the self-contained form as it was saved; see docs/reports-by-file.md."""

    frozen = AnObject(help_text="As it was downloaded; the signature is over it.")
    signature = Free(200)
    answers = AnObject(help_text="By the `public_id` of a project: what was typed.")
    choose = AnObject(
        required=False,
        help_text=f"By project and field, where both sides had changed it: `{MINE}` or `{THEIRS}`.",
    )


class BundleForm(Body):
    file = serializers.FileField(
        help_text="That file, or the workbook (XLSX), taken as a whole or not at all."
    )


class Sides(serializers.Serializer):
    """A field that both sides have changed since the file was made: nothing of its report is written."""

    field = serializers.CharField()
    was = serializers.JSONField()
    mine = serializers.JSONField()
    theirs = serializers.JSONField()


class Refusal(serializers.Serializer):
    field = serializers.CharField(help_text="Empty where it is about the report as a whole.")
    detail = serializers.CharField()


class ReceiptSerializer(serializers.Serializer):
    """What became of one report."""

    project = serializers.CharField()
    state = serializers.ChoiceField(list(telling.STATES))
    report = serializers.CharField(allow_null=True, help_text="Its `public_id`.")
    url = serializers.URLField(allow_null=True)
    version = serializers.IntegerField(allow_null=True)
    asks = Sides(many=True)
    errors = Refusal(many=True)


class ReceiptsSerializer(serializers.Serializer):
    receipts = ReceiptSerializer(many=True)


class BundleDeed:
    @deed(BundleBody, shown=ReceiptsSerializer, form=BundleForm)
    def bundle(self, *, by: Any, **said: Any) -> dict[str, Any]:
        """Send a file of reports back: each report of it is saved as a draft by itself, and sending it again does no
        harm. Where both sides have changed a field, nothing of that report is written until `choose` says which holds.
        A workbook is written as a whole, or not at all."""
        if "file" in said:
            return _told(*_of_file(said["file"].read(), by))
        chosen = _chosen(said.pop("choose", {}))
        return _told(bundles.take(sent.read(said), by=by, chosen=chosen), True)


def _of_file(content: bytes, by: Any) -> tuple[list[bundles.Receipt], bool]:
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return bundles.take(sent.read(sent.loaded(content)), by=by, chosen={}), True
    read = book_in.read(content)
    if read.faults:
        wrong: dict[str, list[str]] = {}
        for fault in read.faults[: telling.MOST]:
            wrong.setdefault(f"{fault.sheet}/{fault.cell}", []).append(fault.text)
        raise ValidationError(wrong)
    receipts = bundles.take_whole(read.sent, by=by, chosen={}, keep=True)
    return receipts, not any(one.state in ("asks", "refused") for one in receipts)


def _chosen(choose: Any) -> dict[tuple[str, str], str]:
    if not isinstance(choose, dict):
        return {}
    return {
        (project, field): side
        for project, fields in choose.items()
        if isinstance(fields, dict)
        for field, side in fields.items()
        if side in (MINE, THEIRS)
    }


def _told(receipts: list[bundles.Receipt], is_kept: bool) -> dict[str, Any]:
    return {"receipts": [_receipt(one, one.report if is_kept else None) for one in receipts]}


def _receipt(receipt: bundles.Receipt, row: Any) -> dict[str, Any]:
    return {
        "project": receipt.project,
        "state": receipt.state,
        "report": row and row.public_id,
        "url": row and link("api:progress-report-detail", public_id=row.public_id),
        "version": row and row.version,
        "asks": [vars(one) for one in receipt.asks],
        "errors": [
            {"field": "" if name == "__all__" else name, "detail": text}
            for name, texts in receipt.errors.items()
            for text in texts
        ],
    }
