"""Requests between an investor and the office, and what is written in them."""

from datetime import UTC, date, datetime

import factory
from factory import Sequence, SubFactory
from factory.django import DjangoModelFactory
from psycopg.types.range import TimestamptzRange

from investors.models import Message, MessageFile, Request, RequestHold, RequestSeen
from investors.request_choices import Side
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.core import StoredFileFactory

PROMISED = date(2031, 3, 14)
LONG_AGO = TimestamptzRange(datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 1, 2, tzinfo=UTC))


class RequestFactory(DjangoModelFactory):
    """Asked of the office, which holds it."""

    organisation = SubFactory(OrganisationFactory)
    title = Sequence(lambda n: f"Су тарту туралы {n}")
    asked_side = holder = Side.OFFICE
    promised_on = PROMISED

    class Meta:
        model = Request

    class Params:
        of_investor = factory.Trait(asked_side=Side.INVESTOR, holder=Side.INVESTOR, promised_on=None)


class RequestHoldFactory(DjangoModelFactory):
    """The past of what is invented; of what is real the database writes it."""

    request = SubFactory(RequestFactory, is_demo=True)
    holder = Side.OFFICE
    during = LONG_AGO

    class Meta:
        model = RequestHold


class MessageFactory(DjangoModelFactory):
    request = SubFactory(RequestFactory)
    side = Side.INVESTOR
    text = "Су қашан болады?"

    class Meta:
        model = Message


class MessageFileFactory(DjangoModelFactory):
    message = SubFactory(MessageFactory)
    file = SubFactory(StoredFileFactory)

    class Meta:
        model = MessageFile


class RequestSeenFactory(DjangoModelFactory):
    request = SubFactory(RequestFactory)
    reader = SubFactory(UserFactory)

    class Meta:
        model = RequestSeen
