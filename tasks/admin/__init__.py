"""Meetings, protocols and instructions, in the admin."""

from tasks.admin import control, disputes, instructions, meetings, reminders, reporting

__all__ = ["control", "disputes", "instructions", "meetings", "reminders", "reporting"]
