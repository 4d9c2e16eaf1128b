"""Meetings and their papers, by the pages: who reads, who writes, what is said where something is wrong."""

import re
from datetime import date

import pytest

from tasks.models import Instruction, Meeting, Protocol
from tests.factories import (
    AgendaItemFactory,
    AttendanceFactory,
    InstructionFactory,
    MeetingFactory,
    ProtocolFactory,
    ProtocolItemFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/kk/meetings/"
#: What a formset says of itself: so many rows.
ROWS = {
    f"{prefix}-{name}": number
    for prefix in ("agenda", "people")
    for name, number in (
        ("TOTAL_FORMS", 3),
        ("INITIAL_FORMS", 0),
        ("MIN_NUM_FORMS", 0),
        ("MAX_NUM_FORMS", 100),
    )
}
TYPED = {
    **ROWS,
    "kind": "project_office",
    "held": "2026-03-03",
    "title_kk": "Жобалық офис отырысы",
    "title_ru": "Заседание проектного офиса",
    "chair_kk": "Қанат Бозымбаев",
    "agenda-0-title_kk": "Көлік",
    "people-0-name_kk": "Облыс әкімдігі",
    "people-0-organisation": "akimat_almaty_region",
    "people-0-present": "true",
    "once": "once",
}


@pytest.fixture
def meeting(db):
    return MeetingFactory(title_kk="Жұмыс сапары", held=date(2026, 3, 3))


@pytest.fixture
def draft(meeting):
    return ProtocolFactory(meeting=meeting, number="", text="")


def at(meeting, *rest):
    return "/".join([f"/kk/meetings/{meeting.public_id}", *map(str, rest), ""])


class TestReading:
    @pytest.mark.parametrize("name", ["office", "leadership", "auditor"])
    def test_the_house_reads(self, read, request, meeting, draft, name):
        person = request.getfixturevalue(name)
        ProtocolItemFactory(protocol=draft, kind="decision", text="Жарғы бекітілсін")
        AgendaItemFactory(meeting=meeting, title_kk="Су құбыры")
        AttendanceFactory(meeting=meeting, name_kk="Сарапшылар", present=False)

        assert "Жұмыс сапары" in read(LIST, person)
        page = read(at(meeting), person)
        for words in ("Жарғы бекітілсін", "Су құбыры", "Сарапшылар", "қатысқан жоқ"):
            assert words in page
        assert ("Хаттама жазу" in page) is False  # there is one
        assert ("/edit/" in page) is (name == "office")

    @pytest.mark.parametrize("name", ["executor", "akimat_signer", "investor"])
    def test_others_do_not_even_where_the_meeting_is_published(self, client, request, name):
        meeting = MeetingFactory(visibility="public")
        client.force_login(request.getfixturevalue(name))

        assert [client.get(page).status_code for page in (LIST, at(meeting))] == [403, 403]

    def test_filters_stand_in_the_address(self, client, office, meeting):
        council = MeetingFactory(kind="council", title_kk="Кеңес", held=date(2026, 4, 1))
        client.force_login(office)

        page = client.get(LIST, {"kind": "council"}).content.decode()
        assert council.public_id in page
        assert meeting.public_id not in page
        assert client.get(LIST, {"kind": "party"}).status_code == 400

    def test_a_list_costs_the_same_for_one_meeting_and_for_many(
        self, client, office, django_assert_max_num_queries
    ):
        for number in range(6):
            paper = ProtocolFactory(meeting=MeetingFactory(held=date(2026, 3, 1 + number)))
            InstructionFactory(source_item=ProtocolItemFactory(protocol=paper))
        client.force_login(office)
        client.get(LIST)
        with django_assert_max_num_queries(12):
            page = client.get(LIST).content.decode()
        assert page.count("/papers/") == 6

    def test_what_others_may_not_see_is_not_there(self, client, office):
        client.force_login(office)
        assert client.get("/kk/meetings/ALT-M-9999/").status_code == 404

    def test_an_instruction_leads_to_its_meeting_and_back(self, read, office, draft):
        instruction = InstructionFactory(source_item=ProtocolItemFactory(protocol=draft))

        assert at(draft.meeting) in read(f"/kk/control/{instruction.public_id}/", office)
        assert instruction.public_id in read(at(draft.meeting), office)


class TestWriting:
    def test_a_meeting_is_typed_once(self, client, office, akimat_signer):
        client.force_login(office)

        answer = client.post(f"{LIST}new/", TYPED)
        again = client.post(f"{LIST}new/", TYPED)

        made = Meeting.objects.get()
        assert answer["Location"] == at(made)
        assert again.status_code == 200
        assert made.agenda.get().title_kk == "Көлік"
        person = made.attendances.get()
        assert (person.organisation.code, person.present) == ("akimat_almaty_region", True)

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"title_kk": "", "title_ru": ""}, "Атауы"),
            ({"kind": ""}, "Қандай іс-шара болғанын көрсетіңіз."),
            ({"held": "31.02.2026"}, "Өткен күні"),
            ({"people-0-organisation": "Ешкім"}, "Ұйым"),
            ({"people-0-name_kk": ""}, "Кім екенін жазыңыз"),
            ({"agenda-0-title_kk": "а" * 501}, "Мәселе"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_lost(self, client, office, akimat_signer, wrong, words):
        client.force_login(office)

        page = client.post(f"{LIST}new/", TYPED | wrong).content.decode()

        assert words in re.search(r'<div class="error-summary".*?</div>', page, re.S)[0]
        for typed in (TYPED | wrong).values():
            assert str(typed) in page
        assert not Meeting.objects.exists()

    def test_a_meeting_is_changed(self, client, office, akimat_signer, meeting):
        client.force_login(office)
        kept = AgendaItemFactory(meeting=meeting, number=1)
        page = client.get(at(meeting, "edit"))
        typed = TYPED | {
            "version": page.context["form"].initial["version"],
            "agenda-INITIAL_FORMS": 1,
            "agenda-0-pk": kept.pk,
            "agenda-1-title_ru": "Вода",
        }

        assert client.post(at(meeting, "edit"), typed)["Location"] == at(meeting)
        assert [one.title_kk or one.title_ru for one in meeting.agenda.all()] == ["Көлік", "Вода"]

        stale = client.post(at(meeting, "edit"), typed | {"once": "other", "title_kk": "Кеш қалған"})
        assert "өзгертті" in stale.content.decode()
        assert "Кеш қалған" in stale.content.decode()

    def test_more_rows_are_there_after_saving(self, client, office, akimat_signer, meeting):
        client.force_login(office)
        answer = client.post(at(meeting, "edit"), TYPED | {"more": "1"})
        assert answer["Location"] == at(meeting, "edit")
        assert 'name="agenda-3-title_kk"' in client.get(answer["Location"]).content.decode()

    def test_what_was_left_open_is_carried_over_by_a_button(self, client, office, meeting):
        last = MeetingFactory(held=date(2026, 2, 1))
        left = InstructionFactory(source_item=ProtocolItemFactory(protocol__meeting=last))
        client.force_login(office)

        assert client.post(at(meeting, "carry-over"), follow=True).status_code == 200
        assert meeting.agenda.get().instruction == left


class TestProtocol:
    def test_it_is_written_signed_and_corrected_by_the_pages(self, client, office, leadership, meeting):
        client.force_login(office)
        paper = client.post(at(meeting, "protocol"), {"language": "kk", "number": "17"})["Location"]
        assert client.post(f"{paper}add/", {"kind": "decision", "text": "Жарғы бекітілсін", "once": "a"})[
            "Location"
        ]
        given = {"text_kk": "Жобаны бекіту", "issuer": "deputy_prime_minister", "once": "b"}
        assert client.post(f"{paper}instruction/", given)["Location"] == paper
        assert client.post(f"{paper}sign/", {"number": "17", "signed_on": "2026-03-04"})["Location"] == paper

        page = client.get(paper).content.decode()
        assert "қол қойылған" in page
        assert f"{paper}add/" not in page
        assert Instruction.objects.get().source_item.protocol.number == "17"

        successor = client.post(f"{paper}correct/", {"reason": "Қате жазылған"})["Location"]
        assert successor != paper
        assert "Жарғы бекітілсін" in client.get(successor).content.decode()
        assert (
            client.get(at(meeting)).content.decode().count("Жарғы бекітілсін") == 1
        )  # a draft does not count yet
        decision = Protocol.objects.latest("pk").items.get(kind="decision")
        changed = client.post(at(meeting, "items", decision.pk, "change"), {"text": "Жарғы кейін бекітілсін"})
        assert changed.status_code == 302
        assert (
            client.post(f"{successor}sign/", {"number": "17", "signed_on": "2026-03-09"}).status_code == 302
        )
        whole = client.get(at(meeting)).content.decode()
        assert "ауыстырылған" in whole
        assert "Жарғы кейін бекітілсін" in whole
        assert "Жарғы бекітілсін" not in whole

    @pytest.mark.parametrize(
        ("page", "typed", "words"),
        [
            ("add", {"kind": "", "text": "Мәтін"}, "шешім бе"),
            ("add", {"kind": "note", "text": " "}, "Тармақтың мәтінін жазыңыз."),
            ("sign", {"number": "", "signed_on": ""}, "Қол қойылған күнді көрсетіңіз."),
            ("sign", {"number": "1", "signed_on": "2026-03-04"}, "Хаттама бос"),
        ],
    )
    def test_what_is_missing_is_said(self, client, office, draft, page, typed, words):
        client.force_login(office)

        answer = client.post(at(draft.meeting, "papers", draft.pk, page), typed)

        assert words in answer.content.decode()
        draft.refresh_from_db()
        assert draft.signed_on is None
        assert not draft.items.exists()

    def test_an_item_is_taken_out_of_a_draft(self, client, office, draft):
        item = ProtocolItemFactory(protocol=draft, kind="note", start=None, end=None)
        client.force_login(office)

        client.post(at(draft.meeting, "items", item.pk, "decide"), {"as": "remove"})

        assert not draft.items.exists()

    def test_a_draft_is_taken_back_its_meeting_stays(self, client, office, draft):
        client.force_login(office)
        page = at(draft.meeting, "papers", draft.pk, "discard")
        assert client.get(page).status_code == 200

        assert client.post(page)["Location"] == at(draft.meeting)
        assert not Protocol.objects.exists()
        assert Meeting.objects.get() == draft.meeting

    def test_a_paper_of_another_meeting_is_not_there(self, client, office, draft):
        other, item = MeetingFactory(), ProtocolItemFactory(protocol=draft)
        client.force_login(office)

        pages = [("papers", draft.pk), ("papers", draft.pk, "sign"), ("items", item.pk)]
        assert [client.get(at(other, *page)).status_code for page in pages] == [404, 404, 404]
