"""Organisations and people in the admin."""

from accounts.admin import organisations, people, substitutions, webhooks

__all__ = ["organisations", "people", "substitutions", "webhooks"]
