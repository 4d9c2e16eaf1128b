"""Organisations and people in the admin."""

from accounts.admin import organisations, people, programs, substitutions, webhooks

__all__ = ["organisations", "people", "programs", "substitutions", "webhooks"]
