"""Open data as it was published: editions, and the files of each."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import Trilingual
from core.models import Recorded
from core.querysets import OpenQuerySet
from core.triggers import EACH_WRITE, Run, recorded

#: What says how an edition stands to the present; a change of these alone is no event.
STANDING = ("mark", "marked_at", "next_at", "checked_at", "refused_at", "refused_mark", "faults")


class OpenDataEdition(Recorded):
    """All files of the open data as of one instant, checked before they were published.

    `published_at`: the last change of the content. `day`: of the permanent copy; empty while there is none.
    `mark`: the bookmark of the ledger that the files were read at, or at which they were found unchanged since;
    `next_at`: when an embargo ends. `refused_at`, `faults`: a newer edition was tried and did not pass.
    """

    published_at = models.DateTimeField(_("published at"))
    day = models.DateField(_("day of the permanent copy"), null=True, blank=True)
    made_for = models.CharField(_("address and prefix"), max_length=300)
    report = models.JSONField(_("what was checked"), default=dict)
    mark = models.TextField()
    marked_at = models.DateTimeField(_("found unchanged at"))
    next_at = models.DateTimeField(_("next embargo"), null=True, blank=True)
    checked_at = models.DateTimeField(_("checked at"))
    refused_at = models.DateTimeField(_("refused at"), null=True, blank=True)
    refused_mark = models.TextField(blank=True, default="")
    faults = models.JSONField(_("faults"), default=list, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )
    reason = Trilingual(_("why withdrawn"), max_length=400)

    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("edition of the open data"), _("editions of the open data")
        ordering = ["-pk"]
        triggers = [
            *recorded(quiet=STANDING),
            Run(
                "alatau_portal_keep_edition",
                ",".join(STANDING),
                name="kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
            ),
        ]
        constraints = [
            models.UniqueConstraint(name="alatau_portal_opendataedition_one_copy_a_day", fields=["day"]),
            models.CheckConstraint(
                name="alatau_portal_opendataedition_withdrawn_with_words",
                condition=Q(withdrawn_at=None, withdrawn_by=None, reason_kk="", reason_ru="", reason_en="")
                | (Q(withdrawn_at__isnull=False) & ~Q(reason_kk="") & ~Q(reason_ru="")),
                violation_error_message=_("Say in Kazakh and in Russian why it was withdrawn."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.day or self.published_at)


class OpenDataFile(models.Model):
    """A file of an edition. Neither changed nor, of a permanent copy, removed unless that is withdrawn.

    Not in the ledger: the bytes are kept here, and the edition is.
    """

    edition = models.ForeignKey(
        OpenDataEdition, models.CASCADE, related_name="files", verbose_name=_("edition of the open data")
    )
    name = models.CharField(_("file name"), max_length=60)
    content_type = models.CharField(_("media type"), max_length=100)
    body = models.BinaryField()
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        verbose_name, verbose_name_plural = _("file of the open data"), _("files of the open data")
        ordering = ["pk"]
        triggers = [
            Run("alatau_portal_keep_file", name="kept", when=pgtrigger.Before, operation=EACH_WRITE),
        ]
        constraints = [
            models.UniqueConstraint(name="alatau_portal_opendatafile_once", fields=["edition", "name"]),
        ]

    def __str__(self) -> str:
        return self.name
