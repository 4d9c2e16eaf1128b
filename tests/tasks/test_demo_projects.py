"""Invented projects with a year of reports: in every state, marked, apart from what is real, and taken out whole."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from core.models import Change, Source, StoredFile
from districts.models import Figure, Milestone, MilestoneMove, Project, StageChange
from tasks.demo import projects, remove_demo
from tasks.models import (
    Evidence,
    FigureDispute,
    Plan,
    ProgressMilestone,
    ProgressReport,
    ReportingDuty,
    ReportingPeriod,
)
from tasks.reporting_choices import ProgressState
from tests.factories import demo_people, progress_in

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """Built once for all that looks at it; what a test changes is rolled back with it."""
    with django_db_blocker.unblock(), transaction.atomic():
        people = demo_people()
        yield people, projects.build_projects(people, timezone.localdate())
        transaction.set_rollback(True)


@pytest.fixture
def people(built, db):
    return built[0]


@pytest.fixture
def year(built, db):
    return built[1]


def test_a_year_of_periods_in_every_state(year):
    today = timezone.localdate()
    reports = ProgressReport.objects.filter(project__is_demo=True)
    months = ReportingPeriod.objects.filter(kind="month")

    assert year == Project.objects.filter(is_demo=True).count() == 2
    assert set(reports.values_list("state", flat=True)) == set(ProgressState)
    assert reports.filter(supersedes__isnull=False, state="accepted").count() == 1
    assert months.count() == 13 and months.locked().count() >= 8
    missing = months.exclude(pk__in=reports.values("period"))
    assert missing.locked().exists()
    reopened = missing.unlocked().get()
    assert reopened.grace_until == today + timedelta(days=10)
    assert Change.objects.of(reopened).last().verb == "reopen_period"
    for project in Project.objects.filter(is_demo=True):
        told = Plan.objects.filter(project=project, metric="physical_progress").order_by("period__starts")
        values = [plan.value for plan in told]
        assert values == sorted(values) and len(values) in (13, 4)
    told = ProgressMilestone.objects.exclude(report__state="superseded").values_list("outcome", flat=True)
    assert sorted(told) == ["met", "met", "moved"]


def test_pictures_say_that_they_are_invented(year):
    photos = Evidence.objects.filter(progress__project__is_demo=True, kind="photo")

    assert photos.count() == 3
    assert all(photo.taken_at is not None and "Ойдан шығарылған" in photo.note for photo in photos)


def test_one_dispute_is_open_and_one_is_decided(year):
    assert sorted(FigureDispute.objects.values_list("state", flat=True)) == ["open", "upheld"]


def test_nothing_of_it_is_real_or_public(people, year):
    assert not Source.objects.exists()
    assert not Project.objects.real().exists()
    for model in (Project, Figure, Milestone, StageChange, ProgressReport, FigureDispute):
        assert not model.objects.visible_to(AnonymousUser()).exists()
        assert not model.objects.visible_to(people["investor"]).exists()
    assert Figure.objects.visible_to(people["akimat"]).exists()
    said = Change.objects.filter(relation__startswith="tasks_progress").values_list("actor", flat=True)
    assert set(said) <= {f"user:{user.pk}" for user in people.values()}


def test_repeating_changes_nothing_and_it_is_taken_out_whole(people, year, at_commit):
    tables = (
        FigureDispute,
        Figure,
        ProgressReport,
        Plan,
        ReportingDuty,
        Milestone,
        MilestoneMove,
        StageChange,
        Project,
    )
    real = progress_in("accepted", period__starts=date(2020, 1, 1))
    ReportingDuty.objects.filter(project=real.project).update(until=date(2020, 12, 31))
    kept = {model: list(model.objects.filter(pk__in=_real(model)).values()) for model in tables}
    before = Change.objects.count()
    assert projects.build_projects(people, timezone.localdate()) == 0
    assert Change.objects.count() == before
    at_commit()

    assert remove_demo() == 2
    at_commit()

    assert {model: list(model.objects.values()) for model in tables} == kept
    assert list(ReportingPeriod.objects.all()) == [real.period]
    assert not StoredFile.objects.exists()
    assert remove_demo() == 0
    assert projects.build_projects(people, timezone.localdate()) == 2


def _real(model):
    """What was there without the invented ones."""
    path = {
        FigureDispute: "figure__project__is_demo",
        Project: "is_demo",
        MilestoneMove: "milestone__project__is_demo",
    }
    return model.objects.filter(**{path.get(model, "project__is_demo"): False}).values("pk")
