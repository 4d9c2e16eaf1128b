"""How a row with a visibility becomes public: said by a higher floor (`districts.services.publishing`), asked here.

The admin of every app saves what is public into its draft and offers the verbs of publication.
"""

from typing import Any

from django.db import models

_DOORS: list[Any] = []


def provide(services: Any) -> None:
    """A floor above says who publishes: a module with make_ready, publish, send_back, take_down, save_draft …"""
    _DOORS[:] = [services]


def services() -> Any:
    return _DOORS[0]


def is_publishable(model: Any) -> bool:
    from core.models import Published

    return isinstance(model, type) and issubclass(model, Published) and bool(_DOORS)


def is_out(row: models.Model) -> bool:
    """Others than the house may read it: what is changed of it waits in its draft."""
    return is_publishable(type(row)) and services().is_out(row)


def tombstone_at(model: Any, **named: Any) -> Any:
    """What is said in the place of an object that was taken down: the day `on`, and the `words`; None of any other."""
    return services().tombstone_at(model, **named) if is_publishable(model) else None
