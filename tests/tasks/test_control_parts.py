"""Rules of the parts of an instruction and of its clock, by name."""

from datetime import UTC, datetime

import pytest
from psycopg.types.range import TimestamptzRange

from tasks.models import HoldInterval, Instruction
from tests.factories import InstructionFactory, enter, instruction_in
from tests.refusals import refused, refuses, sql

pytestmark = pytest.mark.django_db

LONG_AGO = TimestamptzRange(datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 1, 2, tzinfo=UTC))


# --- parts ----------------------------------------------------------------------------------------


@refuses("tasks_instruction_no_circle")
def test_nothing_is_part_of_itself():
    whole = InstructionFactory()
    part = InstructionFactory(parent=whole)
    part_of_part = InstructionFactory(parent=part)

    for below in (whole, part, part_of_part):
        with refused("tasks_instruction_no_circle"):
            Instruction.objects.filter(pk=whole.pk).update(parent=below)
        with refused("tasks_instruction_no_circle"):
            sql("UPDATE tasks_instruction SET parent_id = %s WHERE id = %s", below.pk, whole.pk)


@refuses("tasks_instruction_part_of_what_is_open")
@pytest.mark.parametrize("state", ["executed", "cancelled"])
def test_nothing_is_added_to_what_is_closed(at_commit, state):
    closed = instruction_in(state)
    loose = InstructionFactory()
    at_commit()

    with refused("tasks_instruction_part_of_what_is_open"):
        InstructionFactory(parent=closed)
    with refused("tasks_instruction_part_of_what_is_open"):
        sql("UPDATE tasks_instruction SET parent_id = %s WHERE id = %s", closed.pk, loose.pk)


@refuses("tasks_instruction_closed_after_its_parts")
def test_the_whole_is_closed_after_its_parts_and_theirs():
    rule = "tasks_instruction_closed_after_its_parts"
    whole = instruction_in("in_execution")
    part = instruction_in("in_execution", parent=whole)
    for state in ("reported", "executed"):
        enter(part, state)
    InstructionFactory(parent=part, remainder_of=part)

    with refused(rule):
        enter(whole, "cancelled")
    with refused(rule):
        sql(
            "UPDATE tasks_instruction SET state = 'cancelled', cancelled_reason = 'r' WHERE id = %s", whole.pk
        )


@refuses("tasks_instruction_remainder_of_what_is_removed")
def test_a_remainder_is_part_of_what_was_removed():
    rule = "tasks_instruction_remainder_of_what_is_removed"
    whole, removed = instruction_in("in_execution"), instruction_in("executed")
    part = InstructionFactory(parent=whole)

    for wrong in (whole, removed):
        with refused(rule):
            Instruction.objects.filter(pk=part.pk).update(remainder_of=wrong)
        with refused(rule):
            sql("UPDATE tasks_instruction SET remainder_of_id = %s WHERE id = %s", wrong.pk, part.pk)
    with refused(rule):
        InstructionFactory(remainder_of=removed)


# --- the clock ------------------------------------------------------------------------------------


@refuses("tasks_holdinterval_by_the_database")
def test_the_clock_is_written_by_the_database_alone():
    rule = "tasks_holdinterval_by_the_database"
    row = instruction_in("on_control").holds.get()

    for attempt in (
        lambda: HoldInterval.objects.filter(pk=row.pk).update(holder="issuer"),
        lambda: HoldInterval.objects.filter(pk=row.pk).update(during=LONG_AGO),
        lambda: HoldInterval.objects.create(instruction=row.instruction, holder="office", during=LONG_AGO),
        row.delete,
        lambda: sql("UPDATE tasks_holdinterval SET organisation_id = NULL WHERE id = %s", row.pk),
        lambda: sql("DELETE FROM tasks_holdinterval WHERE id = %s", row.pk),
        lambda: sql(
            "INSERT INTO tasks_holdinterval (instruction_id, holder, during) VALUES (%s, 'office', %s)",
            row.instruction_id,
            LONG_AGO,
        ),
    ):
        with refused(rule):
            attempt()


@refuses("tasks_holdinterval_of_what_is_open")
def test_what_is_registered_does_not_lose_its_clock():
    row = InstructionFactory().holds.get()

    with refused("tasks_holdinterval_of_what_is_open"):
        HoldInterval.objects.filter(pk=row.pk).delete()
    with refused("tasks_holdinterval_of_what_is_open"):
        sql("DELETE FROM tasks_holdinterval WHERE id = %s", row.pk)
