"""Protocols written in the house: items, signature, correction by one that supersedes."""

from datetime import date
from threading import Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from core.exceptions import Conflict, Forbidden
from core.models import Change
from tasks import services
from tasks.models import Instruction, Protocol, ProtocolItem
from tests.factories import (
    MeetingFactory,
    OrganisationFactory,
    ProtocolFactory,
    ProtocolItemFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 4)


@pytest.fixture
def meeting(db):
    return MeetingFactory(held=date(2026, 3, 3))


@pytest.fixture
def draft(meeting, office):
    return services.write_protocol(meeting, by=office, language="kk")


@pytest.fixture
def signed(draft, office):
    services.add_item(draft, by=office, kind="decision", text="Жарғы бекітілсін")
    return services.sign_protocol(draft, by=office, number="17", signed_on=DAY)


def facts(**more):
    return {"text": {"kk": "Жобаны бекіту", "ru": "Утвердить проект"}, "issuer": OrganisationFactory()} | more


def test_a_protocol_is_written_item_by_item_and_signed(draft, office):
    services.add_item(draft, by=office, kind="decision", text=" Жарғы бекітілсін ")
    made = services.instruct(draft, by=office, **facts(due=date(2026, 6, 15)))
    services.add_item(draft, by=office, kind="note", text="Баяндама тыңдалды")

    signed = services.sign_protocol(draft, by=office, number="17", signed_on=DAY)

    items = [(one.order, one.kind, one.text, one.state) for one in signed.items.order_by("order")]
    assert items == [
        (1, "decision", "Жарғы бекітілсін", "confirmed"),
        (2, "instruction", "Жобаны бекіту", "confirmed"),
        (3, "note", "Баяндама тыңдалды", "confirmed"),
    ]
    assert (made.source_item.protocol, made.state, made.original_due) == (
        signed,
        "registered",
        date(2026, 6, 15),
    )
    assert (signed.number, signed.signed_on) == ("17", DAY)


def test_signed_it_is_frozen_by_every_service(signed, office):
    item = signed.items.get()

    for call in (
        lambda: services.add_item(signed, by=office, kind="note", text="Тағы"),
        lambda: services.instruct(signed, by=office, **facts()),
        lambda: services.change_item(item, by=office, text="Басқа"),
        lambda: services.remove_item(item, by=office),
        lambda: services.sign_protocol(signed, by=office, number="18", signed_on=DAY),
        lambda: services.discard_paper(signed, by=office),
        lambda: services.write_protocol(signed.meeting, by=office, language="kk"),
    ):
        with pytest.raises(Conflict):
            call()
    assert [one.text for one in ProtocolItem.objects.all()] == ["Жарғы бекітілсін"]
    assert not Instruction.objects.exists()


@pytest.mark.parametrize("name", ["leadership", "executor", "akimat_signer", "investor", "auditor"])
def test_only_the_office_writes_protocols(request, draft, name):
    person, item = request.getfixturevalue(name), ProtocolItemFactory(protocol=draft, start=None, end=None)

    for call in (
        lambda: services.write_protocol(MeetingFactory(), by=person, language="kk"),
        lambda: services.add_item(draft, by=person, kind="note", text="Тағы"),
        lambda: services.instruct(draft, by=person, **facts()),
        lambda: services.change_item(item, by=person, text="Басқа"),
        lambda: services.remove_item(item, by=person),
        lambda: services.sign_protocol(draft, by=person, number="1", signed_on=DAY),
        lambda: services.correct_protocol(draft, by=person, reason="Қате"),
        lambda: services.discard_paper(draft, by=person),
    ):
        with pytest.raises(Forbidden):
            call()
    assert (Protocol.objects.count(), ProtocolItem.objects.count()) == (1, 1)


