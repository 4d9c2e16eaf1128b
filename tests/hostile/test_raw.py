"""A part of the requests of `make judges` (tests/judges/raw.py), to the web server of the portal itself."""

import pytest
from django.contrib.auth.hashers import make_password

from accounts.models import User
from alatau_portal.open_data import editions
from core.models import Change, StoredFile
from tests.factories import DistrictFactory, ProjectFactory, UserFactory
from tests.hostile import wire
from tests.hostile.raw import EVERYTHING, SIGNED_IN
from tests.hostile.raw.writing import Raw
from tests.hostile.sending import NOBODY, send_all, signed_in

PASSWORD = "a password of this test alone"


def written() -> tuple[int, int]:
    return Change.objects.count(), StoredFile.objects.count()


@pytest.mark.django_db(transaction=True)
def test_nothing_malformed_breaks_the_portal_or_is_written(granian: str) -> None:
    ProjectFactory(visibility="public", district=DistrictFactory(code="gate"))
    editions.publish()
    user = UserFactory(username="office", role="office")
    User.objects.filter(pk=user.pk).update(password=make_password(PASSWORD, hasher="md5"))
    office = signed_in(granian, "office", PASSWORD)
    before = written()

    sent = send_all(granian, EVERYTHING[::5], NOBODY)
    inside = send_all(granian, SIGNED_IN[1::10], office, called=" (office)")

    assert sent.faults + inside.faults == []
    assert written() == before
    assert len(EVERYTHING) > 900 and sent.statuses.total() > 180
    assert inside.statuses[200] > 10, "the office is let in"


def test_each_request_is_one_of_its_own() -> None:
    assert len({request.name for request in EVERYTHING}) == len(EVERYTHING)
    assert len({request.bytes for request in EVERYTHING}) == len(EVERYTHING)


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        (wire.Reply((500,), b"\r\nserver: x", b""), ["answers 500"]),
        (wire.Reply((200, 404), b"", b""), ["2 answers"]),
        (wire.Reply((302,), b"\r\nX-Split: yes", b""), ["the head of the answer was written by who asked"]),
        (wire.Reply((302,), b"\r\nLocation: //evil.example/", b""), ["the answer is of another host"]),
        (wire.Reply((400,), b"\r\nserver: x", b""), []),
        (wire.Reply((), b"", b""), []),
    ],
)
def test_what_is_wrong_is_named(reply: wire.Reply, fault: list[str]) -> None:
    assert wire.faults(reply) == fault


def test_a_request_says_whom_it_asks_and_who_asks() -> None:
    one = Raw("one", b"GET / HTTP/1.1\r\nHost: @@HOST@@\r\n@@WHO@@\r\n")

    assert (
        one.to("127.0.0.1:1", b"Cookie: s=1\r\n")
        == b"GET / HTTP/1.1\r\nHost: 127.0.0.1:1\r\nCookie: s=1\r\n\r\n"
    )
