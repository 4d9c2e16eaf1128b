"""Meetings: agenda, presence, findings, what is carried over. Who may, what is refused, what stays."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from core.exceptions import Conflict, Forbidden
from core.models import Change
from core.text import Text
from districts.models import Publication
from tasks import services
from tasks.models import AgendaItem, Attendance, Finding, Meeting
from tests.factories import (
    AgendaItemFactory,
    AttendanceFactory,
    DistrictFactory,
    FindingFactory,
    InstructionFactory,
    MeetingFactory,
    OrganisationFactory,
    ProtocolItemFactory,
    instruction_in,
)

pytestmark = pytest.mark.django_db

FACTS = {"kind": "project_office", "title": Text("Отырыс", "Заседание"), "held": date(2026, 3, 3)}


def topic(kk: str, pk: int | None = None) -> dict[str, object]:
    return {"pk": pk, "title": Text(kk)}


def given_at(meeting: Meeting, state: str = "registered"):
    item = ProtocolItemFactory(protocol__meeting=meeting)
    return (
        instruction_in(state, source_item=item)
        if state != "registered"
        else InstructionFactory(source_item=item)
    )


def test_a_meeting_is_made_whole(office):
    district, body = DistrictFactory(), OrganisationFactory()

    made = services.save_meeting(
        by=office,
        districts=[district],
        agenda=[topic("Көлік"), topic("Су")],
        participants=[{"pk": None, "name": Text("Әкімдік"), "organisation": body, "present": True}],
        **FACTS,
    )

    assert [(one.number, one.title.kk) for one in made.agenda.all()] == [(1, "Көлік"), (2, "Су")]
    person = made.attendances.get()
    assert (person.order, person.organisation, person.present) == (1, body, True)
    assert list(made.districts.all()) == [district]
    change = Change.objects.of(made).get()
    assert (change.verb, change.actor) == ("save_meeting", office.ledger_name)


@pytest.mark.parametrize("name", ["leadership", "executor", "akimat_signer", "investor", "auditor"])
def test_only_the_office_keeps_meetings(request, name):
    person, meeting = request.getfixturevalue(name), MeetingFactory()

    for call in (
        lambda: services.save_meeting(by=person, **FACTS),
        lambda: services.save_meeting(meeting, by=person, **FACTS),
        lambda: services.carry_over(meeting, by=person),
        lambda: services.save_finding(meeting, by=person, text=Text("Жол")),
        lambda: services.remove_finding(FindingFactory(meeting=meeting), by=person),
    ):
        with pytest.raises(Forbidden):
            call()
    assert Meeting.objects.count() == 1


def test_rows_are_changed_added_and_taken_out_and_keep_what_the_form_does_not_show(office):
    meeting = MeetingFactory()
    first, second = (AgendaItemFactory(meeting=meeting, number=n, later_kk="Шешілді") for n in (1, 2))
    gone = AttendanceFactory(meeting=meeting)

    services.save_meeting(
        meeting,
        by=office,
        agenda=[topic("Жаңа сөз", second.pk), topic("Тағы бірі")],
        participants=[],
        **FACTS,
    )

    assert not AgendaItem.objects.filter(pk=first.pk).exists()
    assert not Attendance.objects.filter(pk=gone.pk).exists()
    second.refresh_from_db()
    assert (second.title_kk, second.later_kk) == ("Жаңа сөз", "Шешілді")
    assert [one.number for one in meeting.agenda.all()] == [2, 3]


def test_what_is_not_changed_leaves_no_trace(office):
    meeting = services.save_meeting(by=office, agenda=[topic("Көлік")], **FACTS)
    item = meeting.agenda.get()
    before = Change.objects.count()

    services.save_meeting(meeting, by=office, agenda=[topic("Көлік", item.pk)], **FACTS)

    assert Change.objects.count() == before


def test_two_people_do_not_overwrite_each_other(office):
    meeting = services.save_meeting(by=office, agenda=[topic("Көлік")], **FACTS)
    item = meeting.agenda.get()
    services.save_meeting(meeting, by=office, version=meeting.version, **FACTS | {"place_kk": "Алатау"})

    with pytest.raises(Conflict):
        services.save_meeting(meeting, by=office, version=meeting.version, **FACTS)
    with pytest.raises(Conflict):  # the row that it speaks of is gone
        services.save_meeting(meeting, by=office, agenda=[topic("Көлік", item.pk)], **FACTS)
    meeting.refresh_from_db()
    assert meeting.place_kk == "Алатау"


@pytest.mark.parametrize(
    "wrong", [{"title": Text()}, {"title": Text(en="Meeting")}, {"kind": "party"}, {"kind": ""}]
)
def test_what_a_meeting_needs_is_said_at_its_field(office, wrong):
    with pytest.raises(ValidationError) as caught:
        services.save_meeting(by=office, **FACTS | wrong)

    assert set(caught.value.message_dict) == set(wrong)
    assert not Meeting.objects.exists()


class TestCarriedOver:
    def test_a_new_meeting_begins_with_what_the_last_of_its_kind_left_open(self, office):
        older = MeetingFactory(kind="project_office", held=date(2026, 1, 10))
        last = MeetingFactory(kind="project_office", held=date(2026, 2, 10))
        other_kind = MeetingFactory(kind="council", held=date(2026, 2, 20))
        later = MeetingFactory(kind="project_office", held=date(2026, 5, 1))
        for meeting in (older, other_kind, later):
            given_at(meeting)
        waiting, done = given_at(last), given_at(last, "executed")
        given_at(last, "cancelled")

        made = services.save_meeting(by=office, agenda=[topic("Су")], **FACTS)

        assert [(one.number, one.instruction) for one in made.agenda.all()] == [(1, None), (2, waiting)]
        assert made.agenda.last().title.kk == waiting.text.kk
        assert done.state == "executed"

    def test_what_stays_open_goes_on_from_meeting_to_meeting_and_leaves_when_it_is_closed(self, office):
        first = MeetingFactory(kind="project_office", held=date(2026, 1, 10))
        instruction = given_at(first)
        second = services.save_meeting(by=office, **FACTS)
        third = services.save_meeting(by=office, **FACTS | {"held": date(2026, 4, 1)})
        services.cancel(instruction, by=office, reason="Екі рет берілген")
        fourth = services.save_meeting(by=office, **FACTS | {"held": date(2026, 5, 1)})

        carried = [[one.instruction for one in meeting.agenda.all()] for meeting in (second, third, fourth)]
        assert carried == [[instruction], [instruction], []]

    def test_asked_twice_it_carries_once(self, office):
        given_at(MeetingFactory(kind="field_visit", held=date(2026, 1, 10)))
        meeting = MeetingFactory(kind="field_visit", held=date(2026, 2, 10))

        assert [services.carry_over(meeting, by=office) for _ in range(2)] == [1, 0]

    def test_a_meeting_without_a_day_has_none_before_it(self, office):
        given_at(MeetingFactory(kind="project_office", held=date(2026, 1, 10)))

        made = services.save_meeting(by=office, **FACTS | {"held": None})

        assert not made.agenda.exists()

    def test_the_first_meeting_of_its_kind_carries_nothing(self, office):
        InstructionFactory()  # of no meeting
        given_at(MeetingFactory(kind="council", held=date(2026, 1, 10)))

        assert not services.save_meeting(by=office, **FACTS).agenda.exists()

    def test_invented_meetings_do_not_mix_with_real_ones(self, office):
        given_at(MeetingFactory(kind="project_office", held=date(2026, 1, 10)))
        MeetingFactory(kind="project_office", held=date(2026, 2, 10), is_demo=True)

        assert services.save_meeting(by=office, **FACTS).agenda.count() == 1


class TestFindings:
    def test_what_was_seen_is_kept_in_order_and_becomes_an_instruction_once(self, office, leadership):
        meeting = MeetingFactory()
        first = services.save_finding(meeting, by=office, text=Text("Жол төселмеген"), place="Жетіген")
        second = services.save_finding(meeting, by=office, text=Text("Су жоқ"))
        facts = {"text": {"kk": "Жол төсеу"}, "issuer": leadership.organisation}

        made = services.instruct_on_finding(first, by=office, **facts)

        assert [first.order, second.order] == [1, 2]
        first.refresh_from_db()
        assert first.instruction == made
        with pytest.raises(Conflict):
            services.instruct_on_finding(first, by=office, **facts)
        with pytest.raises(Conflict):
            services.remove_finding(first, by=office)
        services.remove_finding(second, by=office)
        assert list(Finding.objects.all()) == [first]

    def test_without_words_nothing_is_kept(self, office):
        with pytest.raises(ValidationError):
            services.save_finding(MeetingFactory(), by=office, text=Text(en="Road"))
        assert not Finding.objects.exists()


def test_what_is_changed_of_a_public_meeting_waits_for_a_second_person(office):
    meeting = MeetingFactory(visibility="public", title_kk="Отырыс", title_ru="Заседание")

    services.save_meeting(meeting, by=office, title=Text("Отырыс", "Другое заседание"))
    services.save_meeting(meeting, by=office, place=Text("Алатау", "Алатау"))

    meeting.refresh_from_db()
    assert (meeting.title.ru, meeting.place.kk) == ("Заседание", "")
    draft = Publication.objects.of(meeting).get().draft
    assert draft == {"title_ru": "Другое заседание", "place_kk": "Алатау", "place_ru": "Алатау"}
