"""Organisations and people in the admin."""

from accounts.admin import organisations, people

__all__ = ["organisations", "people"]
