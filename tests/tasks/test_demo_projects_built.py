"""Invented projects beside what is real, on any day of the year, and when the building of them breaks."""

from datetime import timedelta

import pytest
from django.utils import timezone

from districts.models import Project
from tasks import services
from tasks.demo import projects, remove_demo
from tasks.models import ProgressReport, ReportingPeriod
from tests.factories import ReportingDutyFactory, demo_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return demo_people()


def test_periods_that_are_locked_for_real_stay_locked(people):
    day = timezone.localdate()
    ReportingDutyFactory(kind="month", since=day - timedelta(days=500))
    services.open_periods(day)
    services.lock_periods(day)
    before = set(ReportingPeriod.objects.locked())

    projects.build_projects(people, day)

    assert set(ReportingPeriod.objects.filter(kind="month").locked()) == before
    assert not ProgressReport.objects.filter(period__in=before).exists()
    remove_demo()
    assert ReportingPeriod.objects.filter(kind="month").count() >= 13


def test_a_project_that_breaks_leaves_nothing(people, monkeypatch):
    monkeypatch.setattr(services, "lock_periods", lambda day: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        projects.build_projects(people, timezone.localdate())

    assert not Project.objects.exists() and not ReportingPeriod.objects.exists()


@pytest.mark.parametrize("day", ["2026-01-01", "2028-02-29"])
def test_any_day_of_the_year_will_do(people, day, time_machine):
    time_machine.move_to(f"{day}T09:00:00+05:00")

    assert projects.build_projects(people, timezone.localdate()) == 2
