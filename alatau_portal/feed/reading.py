"""Objects as a register shows them to its reader, in whichever world is open (`core.bookmarks`)."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from rest_framework.request import Request

from alatau_portal.feed.touched import Thing
from core.api.resources import Resource, watched

#: JSON of an object.
type Shown = dict[str, Any]


class Reader:
    """Who asks, and for which registers, in the order of the API's root; `lang` is one language or all (None)."""

    def __init__(self, request: Request, lang: str | None, registers: Iterable[str]) -> None:
        self.request, self.lang = request, lang
        wanted = set(registers)
        self.resources = {one.name: one for one in watched() if one.name in wanted}
        self.order = {name: place for place, name in enumerate(self.resources)}

    def visible(self, things: Iterable[Thing]) -> set[Thing]:
        """Those that the reader may see; a query for each register."""
        return {
            (name, key)
            for name, keys in self._by_register(things)
            for key in self._keys(self.resources[name]).filter(pk__in=keys)
        }

    def after(self, name: str, key: int, limit: int) -> list[Thing]:
        """The next objects of a register, by their keys."""
        keys = self._keys(self.resources[name]).filter(pk__gt=key).order_by("pk")[:limit]
        return [(name, key) for key in keys]

    def objects(self, things: Iterable[Thing]) -> dict[Thing, Shown]:
        """Those that the reader may see, as the lists of their registers show them."""
        shown = {}
        for name, keys in self._by_register(things):
            view = self._view(self.resources[name])
            told = view.serializer_class(context=view.get_serializer_context())
            for row in view.get_queryset().filter(pk__in=keys):
                shown[name, row.pk] = told.to_representation(row)
        return shown

    @staticmethod
    def _by_register(things: Iterable[Thing]) -> Iterable[tuple[str, list[int]]]:
        keys: dict[str, list[int]] = defaultdict(list)
        for name, key in things:
            keys[name].append(key)
        return keys.items()

    def _keys(self, resource: Resource) -> Any:
        rows = self._view(resource).get_queryset().select_related(None).prefetch_related(None)
        return rows.order_by().values_list("pk", flat=True)

    def _view(self, resource: Resource) -> Any:
        """The register, as if its list were asked for by the same reader."""
        view = resource.viewset(
            action="list", detail=False, request=self.request, kwargs={}, format_kwarg=None
        )
        view.lang, view.fields, view.moment = self.lang, None, None
        return view
