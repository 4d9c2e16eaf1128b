"""What people are told of their accounts."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import Role, WebhookState
from accounts.models import ApiClient, User, WebhookEndpoint
from core.notices import Kind, notify
from core.seals import Fault

MOST_FAULTS = 20
#: Verb of the ledger → what its person is told.
SECURITY = {
    "set_password": gettext_lazy("The password of your account was changed."),
    "add_second_factor": gettext_lazy("A second factor was added to your account."),
    "remove_second_factor": gettext_lazy("A second factor was removed from your account."),
    "renew_recovery_codes": gettext_lazy("Your recovery codes were made anew; the old ones are void."),
    "reset_second_factors": gettext_lazy("The project office removed the second factors of your account."),
    "amend_account": gettext_lazy(
        "The address, role, organisation or right to sign of your account was changed."
    ),
    "link_identity": gettext_lazy(
        "Your account was linked with an identity elsewhere, which signs in to it now."
    ),
    "unlink_identity": gettext_lazy("The link of your account with an identity elsewhere was ended."),
    "issue_token": gettext_lazy("A token of the API was made that acts in your name."),
    "rotate_token": gettext_lazy("A token of the API that acts in your name was renewed."),
    "add_webhook": gettext_lazy("A webhook was added that is told of what you may see."),
    "amend_webhook": gettext_lazy("A webhook of yours was changed: its address, or what it is told of."),
    "revoke_token": gettext_lazy("The project office revoked a token of the API that acted in your name."),
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


def _proved(subject: Any, facts: dict[str, Any]) -> str:
    return _(
        "Nobody has rewritten the ledger. Its newest seal: %(head)s. Keep this mail: "
        "“manage.py verify_ledger --head …” proves later that nothing before it was taken out."
    ) % {"head": facts["head"]}


def _tampered(subject: Any, facts: dict[str, Any]) -> str:
    told = _(
        "The daily check of the ledger found what cannot come from the portal. Stop changes, keep the database"
        " as it is, and compare it with the last backup:"
    )
    return "\n".join([told, *(str(Fault(*fault)) for fault in facts["faults"])])


def tell_of_proof(head: str, faults: list[Fault]) -> None:
    """Once a day: the head to auditors; what is wrong to the whole house."""
    if faults:
        house = User.objects.filter(role__in=[Role.OFFICE, Role.LEADERSHIP, Role.AUDITOR])
        event = f"ledger-{timezone.localdate()}"
        notify("ledger_tampered", house, event=event, faults=faults[:MOST_FAULTS])
    else:
        auditors = User.objects.filter(role=Role.AUDITOR)
        notify("ledger_proved", auditors, event=f"ledger-{timezone.localdate()}", head=head)


def _ending(client: Any, facts: dict[str, Any]) -> str:
    ends = timezone.localtime(datetime.fromisoformat(facts["ends"]))
    told = {"name": client, "when": date_format(ends, "SHORT_DATETIME_FORMAT")}
    return _("The token “%(name)s” ends on %(when)s: renew it, or programs that use it will stop.") % told


def _place_of(client: Any, facts: dict[str, Any]) -> str:
    """His own page for a token of his; the office looks after those of organisations in the admin."""
    return (
        reverse("clients")
        if client.owner_id
        else reverse("admin:accounts_apiclient_change", args=[client.pk])
    )


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
        "token_ends",
        gettext_lazy("A token ends soon"),
        concerns=lambda user: True,
        tell=_ending,
        link=_place_of,
        rows=lambda reader: ApiClient.objects.visible_to(reader),
    ),
    Kind(
        "webhook_off",
        gettext_lazy("A webhook was switched off"),
        concerns=lambda user: user.role != Role.AUDITOR,
        tell=_switched_off,
        link=_webhook_page,
        rows=lambda reader: WebhookEndpoint.objects.visible_to(reader).select_related("user"),
    ),
    Kind(
        "ledger_proved",
        gettext_lazy("The ledger is proved"),
        concerns=lambda user: user.role == Role.AUDITOR,
        tell=_proved,
    ),
    Kind(
        "ledger_tampered",
        gettext_lazy("The ledger was tampered with"),
        concerns=lambda user: user.role in (Role.OFFICE, Role.LEADERSHIP, Role.AUDITOR),
        tell=_tampered,
        always=True,
    ),
]
