"""What belongs to one reader: views he saved, notices told to him, kinds he does not want. Not in the ledger."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.choices import Channel


class PersonalQuerySet(models.QuerySet):
    """Rows of one person each: nobody else, the office included, reads them."""

    owner = "owner"

    def visible_to(self, user: Any) -> Self:
        return (
            self.filter(**{self.owner: getattr(user, "pk", None)}) if user.is_authenticated else self.none()
        )


class NoticeQuerySet(PersonalQuerySet):
    owner = "recipient"

    def unread(self) -> Self:
        return self.filter(read_at=None)


class SavedView(models.Model):
    """A register with its filters, under a name. The path is without its language: it opens in the reader's."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    name = models.CharField(_("name"), max_length=80)
    path = models.CharField(max_length=200)
    query = models.CharField(max_length=1000, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PersonalQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("saved view"), _("saved views")
        ordering = ["path", Lower("name"), "pk"]
        constraints = [
            models.UniqueConstraint(
                "owner",
                "path",
                Lower("name"),
                name="core_savedview_name_once",
                violation_error_message=_("You have a view of this name on this page: choose another name."),
            ),
            models.CheckConstraint(name="core_savedview_named", condition=Q(name__regex=r"\S")),
            models.CheckConstraint(
                name="core_savedview_local_path", condition=Q(path__regex=r"^/([a-z0-9-]+/)+$")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Notice(models.Model):
    """Something happened that concerns its recipient. The words are made when it is read, from what he may see then."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    key = models.CharField(max_length=200, unique=True, help_text=_("the same notice is given once"))
    kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField(null=True)
    facts = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("notice"), _("notices")
        ordering = ["-pk"]
        indexes = [
            models.Index("recipient", F("id").desc(), name="core_notice_newest"),
            models.Index("recipient", name="core_notice_unread", condition=Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return self.key


class Silence(models.Model):
    """A kind of notice that a person does not want by this channel; without it he is told."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="silences")
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=10, choices=Channel)

    objects = PersonalQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("notice not wanted"), _("notices not wanted")
        constraints = [
            models.UniqueConstraint(name="core_silence_once", fields=["owner", "kind", "channel"]),
            models.CheckConstraint(
                name="core_silence_channel_known", condition=Q(channel__in=[Channel.MAIL, Channel.BELL])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id} {self.kind} {self.channel}"
