"""Webhooks in the API: each sees his own, the house all."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter

from accounts import services
from accounts.api.webhook_bodies import AddWebhookBody, AmendWebhookBody, ReplayBody, WatchesField
from accounts.api.webhook_examples import DELIVERY, WEBHOOK, WITH_SECRET
from accounts.choices import DeliveryState, WebhookState
from accounts.filters import DeliveryFilter, WebhookFilter
from accounts.models import WebhookDelivery, WebhookEndpoint
from core.api.fields import CodeField, UrlField, WordField
from core.api.idempotency import ShownOnce
from core.api.serializers import Row
from core.api.views import CODE, Register
from core.api.writing import Writing, creates, verb


@extend_schema_serializer(component_name="Webhook", examples=[WEBHOOK])
class WebhookSerializer(Row):
    """Where news of changes is sent, and of what."""

    url = UrlField("webhook", "public_id")
    public_id = serializers.CharField(read_only=True)
    owner = serializers.CharField(read_only=True, help_text="By whose rights it is told.")
    target = serializers.CharField(read_only=True, help_text="Where to.")
    watches = WatchesField()
    state = CodeField(WebhookState)
    failing_since = serializers.DateTimeField(
        read_only=True, allow_null=True, help_text="null where the last message was taken."
    )
    former_until = serializers.DateTimeField(
        read_only=True, allow_null=True, help_text="Until then the former secret signs beside the new one."
    )
    waiting = serializers.IntegerField(read_only=True, help_text="Messages that are still to be sent.")
    dead = serializers.IntegerField(read_only=True, help_text="Messages that were given up: replay them.")
    created_at = serializers.DateTimeField(read_only=True)


@extend_schema_serializer(component_name="WebhookWithSecret", examples=[WITH_SECRET])
class WithSecretSerializer(WebhookSerializer):
    """Shown once: whoever has the secret can tell what comes from here, and could write what looks so."""

    secret = WordField(
        help_text="As Standard Webhooks takes it. null where the request was done before under its key."
    )


@extend_schema_serializer(component_name="Delivery", examples=[DELIVERY])
class DeliverySerializer(serializers.Serializer):
    """A message to a webhook, and how it went."""

    message = serializers.CharField(
        source="message_id", read_only=True, help_text="The header `webhook-id`, the same each time."
    )
    type = serializers.CharField(source="kind", read_only=True)
    resource = WordField(help_text="null of a test.")
    id = WordField(source="object_id", help_text="What the object is called in its register.")
    state = CodeField(DeliveryState)
    tries = serializers.IntegerField(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)
    next_try_at = serializers.DateTimeField(
        source="tried_next_at",
        read_only=True,
        allow_null=True,
        help_text="null where nothing is tried any more.",
    )
    delivered_at = serializers.DateTimeField(read_only=True, allow_null=True)
    response_status = serializers.IntegerField(
        read_only=True, allow_null=True, help_text="Of the last try; null where nothing answered."
    )
    error = WordField(help_text="Of the last try, or how its answer begins.")
    duration_ms = serializers.IntegerField(read_only=True, allow_null=True)


SHOWN: dict[str, Any] = {"shown": WebhookSerializer}


class WebhookRegister(Writing):
    """Addresses that are told of changes, signed by Standard Webhooks: one's own, and all of them for the house."""

    formats = ()
    is_watched = False  # who is told of what is told nobody
    is_told_by = True
    serializer_class = WebhookSerializer
    filterset_class = WebhookFilter
    lookup_field, lookup_value_regex = "public_id", CODE
    queryset = WebhookEndpoint.objects.none()

    def get_queryset(self) -> Any:
        return WebhookEndpoint.objects.visible_to(self.request.user).for_display()

    def show(self, row: Any) -> dict[str, Any]:
        """With its secret where it was made just now."""
        told = WebhookSerializer(context=self.get_serializer_context())
        shown = told.to_representation(self.get_queryset().get(pk=row.pk))
        return ShownOnce(shown, secret=row.fresh_secret) if hasattr(row, "fresh_secret") else shown

    @creates(AddWebhookBody, WithSecretSerializer)
    def create(self, **said: Any) -> WebhookEndpoint:
        """Add a webhook: it is told of what its owner, whoever adds it, may see. The secret is shown this once."""
        return _with_secret(*services.add_webhook(**said))

    @verb(AmendWebhookBody, **SHOWN)
    def amend(self, row: WebhookEndpoint, **said: Any) -> None:
        """Change the address, or what it is told of."""
        services.amend_webhook(row, **said)

    @verb(shown=WithSecretSerializer)
    def rotate(self, row: WebhookEndpoint, **said: Any) -> None:
        """Give it a new secret, shown this once: the former one signs beside it for 24 hours."""
        _endpoint, row.fresh_secret = services.rotate_webhook_secret(row, **said)

    @verb(**SHOWN)
    def pause(self, row: WebhookEndpoint, **said: Any) -> None:
        """Pause it: nothing is sent or collected until it is resumed."""
        services.pause_webhook(row, **said)

    @verb(**SHOWN)
    def resume(self, row: WebhookEndpoint, **said: Any) -> None:
        """Resume it, whatever switched it off: it is told of what happens from now on."""
        services.resume_webhook(row, **said)

    @verb(**SHOWN)
    def test(self, row: WebhookEndpoint, **said: Any) -> None:
        """Send a test: a message of the type webhook.ping, signed as all are."""
        services.ping_webhook(row, **said)

    @verb(ReplayBody, **SHOWN)
    def replay(self, row: WebhookEndpoint, **said: Any) -> None:
        """Send again, under the same message ids: one message, all since an instant, or else all that were given up."""
        services.replay_deliveries(row, **said)

    @verb(shown=None)
    def remove(self, row: WebhookEndpoint, **said: Any) -> None:
        """Remove it, and what was still to be sent to it."""
        services.remove_webhook(row, **said)


def _with_secret(endpoint: WebhookEndpoint, secret: str) -> WebhookEndpoint:
    endpoint.fresh_secret = secret
    return endpoint


@extend_schema(tags=["webhooks"])
class Deliveries(Register):
    """What was sent to a webhook and will be, the latest first; what is over is kept for 30 days."""

    formats = ()
    serializer_class = DeliverySerializer
    filterset_class = DeliveryFilter
    queryset = WebhookDelivery.objects.none()

    def takes(self) -> set[str]:
        """They have no past: they are not in the ledger."""
        return super().takes() - {"as_of", "fields"}

    def get_queryset(self) -> Any:
        known = WebhookEndpoint.objects.visible_to(self.request.user)
        endpoint = get_object_or_404(known, public_id=self.kwargs["public_id"])
        return endpoint.deliveries.order_by("-pk")

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The deliveries of a webhook, page by page."""
        return super().list(request, *args, **kwargs)


def register(router: SimpleRouter) -> None:
    router.register("webhooks", WebhookRegister, basename="webhook")
