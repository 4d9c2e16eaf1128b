"""The real city with an edition of its open data; each test changes it in its own transaction."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from alatau_portal.models import OpenDataEdition
from alatau_portal.open_data import editions
from districts.models import Project
from tests import database
from tests.factories import DistrictFactory, ProjectFactory


@pytest.fixture(scope="module")
def published(published_city: str, django_db_blocker: Any) -> Iterator[OpenDataEdition]:
    with django_db_blocker.unblock(), database.within(published_city), transaction.atomic():
        yield OpenDataEdition.objects.get()
        transaction.set_rollback(True)


@pytest.fixture
def made(published: OpenDataEdition) -> dict[str, bytes]:
    """The bytes of each file."""
    return {file.name: bytes(file.body) for file in published.files.all()}


@pytest.fixture
def project(db: None) -> Project:
    DistrictFactory()
    ProjectFactory(visibility="public")
    return ProjectFactory(visibility="public", name_kk="zq7wordq жобасы")


@pytest.fixture
def edition(project: Project) -> OpenDataEdition:
    editions.publish()
    return OpenDataEdition.objects.get()
