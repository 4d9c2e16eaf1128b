"""The registers of the API by the table of their objects: what tells of changes finds here what an object is called."""

from typing import Any, NamedTuple

from core.api.links import link


class Resource(NamedTuple):
    """A register: `name` as in its address ("projects"), `key` the column that an object is called by."""

    name: str
    model: Any
    key: str
    viewset: Any
    basename: str

    def address(self, key: Any) -> str:
        """Where the object with this key is read."""
        called = self.viewset.lookup_url_kwarg or self.key
        return link(f"api:{self.basename}-detail", **{called: key})


#: By table, filled by the router (core.api.routers).
RESOURCES: dict[str, Resource] = {}


def enter(name: str, viewset: Any, basename: str) -> None:
    model = viewset.queryset.model
    RESOURCES[model._meta.db_table] = Resource(name, model, viewset.lookup_field, viewset, basename)


def watched() -> list[Resource]:
    """Those whose changes are told, in the order of the API: all, unless their view says no (`is_watched`)."""
    return [one for one in RESOURCES.values() if getattr(one.viewset, "is_watched", True)]
