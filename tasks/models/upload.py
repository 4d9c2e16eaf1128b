"""Files on their way to a progress report, piece by piece."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Recorded, StoredFile
from core.triggers import EACH_WRITE, Run, recorded
from tasks.choices import EvidenceKind
from tasks.models.progress import ProgressReport
from tasks.models.shared import person
from tasks.querysets.uploads import UploadQuerySet

#: What is sent in pieces: a link is not.
FILES = [EvidenceKind.PHOTO, EvidenceKind.ACT, EvidenceKind.DOCUMENT]


class Upload(Recorded):
    """A file of a report as its sender announced it, and how much of it is here.

    `client_uuid`: made by the sender, so that what is announced twice is there once. `size` in bytes, `sha256` of the
    whole. `lat`, `lon` in degrees and `accuracy` in metres: where it was taken, only if the sender gave them. `file`:
    the whole file, once it is here and is what it is said to be; `refused`: why it was not taken.
    """

    client_uuid = models.UUIDField(_("number given by the device"))
    report = models.ForeignKey(
        ProgressReport, models.CASCADE, related_name="uploads", verbose_name=_("report")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=EvidenceKind)
    name = models.CharField(_("file name"), max_length=255)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    received = models.PositiveBigIntegerField(_("received, bytes"), default=0)
    caption = models.CharField(_("what it shows"), max_length=300, blank=True, default="")
    lat = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    lon = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    accuracy = models.PositiveIntegerField(_("accuracy, m"), null=True, blank=True)
    by = person(_("sent by"))
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("file")
    )
    refused = models.CharField(_("why it was not taken"), max_length=500, blank=True, default="")

    objects = UploadQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("file on its way"), _("files on their way")
        ordering = ["report", "pk"]
        triggers = [
            *recorded(quiet=["received"]),  # a piece is no event: that the file is whole, is
            Run("tasks_keep_upload", name="kept", when=pgtrigger.After, operation=EACH_WRITE),
        ]
        constraints = [
            models.UniqueConstraint(name="tasks_upload_one_per_client_uuid", fields=["client_uuid"]),
            models.CheckConstraint(name="tasks_upload_kind_known", condition=Q(kind__in=FILES)),
            models.CheckConstraint(name="tasks_upload_sha256", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(
                name="tasks_upload_within_its_size",
                condition=Q(size__gt=0, received__lte=F("size")),
                violation_error_message=_("More was sent than the file has."),
            ),
            models.CheckConstraint(
                name="tasks_upload_whole_when_taken",
                condition=Q(file=None) | Q(received=F("size"), refused=""),
            ),
            models.CheckConstraint(
                name="tasks_upload_place_whole",
                condition=Q(lat=None, lon=None, accuracy=None)
                | Q(lat__isnull=False, lon__isnull=False, lat__range=(-90, 90), lon__range=(-180, 180)),
                violation_error_message=_("A place has its latitude and its longitude."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_complete(self) -> bool:
        return self.file_id is not None


class UploadChunk(models.Model):
    """A piece of a file on its way. Not in the ledger, and gone once the file is whole. The bytes lie in the database,
    so that any web process goes on where another one stopped, and a piece and its receipt are one transaction."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="chunks", verbose_name=_("upload"))
    offset = models.PositiveBigIntegerField(_("begins at, bytes"))
    content = models.BinaryField(_("content"))

    class Meta:
        verbose_name, verbose_name_plural = _("piece of a file"), _("pieces of files")
        ordering = ["offset"]
        constraints = [
            models.UniqueConstraint(name="tasks_uploadchunk_once", fields=["upload", "offset"]),
        ]

    def __str__(self) -> str:
        return str(self.offset)
