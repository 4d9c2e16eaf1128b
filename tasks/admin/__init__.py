"""Meetings, protocols and instructions, in the admin."""

from tasks.admin import instructions, meetings

__all__ = ["instructions", "meetings"]
