"""The addresses of a register: its list, its objects, and the whole of it in other formats."""

from typing import Any

from rest_framework.routers import Route, SimpleRouter


class PortalRouter(SimpleRouter):
    """`projects/`, `projects/<public_id>/`, and a `projects.csv` for each of the register's formats."""

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
