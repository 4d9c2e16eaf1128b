"""What stands at the address of an object that once was public and was taken down: the day and the public words."""

from datetime import date
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import FieldError
from django.db import DataError, models, transaction
from django.utils import timezone

from core.querysets import shown_to
from core.text import Text
from districts.models import Publication

VISITOR = AnonymousUser()


class Tombstone(NamedTuple):
    on: date
    words: Text


def tombstone_at(model: type[models.Model], **named: Any) -> Tombstone | None:
    """Of the object of this name; None of what never was public, or is."""
    rows = model._base_manager.filter(**named).exclude(shown_to(VISITOR))
    try:
        with transaction.atomic():
            key = rows.values_list("pk", flat=True).first()
    except (DataError, FieldError, ValueError):
        return None
    publication = None if key is None else Publication.objects.tombstone(model, key)
    if publication is None:
        return None
    assert publication.taken_down_at
    return Tombstone(timezone.localdate(publication.taken_down_at), publication.tombstone)
