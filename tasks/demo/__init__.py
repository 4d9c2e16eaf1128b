"""Invented instructions, a meeting, and projects with a year of reports, for trying everything out.

They are told step by step through the services, and taken out whole.
"""

from tasks.demo.removing import remove_demo
from tasks.demo.telling import NoDemoAccounts, load_demo

__all__ = ["NoDemoAccounts", "load_demo", "remove_demo"]
