"""Seeing how the portal does: numbers of requests, metrics, alarms and the page of operations (docs/runbook.md)."""
