"""`/uploads/`: files of progress reports, sent in pieces that go on where the last one ended.

The headers are those of tus 1.0 (`Upload-Offset`, `Upload-Length`); the rest of that protocol is not asked for.
"""

import base64
import hashlib
import re
from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django_filters import FilterSet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter

from core.api import preconditions
from core.api.bodies import Body, Named, OneCode, Words
from core.api.errors import Problem
from core.api.fields import CodeField, UrlField, WordField
from core.api.serializers import Row
from core.api.writing import Writing, creates, verb
from core.files import MAX_BYTES
from core.filters import Ordering, updated
from tasks import services
from tasks.api.reporting import examples
from tasks.api.reporting.fields import Free, Uuid
from tasks.choices import EvidenceKind
from tasks.filters_reporting import Code
from tasks.models import ProgressReport, Upload
from tasks.models.upload import FILES
from tasks.services.uploads import MAX_CHUNK, Taken, WrongOffset

PIECE = "application/offset+octet-stream"
OFFSET, LENGTH, CHECKSUM = "Upload-Offset", "Upload-Length", "Upload-Checksum"
UUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
OPTIONAL: dict[str, Any] = {"required": False}


class Piece(BaseParser):
    """A piece of a file: the view reads the bytes itself, no more than it may have."""

    media_type = PIECE

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        return stream


class PlaceBody(Body):
    """Where it was taken, only if who took it says so: degrees (WGS 84) and metres."""

    lat = serializers.DecimalField(max_digits=8, decimal_places=5, min_value=-90, max_value=90)
    lon = serializers.DecimalField(max_digits=8, decimal_places=5, min_value=-180, max_value=180)
    accuracy = serializers.IntegerField(min_value=0, max_value=100_000, allow_null=True, **OPTIONAL)

    def to_internal_value(self, data: Any) -> Taken:
        return Taken(**super().to_internal_value(data))


@extend_schema_serializer(examples=[examples.UPLOAD])
class UploadBody(Body):
    """A file as it is going to be sent."""

    client_uuid = Uuid(help_text="Of this file: announced again, it is the same file.")
    report = Named(ProgressReport, "public_id")
    kind = OneCode(EvidenceKind, only=tuple(kind.value for kind in FILES))
    name = Words(255)
    size = serializers.IntegerField(min_value=1, max_value=MAX_BYTES, help_text="Bytes.")
    sha256 = serializers.RegexField(r"^[0-9a-fA-F]{64}\Z", help_text="Of the whole file, in hexadecimal.")
    caption = Free(300, help_text="What it shows.", **OPTIONAL)
    place = PlaceBody(allow_null=True, **OPTIONAL)


class CaptionBody(Body):
    caption = Free(300, help_text="What it shows; the word that a warning about it asks for.")


@extend_schema_serializer(component_name="Upload", examples=[examples.RECEIPT])
class UploadSerializer(Row):
    """The receipt of a file: how much of it is here, and whether it was taken."""

    url = UrlField("upload", "client_uuid")
    client_uuid = serializers.UUIDField(read_only=True)
    report = serializers.CharField(source="report.public_id", read_only=True)
    kind = CodeField(EvidenceKind)
    name = serializers.CharField(read_only=True)
    size = serializers.IntegerField(read_only=True, help_text="Bytes.")
    sha256 = serializers.CharField(read_only=True)
    offset = serializers.IntegerField(source="received", read_only=True, help_text="Bytes that are here.")
    complete = serializers.BooleanField(source="is_complete", read_only=True, help_text="Here, and taken.")
    refused = WordField(help_text="Why the whole file was not taken.")


class UploadFilter(FilterSet):
    report = Code("report__public_id", label=_("Report"))
    ordering = Ordering({"updated_at": updated()}, default="-updated_at")


def placed(row: Upload) -> dict[str, str]:
    """How much of the file is here, as headers."""
    return {OFFSET: str(row.received), LENGTH: str(row.size)}


