"""Rules of protocols and instructions over several rows: signing, moves, terms, leads."""

from datetime import date

import pytest
from django.db import transaction

from tasks.choices import INSTRUCTION_MOVES, InstructionState
from tasks.models import Executor, Instruction, Protocol, ProtocolItem
from tests.database import as_owner
from tests.factories import (
    ExecutorFactory,
    InstructionFactory,
    MeetingFactory,
    OrganisationFactory,
    ProtocolFactory,
    ProtocolItemFactory,
    enter,
    instruction_in,
    ready_instruction,
)
from tests.refusals import insert_copy, refused, refuses, sql
from tests.two import beside, second_connection

pytestmark = pytest.mark.django_db

SIGNED = date(2026, 1, 15)
ITEMS_FROZEN = "tasks_protocolitem_signed_is_frozen"
MOVES = [(was, becomes) for was in InstructionState for becomes in InstructionState if was != becomes]
FORBIDDEN = [(was, becomes) for was, becomes in MOVES if becomes not in INSTRUCTION_MOVES[was]]
ALLOWED = [(was, becomes) for was, becomes in MOVES if becomes in INSTRUCTION_MOVES[was]]


def signed_protocol(**facts):
    protocol = ProtocolFactory(**facts)
    items = ProtocolItemFactory.create_batch(2, protocol=protocol)
    Protocol.objects.filter(pk=protocol.pk).update(signed_on=SIGNED)
    protocol.refresh_from_db()
    return protocol, items


# --- protocols ------------------------------------------------------------------------------------


@refuses("tasks_protocol_signed_is_settled")
def test_what_waits_for_a_person_is_not_signed():
    item = ProtocolItemFactory(state="proposed")
    with refused("tasks_protocol_signed_is_settled"):
        Protocol.objects.update(signed_on=SIGNED)
    with refused("tasks_protocol_signed_is_settled"):
        sql("UPDATE tasks_protocol SET signed_on = %s", SIGNED)

    ProtocolItem.objects.filter(pk=item.pk).update(state="dismissed")
    assert Protocol.objects.update(signed_on=SIGNED) == 1


@refuses("tasks_protocol_signed_is_frozen")
def test_a_signed_protocol_does_not_change():
    protocol, _items = signed_protocol()

    for attempt in (
        lambda: Protocol.objects.update(text="other"),
        lambda: Protocol.objects.update(signed_on=None),
        lambda: Protocol.objects.update(number="№ 77"),
        protocol.delete,
        lambda: sql("UPDATE tasks_protocol SET text = 'other'"),
        lambda: sql("UPDATE tasks_protocol SET signed_on = NULL"),
        lambda: sql("UPDATE tasks_protocol SET meeting_id = %s", MeetingFactory().pk),
        lambda: sql("DELETE FROM tasks_protocol"),
    ):
        with refused("tasks_protocol_signed_is_frozen" if attempt != protocol.delete else ITEMS_FROZEN):
            attempt()


@refuses(ITEMS_FROZEN)
def test_items_of_a_signed_protocol_do_not_change():
    protocol, (item, _second) = signed_protocol()
    draft = ProtocolItemFactory()

    for attempt in (
        lambda: ProtocolItemFactory(protocol=protocol),
        lambda: ProtocolItem.objects.filter(pk=item.pk).update(text="other"),
        lambda: ProtocolItem.objects.filter(pk=item.pk).update(protocol=draft.protocol),
        lambda: ProtocolItem.objects.filter(pk=draft.pk).update(protocol=protocol),
        item.delete,
        lambda: sql("UPDATE tasks_protocolitem SET text = 'other' WHERE id = %s", item.pk),
        lambda: sql(
            "UPDATE tasks_protocolitem SET protocol_id = %s WHERE id = %s", draft.protocol_id, item.pk
        ),
        lambda: sql("UPDATE tasks_protocolitem SET protocol_id = %s WHERE id = %s", protocol.pk, draft.pk),
        lambda: sql("DELETE FROM tasks_protocolitem WHERE id = %s", item.pk),
        lambda: sql(
            "INSERT INTO tasks_protocolitem (protocol_id, \"order\", kind, text) VALUES (%s, 9, 'note', 't')",
            protocol.pk,
        ),
    ):
        with refused(ITEMS_FROZEN):
            attempt()


