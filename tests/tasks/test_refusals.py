"""What the database refuses of meetings, protocols and instructions, by name."""

from datetime import date

import pytest

from tasks.choices import InstructionState
from tests.factories import (
    AgendaItemFactory,
    AttendanceFactory,
    ExecutorFactory,
    FindingFactory,
    InstructionFactory,
    InstructionSourceFactory,
    MeetingDistrictFactory,
    MeetingFactory,
    ProtocolFactory,
    ProtocolItemFactory,
    SourceFactory,
    instruction_in,
    ready_instruction,
)
from tests.refusals import Wrong, parameters

DAY = date(2026, 3, 1)
SIGNED = {"signed_on": date(2026, 1, 15)}
PROPOSED = {"state": "proposed"}
NO_TERM = {"due": None, "original_due": None}
LEAD = {"role": "lead"}
GROUP = {"organisation": None, "group_kk": "инвесторлар"}
REPORTED = {"state": InstructionState.REPORTED}
OCCURRENCE = {"parent": InstructionFactory, "occurs_on": DAY}

CASES = {
    "tasks_meeting_kind_known": [Wrong(MeetingFactory, {"kind": "party"})],
    "tasks_meeting_held_partial": [
        Wrong(MeetingFactory, {"held_day": None}),
        Wrong(MeetingFactory, {"held_day": date(2029, 12, 31), "held_precision": "year"}),
    ],
    "tasks_meeting_public_in_kk_and_ru": [
        Wrong(MeetingFactory, {"title_ru": ""}, given={"visibility": "public"}),
        Wrong(MeetingFactory, {"visibility": "public"}, given={"title_kk": ""}),
    ],
    "tasks_meetingdistrict_once": [Wrong(MeetingDistrictFactory, twin=("meeting_id", "district_id"))],
    "tasks_agendaitem_one_per_number": [Wrong(AgendaItemFactory, twin=("meeting_id", "number"))],
    "tasks_attendance_one_per_order": [Wrong(AttendanceFactory, twin=("meeting_id", "order"))],
    "tasks_protocol_kind_known": [Wrong(ProtocolFactory, {"kind": "rumour"})],
    "tasks_protocol_signed_with_number": [Wrong(ProtocolFactory, SIGNED, given={"number": ""})],
    "tasks_protocol_number_once_a_year": [
        Wrong(ProtocolFactory, {"signed_on": date(2026, 12, 31)}, given=SIGNED, copied=True),
    ],
    "tasks_protocol_supersedes_id_key": [
        Wrong(ProtocolFactory, twin=("supersedes_id",), given={"supersedes": ProtocolFactory})
    ],
    "tasks_protocolitem_one_per_order": [Wrong(ProtocolItemFactory, twin=("protocol_id", "order"))],
    "tasks_protocolitem_kind_known": [Wrong(ProtocolItemFactory, {"kind": "hint"})],
    "tasks_agendaitem_carried_once": [
        Wrong(
            AgendaItemFactory,
            twin=("meeting_id", "instruction_id"),
            given={"instruction": InstructionFactory},
        )
    ],
    "tasks_meeting_demo_apart": [
        Wrong(MeetingFactory, {"is_demo": True}, given={"source": SourceFactory}),
        Wrong(MeetingFactory, {"visibility": "public"}, given={"is_demo": True}),
    ],
    "tasks_finding_one_per_order": [Wrong(FindingFactory, twin=("meeting_id", "order"))],
    "tasks_finding_worded": [Wrong(FindingFactory, {"text_kk": "", "text_ru": ""})],
    "tasks_protocolitem_first_state": [Wrong(ProtocolItemFactory, {"state": "dismissed"}, copied=True)],
    "tasks_protocolitem_move_state": [
        Wrong(ProtocolItemFactory, {"state": "proposed"}),
        Wrong(ProtocolItemFactory, {"state": "dismissed"}),
    ],
    "tasks_protocolitem_unclear_waits": [
        Wrong(ProtocolItemFactory, {"state": "confirmed"}, given={"kind": "unclear", **PROPOSED}),
        Wrong(ProtocolItemFactory, {"kind": "unclear"}),
    ],
    "tasks_protocolitem_corrects_id_key": [
        Wrong(ProtocolItemFactory, twin=("corrects_id",), given={"corrects": ProtocolItemFactory})
    ],
    "tasks_instruction_warned_with_reason": [
        Wrong(InstructionFactory, {"passed_over": ["short_term"]}),
        Wrong(InstructionFactory, {"passed_reason": "керек"}),
    ],
    "tasks_protocolitem_span": [
        Wrong(ProtocolItemFactory, {"end": 0}),
        Wrong(ProtocolItemFactory, {"start": None}),
        Wrong(ProtocolItemFactory, {"end": None}),
    ],
    "tasks_instruction_controlled_has_due": [
        Wrong(ready_instruction, {"state": "on_control"}, given=NO_TERM)
    ],
    "tasks_instruction_controlled_has_result": [
        Wrong(ready_instruction, {"state": "on_control"}, given={"expected_result_kk": ""}),
        Wrong(instruction_in, {"expected_result_kk": ""}, given=REPORTED),
    ],
    "tasks_instruction_due_moves_by_extension": [
        Wrong(ready_instruction, {"due": date(2026, 4, 1)}),
        Wrong(instruction_in, {"due": date(2026, 4, 1)}, given=REPORTED),
    ],
    "tasks_instruction_cancelled_with_reason": [
        Wrong(InstructionFactory, {"state": "cancelled"}),
        Wrong(instruction_in, {"state": "cancelled"}, given={"state": "returned"}),
    ],
    "tasks_instruction_occurrence_of_parent": [Wrong(InstructionFactory, {"occurs_on": DAY})],
    "tasks_instruction_one_per_occurrence": [
        Wrong(InstructionFactory, twin=("parent_id",), given=OCCURRENCE)
    ],
    "tasks_instruction_issued_partial": [Wrong(InstructionFactory, {"issued_day": None})],
    "tasks_instruction_public_in_kk_and_ru": [
        Wrong(InstructionFactory, {"text_ru": ""}, given={"visibility": "public"}),
        Wrong(InstructionFactory, {"visibility": "public"}, given={"text_kk": ""}),
    ],
    "tasks_instructionsource_once": [Wrong(InstructionSourceFactory, twin=("instruction_id", "source_id"))],
    "tasks_executor_role_known": [Wrong(ExecutorFactory, {"role": "boss"})],
    "tasks_executor_organisation_or_group": [
        Wrong(ExecutorFactory, {"group_kk": "инвесторлар"}),
        Wrong(ExecutorFactory, {"organisation_id": None}),
        Wrong(ExecutorFactory, {"group_kk": ""}, given=GROUP),
    ],
    "tasks_executor_group_never_leads": [
        Wrong(ExecutorFactory, LEAD, given=GROUP),
        Wrong(ExecutorFactory, {"organisation_id": None, "group_kk": "инвесторлар"}, given=LEAD),
    ],
    "tasks_executor_organisation_once": [Wrong(ExecutorFactory, twin=("instruction_id", "organisation_id"))],
    "tasks_executor_one_lead": [Wrong(ExecutorFactory, twin=("instruction_id",), given=LEAD)],
}


@pytest.mark.django_db
@pytest.mark.parametrize(("door", "rule", "case"), parameters(CASES))
def test_the_wrong_row_is_refused_by_name(door, rule, case):
    door(rule, case)
