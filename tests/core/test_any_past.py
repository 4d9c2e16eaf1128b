"""Any instant of a random life reads as it was."""

import random

import pytest
from django.db import transaction

from core.ledger import as_of
from core.models import Source
from districts.models import District, Milestone, Project
from tests.factories import (
    DistrictFactory,
    MilestoneFactory,
    ProjectFactory,
    SourceFactory,
)
from tests.refusals import sql

pytestmark = pytest.mark.django_db(transaction=True)  # an instant is a transaction's: each step needs its own


def now():
    return sql("SELECT clock_timestamp()")[0][0]


def test_any_past_is_what_was_there():
    """A random life; after each transaction the tables are copied, and later every copy is found again."""
    rng, seen = random.Random(7), []
    districts = [DistrictFactory(code=code) for code in ("gate", "green")]
    source = SourceFactory()
    for step in range(60):
        with transaction.atomic():
            for _ in range(rng.randint(1, 3)):
                _live(rng, step, districts, source)
            if rng.random() < 0.2:
                transaction.set_rollback(True)
        seen.append((now(), _everything()))

    for then, tables in rng.sample(seen, len(seen)):
        with as_of(then):
            assert _everything() == tables


def _live(rng, step, districts, source):
    project = rng.choice(list(Project.objects.all()) or [None])
    match rng.randint(0, 4):
        case 0:
            ProjectFactory(district=rng.choice(districts), source=source)
        case 1 if project:
            Project.objects.filter(pk=project.pk).update(district=rng.choice(districts), note_kk=str(step))
        case 2 if project:
            MilestoneFactory(project=project)
        case 3:
            Milestone.objects.filter(pk__in=Milestone.objects.order_by("?").values("pk")[:1]).delete()
        case 4:
            District.objects.filter(pk=rng.choice(districts).pk).update(name_kk=f"аты {step}")


def _everything():
    return [list(model.objects.order_by("pk").values()) for model in (District, Project, Milestone, Source)]