def test_a_draft_is_free_and_a_correction_supersedes():
    protocol, _items = signed_protocol(number="№ 5")
    draft = ProtocolItemFactory(protocol__number="№ 6")

    ProtocolItem.objects.filter(pk=draft.pk).update(text="other")
    draft.delete()
    correction = ProtocolFactory(number="№ 5", signed_on=SIGNED, supersedes=protocol)

    assert protocol.superseded_by == correction


def test_a_number_may_come_again_in_another_year():
    ProtocolFactory(number="№ 5", signed_on=date(2025, 12, 31))

    assert ProtocolFactory(number="№ 5", signed_on=date(2026, 1, 1)).pk


@pytest.mark.django_db(transaction=True)
def test_no_item_slips_in_while_the_protocol_is_signed():
    protocol = ProtocolFactory()

    def add():
        with second_connection() as other:
            other.execute(
                "INSERT INTO tasks_protocolitem (protocol_id, \"order\", kind, text) VALUES (%s, 9, 'note', 't')",
                [protocol.pk],
            )

    with beside() as run, transaction.atomic():
        Protocol.objects.filter(pk=protocol.pk).update(signed_on=SIGNED)
        ending = run(add)
    assert ending.exception() is not None, "an item entered a signed protocol"
    assert ending.exception().diag.constraint_name == ITEMS_FROZEN


# --- moves ----------------------------------------------------------------------------------------


@refuses("tasks_instruction_move_state")
@pytest.mark.parametrize(("was", "becomes"), FORBIDDEN)
def test_a_state_is_not_skipped(was, becomes):
    instruction = instruction_in(was)

    with refused("tasks_instruction_move_state"):
        Instruction.objects.filter(pk=instruction.pk).update(state=becomes, cancelled_reason="r")
    with refused("tasks_instruction_move_state"):
        sql(
            "UPDATE tasks_instruction SET state = %s, cancelled_reason = 'r' WHERE id = %s",
            becomes,
            instruction.pk,
        )


@pytest.mark.parametrize(("was", "becomes"), ALLOWED)
def test_a_state_that_follows_is_entered(at_commit, was, becomes):
    instruction = instruction_in(was)

    enter(instruction, becomes)

    at_commit()


@refuses("tasks_instruction_first_state")
@pytest.mark.parametrize(
    "state", [state for state in InstructionState if state != InstructionState.REGISTERED]
)
def test_an_instruction_begins_registered(state):
    issuer = OrganisationFactory()
    text = {"text_kk": "т", "text_ru": "т", "expected_result_kk": "т", "cancelled_reason": "r"}

    with refused("tasks_instruction_first_state"):
        InstructionFactory(issuer=issuer, state=state, due=SIGNED, original_due=SIGNED, **text)
    row = InstructionFactory()
    with refused("tasks_instruction_first_state"):
        insert_copy(row, state=state)


@refuses("tasks_instruction_state_known")
def test_a_state_is_one_of_the_list_even_where_no_move_is_judged(at_commit):
    instruction = InstructionFactory()
    at_commit()

    with refused("tasks_instruction_move_state"):
        sql("UPDATE tasks_instruction SET state = 'forgotten' WHERE id = %s", instruction.pk)
    with refused("tasks_instruction_state_known"):
        as_owner("ALTER TABLE tasks_instruction DISABLE TRIGGER USER")
        Instruction.objects.filter(pk=instruction.pk).update(state="forgotten")


# --- terms ----------------------------------------------------------------------------------------


