"""A paper becomes a draft, and its items what a person says: by the services, on the release of 29 September 2025."""

from datetime import date
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from core.exceptions import Conflict, Forbidden
from core.models import Change
from tasks import services
from tasks.models import Instruction, Meeting, Protocol, ProtocolItem
from tasks.services.importing import Known
from tests.factories import (
    DistrictFactory,
    MeetingFactory,
    OrganisationFactory,
    ProtocolFactory,
    ProtocolItemFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

RELEASE = (Path("tasks/data") / "press-release-2025-09-29.kk.txt").read_text(encoding="utf-8-sig")
PROTOCOL = """Протокол заседания проектного офиса

г. Алматы, 3 марта 2026 года

1. Министерству промышленности и строительства в срок до 15 июня 2026 года утвердить проект.
2. Принять к сведению доклад акимата."""
FACTS = {"language": "kk", "kind": "press_release"}


@pytest.fixture
def register(db, leadership):
    """What the release speaks of."""
    for code, kk, ru in (
        ("gate", "Gate District", "Gate District"),
        ("golden", "Golden District", "Golden District"),
    ):
        DistrictFactory(code=code, name_kk=kk, name_ru=ru)
    return OrganisationFactory(
        code="mic",
        name_kk="Өнеркәсіп және құрылыс министрлігі",
        name_ru="Министерство промышленности и строительства",
        abbreviation_kk="ӨҚМ",
    )


@pytest.fixture
def paper(register, office):
    return services.import_text(RELEASE, by=office, **FACTS)


def waiting(paper):
    return list(paper.items.filter(state="proposed", kind="instruction").order_by("order"))


def given(leadership, **more):
    return {"text": {"kk": "Құрылысты жеделдету"}, "issuer": leadership.organisation} | more


def test_what_the_text_says_becomes_a_draft_tied_to_its_words(paper, office):
    meeting = paper.meeting

    assert (meeting.kind, meeting.held.day, meeting.visibility) == (
        "project_office",
        date(2025, 9, 29),
        "internal",
    )
    assert meeting.chair.kk == "Қанат Бозымбаев"
    assert {one.code for one in meeting.districts.all()} == {"gate", "golden"}
    assert meeting.agenda.count() == 7
    items = waiting(paper)
    assert len(items) == 2
    for item in paper.items.all():
        assert paper.text[item.start : item.end] == item.text
        assert item.state == "proposed"
    assert items[0].reading["lead"] == "mic"
    assert "due" not in items[0].reading
    assert Change.objects.of(paper).get().verb == "import_text"


def test_nothing_is_registered_and_nobody_is_told_before_a_person_confirms(paper):
    assert not Instruction.objects.exists()


def test_the_same_text_is_known_whatever_its_line_ends(paper, office):
    other = "\ufeff" + RELEASE.replace("\n", "\r\n")

    with pytest.raises(Known) as caught:
        services.import_text(other, by=office, **FACTS)
    assert caught.value.protocol == paper
    assert services.import_text(other, by=office, again=True, **FACTS).meeting != paper.meeting


def test_it_joins_a_meeting_that_is_known_and_leaves_it_as_it_is(register, office):
    meeting = MeetingFactory(chair_kk="Басқа")

    paper = services.import_text(RELEASE, by=office, meeting=meeting, **FACTS)

    meeting.refresh_from_db()
    assert (paper.meeting, meeting.chair_kk, meeting.agenda.count()) == (meeting, "Басқа", 0)


@pytest.mark.parametrize(
    ("text", "field"),
    [("", "text"), (" \n\t", "text"), ("Ауа райы жақсы болады.", "meeting_kind"), ("а" * 400_001, "text")],
)
def test_what_cannot_be_imported_is_said_at_its_field(office, text, field):
    with pytest.raises(ValidationError) as caught:
        services.import_text(text, by=office, **FACTS)

    assert set(caught.value.message_dict) == {field}
    assert not Meeting.objects.exists()


def test_the_kind_that_the_text_does_not_say_is_given(office):
    paper = services.import_text("Ауа райы жақсы болады.", by=office, meeting_kind="council", **FACTS)

    assert (paper.meeting.kind, paper.meeting.held.day, paper.items.count()) == ("council", None, 0)


@pytest.mark.parametrize("name", ["leadership", "executor", "akimat_signer", "investor", "auditor"])
def test_only_the_office_imports_and_decides(request, paper, leadership, name):
    person, (item, _second) = request.getfixturevalue(name), waiting(paper)

    for call in (
        lambda: services.import_text(PROTOCOL, by=person, language="ru", kind="protocol"),
        lambda: services.confirm_instruction(item, by=person, **given(leadership)),
        lambda: services.confirm_as(item, "note", by=person),
        lambda: services.dismiss_item(item, by=person),
        lambda: services.reopen_item(item, by=person),
        lambda: services.mark_item(paper, by=person, words="Golden District"),
        lambda: services.discard_paper(paper, by=person),
    ):
        with pytest.raises(Forbidden):
            call()
    assert not Instruction.objects.exists()


class TestDeciding:
    def test_an_instruction_is_registered_with_its_words(self, paper, office, leadership, register):
        item, _second = waiting(paper)

        made = services.confirm_instruction(
            item, by=office, executors=[{"organisation": register, "role": "lead"}], **given(leadership)
        )

        item.refresh_from_db()
        assert (made.source_item, made.state, made.due) == (item, "registered", None)
        assert (item.kind, item.state) == ("instruction", "confirmed")
        assert made.executors.get().organisation == register

    def test_each_item_is_decided_once(self, paper, office, leadership):
        item, second = waiting(paper)
        services.confirm_as(item, "decision", by=office)
        services.dismiss_item(second, by=office)

        for one in (item, second):
            for call in (
                lambda one=one: services.confirm_instruction(one, by=office, **given(leadership)),
                lambda one=one: services.confirm_as(one, "note", by=office),
                lambda one=one: services.dismiss_item(one, by=office),
            ):
                with pytest.raises(Conflict):
                    call()
        assert not Instruction.objects.exists()

    def test_what_was_put_aside_is_taken_up_again(self, paper, office):
        item, second = waiting(paper)
        services.dismiss_item(item, by=office)

        assert services.reopen_item(item, by=office).state == "proposed"
        with pytest.raises(Conflict):
            services.reopen_item(second, by=office)

    def test_a_refused_registration_leaves_the_item_waiting(self, paper, office):
        item, _second = waiting(paper)

        with pytest.raises(ValidationError):
            services.confirm_instruction(item, by=office, text={"kk": ""}, issuer=OrganisationFactory())

        item.refresh_from_db()
        assert item.state == "proposed"

    def test_words_that_were_passed_over_become_an_item(self, paper, office):
        item = services.mark_item(paper, by=office, words="экологиялық таза өндірістерді дамытуға")

        assert paper.text[item.start : item.end] == item.text
        assert (item.kind, item.state) == ("unclear", "proposed")
        for wrong in ("", "  ", "жоқ сөздер", "Gate"):  # the last stands there more than once
            with pytest.raises(ValidationError):
                services.mark_item(paper, by=office, words=wrong)

    def test_a_signed_protocol_takes_no_decision(self, office):
        paper = ProtocolFactory()
        item = services.dismiss_item(ProtocolItemFactory(protocol=paper, state="proposed"), by=office)
        Protocol.objects.update(signed_on=date(2026, 1, 1))

        for call in (
            lambda: services.reopen_item(item, by=office),
            lambda: services.mark_item(paper, by=office, words="Министрлік"),
        ):
            with pytest.raises(Conflict):
                call()


class TestTakenBack:
    def test_with_the_meeting_that_came_with_it(self, paper, office):
        assert services.discard_paper(paper, by=office) is True
        assert not (Meeting.objects.exists() or ProtocolItem.objects.exists())

    def test_a_meeting_that_was_there_stays(self, register, office):
        meeting = MeetingFactory()
        paper = services.import_text(RELEASE, by=office, meeting=meeting, **FACTS)

        assert services.discard_paper(paper, by=office) is False
        assert Meeting.objects.get() == meeting

    def test_not_once_an_instruction_rests_on_it(self, paper, office, leadership):
        services.confirm_instruction(waiting(paper)[0], by=office, **given(leadership))

        with pytest.raises(Conflict):
            services.discard_paper(paper, by=office)
        assert Protocol.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_import_the_same_text_at_once_get_one_draft():
    office, results, together = UserFactory(role="office"), [], Barrier(2)

    def bring():
        together.wait()
        try:
            services.import_text(PROTOCOL, by=office, language="ru", kind="protocol")
            results.append("imported")
        except Known:
            results.append("known")
        finally:
            connection.close()

    threads = [Thread(target=bring) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == ["imported", "known"]
    assert Protocol.objects.count() == 1
