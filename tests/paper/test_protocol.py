"""The protocol of a meeting as a paper."""

from datetime import date

import pytest

from tasks.models import Protocol
from tests.factories import (
    AgendaItemFactory,
    AttendanceFactory,
    ExecutorFactory,
    FindingFactory,
    InstructionFactory,
    MeetingFactory,
    ProtocolFactory,
    ProtocolItemFactory,
)
from tests.paper.reading import PDF
from tests.personas import reader

pytestmark = pytest.mark.django_db


class TestProtocol:
    @pytest.fixture
    def meeting(self, mic):
        meeting = MeetingFactory(kind="project_office", chair_kk="Қ. Төраға", chair_ru="К. Председатель")
        AgendaItemFactory(meeting=meeting, number=1, title_kk="Жол салу", title_ru="Дороги")
        AttendanceFactory(meeting=meeting, name_kk="А. Келген", name_ru="А. Пришедший", present=True)
        AttendanceFactory(meeting=meeting, name_kk="Б. Келмеген", name_ru="Б. Отсутствующий", present=False)
        FindingFactory(meeting=meeting, text_kk="Қоршау құлаған", text_ru="Забор упал")
        protocol = ProtocolFactory(meeting=meeting, number="№ 12", text="Шешім. Тапсырма. Ескерту. Күмәнді.")
        self.item(protocol, 1, "decision", "Шешім.")
        given_by = self.item(protocol, 2, "instruction", "Тапсырма.")
        self.item(protocol, 3, "note", "Ескерту.")
        self.item(protocol, 4, "note", "Күмәнді.", state="proposed")
        row = InstructionFactory(source_item=given_by, text_kk="Жолды төсеу", text_ru="Уложить дорогу")
        ExecutorFactory(instruction=row, organisation=mic, role="lead")
        ExecutorFactory(instruction=row, organisation=None, group_kk="инвесторлар", group_ru="инвесторы")
        return meeting

    def item(self, protocol, order, kind, words, **facts):
        start = protocol.text.index(words)
        return ProtocolItemFactory(
            protocol=protocol,
            order=order,
            kind=kind,
            text=words,
            start=start,
            end=start + len(words),
            **facts,
        )

    def address(self, meeting, form="docx"):
        return f"meetings/{meeting.public_id}/protocol.{form}"

    @pytest.mark.parametrize("form", [PDF, "docx"])
    def test_it_says_who_sat_and_what_was_given(self, taken, office, mic, meeting, form):
        text = taken(office, self.address(meeting, form))

        for words in (
            "Хаттама № 12", "Қ. Төраға", "1. Жол салу", "А. Келген", "Б. Келмеген", "Қоршау құлаған", "1. Шешім.",
            "2. Жолды төсеу", str(mic), "инвесторлар", "3. Ескерту.",
        ):  # fmt: skip
            assert words in text, words
        assert "Күмәнді" not in text  # nobody confirmed it
        assert "Уложить дорогу" in taken(office, self.address(meeting, form), "ru")

    def test_a_draft_says_so_and_a_signed_one_its_day(self, taken, office, meeting):
        assert "Draft" in taken(office, self.address(meeting), "en")
        protocol = meeting.protocols.get()
        protocol.items.filter(state="proposed").update(state="dismissed")
        protocol.signed_on = date(2026, 2, 2)
        protocol.save()

        text = taken(office, self.address(meeting), "en")

        assert "Draft" not in text and "2 February 2026" in text

    def test_of_two_the_one_in_force(self, taken, office, meeting):
        old = meeting.protocols.get()
        old.items.filter(state="proposed").update(state="dismissed")
        Protocol.objects.filter(pk=old.pk).update(signed_on=date(2026, 2, 2))
        correction = ProtocolFactory(meeting=meeting, number="№ 13", supersedes=old)

        drafted = taken(office, self.address(meeting))
        Protocol.objects.filter(pk=correction.pk).update(signed_on=date(2026, 2, 9))
        signed = taken(office, self.address(meeting))

        assert "№ 13" not in drafted and "Шешім." in drafted
        assert "№ 13" in signed and "Шешім." not in signed

    @pytest.mark.parametrize("persona", ["executor", "investor", "stranger"])
    def test_outsiders_do_not_know_of_it_and_read_of_a_published_one_no_protocol(
        self, taken, request, meeting, persona
    ):
        user = reader(persona, request)
        assert taken(user, self.address(meeting)) == 404
        meeting.visibility = "public"
        meeting.save()

        text = taken(user, self.address(meeting))

        assert "Жол салу" in text
        for words in ("Хаттама", "Шешім.", "Жолды төсеу"):
            assert words not in text
