"""How often a client may ask for what costs much, and write."""

from typing import Any

from rest_framework.throttling import SimpleRateThrottle


class Counted(SimpleRateThrottle):
    """Counted for each visitor's address, user or token. Without a cache nobody is counted."""

    def allow_request(self, request: Any, view: Any) -> bool:
        """A client may have been given a multiple of the usual limit."""
        self.num_requests *= getattr(request.auth, "limit_times", 1)
        return super().allow_request(request, view)

    def get_cache_key(self, request: Any, view: Any) -> str:
        """Each program is counted alone, also beside its owner at the pages."""
        program = f"client:{request.auth.pk}" if hasattr(request.auth, "limit_times") else ""
        who = program or getattr(request.user, "ledger_name", "") or self.get_ident(request)
        return self.cache_format % {"scope": self.scope, "ident": who}

    def headers(self) -> dict[str, str]:
        """How much is left, and in how many seconds there is more (draft-ietf-httpapi-ratelimit-headers-03)."""
        oldest = self.history[-1] if self.history else self.now
        return {
            "RateLimit-Limit": str(self.num_requests),
            "RateLimit-Remaining": str(self.num_requests - len(self.history)),
            "RateLimit-Reset": str(max(1, round(oldest + self.duration - self.now))),
        }


class ExportThrottle(Counted):
    """Whole registers as files."""

    scope = "export"


class WriteThrottle(Counted):
    """Everything that changes something; a person or a program at work does not meet it."""

    scope = "write"


class PieceThrottle(Counted):
    """Pieces of files: more of them than of other changes, because a weak network wants small ones."""

    scope = "piece"