@refuses("tasks_instruction_original_due_once")
@pytest.mark.parametrize("day", [None, date(2026, 4, 1)])
def test_the_first_due_date_is_written_once(day):
    instruction = ready_instruction()

    with refused("tasks_instruction_original_due_once"):
        Instruction.objects.filter(pk=instruction.pk).update(original_due=day, due=day)
    with refused("tasks_instruction_original_due_once"):
        sql(
            "UPDATE tasks_instruction SET original_due = %s, due = %s WHERE id = %s", day, day, instruction.pk
        )


def test_a_term_is_set_once_to_an_instruction_without_one(at_commit):
    instruction = InstructionFactory()

    Instruction.objects.filter(pk=instruction.pk).update(due=SIGNED, original_due=SIGNED)

    at_commit()


def test_an_instruction_without_a_term_is_never_overdue():
    assert not InstructionFactory().is_overdue(date(2099, 1, 1))


@pytest.mark.parametrize(
    ("state", "overdue"),
    [
        ("registered", False),
        ("on_control", True),
        ("in_execution", True),
        ("reported", False),
        ("returned", True),
    ],
)
def test_overdue_begins_the_day_after_the_due_day(state, overdue):
    instruction = instruction_in(state, due=date(2026, 2, 28))

    assert not instruction.is_overdue(date(2026, 2, 28))
    assert instruction.is_overdue(date(2026, 3, 1)) is overdue


# --- leads ----------------------------------------------------------------------------------------

LEADLESS = "tasks_instruction_controlled_has_lead"


@refuses(LEADLESS)
def test_nothing_is_put_on_control_without_a_lead():
    facts = {"due": SIGNED, "original_due": SIGNED, "expected_result_ru": "акт"}
    instruction = ExecutorFactory(instruction=InstructionFactory(**facts), role="co").instruction

    with refused(LEADLESS):
        Instruction.objects.filter(pk=instruction.pk).update(state="on_control")
    with refused(LEADLESS):
        sql("UPDATE tasks_instruction SET state = 'on_control' WHERE id = %s", instruction.pk)


@pytest.mark.parametrize("state", ["on_control", "in_execution", "reported", "returned"])
def test_the_lead_stays_while_on_control(state):
    lead = instruction_in(state).executors.get()
    elsewhere = InstructionFactory()

    for attempt in (
        lambda: Executor.objects.filter(pk=lead.pk).delete(),
        lambda: Executor.objects.filter(pk=lead.pk).update(role="co"),
        lambda: Executor.objects.filter(pk=lead.pk).update(instruction=elsewhere),
        lambda: sql("DELETE FROM tasks_executor WHERE id = %s", lead.pk),
        lambda: sql("UPDATE tasks_executor SET role = 'co' WHERE id = %s", lead.pk),
        lambda: sql("UPDATE tasks_executor SET instruction_id = %s WHERE id = %s", elsewhere.pk, lead.pk),
    ):
        with refused(LEADLESS):
            attempt()


def test_a_lead_is_exchanged_within_one_transaction(at_commit):
    lead = instruction_in("in_execution").executors.get()

    lead.delete()
    ExecutorFactory(instruction=lead.instruction, role="lead")

    at_commit()


@pytest.mark.django_db(transaction=True)
def test_the_lead_does_not_leave_while_control_begins():
    instruction = ready_instruction()

    def leave():
        with second_connection() as other:
            other.execute("DELETE FROM tasks_executor WHERE instruction_id = %s", [instruction.pk])

    with beside() as run, transaction.atomic():
        Instruction.objects.filter(pk=instruction.pk).update(state="on_control")
        sql("SET CONSTRAINTS ALL IMMEDIATE")
        ending = run(leave)
    assert ending.exception() is not None, "on control without a lead"
    assert ending.exception().diag.constraint_name == LEADLESS


def test_a_group_as_written_takes_part_in_many_instructions():
    group = {"organisation": None, "group_kk": "инвесторлар", "group_ru": "инвесторы"}
    instruction = ready_instruction()

    assert ExecutorFactory(instruction=instruction, **group).role == "co"
    assert ExecutorFactory(instruction=instruction, organisation=None, group_kk="әкімдіктер").pk
