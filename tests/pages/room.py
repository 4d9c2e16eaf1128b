"""What the tests of rooms share: a request of an investor, its addresses, and what is typed into its form."""

from uuid import uuid4

from tests.factories import MessageFactory, RequestFactory

ROOM, DESK = "/kk/room/", "/kk/review/requests/"


def asked_by(investor):
    made = RequestFactory(organisation=investor.organisation, title="Су тарту")
    MessageFactory(request=made, author=investor, text="Су қашан тартылады?")
    return made


def thread(row, desk=False):
    return f"{DESK}{row.public_id}/" if desk else f"{ROOM}requests/{row.public_id}/"


def typed(row, text="Жауап", do="reply", **more):
    row.refresh_from_db()
    return {"text": text, "do": do, "version": row.version, "client_uuid": str(uuid4()), **more}
