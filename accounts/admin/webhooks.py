"""Webhooks and what was sent to them: looked at here, paused, tried and sent again by the services."""

import json
from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter
from unfold.decorators import action, display

from accounts import services
from accounts.choices import DeliveryState, WebhookState
from accounts.models import WebhookDelivery, WebhookEndpoint
from accounts.policies import may
from core.admin import MACHINE, VERBS, LookAdmin, VerbForm, queue, verb_page, word

VERBS.update(
    {
        "add_webhook": gettext_lazy("added a webhook"),
        "amend_webhook": gettext_lazy("changed the webhook"),
        "rotate_webhook_secret": gettext_lazy("gave the webhook a new secret"),
        "pause_webhook": gettext_lazy("paused the webhook"),
        "resume_webhook": gettext_lazy("resumed the webhook"),
        "remove_webhook": gettext_lazy("removed the webhook"),
        "switch_off_webhook": gettext_lazy("switched the webhook off"),
    }
)

queue(
    WebhookEndpoint,
    "off",
    gettext_lazy("Webhooks that were switched off"),
    lambda rows, today: rows.filter(state__in=[WebhookState.GONE, WebhookState.FAILING]),
    group=MACHINE,
)
queue(
    WebhookDelivery,
    "dead",
    gettext_lazy("Messages to webhooks that were given up"),
    lambda rows, today: rows.filter(state=DeliveryState.DEAD),
    group=MACHINE,
    tone="danger",
)

ENDPOINT = {"active": "success", "paused": "info", "gone": "warning", "failing": "danger"}
DELIVERY = {"pending": "info", "failed": "warning", "delivered": "success", "dead": "danger"}


class Kept(LookAdmin):
    """Verbs are for the office; an auditor looks."""

    rules: ClassVar[Mapping[str, Any]] = {}

    def has_keep_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, "keep_webhooks")

    def ask(self, request: HttpRequest, object_id: str, title: str, intro: str, act: Any, done: str) -> Any:
        return verb_page(
            self,
            request,
            object_id,
            title=title,
            form=VerbForm,
            intro=lambda row: intro,
            act=lambda row, facts: act(row),
            done=done,
        )


@admin.register(WebhookEndpoint)
class WebhookEndpointAdmin(Kept):
    list_display = ["public_id", "target", "whose", "told_of", word("state", gettext_lazy("state"), ENDPOINT)]
    list_filter = [("state", ChoicesDropdownFilter)]
    list_select_related = ["user", "client"]
    search_fields = ["target", "user__username", "user__full_name", "client__name"]
    search_help_text = gettext_lazy("Address, owner")
    fields = [
        ("public_id", "state"),
        "target",
        "whose",
        "told_of",
        ("failing_since", "quiet_until"),
        "former_until",
        "sent",
    ]
    readonly_fields = ["whose", "told_of", "sent"]
    actions_detail = ["test", "replay", "pause", "resume"]

    @display(description=gettext_lazy("owner"))
    def whose(self, endpoint: WebhookEndpoint) -> str:
        return str(endpoint.owner)

    @display(description=gettext_lazy("what it is told of"))
    def told_of(self, endpoint: WebhookEndpoint) -> Any:
        return format_html_join("", "<div>{}</div>", ((_spelled(watch),) for watch in endpoint.watches))

    @display(description=gettext_lazy("deliveries"))
    def sent(self, endpoint: WebhookEndpoint) -> Any:
        return format_html(
            '<a href="{}?endpoint__id__exact={}">{}</a>',
            reverse("admin:accounts_webhookdelivery_changelist"),
            endpoint.pk,
            _("What was sent and will be sent"),
        )

    @action(description=gettext_lazy("Send a test"), url_path="test", icon="send", permissions=["keep"])
    def test(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.ask(
            request,
            object_id,
            _("Send a test"),
            _("A message that says nothing but that it works, signed as all are."),
            lambda row: services.ping_webhook(row, by=request.user),
            _("It will be sent at once: its delivery says how it went."),
        )

    @action(
        description=gettext_lazy("Send again what was given up"),
        url_path="replay",
        icon="replay",
        permissions=["keep"],
    )
    def replay(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.ask(
            request,
            object_id,
            _("Send again what was given up"),
            _("Under the same message ids, as far as the owner may still see it."),
            lambda row: services.replay_deliveries(row, by=request.user),
            _("What was given up will be sent again."),
        )

    @action(description=gettext_lazy("Pause"), url_path="pause", icon="pause", permissions=["keep"])
    def pause(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.ask(
            request,
            object_id,
            _("Pause the webhook"),
            _("Nothing is sent or collected until it is resumed."),
            lambda row: services.pause_webhook(row, by=request.user),
            _("The webhook is paused."),
        )

    @action(description=gettext_lazy("Resume"), url_path="resume", icon="play_arrow", permissions=["keep"])
    def resume(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.ask(
            request,
            object_id,
            _("Resume the webhook"),
            _("It is told of what happens from now on; what still waits is sent."),
            lambda row: services.resume_webhook(row, by=request.user),
            _("The webhook is active again."),
        )


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(Kept):
    list_display = [
        "created_at",
        "endpoint",
        "kind",
        "object_id",
        word("state", gettext_lazy("state"), DELIVERY),
        "tries",
        "response_status",
        "next_try_at",
    ]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        "endpoint",
        ("created_at", RangeDateTimeFilter),
    ]
    list_select_related = ["endpoint"]
    search_fields = ["message_id", "object_id", "error", "endpoint__target"]
    search_help_text = gettext_lazy("Message, object, address, last error")
    ordering = ["-pk"]
    fields = [
        "endpoint",
        ("kind", "object_id"),
        ("state", "tries"),
        ("created_at", "next_try_at", "delivered_at"),
        ("response_status", "duration_ms"),
        "error",
        "message_id",
        "payload",
    ]
    actions_detail = ["replay"]

    @action(description=gettext_lazy("Send again"), url_path="replay", icon="replay", permissions=["keep"])
    def replay(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.ask(
            request,
            object_id,
            _("Send again"),
            _("Under the same message id, if the owner may still see it."),
            lambda row: services.replay_deliveries(row.endpoint, by=request.user, message=row.message_id),
            _("The message will be sent again."),
        )


def _spelled(watch: dict[str, Any]) -> str:
    """instructions: state, "on_control" → "in_execution"."""
    named = watch["resource"] + (f": {watch['field']}" if "field" in watch else "")
    if not {"from", "to"} & set(watch):
        return named
    ends = (json.dumps(watch[end], ensure_ascii=False) if end in watch else "…" for end in ("from", "to"))
    return f"{named}, {' → '.join(ends)}"
