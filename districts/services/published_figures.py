"""What was said in public is entered by the office, internal until a second person publishes it."""

from typing import Any

from django.db import transaction

from core import ledger
from districts.models import PublishedFigure
from districts.policies import require
from districts.services.actors import Actor


@transaction.atomic
def record_published_figure(*, by: Actor, **facts: Any) -> PublishedFigure:
    """A figure as somebody said it. Forbidden to others than the office; ValidationError with the fault of a column."""
    require(by, "record_published_figure")
    said = PublishedFigure(**facts)
    said.full_clean()
    with ledger.acting(by, "record_published_figure"):
        said.save()
    return said
