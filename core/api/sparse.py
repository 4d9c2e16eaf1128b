"""`?fields=name,status`: an answer with less in it, which costs less."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from core.api.errors import WrongParameters


def asked(query: QueryDict, serializer: Any) -> tuple[str, ...] | None:
    """The fields that were asked for, in the order of the object; None for all of them."""
    text = query.get("fields")
    if text is None:
        return None
    names, allowed = text.split(","), list(serializer.fields)
    if unknown := [name for name in names if name not in allowed]:
        detail = _("Unknown: %(unknown)s. The fields are: %(allowed)s.")
        words = {"unknown": ", ".join(unknown), "allowed": ", ".join(allowed)}
        raise WrongParameters(("fields", "invalid_choice", detail % words))
    if len(set(names)) < len(names):
        raise WrongParameters(("fields", "repeated", _("Name each field once.")))
    return tuple(name for name in allowed if name in names)


def lighten(rows: QuerySet, serializer: Any) -> QuerySet:
    """Leave out the prefetches that no field of the answer reads.

    A field reads what its `source` names; one that computes says in the serializer's `reads` what from.
    """
    reads = getattr(serializer, "reads", {})
    needed = {name for field in serializer.fields for name in reads.get(field, ())}
    needed |= {field.source.replace(".", "__") for field in serializer.fields.values()}
    lookups = rows._prefetch_related_lookups  # type: ignore[attr-defined]
    wanted = [lookup for lookup in lookups if _is_read(_target(lookup), needed)]
    return rows.prefetch_related(None).prefetch_related(*wanted)


def _is_read(target: str, needed: set[str]) -> bool:
    """What a field reads, or what belongs to that."""
    return any(target == name or target.startswith(f"{name}__") for name in needed)


def _target(lookup: Any) -> str:
    return lookup.prefetch_to if isinstance(lookup, Prefetch) else lookup


def parameter(serializer: Any) -> tuple[dict[str, Any], str]:
    """How the OpenAPI file describes it."""
    shape = {
        "type": "array",
        "items": {"type": "string", "enum": list(serializer.fields)},
        "minItems": 1,
        "uniqueItems": True,
    }
    return shape, "Only these fields, separated by commas. What is not asked for is not computed."
