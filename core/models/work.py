"""What has to be done or was: messages owed, jobs that ran, requests that were answered.

Not in the ledger: they are means, not facts.
"""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.choices import Channel


class OutboxQuerySet(models.QuerySet["Outbox"]):
    def owed(self, now: object) -> "OutboxQuerySet":
        """What may be tried at this moment, oldest debt first."""
        return self.filter(delivered_at=None, given_up_at=None, next_try_at__lte=now).order_by(
            "next_try_at", "pk"
        )


class Outbox(models.Model):
    """Something owed to the outside, written in the transaction of the change, delivered at least once."""

    key = models.CharField(
        _("key"), max_length=200, unique=True, help_text=_("the same message is owed once")
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    payload = models.JSONField(_("payload"))
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    next_try_at = models.DateTimeField(_("next try at"), default=timezone.now)
    tries = models.PositiveIntegerField(_("tries"), default=0)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("given up at"), null=True, blank=True)
    last_error = models.TextField(_("last error"), blank=True, default="")
    request_id = models.CharField(
        _("number of the request"),
        max_length=64,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text=_("which made it owed, as the log names it"),
    )

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("message owed"), _("messages owed")
        constraints = [
            models.CheckConstraint(
                name="core_outbox_one_end", condition=Q(delivered_at=None) | Q(given_up_at=None)
            ),
        ]
        indexes = [
            models.Index(
                F("next_try_at"), name="core_outbox_owed", condition=Q(delivered_at=None, given_up_at=None)
            )
        ]

    def __str__(self) -> str:
        return self.key


class JobRun(models.Model):
    """A scheduled job did its slot: the row is the lock, so a slot is done once however many workers there are."""

    job = models.CharField(_("job"), max_length=100)
    slot = models.CharField(_("slot"), max_length=40)
    started_at = models.DateTimeField(_("started at"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    result = models.JSONField(_("result"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("job run"), _("job runs")
        constraints = [models.UniqueConstraint(name="core_jobrun_one_per_slot", fields=["job", "slot"])]

    def __str__(self) -> str:
        return f"{self.job} {self.slot}"


class IdempotencyRecord(models.Model):
    """What a request with an `Idempotency-Key` was answered, so that the same request gets the same answer.

    `client` is the caller as the ledger names him; `request_hash` the sha256 of what was said, in hexadecimal digits.
    """

    client = models.CharField(_("client"), max_length=40)
    key = models.CharField(_("key"), max_length=200)
    method = models.CharField(_("method"), max_length=10)
    path = models.CharField(_("path"), max_length=300)
    request_hash = models.CharField(_("hash of the request"), max_length=64)
    status = models.PositiveSmallIntegerField(_("status"))
    body = models.TextField(_("body"))
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    expires_at = models.DateTimeField(_("valid until"))

    class Meta:
        verbose_name, verbose_name_plural = _("answered request"), _("answered requests")
        constraints = [
            models.UniqueConstraint(
                name="core_idempotencyrecord_once", fields=["client", "key", "method", "path"]
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="core_idempotencyrecord_expires")]

    def __str__(self) -> str:
        return f"{self.client} {self.method} {self.path}"
