"""Stages of projects: none is skipped, and each is recorded."""

import pytest
from django.db import transaction

from core.ledger import acting
from districts.choices import PROJECT_FIRST, PROJECT_MOVES, ProjectStatus
from districts.models import Project, StageChange
from tests.database import as_owner
from tests.factories import (
    ProjectFactory,
    StageChangeFactory,
    move_project,
    project_in,
)
from tests.refusals import insert_copy, refused, refuses, sql
from tests.two import beside, second_connection

pytestmark = pytest.mark.django_db

MOVES = [(was, becomes) for was in ProjectStatus for becomes in ProjectStatus if was != becomes]
FORBIDDEN = [(was, becomes) for was, becomes in MOVES if becomes not in PROJECT_MOVES[was]]
ALLOWED = [(was, becomes) for was, becomes in MOVES if becomes in PROJECT_MOVES[was]]
STAGE_CHANGE = (
    "INSERT INTO districts_stagechange (project_id, from_status, to_status, basis, on_precision, on_text) "
    "VALUES (%s, %s, %s, 'b', 'unknown', '')"
)
NO_MOVES = ("decommissioned", "nonsense", "identification")


# --- stages ---------------------------------------------------------------------------------------


@refuses("districts_project_move_status")
@pytest.mark.parametrize(("was", "becomes"), FORBIDDEN)
def test_a_stage_is_neither_skipped_nor_taken_back(was, becomes):
    project = project_in(was)

    with refused("districts_project_move_status"):
        Project.objects.filter(pk=project.pk).update(status=becomes, cancelled_reason="r")
    with refused("districts_project_move_status"):
        sql("UPDATE districts_project SET status = %s WHERE id = %s", becomes, project.pk)


@pytest.mark.parametrize(("was", "becomes"), ALLOWED)
def test_a_stage_that_follows_is_entered(at_commit, was, becomes):
    project = project_in(was)

    move_project(project, becomes)

    at_commit()
    assert Project.objects.get(pk=project.pk).status == becomes


@refuses("districts_project_first_status")
@pytest.mark.parametrize("status", [status for status in ProjectStatus if status not in PROJECT_FIRST])
def test_a_project_is_not_first_known_in_a_late_stage(status):
    with refused("districts_project_first_status"):
        ProjectFactory(status=status, cancelled_reason="why not")
    row = ProjectFactory()
    with refused("districts_project_first_status"):
        insert_copy(row, status=status, code="copy")


@refuses("districts_project_status_known")
@pytest.mark.parametrize("status", ["completed", "", "Identification"])
def test_a_status_is_one_of_the_list_even_where_no_move_is_judged(at_commit, status):
    project = ProjectFactory()
    at_commit()

    with refused("districts_project_move_status"):
        sql("UPDATE districts_project SET status = %s WHERE id = %s", status, project.pk)
    with refused("districts_project_status_known"):
        as_owner("ALTER TABLE districts_project DISABLE TRIGGER USER")
        Project.objects.filter(pk=project.pk).update(status=status)


@refuses("districts_project_cancelled_with_reason")
def test_a_project_is_not_cancelled_without_a_reason():
    project = ProjectFactory()

    with refused("districts_project_cancelled_with_reason"):
        project.status = ProjectStatus.CANCELLED
        project.save()
    with refused("districts_project_cancelled_with_reason"):
        sql("UPDATE districts_project SET status = 'cancelled' WHERE id = %s", project.pk)


@refuses("districts_project_stage_recorded")
def test_a_status_does_not_change_without_its_stage_change():
    project = ProjectFactory()

    with refused("districts_project_stage_recorded"):
        Project.objects.filter(pk=project.pk).update(status="preparation")
    with refused("districts_project_stage_recorded"):
        sql("UPDATE districts_project SET status = 'preparation' WHERE id = %s", project.pk)
    with refused("districts_project_stage_recorded"):
        StageChange.objects.create(
            project=project, from_status="identification", to_status="preparation", basis="b"
        )
    with refused("districts_project_stage_recorded"):
        insert_copy(project, code="copy")


@refuses("districts_stagechange_follows")
@pytest.mark.parametrize("before", ["", "preparation", "completion"])
def test_a_stage_change_follows_the_one_before(before):
    project = ProjectFactory()

    with refused("districts_stagechange_follows"):
        StageChange.objects.create(project=project, from_status=before, to_status="implementation", basis="b")
    with refused("districts_stagechange_follows"):
        sql(STAGE_CHANGE, project.pk, before, "implementation")


@refuses("districts_stagechange_move")
@pytest.mark.parametrize(
    ("was", "becomes"),
    [("identification", goal) for goal in NO_MOVES],
)
def test_a_stage_change_is_a_move_of_the_table(was, becomes):
    project = ProjectFactory()

    with refused("districts_stagechange_move"):
        StageChange.objects.create(project=project, from_status=was, to_status=becomes, basis="b")
    with refused("districts_stagechange_move"):
        sql(STAGE_CHANGE, project.pk, was, becomes)


@refuses("districts_stagechange_append_only")
def test_a_stage_change_is_neither_changed_nor_deleted():
    change = StageChangeFactory()

    for attempt in (
        lambda: StageChange.objects.update(basis="other"),
        change.delete,
        change.save,
        lambda: sql("UPDATE districts_stagechange SET basis = 'other'"),
        lambda: sql("DELETE FROM districts_stagechange"),
    ):
        with refused("districts_stagechange_append_only"):
            attempt()


@pytest.mark.django_db(transaction=True)
def test_two_cannot_both_take_the_next_stage():
    project = ProjectFactory()

    def second():
        with second_connection() as other:
            other.execute(STAGE_CHANGE, [project.pk, "identification", "cancelled"])

    with beside() as run, transaction.atomic():
        move_project(project, "preparation")
        ending = run(second)
    assert ending.exception().diag.constraint_name == "districts_stagechange_follows"


def test_the_name_of_the_door_is_kept_with_the_stage(office):
    project = ProjectFactory()

    with acting(office, "enter_stage", "decree"):
        move_project(project, "preparation")

    named = sql("SELECT DISTINCT actor, verb FROM core_change WHERE verb <> 'sql'")
    assert named == [(f"user:{office.pk}", "enter_stage")]
