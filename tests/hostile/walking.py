"""Every form of every page that somebody finds, sent with hostile words; what is answered is judged, and all undone."""

import copy
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core import mail
from django.db import transaction
from django.test import Client

from core.outbox import deliver_one
from tests.hostile import reading, words
from tests.hostile.filling import Form, forms_of

#: Of the head of a mail that this portal writes; anything else was put in by somebody.
HEADERS = {
    *(
        "content-type",
        "mime-version",
        "content-transfer-encoding",
        "subject",
        "from",
        "to",
        "date",
        "message-id",
    ),
    "reply-to",
}


class Walk:
    """`times`: how often a form is sent; `alone`: then each of its fields by itself.

    `fields`: how often a text field was sent; `taken`: forms after which one goes on; `faults`: what was wrong.
    """

    def __init__(self, client: Client, times: int, alone: bool) -> None:
        self.client, self.times, self.alone = client, times, alone
        self.faults: list[str] = []
        self.fields, self.taken = Counter[str](), Counter[str]()
        self.sent, self.mails = 0, 0
        self._seen: set[tuple[str, ...]] = set()

    def through(self, addresses: Iterable[reading.Read]) -> None:
        for read in addresses:
            if "html" in read.kind and read.status == 200:
                for form in forms_of(read.content.decode(), read.address):
                    self._try(form, read.address)

    def _try(self, form: Form, page: str) -> None:
        """Each form of a page once, of whichever row it is."""
        shape = (reading.view_of(form.action), *sorted(form.texts), *sorted(map(str, form.presses())))
        if shape in self._seen:
            return
        self._seen.add(shape)
        for turn in range(self.times if form.texts else 1):
            start = turn * len(words.EVERY) // self.times
            self._press(form, page, form.filled(start))
        if form.action not in self.taken and self.alone:  # what refuses one field lets the others in
            for start, name in enumerate(form.texts):
                self._press(form, page, form.filled(start, name))

    def _press(self, form: Form, page: str, said: dict[str, Any]) -> None:
        for name, value in form.presses():
            self._send(form, page, said | ({name: value} if name else {}))

    def _send(self, form: Form, page: str, said: dict[str, Any]) -> None:
        self.fields.update(f"{form.action} {name}" for name in form.texts)
        self.sent += 1
        with undone(self.client):
            read = reading.get(self.client, form.action, said)
            self.faults += [f"{page} → {fault}" for fault in read.faults]
            if read.status == 302:
                self.taken.update([form.action])
                for after in self._after(read.headers["Location"], page):
                    self.faults += [f"{page} → {fault}" for fault in after.faults]
                self._judge_mails(page)

    def _after(self, there: str, page: str) -> Iterator[reading.Read]:
        """Where one is led, and the page from which one came: both may show the words."""
        if there.startswith("//") or "evil.example" in there.partition("?")[0]:
            self.faults.append(f"{page} leads to {there}")
            return
        for address in dict.fromkeys((there, page)):
            yield reading.get(self.client, address)

    def _judge_mails(self, page: str) -> None:
        mail.outbox.clear()
        while deliver_one():
            self.mails += 1
        self.faults += [f"{page}: mail {fault}" for one in mail.outbox for fault in of_a_mail(one.message())]


def of_a_mail(message: Any) -> list[str]:
    """Its head is the house's own, a line each, to one reader."""
    names = {name.lower() for name in message.keys()}  # noqa: SIM118  a message is no dictionary
    found = [f"has {name}" for name in sorted(names - HEADERS)]
    found += [
        f"{name} has a line end" for name, value in message.items() if set("\r\n") & set(str(value).strip())
    ]
    return found + ["goes to several"] * ("," in str(message["To"]))


@contextmanager
def undone(client: Client) -> Iterator[None]:
    """What is written is not, and who was signed out is in."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = cookies
