"""Bytes over a plain socket, and what comes back: no client in between that would put anything right."""

import re
import socket
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import urlsplit

#: Seconds until the first byte of an answer, and of silence after the last: a request that never ends has no answer.
PATIENCE, SILENCE = 1.0, 0.15
ALIVE = b"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
_ANSWER = re.compile(rb"HTTP/1\.[01] (\d{3})[^\r\n]*\r\n(.*?)\r\n\r\n", re.DOTALL)
#: What would have been put into the head of an answer by whoever asked, and what a request behind another would get.
SPLIT, SMUGGLED = b"\r\nx-split:", b"/kk/smuggled/"


class Reply(NamedTuple):
    """`statuses`: of every answer that came over this connection; none where it was closed without a word."""

    statuses: tuple[int, ...]
    heads: bytes
    body: bytes


def exchange(home: str, request: bytes, patience: float = PATIENCE) -> Reply:
    place = urlsplit(home)
    with socket.create_connection((str(place.hostname), place.port or 80), timeout=patience) as wire:
        wire.settimeout(patience + len(request) / 2**20)
        with suppress(OSError):  # it may close before it has heard all
            wire.sendall(request)
        came = _heard(wire)
    heads = list(_ANSWER.finditer(came))
    body = came[heads[-1].end() :] if heads else came
    statuses = tuple(int(head[1]) for head in heads if head[1] != b"100")
    return Reply(statuses, b"".join(b"\r\n" + head[2] for head in heads), body)


def _heard(wire: socket.socket) -> bytes:
    came = b""
    with suppress(OSError):
        while piece := wire.recv(2**16):
            came += piece
            if len(came) > 2**24:
                break
            wire.settimeout(SILENCE if _is_whole(came) else PATIENCE)
    return came


def _is_whole(came: bytes) -> bool:
    head = _ANSWER.search(came)
    length = head and re.search(rb"content-length: *(\d+)", head[2].lower())
    return came.endswith(b"0\r\n\r\n") or bool(head and length and len(came) >= head.end() + int(length[1]))


def faults(reply: Reply, most: int = 1) -> list[str]:
    """Why this was no right answer to something malformed: refused, closed and answered as usual are all right."""
    heads = reply.heads.lower()
    found = [f"answers {status}" for status in reply.statuses if status >= 500]
    found += [f"{len(reply.statuses)} answers"] * (len(reply.statuses) > most)
    found += ["the head of the answer was written by who asked"] * (SPLIT in heads)
    return found + ["the answer is of another host"] * (b"location: //evil" in heads)


def is_alive(home: str) -> bool:
    reply = exchange(home, ALIVE, patience=20)
    return reply.statuses == (200,) and b"alive\n" in reply.body