class TestRefused:
    def test_a_second_draft(self, draft, office):
        with pytest.raises(Conflict):
            services.write_protocol(draft.meeting, by=office, language="ru")

    def test_an_empty_protocol_is_not_signed(self, draft, office):
        with pytest.raises(Conflict):
            services.sign_protocol(draft, by=office, number="1", signed_on=DAY)

    def test_a_signature_before_the_meeting_or_without_a_number(self, draft, office):
        services.add_item(draft, by=office, kind="note", text="Баяндама")
        with pytest.raises(ValidationError) as early:
            services.sign_protocol(draft, by=office, number="1", signed_on=date(2026, 3, 2))
        with pytest.raises(ValidationError) as nameless:
            services.sign_protocol(draft, by=office, number=" ", signed_on=DAY)
        assert [set(one.value.message_dict) for one in (early, nameless)] == [{"signed_on"}, {"number"}]

    def test_the_same_number_in_one_year(self, signed, office):
        other = services.write_protocol(MeetingFactory(held=DAY), by=office, language="kk")
        services.add_item(other, by=office, kind="note", text="Баяндама")
        with pytest.raises(ValidationError):
            services.sign_protocol(other, by=office, number="17", signed_on=DAY)
        assert (
            services.sign_protocol(other, by=office, number="17", signed_on=date(2027, 1, 5)).number == "17"
        )

    def test_what_waits_for_confirmation(self, draft, office):
        ProtocolItemFactory(protocol=draft, state="proposed", kind="unclear")
        with pytest.raises(Conflict):
            services.sign_protocol(draft, by=office, number="1", signed_on=DAY)

    @pytest.mark.parametrize(
        ("kind", "text", "field"), [("instruction", "Х", "kind"), ("decision", "  ", "text")]
    )
    def test_an_item_without_a_sense(self, draft, office, kind, text, field):
        with pytest.raises(ValidationError) as caught:
            services.add_item(draft, by=office, kind=kind, text=text)
        assert set(caught.value.message_dict) == {field}

    def test_words_of_a_source_and_ground_of_an_instruction_stay(self, office):
        read = ProtocolItemFactory()
        with pytest.raises(Conflict):
            services.change_item(read, by=office, text="Басқа")
        services.instruct(read.protocol, by=office, **facts())
        with pytest.raises(Conflict):
            services.remove_item(read.protocol.items.get(order=read.order + 1), by=office)


class TestCorrection:
    def test_it_supersedes_the_signed_one_which_stays_as_it_was(self, draft, office):
        made = services.instruct(draft, by=office, **facts())
        signed = services.sign_protocol(draft, by=office, number="17", signed_on=DAY)

        copy = services.correct_protocol(signed, by=office, reason="Қате жазылған")
        (item,) = copy.items.all()
        services.change_item(item, by=office, text="Жобаны қайта бекіту")
        services.sign_protocol(copy, by=office, number="17", signed_on=date(2026, 3, 10))

        assert (copy.supersedes, item.corrects) == (signed, made.source_item)
        assert signed.items.get().text == "Жобаны бекіту"
        made.refresh_from_db()
        assert made.source_item.protocol == signed
        assert Change.objects.of(copy).first().note == "Қате жазылған"

    def test_of_what_is_not_signed_twice_or_without_a_reason(self, draft, office):
        services.add_item(draft, by=office, kind="note", text="Баяндама")
        with pytest.raises(Conflict):
            services.correct_protocol(draft, by=office, reason="Қате")
        signed = services.sign_protocol(draft, by=office, number="17", signed_on=DAY)
        with pytest.raises(ValidationError):
            services.correct_protocol(signed, by=office, reason=" ")
        services.correct_protocol(signed, by=office, reason="Қате")
        with pytest.raises(Conflict):
            services.correct_protocol(signed, by=office, reason="Тағы қате")


@pytest.mark.django_db(transaction=True)
def test_a_protocol_is_signed_once_by_whoever_comes_first():
    office = UserFactory(role="office")
    draft = ProtocolFactory(number="")
    ProtocolItemFactory(protocol=draft)
    results = []

    def sign(number):
        try:
            services.sign_protocol(draft, by=office, number=number, signed_on=date(2099, 1, 5))
            results.append("signed")
        except Conflict:
            results.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=sign, args=[number]) for number in ("1", "2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == ["refused", "signed"]
