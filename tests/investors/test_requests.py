"""Requests: who holds the ball, what was promised, who may write, and what is sent twice."""

from datetime import date, datetime
from io import BytesIO
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from psycopg.types.range import TimestamptzRange

from core.choices import Channel
from core.exceptions import Conflict, Forbidden, WrittenOver
from core.models import Change, Outbox
from investors.models import Message, MessageFile, Request, RequestHold
from investors.services.request_files import may_open, release_file
from investors.services.request_reminding import remind_of_requests
from investors.services.requests import (
    Attached,
    Written,
    ask,
    close_request,
    hand_over,
    move_promise,
    reply,
    withdraw_request,
)
from tests.factories import (
    CalendarDayFactory,
    OrganisationFactory,
    ProjectFactory,
    ProjectPartyFactory,
    RequestFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

#: A Monday.
MONDAY = "2026-03-16T06:00:00Z"
SAID = Written("Су қашан тартылады?")


@pytest.fixture(autouse=True)
def on_monday(db):
    CalendarDayFactory(date=date(2026, 3, 23))
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def asked(investor):
    return ask(investor.organisation, SAID, by=investor, title="Су тарту", kind="utilities")


@pytest.fixture
def wanted(office, caspian_group):
    return ask(caspian_group, Written("Актіні салыңыз"), by=office, title="Акт", kind="documents")


def holders(row):
    return [hold.holder for hold in row.holds.all()]


def demo(investor, **facts):
    """An invented request has an invented past: the clock of the database stands still in a test."""
    return RequestFactory(organisation=investor.organisation, is_demo=True, **facts)


def held(row, *spans):
    RequestHold.objects.filter(request=row).delete()
    for holder, since, until in spans:
        begins = datetime.fromisoformat(f"{since}T06:00+00:00")
        ends = datetime.fromisoformat(f"{until}T06:00+00:00") if until else None
        RequestHold.objects.create(request=row, holder=holder, during=TimestamptzRange(begins, ends))


def test_an_investor_asks_and_the_office_promises_ten_working_days(asked, investor):
    assert (asked.state, asked.holder, asked.asked_side) == ("open", "office", "office")
    assert asked.promised_on == date(2026, 3, 31)  # one of the days between is off
    assert asked.messages.get().author == investor
    assert holders(asked) == ["office"]


def test_the_answer_passes_the_ball_and_a_question_upon_it_asks_again(asked, office, investor):
    answered = reply(asked, Written("Қыркүйекте"), by=office)
    assert (answered.state, answered.holder, answered.handler) == ("answered", "investor", office)

    again = reply(answered, Written("Қай күні?"), by=investor)
    assert (again.state, again.holder, again.promised_on) == ("open", "office", date(2026, 3, 31))


def test_the_clock_of_the_office_stops_while_the_investor_has_to_move(investor, office):
    row = demo(investor, promised_on=date(2026, 3, 20))
    with time_machine.travel("2026-03-13T06:00:00Z", tick=False):
        row = hand_over(row, Written("Сызба керек"), by=office, wanted_by=date(2026, 3, 18))
    assert (row.state, row.holder, row.wanted_by) == ("open", "investor", date(2026, 3, 18))
    held(row, ("office", "2026-03-10", "2026-03-13"), ("investor", "2026-03-13", None))

    with time_machine.travel("2026-03-18T06:00:00Z", tick=False):
        back = reply(row, Written("Міне"), by=investor)

    assert (back.holder, back.wanted_by) == ("office", None)
    assert back.promised_on == date(2026, 3, 26)  # five working days were left


def test_a_late_office_stays_as_late_whatever_it_hands_over(investor, office):
    row = demo(investor, promised_on=date(2026, 3, 11))
    held(row, ("office", "2026-03-02", "2026-03-13"), ("investor", "2026-03-13", None))
    Request.objects.filter(pk=row.pk).update(holder="investor")
    held(row, ("office", "2026-03-02", "2026-03-13"), ("investor", "2026-03-13", None))

    back = reply(row, Written("Міне"), by=investor)

    assert back.promised_on == date(2026, 3, 12)  # two working days late then, two now


def test_what_the_office_wants_the_investor_answers(wanted, investor, office):
    assert (wanted.holder, wanted.promised_on, wanted.handler) == ("investor", None, office)

    answered = reply(wanted, Written(files=(pdf(),)), by=investor)
    assert (answered.state, answered.holder) == ("answered", "office")
    assert answered.promised_on == date(2026, 3, 31)

    again = hand_over(answered, Written("Қолы жоқ"), by=office, wanted_by=date(2026, 3, 20))
    assert (again.state, again.holder, again.wanted_by) == ("open", "investor", date(2026, 3, 20))


def pdf(name="акт.pdf"):
    return Attached(BytesIO(b"%PDF-1.7 act"), name)


def test_more_words_of_whoever_waits_anyway_move_nothing(asked, investor):
    more = reply(asked, Written("Тағы бір сұрақ"), by=investor)

    assert (more.state, more.holder, more.version) == ("open", "office", asked.version + 1)
    assert more.messages.count() == 2


def test_who_asked_closes_or_withdraws_and_then_nothing_is_written(asked, wanted, investor, office):
    with pytest.raises(ValidationError) as error:
        close_request(asked, Written(), by=investor)
    assert "text" in error.value.message_dict
    with pytest.raises(Forbidden):
        withdraw_request(asked, Written(), by=office)
    with pytest.raises(Forbidden):
        close_request(wanted, Written("Болды"), by=investor)

    over = withdraw_request(asked, Written("Керек емес"), by=investor)
    assert (over.state, over.holder) == ("withdrawn", "") and over.ended_at
    for verb in (reply, hand_over, close_request, withdraw_request):
        with pytest.raises((Conflict, Forbidden)):
            verb(over, SAID, by=investor)
    assert not over.holds.filter(during__upper_inf=True).exists()

    answered = reply(wanted, Written("Міне"), by=investor)
    assert close_request(answered, Written(), by=office).state == "closed"


def test_only_the_two_sides_write(asked, leadership, auditor, executor, caspian_group):
    stranger = UserFactory(role="investor", organisation=OrganisationFactory())
    colleague = UserFactory(role="executor", organisation=caspian_group)
    for by in (leadership, auditor, executor, stranger, colleague):
        for verb in (reply, hand_over, close_request, withdraw_request):
            with pytest.raises(Forbidden):
                verb(asked, SAID, by=by)
        with pytest.raises(Forbidden):
            ask(caspian_group, SAID, by=by, title="Т")
        with pytest.raises(Forbidden):
            move_promise(asked, by=by, on=date(2026, 4, 10), reason="r")


def test_a_form_sent_twice_is_one_message_and_one_request(investor, office, caspian_group):
    said = Written("Сұрақ", client_uuid=uuid4())
    first, second = (ask(caspian_group, said, by=investor, title="Т") for _ in range(2))
    assert first == second

    answer = Written("Жауап", client_uuid=uuid4())
    for _ in range(2):
        reply(first, answer, by=office, expected=first.version)
    assert [message.text for message in first.messages.all()] == ["Сұрақ", "Жауап"]
    with pytest.raises(Conflict):
        reply(first, answer, by=investor)


def test_two_who_answer_at_once_do_not_write_over_each_other(asked, office, second_office):
    reply(asked, Written("Жауап"), by=office, expected=asked.version)

    with pytest.raises(WrittenOver):
        reply(asked, Written("Басқа жауап"), by=second_office, expected=asked.version)
    assert asked.messages.count() == 2


def test_another_day_is_promised_with_a_reason_that_stays(asked, office, investor):
    with pytest.raises(ValidationError) as error:
        move_promise(asked, by=office, on=date(2026, 4, 10), reason=" ")
    assert "reason" in error.value.message_dict
    with pytest.raises(ValidationError):
        move_promise(asked, by=office, on=date(2026, 3, 1), reason="Өтіп кетті")

    moved = move_promise(asked, by=office, on=date(2026, 4, 10), reason="Желі әлі жобалануда")

    assert moved.promised_on == date(2026, 4, 10)
    assert moved.messages.last().text == "Желі әлі жобалануда"
    change = Change.objects.of(moved).last()
    assert (change.verb, change.note) == ("move_promise", "Желі әлі жобалануда")


def test_what_is_wrong_is_said_at_its_field(investor, caspian_group):
    secret = ProjectFactory(visibility="internal")
    with pytest.raises(ValidationError) as error:
        ask(caspian_group, Written(" "), by=investor, title=" ", project=secret)
    assert set(error.value.message_dict) == {"title", "text", "project"}

    for text in ("a\x00b", "a" * 20_001):
        with pytest.raises(ValidationError) as error:
            ask(caspian_group, Written(text), by=investor, title="Т")
        assert set(error.value.message_dict) == {"text"}
    with pytest.raises(ValidationError) as error:
        ask(caspian_group, Written("Т", (Attached(BytesIO(b"MZ"), "a.exe"),)), by=investor, title="Т")
    assert set(error.value.message_dict) == {"files"}
    assert not Request.objects.exists() and not Message.objects.exists()


def test_a_project_of_the_investor_may_be_named_by_either_side(investor, office, caspian_group):
    own = ProjectFactory(visibility="internal")
    ProjectPartyFactory(project=own, organisation=caspian_group)

    for by in (investor, office):
        assert ask(caspian_group, SAID, by=by, title="Т", project=own).project == own


def test_a_file_waits_for_the_other_side_until_it_is_clean(wanted, investor, office):
    reply(wanted, Written("Міне", (pdf(),)), by=investor)
    reply(wanted, Written("Біздікі", (pdf("өз.pdf"),)), by=office)
    theirs, ours = MessageFile.objects.order_by("pk")
    assert may_open(investor, theirs) and may_open(office, theirs)
    assert may_open(office, ours) and not may_open(investor, ours)

    with pytest.raises(Forbidden):
        release_file(ours, by=investor)
    release_file(ours, by=office)
    ours.file.refresh_from_db()
    assert may_open(investor, ours)


def mails():
    return [row.payload for row in Outbox.objects.filter(channel=Channel.MAIL).order_by("pk")]


def test_the_other_side_is_told_in_its_language_without_the_words(asked, office, investor):
    investor.language, investor.email = "ru", "i@example.kz"
    investor.save()
    Outbox.objects.all().delete()

    reply(asked, Written("Өте құпия сөз"), by=office)

    (mail,) = mails()
    assert mail["to"] == "i@example.kz"
    assert asked.public_id in mail["body"] and f"/ru/room/requests/{asked.public_id}/" in mail["body"]
    assert "құпия" not in str(mail)


def test_nobody_of_another_organisation_is_told(asked, office):
    UserFactory(role="investor", organisation=OrganisationFactory(), email="other@example.kz")
    UserFactory(role="executor", organisation=asked.organisation, email="executor@example.kz")
    Outbox.objects.all().delete()

    reply(asked, Written("Жауап"), by=office)

    assert not {mail["to"] for mail in mails()} & {"other@example.kz", "executor@example.kz"}


def test_reminders_come_before_on_and_after_the_day_once(asked, wanted, office, investor):
    Request.objects.filter(pk=asked.pk).update(promised_on=date(2026, 3, 17))
    Request.objects.filter(pk=wanted.pk).update(wanted_by=date(2026, 3, 16))
    Outbox.objects.all().delete()

    for _ in range(2):
        assert remind_of_requests(date(2026, 3, 16)) == 2
    bells = Outbox.objects.filter(channel=Channel.BELL)
    assert sorted(bell.payload["kind"] for bell in bells) == ["request_due", "request_wanted"]

    Outbox.objects.all().delete()
    assert remind_of_requests(date(2026, 3, 15)) == 0  # a Sunday
    assert remind_of_requests(date(2026, 3, 19)) == 1  # the office is late; the investor is left alone
    assert {bell.payload["recipient"] for bell in Outbox.objects.filter(channel=Channel.BELL)} == {office.pk}


def test_each_sees_its_own(asked, investor, office, leadership, auditor, executor, caspian_group):
    foreign = UserFactory(role="investor", organisation=OrganisationFactory())
    colleague = UserFactory(role="executor", organisation=caspian_group)
    reply(asked, Written("Файл", (pdf(),)), by=office)

    for user, number in ((investor, 1), (office, 1), (leadership, 1), (auditor, 1), (foreign, 0), (executor, 0),
                         (colleague, 0)):  # fmt: skip
        assert Request.objects.visible_to(user).count() == number
        assert Message.objects.visible_to(user).count() == 2 * number
        assert MessageFile.objects.visible_to(user).count() == number
        assert RequestHold.objects.visible_to(user).count() == number
