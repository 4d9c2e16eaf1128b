"""What the office does with an enquiry: each verb, who may, what is refused, and what the enquirer is written."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from core.exceptions import Conflict, Forbidden, WrittenOver
from core.models import Change, Outbox
from investors import services
from investors.choices import EnquiryState
from investors.models import Enquiry, EnquiryReply
from investors.services.telling import mail_of
from tests.factories import (
    EnquiryFactory,
    StoredFileFactory,
    UserFactory,
    enter_enquiry,
)
from tests.personas import EVERYBODY, reader
from tests.tasks.test_races import at_once

pytestmark = pytest.mark.django_db
ANSWER = "We have two plots with power.\n\nAigul"
VERBS = {
    "take_enquiry": {},
    "answer_enquiry": {"text": ANSWER},
    "close_enquiry": {"reason": "Not a matter of the city", "words": "Please ask the akimat."},
    "mark_spam": {},
}


def do(verb, enquiry, by, **facts):
    return getattr(services, verb)(enquiry, by=by, **(VERBS.get(verb, {}) | facts))


def mails():
    return list(Outbox.objects.filter(channel="mail").order_by("pk").values_list("key", "payload"))


@pytest.fixture
def enquiry(db):
    return EnquiryFactory()


@pytest.mark.parametrize("name", EVERYBODY)
@pytest.mark.parametrize("verb", VERBS)
def test_only_the_office_answers(request, enquiry, verb, name):
    user = reader(name, request)

    if name == "office":
        do(verb, enquiry, user)
        enquiry.refresh_from_db()
        assert enquiry.state != "new"
    else:
        with pytest.raises(Forbidden):
            do(verb, enquiry, user)
        enquiry.refresh_from_db()
        assert (enquiry.state, enquiry.handler, mails()) == ("new", None, [])


def test_whoever_takes_it_answers_it(enquiry, office, second_office):
    taken = services.take_enquiry(enquiry, by=office)
    assert (taken.state, taken.handler) == ("triaged", office)

    with pytest.raises(Conflict):
        services.take_enquiry(taken, by=office)
    handed = services.take_enquiry(taken, by=office, handler=second_office)
    assert handed.handler == second_office
    last = Change.objects.of(handed).last()
    assert (last.verb, last.note) == ("take_enquiry", f"user:{second_office.pk}")


@pytest.mark.parametrize("role", ["auditor", "leadership"])
def test_only_somebody_of_the_office_can_be_handed_it(enquiry, office, role):
    with pytest.raises(ValidationError, match="handler"):
        services.take_enquiry(enquiry, by=office, handler=UserFactory(role=role))


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_answer_goes_in_the_language_of_the_enquiry(office, language):
    enquiry = EnquiryFactory(language=language, person_name="Mei\nBcc: x@example.org")
    with override("kk"):
        reply = services.answer_enquiry(enquiry, by=office, text=ANSWER)

    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.handler, enquiry.answered_at) == ("answered", office, reply.sent_at)
    assert (reply.language, reply.text, reply.by) == (language, ANSWER, office)
    [(key, mail)] = mails()
    assert key == f"enquiry-reply-{reply.pk}"
    assert mail["to"] == enquiry.email
    assert enquiry.receipt in mail["subject"] and "Bcc" not in mail["subject"] + mail["body"]
    assert mail["body"].startswith(ANSWER)
    assert f"/{language}/invest/enquiry/status/" in mail["body"]
    assert enquiry.text not in mail["body"]


def test_the_subject_and_the_foot_are_in_the_language_of_the_answer():
    enquiry = EnquiryFactory()
    with override("kk"):
        told = [mail_of(enquiry, ANSWER, language) for language in ("kk", "ru", "en")]

    for subject, body in told:
        assert enquiry.receipt in subject and enquiry.receipt in body.removeprefix(ANSWER)
    assert told[2][0] == f"Answer to your enquiry {enquiry.receipt}"
    assert all(len({part[place] for part in told}) == 3 for place in (0, 1))


def test_the_clock_stops_at_the_first_answer(enquiry, office, second_office):
    first = services.answer_enquiry(enquiry, by=office, text=ANSWER)
    second = services.answer_enquiry(enquiry, by=second_office, text="One more plot.")

    enquiry.refresh_from_db()
    assert enquiry.answered_at == first.sent_at <= second.sent_at
    assert (enquiry.handler, enquiry.state) == (office, "answered")
    assert len(mails()) == 2


@pytest.mark.parametrize("text", ["", "  \n ", "a\x07b", "x" * 8001])
def test_an_answer_is_words(enquiry, office, text):
    with pytest.raises(ValidationError, match="text"):
        services.answer_enquiry(enquiry, by=office, text=text)
    assert not EnquiryReply.objects.exists() and mails() == []


def test_the_same_answer_is_sent_once(enquiry, office):
    services.answer_enquiry(enquiry, by=office, text=ANSWER)

    with pytest.raises(Conflict):
        services.answer_enquiry(enquiry, by=office, text=f" {ANSWER}\r\n")
    assert len(mails()) == 1


def test_who_read_an_older_state_is_told_what_happened(enquiry, office, second_office):
    seen = enquiry.version
    services.answer_enquiry(enquiry, by=second_office, text=ANSWER, seen=seen)

    with override("en"), pytest.raises(WrittenOver, match=f"{second_office} answered the enquiry"):
        services.answer_enquiry(enquiry, by=office, text="Something else.", seen=seen)
    assert EnquiryReply.objects.get().by == second_office


def test_nobody_is_closed_in_silence(enquiry, office):
    with pytest.raises(ValidationError, match="words"):
        services.close_enquiry(enquiry, by=office, reason="Over")
    with pytest.raises(ValidationError, match="reason"):
        services.close_enquiry(enquiry, by=office, reason=" ", words="Over.")
    enquiry.refresh_from_db()
    assert enquiry.state == "new" and mails() == []

    closed = services.close_enquiry(enquiry, by=office, reason="Not ours", words="Ask the akimat.")
    assert (closed.state, closed.close_reason) == ("closed", "Not ours")
    assert closed.answered_at is not None and len(mails()) == 1


def test_an_answered_one_is_closed_without_another_mail(office):
    enquiry = enter_enquiry(EnquiryFactory(), "answered")

    services.close_enquiry(enquiry, by=office, reason="Went to another city")

    assert mails() == []


def test_a_repetition_is_closed_and_names_the_first(enquiry, office):
    first = EnquiryFactory()
    done = services.mark_duplicate(enquiry, by=office, of=first, words="We answer both together.")

    assert (done.state, done.duplicate_of) == ("closed", first)
    assert first.receipt in done.close_reason
    assert len(mails()) == 1
    for wrong in (done, EnquiryFactory(is_demo=True), enter_enquiry(EnquiryFactory(), "spam")):
        with pytest.raises(ValidationError, match="of"):
            services.mark_duplicate(EnquiryFactory(), by=office, of=wrong, words="So.")
    with pytest.raises(ValidationError, match="of"):
        services.mark_duplicate(first, by=office, of=first, words="So.")


def test_spam_gets_no_word_and_can_be_taken_back(enquiry, office):
    spam = services.mark_spam(enquiry, by=office)
    assert spam.state == "spam" and mails() == []
    with pytest.raises(Conflict):
        services.answer_enquiry(spam, by=office, text=ANSWER)

    back = services.unmark_spam(spam, by=office)
    assert (back.state, back.promised_on) == ("new", enquiry.promised_on)


@pytest.mark.parametrize("state", EnquiryState.values)
@pytest.mark.parametrize("verb", [*VERBS, "unmark_spam", "mark_duplicate"])
def test_a_verb_works_where_the_table_of_moves_lets_it(office, verb, state):
    enquiry = enter_enquiry(EnquiryFactory(), state)
    facts = {"of": EnquiryFactory(), "words": "Together."} if verb == "mark_duplicate" else {}

    if services.is_possible(enquiry, verb):
        do(verb, enquiry, office, **facts)
    else:
        with pytest.raises(Conflict):
            do(verb, enquiry, office, **facts)
        enquiry.refresh_from_db()
        assert enquiry.state == state


def test_no_mail_for_what_is_invented(office):
    services.answer_enquiry(EnquiryFactory(is_demo=True), by=office, text=ANSWER)

    assert EnquiryReply.objects.exists() and mails() == []


def test_a_file_is_released_by_who_has_looked_at_it(office, leadership):
    enquiry = EnquiryFactory(file=StoredFileFactory(scan_state="pending"))
    with pytest.raises(Forbidden):
        services.release_enquiry_file(enquiry, by=leadership)
    assert services.release_enquiry_file(enquiry, by=office).scan_state == "clean"

    harmful = EnquiryFactory(file=StoredFileFactory(scan_state="infected"))
    with pytest.raises(Conflict):
        services.release_enquiry_file(harmful, by=office)


def test_the_ledger_keeps_no_word_of_the_answer(enquiry, office):
    services.answer_enquiry(enquiry, by=office, text="Secret words")

    rows = Change.objects.filter(relation=EnquiryReply._meta.db_table)
    assert rows.exists() and "Secret" not in str(list(rows.values("new", "note")))


@pytest.mark.django_db(transaction=True)
def test_two_answer_at_once(office, second_office):
    enquiry = EnquiryFactory()
    told = at_once(
        lambda: services.answer_enquiry(enquiry, by=office, text=ANSWER, seen=enquiry.version),
        lambda: services.answer_enquiry(enquiry, by=second_office, text="Other.", seen=enquiry.version),
    )

    assert isinstance(told, Conflict)
    assert EnquiryReply.objects.get().by == office
    assert len(mails()) == 1
    assert Enquiry.objects.get().handler == office
