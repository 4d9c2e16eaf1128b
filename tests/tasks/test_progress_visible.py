"""Who sees a progress report, and what a list of them costs."""

from datetime import date

import pytest

from tasks.models import ProgressReport, ProgressValue
from tests.factories import ReportingPeriodFactory
from tests.tasks.progress_scene import PEOPLE, ProgressScene

pytestmark = pytest.mark.django_db
STATES = ("draft", "complete", "submitted", "returned", "accepted", "superseded")


@pytest.fixture
def scene(request, db):
    return ProgressScene(request)


@pytest.mark.parametrize("state", STATES)
def test_who_sees_a_report_with_its_parts(scene, state):
    row = scene.report(state)
    seen = {
        name
        for name in PEOPLE
        if ProgressReport.objects.visible_to(scene.people[name]).filter(pk=row.pk).exists()
    }

    house = set() if state in ("draft", "complete") else {"office", "leadership", "auditor"}
    assert seen == {"akimat_preparer", "akimat_signer"} | house
    for name, person in scene.people.items():
        assert ProgressValue.objects.visible_to(person).filter(report=row).exists() == (name in seen)


def test_a_list_costs_the_same_however_long(scene, django_assert_num_queries):
    scene.report("returned")
    for starts in (date(2026, 7, 1), date(2026, 8, 1)):
        scene.save(period=ReportingPeriodFactory(starts=starts))
        with django_assert_num_queries(5):
            rows = ProgressReport.objects.visible_to(scene.akimat_signer).for_display()
            assert [(str(row.project), list(row.values.all()), list(row.notes.all())) for row in rows]
