"""All requests in turn to one portal, each as one who asks, and what was wrong with the answers."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from tests.hostile import wire
from tests.hostile.raw.writing import END, SECRET, Raw, send

#: One who may write nothing, but whose forms carry a token.
NOBODY = b"Cookie: csrf=" + SECRET + END
#: Send several whole requests over one connection, and may be answered as often.
SEVERAL = {"line: one line after another": 3, "chunks: a request behind it": 2, "length none": 2}


@dataclass
class Sent:
    """`statuses`: how often each was answered; 0 is a connection that was closed without a word."""

    faults: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)


def send_all(home: str, requests: Iterable[Raw], who: bytes = NOBODY, called: str = "") -> Sent:
    sent = Sent()
    host = urlsplit(home).netloc
    for request in requests:
        reply = wire.exchange(home, request.to(host, who))
        sent.statuses.update(reply.statuses or (0,))
        wrong = wire.faults(reply, SEVERAL.get(request.name, 1))
        wrong += ["the portal lives no more"] * (not wire.is_alive(home))
        sent.faults += [f"{request.name}{called}: {fault}" for fault in wrong]
    return sent


def signed_in(home: str, username: str, password: str, token: str = "") -> bytes:
    """The header lines of somebody with a session and a token; SystemExit where he is not let in."""
    body = f"login={quote(username)}&password={quote(password)}".encode()
    form = "application/x-www-form-urlencoded"
    request = Raw("sign in", send("/kk/accounts/login/", body, form))
    reply = wire.exchange(home, request.to(urlsplit(home).netloc, NOBODY), patience=20)
    session = re.search(rb"(?i)set-cookie: s=([0-9a-z]+)", reply.heads)
    if reply.statuses != (302,) or session is None:
        raise SystemExit(f"{username} cannot sign in: {reply.statuses}")
    lines = [b"Cookie: csrf=" + SECRET + b"; s=" + session[1]]
    lines += [b"Authorization: Bearer " + token.encode()] if token else []
    return b"".join(line + END for line in lines)
