"""Organisations, people, and programs that act for them."""

from accounts.models.organisation import Organisation, OrganisationSource
from accounts.models.people import ApiClient, Invitation, User
from accounts.models.session import Session
from accounts.models.substitution import Substitution
from accounts.models.webhook import WebhookBookmark, WebhookDelivery, WebhookEndpoint

__all__ = [
    "ApiClient",
    "Invitation",
    "Organisation",
    "OrganisationSource",
    "Session",
    "Substitution",
    "User",
    "WebhookBookmark",
    "WebhookDelivery",
    "WebhookEndpoint",
]
