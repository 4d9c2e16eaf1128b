"""Whoever opens personal data in the admin is kept in the log of accesses."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from core import access
from core.choices import AccessKind


class Watched:
    """Of every admin class; it does nothing where no column is personal."""

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        response = super().changelist_view(request, extra_context)  # type: ignore[misc]
        shown = (getattr(response, "context_data", None) or {}).get("cl")
        if shown is not None and self._is_personal():
            access.log(request.user, list(shown.result_list), AccessKind.LIST, purpose="admin")
        return response

    def render_change_form(self, request: HttpRequest, *args: Any, obj: Any = None, **kwargs: Any) -> Any:
        if obj is not None and self._is_personal():
            access.log(request.user, obj, AccessKind.OPEN, purpose="admin")
        return super().render_change_form(request, *args, obj=obj, **kwargs)  # type: ignore[misc]

    def _is_personal(self) -> bool:
        return bool(access.personal_columns(self.model))  # type: ignore[attr-defined]
