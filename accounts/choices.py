"""Codes of organisations and people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    STATE_BODY = "state_body", _("state body")
    AKIMAT = "akimat", _("akimat")
    COMPANY = "company", _("company")
    FUND = "fund", _("fund")
    INTERNATIONAL = "international", _("international organisation")


class Role(models.TextChoices):
    OFFICE = "office", _("project office")
    LEADERSHIP = "leadership", _("leadership")
    EXECUTOR = "executor", _("executor")
    INVESTOR = "investor", _("investor")
    AUDITOR = "auditor", _("auditor")


#: Roles that read every row.
READS_ALL = frozenset({Role.OFFICE, Role.LEADERSHIP, Role.AUDITOR})
#: Roles that mean nothing without an organisation to act for.
FOR_AN_ORGANISATION = frozenset({Role.EXECUTOR, Role.INVESTOR})
#: What an API client may be allowed to do; each reads only what its role may see.
#: `write` is everything that its role may write, the narrower ones only what they name (core.api.permissions).
SCOPES = {
    "read": _("reads what you may see"),
    "write": _("does what you may do"),
    "reports": _("files progress reports and their files, and changes nothing else"),
}
#: At most so many times the usual limits for one client.
MOST_TIMES = 20


class WebhookState(models.TextChoices):
    """Whether a webhook is called; all but the first were switched off, by whom or why."""

    ACTIVE = "active", _("active")
    PAUSED = "paused", _("paused")
    GONE = "gone", _("off: its host said that it is gone")
    FAILING = "failing", _("off: it failed for days")


class DeliveryState(models.TextChoices):
    PENDING = "pending", _("waits")
    FAILED = "failed", _("failed, will be tried again")
    DELIVERED = "delivered", _("delivered")
    DEAD = "dead", _("given up")
