"""Meetings, protocols and instructions, in the admin."""

from tasks.admin import control, instructions, meetings, reminders, reporting

__all__ = ["control", "instructions", "meetings", "reminders", "reporting"]
