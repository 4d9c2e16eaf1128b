"""A closed block of the ledger."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Seal(models.Model):
    """Which changes the block holds, the SHA-256 of each, and the hash that chains it to the block before.

    Written by the database alone (core_close_blocks in sql/seal.sql); nobody changes or removes it.
    """

    no = models.BigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("sealed at"))
    bookmark = models.TextField(help_text="what was visible: core.bookmarks")
    ids = ArrayField(models.BigIntegerField(), help_text="keys of the changes, in order")
    digests = models.BinaryField(help_text="32 bytes for each of them")
    previous = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        verbose_name, verbose_name_plural = _("seal of the ledger"), _("seals of the ledger")

    def __str__(self) -> str:
        return self.head

    @property
    def head(self) -> str:
        """As it is printed: the number and the hash, "12:9f86…"."""
        return f"{self.no}:{bytes(self.hash).hex()}"