class UploadRegister(Writing):
    """Files on their way to progress reports, for who may read the report."""

    serializer_class = UploadSerializer
    filterset_class = UploadFilter
    lookup_field, lookup_value_regex = "client_uuid", UUID
    queryset = Upload.objects.none()
    parts = ("report", "file")
    formats = ()
    write_scope = "reports"

    def get_queryset(self) -> Any:
        return Upload.objects.visible_to(self.request.user).select_related("report")

    def row(self) -> Upload:
        return get_object_or_404(self.get_queryset(), client_uuid=self.kwargs["client_uuid"])

    def hold(self, row: Upload) -> None:
        super().hold(row.report)
        super().hold(row)

    @creates(UploadBody, UploadSerializer, finds=True)
    def create(self, *, by: Any, **said: Any) -> tuple[Upload, bool]:
        """Announce a file: its name, size and SHA-256. Announced again it is the same file. Then its pieces follow by
        PATCH, at most 1 MB each, from wherever it ended: HEAD says where that is."""
        was_there = Upload.objects.filter(client_uuid=said["client_uuid"]).exists()
        return services.begin_upload(by=by, **said), not was_there

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The receipt of a file, and in the headers how much of it is here."""
        answer = super().retrieve(request, *args, **kwargs)
        for name, value in placed(self.row()).items():
            answer.headers[name] = value
        return answer

    @extend_schema(
        operation_id="uploads_go_on",
        request={PIECE: OpenApiTypes.BINARY},
        responses={204: None},
        parameters=[
            OpenApiParameter(
                OFFSET, int, OpenApiParameter.HEADER, required=True, description="Where it begins."
            ),
            OpenApiParameter(
                CHECKSUM,
                str,
                OpenApiParameter.HEADER,
                description="`sha256` and the digest of the piece in Base64.",
            ),
        ],
    )
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """The next piece of a file. Where it begins is its precondition, so `If-Match` need not be sent. One that does
        not begin where the file ends gets a 409 `wrong_offset` with `Upload-Offset`, from where to go on; the last one
        may get a 422 `bad_file` or `bad_checksum`: the whole is not what it is said to be, and nothing of it is
        kept."""
        row = self.row()
        preconditions.respect(self, row)
        offset, content = _offset(request), _content(request)
        try:
            row = services.add_chunk(by=request.user, upload=row, offset=offset, content=content)
        except WrongOffset as refusal:
            headers = placed(row) | {OFFSET: str(refusal.offset)}
            raise Problem(409, refusal.code, str(refusal), headers=headers) from refusal
        if row.refused:
            raise Problem(422, "bad_file", row.refused, headers=placed(row))
        if not row.received:
            said = _("What came is not what was announced (SHA-256): send the file again from its beginning.")
            raise Problem(422, "bad_checksum", said, headers=placed(row))
        return Response(status=204, headers=placed(row))

    @extend_schema(operation_id="uploads_take_out", request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Take a file out of a report that is being written, on its way or whole."""
        with transaction.atomic():
            row = self.row()
            preconditions.require(self, row)
            services.drop_upload(by=request.user, upload=row)
        return Response(status=204)

    @verb(CaptionBody, shown=UploadSerializer)
    def caption(self, row: Upload, **said: Any) -> Any:
        """Say what a whole file shows."""
        return services.caption_upload(upload=row, **said)

    partial_update.writes = destroy.writes = True  # type: ignore[attr-defined]

    def get_parsers(self) -> list[Any]:
        """A piece is read by its door."""
        return [Piece()] if self.request and self.request.method == "PATCH" else super().get_parsers()


def _offset(request: Request) -> int:
    said = request.headers.get(OFFSET, "")
    if not re.fullmatch(r"\d{1,12}", said, re.ASCII):
        raise Problem(400, "no_offset", _("Say in “Upload-Offset” at which byte the piece begins."))
    return int(said)


def _content(request: Request) -> bytes:
    """The whole piece: as long as was said, and no longer than a piece may be."""
    said = request.META.get("CONTENT_LENGTH") or ""
    if not said.isdigit():
        raise Problem(411, "no_length", _("Say in “Content-Length” how many bytes the piece has."))
    if int(said) > MAX_CHUNK:
        raise Problem(413, "too_large", _("A piece has at most 1 MB: cut the file into smaller ones."))
    content = request._request.read(int(said))
    if len(content) != int(said):
        raise Problem(400, "cut_short", _("The piece was cut short on its way: send it again."))
    digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
    if request.headers.get(CHECKSUM, f"sha256 {digest}") != f"sha256 {digest}":
        raise Problem(
            400, "bad_piece", _("The piece has changed on its way (Upload-Checksum): send it again.")
        )
    return content


def register(router: SimpleRouter) -> None:
    router.register("uploads", UploadRegister, basename="upload")
