"""One address, one media type: other formats have addresses of their own."""

from typing import Any

from rest_framework.negotiation import DefaultContentNegotiation


class Negotiation(DefaultContentNegotiation):
    """Who says nothing of what he accepts takes what there is: an empty header is none."""

    def get_accept_list(self, request: Any) -> list[str]:
        return super().get_accept_list(request) if request.headers.get("accept", "").strip() else ["*/*"]
