"""What changes the life of a project: right, wrong, forbidden, twice at once, half done."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from core.exceptions import Conflict, Forbidden
from core.models import Change
from districts import services
from districts.choices import PROJECT_FIRST, PROJECT_MOVES, ProjectStatus
from districts.models import Claim, Figure, Milestone, MilestoneMove, Project, StageChange
from tests.factories import (
    ApiClientFactory,
    ClaimFactory,
    FigureFactory,
    MilestoneFactory,
    ProjectFactory,
    SourceFactory,
    project_in,
)
from tests.two import beside

pytestmark = pytest.mark.django_db

MOVES = [(now, goal) for now in ProjectStatus for goal in ProjectStatus]
FORBIDDEN = [
    pytest.param(now, goal, id=f"{now}-{goal}") for now, goal in MOVES if goal not in PROJECT_MOVES[now]
]
ALLOWED = [pytest.param(now, goal, id=f"{now}-{goal}") for now, goal in MOVES if goal in PROJECT_MOVES[now]]
NOT_OFFICE = ["leadership", "executor", "investor", "auditor"]


def facts(**more):
    return {
        "code": "k-park",
        "kind": "anchor",
        "name": {"kk": "K-Park", "ru": "K-Park"},
        "confidence": "high",
    } | more


def ledger(row):
    return list(Change.objects.of(row).values_list("actor", "verb", "note"))


@pytest.mark.parametrize("stage", PROJECT_FIRST)
def test_a_project_is_registered_in_the_stage_it_is_known_in(office, at_commit, stage):
    source = SourceFactory()

    project = services.register_project(
        by=office, stage=stage, basis="press release", on="2025-09", source=source, **facts()
    )
    at_commit()

    change = project.stage_changes.get()
    assert (project.status, change.from_status, change.to_status) == (stage, "", stage)
    assert (change.on.iso(), change.source, change.by) == ("2025-09", source, office)
    assert ledger(project) == ledger(change) == [(f"user:{office.pk}", "register_project", "press release")]


@pytest.mark.parametrize("stage", [stage for stage in ProjectStatus if stage not in PROJECT_FIRST])
def test_a_project_does_not_begin_later(office, stage):
    with pytest.raises(Conflict):
        services.register_project(by=office, stage=stage, basis="x", source=SourceFactory(), **facts())

    assert not Project.objects.exists()


def test_without_a_basis_nothing_of_it_is_written(office):
    with pytest.raises(ValidationError):
        services.register_project(by=office, stage="preparation", basis="", source=SourceFactory(), **facts())

    assert not Project.objects.exists()


@pytest.mark.parametrize("persona", NOT_OFFICE)
def test_only_the_office_registers_and_moves(request, persona):
    by, project = request.getfixturevalue(persona), ProjectFactory()
    milestone, figure, claim = MilestoneFactory(), FigureFactory(), ClaimFactory()
    refused = [
        lambda: services.register_project(
            by=by, stage="preparation", basis="x", source=SourceFactory(), **facts()
        ),
        lambda: services.change_stage(project, "preparation", by=by, basis="x"),
        lambda: services.move_forecast(milestone, "2030", by=by, reason="land"),
        lambda: services.choose_figure(figure, by=by),
        lambda: services.choose_claim(claim, by=by),
    ]

    for verb in refused:
        with pytest.raises(Forbidden):
            verb()

    assert not Change.objects.exclude(actor__startswith="sql:").exists()


@pytest.mark.parametrize(("now", "goal"), ALLOWED)
def test_a_stage_changes_with_its_record(office, at_commit, now, goal):
    project = project_in(now)

    moved = services.change_stage(project, goal, by=office, basis="decree 1", on="2026-01-15")
    at_commit()

    change = StageChange.objects.last()
    assert (change.from_status, change.to_status, change.basis, change.by) == (now, goal, "decree 1", office)
    assert (moved.status, moved.cancelled_reason) == (goal, "decree 1" if goal == "cancelled" else "")
    assert moved.version == Project.objects.get(pk=project.pk).version
    assert ledger(moved)[-1] == (f"user:{office.pk}", "change_stage", "decree 1")


@pytest.mark.parametrize(("now", "goal"), FORBIDDEN)
def test_a_forbidden_move_changes_nothing(office, now, goal):
    project = project_in(now)
    before = Change.objects.count()

    with pytest.raises(Conflict):
        services.change_stage(project, goal, by=office, basis="x")

    assert Project.objects.get(pk=project.pk).status == now
    assert Change.objects.count() == before


def test_a_stage_changes_on_a_basis_or_not_at_all(office):
    project = ProjectFactory()

    with pytest.raises(ValidationError):
        services.change_stage(project, "preparation", by=office, basis="")

    assert Project.objects.get(pk=project.pk).status == "identification"
    assert project.stage_changes.count() == 1


def test_a_program_acts_in_its_own_name(at_commit):
    client = ApiClientFactory()

    project = services.change_stage(ProjectFactory(), "preparation", by=client, basis="x")
    at_commit()

    assert ledger(project)[-1][0] == f"client:{client.pk}"
    assert project.stage_changes.last().by is None


@pytest.mark.django_db(transaction=True)
def test_of_two_who_move_a_project_at_once_one_is_refused(office):
    project, results = ProjectFactory(), []

    def move(goal):
        try:
            services.change_stage(project, goal, by=office, basis="x")
            results.append("moved")
        except Conflict:
            results.append("refused")
        finally:
            connection.close()

    with beside() as one, beside() as other:
        with transaction.atomic():
            Project.objects.select_for_update().get(pk=project.pk)
            endings = [one(lambda: move("preparation")), other(lambda: move("preparation"))]
        for ending in endings:
            ending.result()

    assert sorted(results) == ["moved", "refused"]
    assert project.stage_changes.count() == 2


def test_a_forecast_moves_with_its_reason(office, at_commit):
    milestone = MilestoneFactory()

    moved = services.move_forecast(milestone, "2028 autumn", by=office, reason="land", note="no plot yet")
    at_commit()

    move = MilestoneMove.objects.get()
    assert (moved.forecast.iso(), move.old, move.new) == ("2028-23", milestone.forecast, moved.forecast)
    assert (moved.baseline, move.by) == (milestone.baseline, office)
    assert ledger(moved)[-1] == (f"user:{office.pk}", "move_forecast", "no plot yet")


@pytest.mark.parametrize(
    ("facts", "new"), [({}, "2027-01-01"), ({"status": "met", "met": "2026-05-01"}, "2028")]
)
def test_a_forecast_that_stands_or_is_met_does_not_move(office, facts, new):
    milestone = MilestoneFactory(**facts)

    with pytest.raises(Conflict):
        services.move_forecast(milestone, new, by=office, reason="land")

    assert not MilestoneMove.objects.exists()


def test_an_unknown_reason_moves_nothing(office):
    milestone = MilestoneFactory()

    with pytest.raises(ValidationError):
        services.move_forecast(milestone, "2030", by=office, reason="weather")

    assert Milestone.objects.get(pk=milestone.pk).forecast == milestone.forecast


@pytest.mark.parametrize(
    ("factory", "choose", "other"),
    [
        (
            FigureFactory,
            services.choose_figure,
            {"measure": "investment", "unit": "money", "currency": "USD"},
        ),
        (ClaimFactory, services.choose_claim, {"field": "schedule"}),
    ],
    ids=["figure", "claim"],
)
def test_one_is_chosen_and_the_others_of_the_same_are_not(office, factory, choose, other):
    shown = factory(chosen=True)
    newer, unlike = factory(project=shown.project), factory(project=shown.project, chosen=True, **other)
    elsewhere = factory(chosen=True)

    chosen = choose(newer, by=office, note="the newer source")

    assert chosen.chosen
    now = dict(type(shown).objects.values_list("pk", "chosen"))
    assert now == {shown.pk: False, newer.pk: True, unlike.pk: True, elsewhere.pk: True}
    assert ledger(newer)[-1] == ledger(shown)[-1] == (f"user:{office.pk}", "choose", "the newer source")


def test_choosing_what_is_chosen_writes_nothing(office):
    figure = FigureFactory(chosen=True)

    services.choose_figure(figure, by=office)

    assert len(ledger(figure)) == 1


def test_of_the_city_one_is_chosen_too(office):
    shown = FigureFactory(project=None, chosen=True)
    newer = FigureFactory(project=None)

    services.choose_figure(newer, by=office)

    assert list(Figure.objects.filter(chosen=True)) == [newer]
    assert not Figure.objects.get(pk=shown.pk).chosen


@pytest.mark.django_db(transaction=True)
def test_of_two_who_choose_at_once_the_later_choice_stands(office):
    first = ClaimFactory(chosen=True)
    rivals = [ClaimFactory(project=first.project) for _rival in range(2)]

    def choose(claim):
        try:
            services.choose_claim(claim, by=office)
        finally:
            connection.close()

    with beside() as one, beside() as other:
        with transaction.atomic():
            list(Claim.objects.select_for_update())
            endings = [one(lambda: choose(rivals[0])), other(lambda: choose(rivals[1]))]
        for ending in endings:
            ending.result()

    assert Claim.objects.filter(chosen=True).count() == 1
