"""Webhooks: where news of changes is sent, and what was or will be sent there."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import DeliveryState, WebhookState
from accounts.models.people import ApiClient, User
from accounts.querysets import DeliveryQuerySet, WebhookQuerySet
from core.fields import public_id
from core.models import Recorded
from core.triggers import recorded


class WebhookEndpoint(Recorded):
    """An address that a person or a program wants to be told at, and of what.

    `watches`: [{"resource": "instructions", "field": "state", "from": …, "to": …}]; without a field, of every change
    of the resource; `from` and `to` may be left out. It is told only what its owner may see.

    The secret signs what is sent. It has to be read again, so it is sealed (core.sealed) rather than hashed; while
    another one follows it, the former one signs beside it until `former_until`.
    """

    public_id = public_id("ALT-W-")
    user = models.ForeignKey(
        User, models.CASCADE, null=True, blank=True, related_name="webhooks", verbose_name=_("person")
    )
    client = models.ForeignKey(
        ApiClient,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="webhooks",
        verbose_name=_("API client"),
    )
    target = models.CharField(_("address"), max_length=500)
    watches = models.JSONField(_("what it is told of"))
    state = models.CharField(
        _("state"), max_length=7, choices=WebhookState, default=WebhookState.ACTIVE, editable=False
    )
    secret = models.CharField(_("secret"), max_length=300, editable=False)
    former_secret = models.CharField(
        _("former secret"), max_length=300, blank=True, default="", editable=False
    )
    former_until = models.DateTimeField(_("former secret signs until"), null=True, blank=True, editable=False)
    failing_since = models.DateTimeField(_("fails since"), null=True, blank=True, editable=False)
    quiet_until = models.DateTimeField(_("left alone until"), null=True, blank=True, editable=False)

    objects = WebhookQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name, verbose_name_plural = _("webhook"), _("webhooks")
        ordering = ["-pk"]
        triggers = recorded(secret=["secret", "former_secret"], quiet=["failing_since", "quiet_until"])
        constraints = [
            models.CheckConstraint(
                name="accounts_webhookendpoint_one_owner",
                condition=Q(user=None, client__isnull=False) | Q(user__isnull=False, client=None),
            ),
            models.CheckConstraint(
                name="accounts_webhookendpoint_address",
                condition=Q(target__regex=r"^https?://[!-~]+$"),
            ),
            models.CheckConstraint(
                name="accounts_webhookendpoint_told_of_something",
                condition=Q(watches__0__resource__isnull=False),
            ),
            models.CheckConstraint(
                name="accounts_webhookendpoint_sealed", condition=Q(secret__regex=r"^[0-9A-Za-z_=-]{100,}$")
            ),
            models.CheckConstraint(
                name="accounts_webhookendpoint_former_ends",
                condition=Q(former_secret="", former_until=None)
                | ~Q(former_secret="") & Q(former_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.target}"

    @property
    def owner(self) -> User | ApiClient:
        """Whose rights decide what it is told."""
        owner = self.user or self.client
        assert owner is not None
        return owner


class WebhookDelivery(models.Model):
    """A message to one webhook. Not in the ledger: it is work, not a fact.

    `event` names what happened: one webhook is told of it once. `payload` is the body as it is sent and signed.
    """

    endpoint = models.ForeignKey(
        WebhookEndpoint, models.CASCADE, related_name="deliveries", verbose_name=_("webhook")
    )
    message_id = models.CharField(
        _("message"), max_length=40, unique=True, help_text=_("the same however often it is sent")
    )
    event = models.CharField(_("event"), max_length=150)
    kind = models.CharField(_("kind"), max_length=60)
    resource = models.CharField(_("register"), max_length=40, blank=True, default="")
    row_key = models.BigIntegerField(_("key of the row"), null=True)
    object_id = models.CharField(_("object"), max_length=80, blank=True, default="")
    payload = models.TextField(_("payload"))
    state = models.CharField(_("state"), max_length=9, choices=DeliveryState, default=DeliveryState.PENDING)
    tries = models.PositiveIntegerField(_("tries"), default=0)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    next_try_at = models.DateTimeField(_("next try at"), default=timezone.now)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)
    response_status = models.PositiveSmallIntegerField(_("answer"), null=True, blank=True)
    error = models.TextField(_("last error"), blank=True, default="")
    duration_ms = models.PositiveIntegerField(_("milliseconds"), null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = (
            pgettext_lazy("webhook", "delivery"),
            pgettext_lazy("webhook", "deliveries"),
        )
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(name="accounts_webhookdelivery_told_once", fields=["endpoint", "event"]),
            models.CheckConstraint(
                name="accounts_webhookdelivery_state_known", condition=Q(state__in=DeliveryState.values)
            ),
            models.CheckConstraint(
                name="accounts_webhookdelivery_delivered_at",
                condition=Q(state=DeliveryState.DELIVERED, delivered_at__isnull=False)
                | ~Q(state=DeliveryState.DELIVERED) & Q(delivered_at=None),
            ),
        ]
        indexes = [
            models.Index(
                F("next_try_at"),
                name="accounts_webhookdelivery_due",
                condition=Q(state__in=[DeliveryState.PENDING, DeliveryState.FAILED]),
            ),
            models.Index("endpoint", "state", "id", name="accounts_webhookdelivery_list"),
        ]

    def __str__(self) -> str:
        return self.message_id

    @property
    def tried_next_at(self) -> datetime | None:
        """When it is sent, where it still is to be."""
        waits = self.state in {DeliveryState.PENDING, DeliveryState.FAILED}
        return self.next_try_at if waits else None


class WebhookBookmark(models.Model):
    """How far the ledger has been read for webhooks (core.bookmarks). It moves with the deliveries it gave rise to.

    After many changes at once it is read in pieces: everything from `mark` to `until` up to the change `after` is told.
    """

    name = models.CharField(_("name"), max_length=40, unique=True)
    mark = models.TextField(_("bookmark"))
    looked_at = models.DateTimeField(_("looked at"))
    until = models.TextField(_("bookmark that is being read up to"), blank=True, default="")
    after = models.BigIntegerField(_("change that was read last"), default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("bookmark"), _("bookmarks")

    def __str__(self) -> str:
        return self.name
