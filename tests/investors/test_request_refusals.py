"""What the database refuses of requests, of their clock and of what is written in them, by name."""

import uuid
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from investors.models import Message, RequestHold
from tests.database import as_owner
from tests.factories import (
    MessageFactory,
    MessageFileFactory,
    OrganisationFactory,
    RequestFactory,
    RequestHoldFactory,
    RequestSeenFactory,
    StoredFileFactory,
    UserFactory,
)
from tests.refusals import Wrong, insert_copy, parameters, refused, refuses, sql

pytestmark = pytest.mark.django_db

ENDED = {"holder": "", "ended_at": timezone.now}


def asked_of_investor():
    return RequestFactory(of_investor=True)


def answered():
    row = RequestFactory()
    type(row).objects.filter(pk=row.pk).update(state="answered", holder="investor")
    row.refresh_from_db()
    return row


def ended(state="closed"):
    row = RequestFactory()
    type(row).objects.filter(pk=row.pk).update(state=state, holder="", ended_at=timezone.now())
    row.refresh_from_db()
    return row


CASES = {
    "investors_request_first_state": [
        Wrong(RequestFactory, {"state": "answered", "holder": "investor"}, copied=True),
        Wrong(RequestFactory, {"state": "closed"} | ENDED, copied=True),
    ],
    "investors_request_move_state": [
        Wrong(ended, {"state": "open", "holder": "office", "ended_at": None}),
        Wrong(ended, {"state": "withdrawn"}),
    ],
    "investors_request_titled": [Wrong(RequestFactory, {"title": ""}, copied=True)],
    "investors_request_held_until_its_end": [
        Wrong(RequestFactory, {"holder": ""}),
        Wrong(RequestFactory, {"ended_at": timezone.now}),
        Wrong(RequestFactory, {"state": "closed", "holder": ""}),
        Wrong(RequestFactory, {"state": "closed", "ended_at": timezone.now}),
    ],
    "investors_request_answer_passes_it": [Wrong(RequestFactory, {"state": "answered"})],
    "investors_request_office_promises": [
        Wrong(RequestFactory, {"promised_on": None}),
        Wrong(asked_of_investor, {"holder": "office"}),
    ],
    "investors_request_is_frozen": [
        Wrong(RequestFactory, {"title": "Басқа"}),
        Wrong(RequestFactory, {"asked_side": "investor"}),
        Wrong(RequestFactory, {"organisation_id": lambda: OrganisationFactory().pk}),
        Wrong(RequestFactory, {"is_demo": True}),
        Wrong(ended, {"handler_id": lambda: UserFactory().pk}),
    ],
    "investors_message_is_frozen": [
        Wrong(MessageFactory, {"text": "Басқа"}),
        Wrong(MessageFactory, {"text": ""}),
        Wrong(MessageFactory, {"erased_at": timezone.now}),
        Wrong(MessageFactory, {"side": "office"}),
        Wrong(MessageFactory, {"at": datetime(2025, 1, 1, tzinfo=UTC)}),
        Wrong(MessageFactory, {"author_id": lambda: UserFactory().pk}),
    ],
    "investors_message_says_something": [
        Wrong(MessageFactory, {"text": "", "client_uuid": uuid.uuid4}, copied=True)
    ],
    "investors_messagefile_kept": [
        Wrong(MessageFileFactory, {"file_id": lambda: StoredFileFactory().pk}),
    ],
    "investors_requestseen_once": [Wrong(RequestSeenFactory, copied=True)],
    "investors_requesthold_one_at_a_time": [Wrong(RequestHoldFactory, copied=True)],
}


@pytest.mark.parametrize(("door", "rule", "case"), parameters(CASES))
def test_the_database_refuses(door, rule, case):
    door(rule, case)


@refuses("investors_request_kept", "investors_message_kept", "investors_messagefile_kept")
def test_what_was_asked_and_written_is_kept_unless_it_is_invented():
    file = MessageFileFactory()
    invented = MessageFileFactory(message__request__is_demo=True)

    for row, rule in (
        (file, "investors_messagefile_kept"),
        (file.message, "investors_message_kept"),
        (file.message.request, "investors_request_kept"),
    ):
        with refused(rule):
            sql(f"DELETE FROM {row._meta.db_table} WHERE id = %s", row.pk)
    invented.message.request.delete()
    assert Message.objects.count() == 1


@refuses("investors_message_while_open")
def test_nothing_is_written_into_what_has_ended():
    row = ended()

    with refused("investors_message_while_open"):
        MessageFactory(request=row)


@refuses("investors_message_client_uuid_key")
def test_a_form_makes_one_message():
    message = MessageFactory()

    with refused("investors_message_client_uuid_key"):
        MessageFactory(client_uuid=message.client_uuid)
    with refused("investors_message_client_uuid_key"):
        insert_copy(message)


@refuses("investors_messagefile_file_id_key")
def test_a_file_belongs_to_one_message():
    first, second = MessageFileFactory(), MessageFactory()

    with refused("investors_messagefile_file_id_key"):
        MessageFileFactory(message=second, file=first.file)


@refuses("investors_messagefile_with_its_message")
def test_a_file_comes_with_its_message():
    file = MessageFileFactory()
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    as_owner("ALTER TABLE investors_message DISABLE TRIGGER USER")
    sql("UPDATE investors_message SET created_at = created_at - interval '1 minute'")

    with refused("investors_messagefile_with_its_message"):
        MessageFileFactory(message=file.message)


@refuses("investors_requesthold_by_the_database")
def test_the_clock_is_written_by_the_database_alone():
    row = RequestFactory()
    hold = row.holds.get()

    with refused("investors_requesthold_by_the_database"):
        RequestHold.objects.filter(pk=hold.pk).update(holder="investor")
    with refused("investors_requesthold_by_the_database"):
        hold.delete()
    with refused("investors_requesthold_by_the_database"):
        RequestHoldFactory(request=row)


def test_the_text_of_a_message_may_be_erased_once():
    message = MessageFactory()

    Message.objects.filter(pk=message.pk).update(text="", erased_at=timezone.now())
    with refused("investors_message_is_frozen"):
        Message.objects.filter(pk=message.pk).update(erased_at=timezone.now())


def test_an_interval_ends_where_the_next_begins():
    row = answered()  # within one instant: the holder of the same interval changes
    assert [hold.holder for hold in row.holds.all()] == ["investor"]

    assert not ended().holds.exists()
