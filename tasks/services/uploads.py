"""Files of a progress report: announced, sent piece by piece, whole; taken out again while the report is written."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from core import ledger
from core.exceptions import Conflict
from core.files import MAX_BYTES, BadFile, safe_name, store
from core.models import StoredFile
from core.scanning import release
from tasks.choices import EvidenceKind
from tasks.models import Evidence, ProgressReport, Upload, UploadChunk
from tasks.models.upload import FILES
from tasks.policies import require
from tasks.reporting_choices import WRITTEN
from tasks.services.evidence import photo_facts, weigh
from tasks.services.progress import begin
from tasks.services.steps import Actor, said

#: Bytes of a piece; files and bytes of a report.
MAX_CHUNK, MOST_FILES, MOST_BYTES = 2**20, 30, 200 * 2**20


@dataclass(frozen=True)
class Taken:
    """Where a photo was taken, as its sender chose to say: degrees, and how sure it is in metres."""

    lat: Decimal
    lon: Decimal
    accuracy: int | None = None


class WrongOffset(Conflict):
    """The piece does not begin where the file ends so far: `offset` says where that is."""

    code = "wrong_offset"

    def __init__(self, offset: int) -> None:
        self.offset = offset
        super().__init__(_("The file is here up to byte %(offset)s: go on from there.") % {"offset": offset})


@transaction.atomic
def begin_upload(
    *,
    by: Actor,
    report: ProgressReport,
    client_uuid: UUID,
    kind: str,
    name: str,
    size: int,
    sha256: str,
    caption: str = "",
    place: Taken | None = None,
) -> Upload:
    """Announce a file; announced twice with the same facts it is there once."""
    row, principal = begin(report, "save_progress", by)
    where = {"lat": place.lat, "lon": place.lon, "accuracy": place.accuracy} if place else {}
    new = Upload(
        report=row,
        client_uuid=client_uuid,
        kind=kind,
        name=safe_name(name),
        size=size,
        sha256=sha256.lower(),
        caption=caption.strip(),
        by_id=by.user_id,
        **where,
    )
    there = Upload.objects.filter(client_uuid=client_uuid).first()
    if there:
        return _the_same(there, new)
    _check(new)
    with ledger.acting(by, "begin_upload", said(principal)):
        new.save()
    return new


def _the_same(there: Upload, new: Upload) -> Upload:
    facts = ("report_id", "kind", "name", "size", "sha256")
    if any(getattr(there, fact) != getattr(new, fact) for fact in facts):
        raise Conflict(_("Another file was announced under this number: give each file one of its own."))
    return there


def _check(new: Upload) -> None:
    new.clean_fields(exclude=["report", "by", "file"])
    if new.kind not in FILES:
        raise ValidationError({"kind": [_("A file is a photo, an act or a document.")]})
    if not 0 < new.size <= MAX_BYTES:
        limit = {"limit": MAX_BYTES // 2**20}
        raise ValidationError(
            {"size": [_("A file has between one byte and %(limit)s MB: make it smaller.") % limit]}
        )
    others = new.report.uploads.filter(refused="").aggregate(bytes=Sum("size"))["bytes"] or 0
    if new.report.uploads.filter(refused="").count() >= MOST_FILES:
        raise Conflict(_("A report has at most %(most)s files: take one out first.") % {"most": MOST_FILES})
    if others + new.size > MOST_BYTES:
        limit = {"limit": MOST_BYTES // 2**20}
        raise Conflict(_("The files of a report have at most %(limit)s MB: take one out first.") % limit)


@transaction.atomic
def add_chunk(*, by: Actor, upload: Upload, offset: int, content: bytes) -> Upload:
    """The next piece. With the last one the file is judged: whole it becomes evidence, else `refused` says why.

    A whole that is not what was announced begins anew: `received` is 0 again, and nothing of it is kept.
    """
    _report, principal = begin(upload.report, "save_progress", by)
    row = (
        Upload.objects.select_for_update(of=("self",))  # not the period, which others hold too
        .select_related("report__project", "report__period")
        .get(pk=upload.pk)
    )
    if row.refused:
        raise Conflict(row.refused)
    if offset != row.received or row.is_complete:
        raise WrongOffset(row.received)
    if not 0 < len(content) <= MAX_CHUNK or offset + len(content) > row.size:
        raise ValidationError(
            {"content": [_("A piece has between one byte and 1 MB, and no more than the file lacks.")]}
        )
    with ledger.acting(by, "add_chunk", said(principal)):
        UploadChunk.objects.create(upload=row, offset=offset, content=content)
        row.received += len(content)
        if row.received == row.size:
            _judge(row, by)
        row.save(update_fields=["received", "file", "refused"])
    return row


def _judge(row: Upload, by: Actor) -> None:
    content = b"".join(bytes(piece.content) for piece in row.chunks.all())
    row.chunks.all().delete()
    if hashlib.sha256(content).hexdigest() != row.sha256:
        row.received = 0
        return
    try:
        with transaction.atomic():  # what does not fit leaves no row behind
            file = store(BytesIO(content), row.name, uploaded_by_id=by.user_id)
            _fits(row, file)
    except BadFile as error:
        row.received, row.refused = 0, str(error)[:500]
        return
    row.file = file
    prove(row, file, content)


def _fits(row: Upload, file: StoredFile) -> None:
    if row.kind == EvidenceKind.PHOTO and not file.content_type.startswith("image/"):
        raise BadFile(_("“%(name)s” is no picture: send it as a document.") % {"name": row.name})


def prove(row: Upload, file: StoredFile, content: bytes) -> Evidence:
    """The file as evidence of its report."""
    facts: dict[str, Any] = photo_facts(content) if file.content_type.startswith("image/") else {}
    if row.lat is not None:
        facts |= {"taken_lat": row.lat, "taken_lon": row.lon, "accuracy": row.accuracy}
    proof = Evidence(progress=row.report, kind=row.kind, file=file, note=row.caption, **facts)
    proof.score, proof.reasons = weigh(proof)
    proof.save()
    return proof


@transaction.atomic
def drop_upload(*, by: Actor, upload: Upload) -> None:
    """Take a file out again, on its way or whole. Dropped twice it is dropped once."""
    _report, principal = begin(upload.report, "save_progress", by)
    row = Upload.objects.select_for_update().filter(pk=upload.pk).first()
    if row is None:
        return
    with ledger.acting(by, "drop_upload", said(principal)):
        proofs = Evidence.objects.filter(progress=row.report_id, file=row.file_id).exclude(file=None)
        for proof in proofs:
            proof.delete()
        row.delete()
        if row.file is not None:
            row.file.delete()


def sweep_pieces(before: datetime) -> int:
    """Remove pieces of files on their way that nobody may finish, announced before this moment; returns how many. The
    file itself stays announced: if its period is opened again, its whole is not right and begins anew."""
    stuck = (
        Upload.objects.unfinished()
        .filter(updated_at__lt=before)
        .exclude(report__state__in=WRITTEN, report__period__locked_at=None)
    )
    return UploadChunk.objects.filter(upload__in=stuck).delete()[0]


@transaction.atomic
def caption_upload(*, by: Actor, upload: Upload, caption: str) -> Evidence:
    """What a whole file shows, in other words; it is also the word that a warning about it asks for."""
    _report, principal = begin(upload.report, "save_progress", by)
    proof = (
        Evidence.objects.select_for_update().filter(Q(progress=upload.report_id), file=upload.file_id).first()
    )
    if upload.file_id is None or proof is None:
        raise Conflict(_("The file is not here as a whole yet."))
    proof.note = caption.strip()
    proof.clean_fields(exclude=["progress", "file"])
    with ledger.acting(by, "caption_upload", said(principal)):
        proof.save(update_fields=["note"])
    return proof


@transaction.atomic
def attach_file(*, by: Actor, report: ProgressReport, kind: str, file: Any, caption: str = "") -> Upload:
    """A whole file at once, as a form without a program sends it: announced and sent like any other."""
    content = file.read()
    if not content:
        raise ValidationError(
            {"file": [_("“%(name)s” is empty: choose another file.") % {"name": file.name}]}
        )
    row = begin_upload(
        by=by,
        report=report,
        client_uuid=uuid4(),
        kind=kind,
        name=file.name,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        caption=caption,
    )
    for offset in range(0, len(content), MAX_CHUNK):
        row = add_chunk(by=by, upload=row, offset=offset, content=content[offset : offset + MAX_CHUNK])
    if row.refused:
        raise ValidationError({"file": [row.refused]})
    return row


@transaction.atomic
def release_file(file: StoredFile, *, by: Actor) -> StoredFile:
    """Somebody of the office has looked at a file that no scanner judged: from now on others may open it."""
    principal = require(by, "release_file")
    return release(file.pk, by=by, note=said(principal))
