"""What a signed protocol tells of its meeting stays, until another one that supersedes it is being written."""

from datetime import date

import pytest

from tasks.models import AgendaItem, Attendance, Meeting, Protocol
from tests.factories import (
    AgendaItemFactory,
    AttendanceFactory,
    MeetingFactory,
    OrganisationFactory,
    ProtocolFactory,
    ProtocolItemFactory,
)
from tests.refusals import refused, refuses, sql
from tests.tasks.test_rules import SIGNED, signed_protocol

pytestmark = pytest.mark.django_db

OF_MEETING = "tasks_meeting_minuted_is_frozen"
OF_AGENDA = "tasks_agendaitem_minuted_is_frozen"
OF_PEOPLE = "tasks_attendance_minuted_is_frozen"


def minuted():
    meeting = MeetingFactory(chair_kk="Қанат Бозымбаев")
    topic, person = AgendaItemFactory(meeting=meeting), AttendanceFactory(meeting=meeting)
    protocol, _items = signed_protocol(meeting=meeting)
    return meeting, topic, person, protocol


@refuses(OF_MEETING)
def test_day_chair_and_place_stay_as_minuted():
    meeting, *_rest = minuted()
    for column, value in (("held_day", date(2026, 2, 2)), ("chair_kk", "Басқа"), ("kind", "council")):
        with refused(OF_MEETING):
            Meeting.objects.filter(pk=meeting.pk).update(**{column: value})
        with refused(OF_MEETING):
            sql(f"UPDATE tasks_meeting SET {column} = %s", value)

    filled = {"chair_ru": "Канат Бозумбаев", "title_kk": "Басқа атау", "visibility": "public"}
    assert Meeting.objects.filter(pk=meeting.pk).update(**filled) == 1


@refuses(OF_AGENDA)
def test_the_agenda_stays_as_minuted():
    meeting, topic, *_rest = minuted()
    for attempt in (
        lambda: AgendaItemFactory(meeting=meeting),
        lambda: AgendaItem.objects.update(title_kk="Басқа"),
        lambda: AgendaItem.objects.update(meeting=MeetingFactory()),
        topic.delete,
        lambda: sql("UPDATE tasks_agendaitem SET number = 77"),
        lambda: sql("DELETE FROM tasks_agendaitem"),
    ):
        with refused(OF_AGENDA):
            attempt()
    assert AgendaItem.objects.update(title_en="Transport", later_kk="Шешілді") == 1


@refuses(OF_PEOPLE)
def test_who_took_part_stays_as_minuted():
    meeting, _topic, person, _protocol = minuted()
    for attempt in (
        lambda: AttendanceFactory(meeting=meeting),
        lambda: Attendance.objects.update(name_kk="Басқа"),
        person.delete,
        lambda: sql("DELETE FROM tasks_attendance"),
    ):
        with refused(OF_PEOPLE):
            attempt()
    assert Attendance.objects.update(organisation=OrganisationFactory()) == 1


def test_while_a_correction_is_written_the_meeting_may_change():
    meeting, topic, person, protocol = minuted()
    correction = ProtocolFactory(meeting=meeting, number="", supersedes=protocol)
    ProtocolItemFactory(protocol=correction)

    AgendaItem.objects.update(title_kk="Басқа")
    person.delete()

    Protocol.objects.filter(pk=correction.pk).update(signed_on=SIGNED, number=protocol.number)
    with refused(OF_AGENDA):
        topic.delete()


def test_a_press_release_and_a_draft_freeze_nothing():
    meeting = MeetingFactory()
    topic = AgendaItemFactory(meeting=meeting)
    signed_protocol(meeting=meeting, kind="press_release")
    ProtocolFactory(meeting=meeting)

    topic.delete()

    assert not meeting.agenda.exists()
