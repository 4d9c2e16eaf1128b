"""Who sees which meetings, protocols and instructions."""

import pytest

from tasks.models import AgendaItem, Attendance, Executor, Instruction, Meeting, Protocol
from tests.factories import (
    AgendaItemFactory,
    AttendanceFactory,
    ExecutorFactory,
    InstructionFactory,
    MeetingFactory,
    ProtocolFactory,
)
from tests.personas import EVERYBODY, HOUSE, reader

pytestmark = pytest.mark.django_db

PUBLIC, INVESTOR = {"public"}, {"public", "investor"}
OUTSIDE = {name: INVESTOR if "investor" in name else PUBLIC for name in EVERYBODY if name not in HOUSE}
MEETINGS = {name: {"public", "investor", "internal"} for name in HOUSE} | OUTSIDE
#: mic leads "led", the akimat helps in it; caspian_group gave "given"; a group named in "group" is nobody yet.
INSTRUCTIONS = (
    {name: {"public", "investor", "internal", "led", "given", "group"} for name in HOUSE}
    | OUTSIDE
    | {
        "executor": PUBLIC | {"led"},
        "akimat_preparer": PUBLIC | {"led"},
        "investor": INVESTOR | {"given"},
        "client_of_investor": INVESTOR | {"given"},
    }
)


@pytest.mark.parametrize("name", EVERYBODY)
def test_a_meeting_is_seen_with_its_parts(name, request):
    user = reader(name, request)
    for level in ("public", "investor", "internal"):
        meeting = MeetingFactory(code=level, visibility=level)
        for made in (AgendaItemFactory, AttendanceFactory, ProtocolFactory):
            made(meeting=meeting)

    assert {meeting.code for meeting in Meeting.objects.visible_to(user)} == MEETINGS[name]
    for part in (AgendaItem, Attendance, Protocol):
        assert {row.meeting.code for row in part.objects.visible_to(user)} == MEETINGS[name]


@pytest.mark.parametrize("name", EVERYBODY)
def test_an_instruction_is_seen_by_whom_it_concerns(name, request, mic, akimat, caspian_group):
    user = reader(name, request)
    for level in ("public", "investor", "internal"):
        InstructionFactory(code=level, visibility=level)
    led = InstructionFactory(code="led")
    ExecutorFactory(instruction=led, organisation=mic, role="lead")
    ExecutorFactory(instruction=led, organisation=akimat)
    InstructionFactory(code="given", issuer=caspian_group)
    ExecutorFactory(instruction=InstructionFactory(code="group"), organisation=None, group_kk="инвесторлар")

    assert {row.code for row in Instruction.objects.visible_to(user)} == INSTRUCTIONS[name]
    seen = {row.instruction.code for row in Executor.objects.visible_to(user)}
    assert seen == INSTRUCTIONS[name] & {"led", "group"}
