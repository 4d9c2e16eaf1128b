"""What the database refuses of disputes of figures, by name."""

import pytest
from django.utils import timezone

from tests.database import as_owner
from tests.factories import (
    FigureDisputeFactory,
    FigureFactory,
    ProjectFactory,
    dispute_in,
    somebody,
)
from tests.refusals import Wrong, parameters, refused, refuses, sql

pytestmark = pytest.mark.django_db

WHO = lambda: somebody().pk  # noqa: E731
DECIDED = {"decided_by_id": WHO, "decided_at": timezone.now, "decision_note": "Рас"}
STATE = lambda state: {"state": state}  # noqa: E731


def upheld():
    return dispute_in("upheld")


def rejected():
    return dispute_in("rejected")


def filed():
    return FigureDisputeFactory(filed_by=somebody())


CASES = {
    "tasks_figuredispute_first_state": [
        Wrong(FigureDisputeFactory, STATE("withdrawn"), copied=True),
        Wrong(FigureDisputeFactory, STATE("rejected") | DECIDED, copied=True),
    ],
    "tasks_figuredispute_move_state": [
        Wrong(dispute_in, STATE("open"), STATE("withdrawn")),
        Wrong(rejected, STATE("upheld")),
        Wrong(upheld, STATE("rejected")),
    ],
    "tasks_figuredispute_one_open": [Wrong(FigureDisputeFactory, copied=True)],
    "tasks_figuredispute_worded": [Wrong(FigureDisputeFactory, {"motive": ""}, copied=True)],
    "tasks_figuredispute_with_source": [Wrong(FigureDisputeFactory, {"source_text": ""}, copied=True)],
    "tasks_figuredispute_range_upwards": [Wrong(FigureDisputeFactory, {"value_max": 25}, copied=True)],
    "tasks_figuredispute_not_below_nought": [Wrong(FigureDisputeFactory, {"value": -1}, copied=True)],
    "tasks_figuredispute_decision_signed": [
        Wrong(FigureDisputeFactory, STATE("rejected") | DECIDED | {"decision_note": ""}),
        Wrong(FigureDisputeFactory, STATE("rejected") | DECIDED | {"decided_by_id": None}),
        Wrong(FigureDisputeFactory, STATE("withdrawn") | DECIDED),
        Wrong(FigureDisputeFactory, DECIDED),
    ],
    "tasks_figuredispute_decided_by_another": [Wrong(filed, STATE("rejected") | DECIDED)],
    "tasks_figuredispute_upheld_with_figure": [
        Wrong(FigureDisputeFactory, STATE("upheld") | DECIDED),
        Wrong(
            FigureDisputeFactory, STATE("rejected") | DECIDED | {"recorded_id": lambda: FigureFactory().pk}
        ),
    ],
    "tasks_figuredispute_as_of_partial": [
        Wrong(FigureDisputeFactory, {"as_of_precision": "unknown"}, copied=True)
    ],
    "tasks_figuredispute_dated": [
        Wrong(FigureDisputeFactory, {"as_of_day": None, "as_of_precision": "unknown"}, copied=True)
    ],
    "tasks_figuredispute_same_unit": [
        Wrong(FigureDisputeFactory, {"unit": "m2"}, copied=True),
        Wrong(FigureDisputeFactory, {"currency": "KZT"}, copied=True),
    ],
    "tasks_figuredispute_is_frozen": [
        Wrong(FigureDisputeFactory, {"value": 26}),
        Wrong(FigureDisputeFactory, {"motive": "Басқа"}),
        Wrong(rejected, {"decision_note": "Басқа"}),
    ],
}


@pytest.mark.parametrize(("door", "rule", "case"), parameters(CASES))
def test_the_database_refuses(door, rule, case):
    door(rule, case)


@refuses("tasks_figuredispute_kept")
def test_a_dispute_is_kept_unless_it_is_of_what_is_invented():
    dispute = FigureDisputeFactory()
    invented = FigureDisputeFactory(figure__project=ProjectFactory(is_demo=True), figure__source=None)

    for attempt in (dispute.delete, lambda: sql("DELETE FROM tasks_figuredispute")):
        with refused("tasks_figuredispute_kept"):
            attempt()
    invented.delete()


@refuses("tasks_figuredispute_recorded_id_key")
def test_a_figure_was_entered_for_one_dispute():
    first, second = dispute_in("upheld"), FigureDisputeFactory()
    taken = STATE("upheld") | {name: value() if callable(value) else value for name, value in DECIDED.items()}

    with refused("tasks_figuredispute_recorded_id_key"):
        type(second).objects.filter(pk=second.pk).update(recorded=first.recorded, **taken)


@refuses("tasks_figuredispute_state_known")
def test_a_state_is_one_of_the_list_even_where_no_move_is_judged(at_commit):
    dispute = FigureDisputeFactory()
    at_commit()

    with refused("tasks_figuredispute_state_known"):
        as_owner("ALTER TABLE tasks_figuredispute DISABLE TRIGGER USER")
        sql("UPDATE tasks_figuredispute SET state = 'lost' WHERE id = %s", dispute.pk)
