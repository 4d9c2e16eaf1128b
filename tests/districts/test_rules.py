"""Rules of projects over several rows: shares, forecasts, subjects, geometry."""

from datetime import date

import pytest
from django.db import transaction
from psycopg.errors import CheckViolation

from districts.models import Milestone, MilestoneMove, Place, ProjectParty
from tests.factories import (
    ClaimFactory,
    DistrictFactory,
    FigureFactory,
    MilestoneFactory,
    MilestoneMoveFactory,
    PlaceFactory,
    ProjectFactory,
    ProjectPartyFactory,
)
from tests.refusals import refused, refuses, sql
from tests.two import beside, second_connection

pytestmark = pytest.mark.django_db

POINT = {"type": "Point", "coordinates": [77.1, 43.7]}
SQUARE = [[77.1, 43.7], [77.2, 43.7], [77.2, 43.8], [77.1, 43.7]]


# --- parties --------------------------------------------------------------------------------------


@refuses("districts_projectparty_shares_at_most_100")
def test_live_shares_are_at_most_a_hundred():
    project = ProjectFactory()
    ProjectPartyFactory(project=project, share=60)
    ProjectPartyFactory(project=project, share=50, until=date(2026, 1, 1))
    second = ProjectPartyFactory(project=project, share=40)
    elsewhere = ProjectPartyFactory(share=1)

    for attempt in (
        lambda: ProjectPartyFactory(project=project, share="0.01"),
        lambda: ProjectParty.objects.filter(pk=second.pk).update(share="40.01"),
        lambda: ProjectParty.objects.filter(project=project).update(until=None),
        lambda: ProjectParty.objects.filter(pk=elsewhere.pk).update(project=project),
        lambda: sql("UPDATE districts_projectparty SET share = 40.01 WHERE id = %s", second.pk),
        lambda: sql("UPDATE districts_projectparty SET until = NULL WHERE project_id = %s", project.pk),
        lambda: sql(
            "UPDATE districts_projectparty SET project_id = %s WHERE id = %s", project.pk, elsewhere.pk
        ),
    ):
        with refused("districts_projectparty_shares_at_most_100"):
            attempt()


@pytest.mark.django_db(transaction=True)
def test_two_cannot_together_take_more_than_a_hundred():
    project = ProjectFactory()
    first, second = ProjectPartyFactory(project=project), ProjectPartyFactory(project=project)

    def other_takes():
        with second_connection() as other:
            other.execute("UPDATE districts_projectparty SET share = 60 WHERE id = %s", [second.pk])

    with beside() as run, transaction.atomic():
        ProjectParty.objects.filter(pk=first.pk).update(share=60)
        ending = run(other_takes)
    assert isinstance(ending.exception(), CheckViolation)
    assert ending.exception().diag.constraint_name == "districts_projectparty_shares_at_most_100"


def test_an_authority_whose_part_ended_makes_room_for_the_next():
    first = ProjectPartyFactory(role="public_authority", until=date(2025, 1, 1))

    assert ProjectPartyFactory(role="public_authority", project=first.project).pk


# --- milestones -----------------------------------------------------------------------------------


def move_forecast(milestone, day):
    MilestoneMove.objects.create(
        milestone=milestone, old=milestone.forecast, new=day, reason="land", note="the land was not given"
    )
    milestone.forecast = day
    milestone.save()


@refuses("districts_milestone_forecast_moved")
def test_a_forecast_does_not_move_without_its_move():
    milestone = MilestoneFactory()
    move_forecast(milestone, "2027-06-01")

    for attempt in (
        lambda: Milestone.objects.filter(pk=milestone.pk).update(forecast_day=date(2030, 1, 1)),
        lambda: Milestone.objects.filter(pk=milestone.pk).update(forecast_precision="month"),
        lambda: Milestone.objects.filter(pk=milestone.pk).update(
            forecast_day=None, forecast_precision="unknown"
        ),
        lambda: sql("UPDATE districts_milestone SET forecast_day = '2030-01-01' WHERE id = %s", milestone.pk),
    ):
        with refused("districts_milestone_forecast_moved"):
            attempt()


def test_a_forecast_moves_with_its_move(at_commit):
    milestone = MilestoneFactory()

    move_forecast(milestone, "2027-06-01")
    move_forecast(milestone, "2028")

    at_commit()
    assert [move.new.iso() for move in milestone.moves.all()] == ["2027-06-01", "2028"]


@refuses("districts_milestonemove_append_only")
def test_a_move_is_neither_changed_nor_deleted():
    move = MilestoneMoveFactory()

    for attempt in (
        lambda: MilestoneMove.objects.update(note="other"),
        move.delete,
        lambda: sql("UPDATE districts_milestonemove SET reason = 'land'"),
        lambda: sql("DELETE FROM districts_milestonemove"),
    ):
        with refused("districts_milestonemove_append_only"):
            attempt()


# --- subjects and geometry ------------------------------------------------------------------------


@refuses("districts_figure_one_subject", "districts_claim_one_subject")
def test_a_statement_has_one_subject():
    district = DistrictFactory()

    with refused("districts_figure_one_subject"):
        FigureFactory(district=district)
    with refused("districts_figure_one_subject"):
        sql("UPDATE districts_figure SET district_id = %s WHERE id = %s", district.pk, FigureFactory().pk)
    with refused("districts_claim_one_subject"):
        ClaimFactory(district=district)
    with refused("districts_claim_one_subject"):
        sql("UPDATE districts_claim SET district_id = %s WHERE id = %s", district.pk, ClaimFactory().pk)


@pytest.mark.parametrize(("made", "what"), [(FigureFactory, "figure"), (ClaimFactory, "claim")])
def test_the_city_too_has_one_chosen(made, what):
    made(project=None, chosen=True)
    other = made(project=None)

    with refused(f"districts_{what}_one_chosen"):
        made(project=None, chosen=True)
    with refused(f"districts_{what}_one_chosen"):
        sql(f"UPDATE districts_{what} SET chosen = true WHERE id = %s", other.pk)


def test_five_sums_are_all_kept_and_one_is_chosen():
    project = ProjectFactory()
    money = {"project": project, "measure": "investment", "unit": "money", "currency": "USD"}

    sums = [FigureFactory(value=value, chosen=value == 350, **money) for value in (320, 330, 350, 360, 380)]

    assert len(sums) == project.figures.count() == 5


@pytest.mark.parametrize(
    "geometry",
    [
        POINT,
        {"type": "Point", "coordinates": [77.1, 43.7, 650]},
        {"type": "LineString", "coordinates": SQUARE},
        {"type": "Polygon", "coordinates": [SQUARE, SQUARE]},
        {"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE, SQUARE]]},
    ],
)
def test_a_place_in_kazakhstan_is_taken(geometry):
    assert Place.objects.get(pk=PlaceFactory(geometry=geometry).pk).geometry == geometry


@pytest.mark.parametrize("position", [[77.1], ["77.1", "43.7"], [], [None, 43.7], [43.7, 77.1]])
def test_one_wrong_position_among_good_ones_is_refused(position):
    with refused("districts_place_in_kazakhstan"):
        PlaceFactory(geometry={"type": "LineString", "coordinates": [*SQUARE, position]})
