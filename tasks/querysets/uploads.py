"""Reads of files on their way to a progress report."""

from typing import Any, Self

from core.ledger import RecordedQuerySet
from core.querysets import related


class UploadQuerySet(RecordedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Seen with the report."""
        return self.filter(report__in=related(self.model, "report").visible_to(user))

    def unfinished(self) -> Self:
        """On their way: neither here nor refused."""
        return self.filter(file=None, refused="")
