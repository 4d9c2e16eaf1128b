"""The addresses of a register: its list, its objects, and the whole of it in other formats."""

from typing import Any

from rest_framework.routers import Route, SimpleRouter

from core.api import resources


class PortalRouter(SimpleRouter):
    """`projects/`, `projects/<public_id>/`, and a `projects.csv` for each of the register's formats."""

    def register(self, prefix: str, viewset: Any, basename: str | None = None) -> None:
        super().register(prefix, viewset, basename)
        resources.enter(prefix, viewset, basename or self.get_default_basename(viewset))

    def get_routes(self, viewset: Any) -> list[Route]:
        exports = [
            Route(
                url=rf"^{{prefix}}\.{suffix}$",
                mapping={"get": "export"},
                name=f"{{basename}}-{suffix}",
                detail=False,
                initkwargs={"format_name": suffix},
            )
            for suffix in viewset.formats
        ]
        # “$” would also match before a line feed at the end.
        return [
            route._replace(url=route.url.replace("$", r"\Z"))
            for route in super().get_routes(viewset) + exports
        ]
