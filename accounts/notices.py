"""What people are told of their accounts."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import Role, WebhookState
from accounts.models import User, WebhookEndpoint
from core.notices import Kind

#: Verb of the ledger → what its person is told.
SECURITY = {
    "set_password": gettext_lazy("The password of your account was changed."),
    "add_second_factor": gettext_lazy("A second factor was added to your account."),
    "remove_second_factor": gettext_lazy("A second factor was removed from your account."),
    "renew_recovery_codes": gettext_lazy("Your recovery codes were made anew; the old ones are void."),
    "reset_second_factors": gettext_lazy("The project office removed the second factors of your account."),
}


def _invited(user: Any, facts: dict[str, Any]) -> str:
    return _("%(name)s accepted your invitation and has an account now.") % {"name": user}


def _switched_off(endpoint: Any, facts: dict[str, Any]) -> str:
    told = {"webhook": endpoint.public_id, "address": endpoint.target}
    if facts["why"] == WebhookState.GONE:
        return _("The webhook %(webhook)s to %(address)s is off: its host said that it is gone.") % told
    return (
        _(
            "The webhook %(webhook)s to %(address)s is off: it failed for three days. "
            "Mend it, resume it and have sent again what was given up."
        )
        % told
    )


def _webhook_page(endpoint: Any, facts: dict[str, Any]) -> str:
    """In the admin, for those who may open it."""
    may_open = endpoint.user is None or endpoint.user.is_staff
    return reverse("admin:accounts_webhookendpoint_change", args=[endpoint.pk]) if may_open else ""


KINDS = [
    Kind(
        "security",
        gettext_lazy("Security of your account"),
        concerns=lambda user: True,
        tell=lambda subject, facts: str(SECURITY.get(facts["what"], "")),
        link=lambda subject, facts: reverse("profile"),
        always=True,
    ),
    Kind(
        "invitation_accepted",
        gettext_lazy("Your invitation is accepted"),
        concerns=lambda user: user.role == Role.OFFICE or user.is_superuser,
        tell=_invited,
        link=lambda user, facts: reverse("admin:accounts_user_change", args=[user.pk]),
        rows=lambda reader: User.objects.visible_to(reader),
    ),
    Kind(
        "webhook_off",
        gettext_lazy("A webhook was switched off"),
        concerns=lambda user: user.role != Role.AUDITOR,
        tell=_switched_off,
        link=_webhook_page,
        rows=lambda reader: WebhookEndpoint.objects.visible_to(reader).select_related("user"),
    ),
]
