from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

import factory
from factory import Sequence, SubFactory
from factory.django import DjangoModelFactory

from alatau_portal.models import OpenDataEdition, OpenDataFile
from core import bookmarks


class OpenDataEditionFactory(DjangoModelFactory):
    """With a permanent copy, a day apart."""

    published_at = datetime(2025, 1, 1, tzinfo=UTC)
    marked_at = checked_at = datetime(2025, 1, 1, tzinfo=UTC)
    day = Sequence(lambda n: date(2025, 1, 1) + timedelta(days=n))
    made_for = "http://127.0.0.1:8000 oc4ids-000000"
    mark = factory.LazyFunction(bookmarks.bookmark)

    class Meta:
        model = OpenDataEdition


class OpenDataFileFactory(DjangoModelFactory):
    edition = SubFactory(OpenDataEditionFactory)
    name = Sequence(lambda n: f"file-{n}.csv")
    content_type = "text/csv"
    body = b"a,b\r\n1,2\r\n"
    size = factory.LazyAttribute(lambda made: len(made.body))
    sha256 = factory.LazyAttribute(lambda made: _hash(made.body))

    class Meta:
        model = OpenDataFile


def _hash(body: Any) -> str:
    return sha256(body).hexdigest()
