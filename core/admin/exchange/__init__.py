"""Registers as tables: out to a spreadsheet, and in again where the office keeps them so."""

from core.admin.exchange.doors import Exporting, Importing

__all__ = ["Exporting", "Importing"]
