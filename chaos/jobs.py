"""What the portal owes to the outside for each write, and what came: mails in its folder, webhooks at a receiver."""

import email
import email.policy
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from chaos.clients import Written
from tests.receiver import Got


class Job(NamedTuple):
    """One message about one instruction."""

    kind: str
    instruction: str


class Sent(NamedTuple):
    """By job, the messages that came; each may have come more than once under its own number."""

    messages: dict[Job, set[str]]
    repeats: int


def owed(written: Iterable[Written]) -> list[Job]:
    """For a registered one a webhook; for one on control another, and a mail to who executes it."""
    jobs = []
    for one in written:
        if one.registered:
            jobs.append(Job("instruction.appeared", one.registered))
        if one.controlled:
            jobs += [Job("instruction.changed", one.registered), Job("mail", one.registered)]
    return jobs


def sent(got: Iterable[Got], folder: Path) -> Sent:
    """What came until now."""
    came: dict[Job, list[str]] = defaultdict(list)
    for one in got:
        told = json.loads(one.body)
        headers = {name.lower(): value for name, value in one.headers.items()}
        came[Job(told["type"], told["data"]["id"])].append(headers["webhook-id"])
    for file in folder.glob("*.eml"):
        mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        text = mail.get_body(("plain",))
        for instruction in set(re.findall(r"ALT-I-\d+", text.get_content() if text else "")):
            came[Job("mail", instruction)].append(str(mail["Message-ID"]))
    repeats = sum(number - 1 for names in came.values() for number in Counter(names).values())
    return Sent({job: set(names) for job, names in came.items()}, repeats)
