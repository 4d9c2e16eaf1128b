"""A client that costs little, so that what is measured is the server: bytes over sockets that stay open."""

import socket
import threading
import time
from collections.abc import Callable
from urllib.parse import urlsplit

#: Bytes: room for an answer, and for its headers.
ROOM, HEAD = 1 << 20, 1 << 13


def per_second(home: str, request: Callable[[], tuple[str, str]], at_once: int, seconds: float) -> float:
    """Answers a second; `request` gives an address and what is accepted, anew each time."""
    counts: list[int] = []
    host = urlsplit(home).netloc
    deadline = time.perf_counter() + seconds

    def go_on() -> None:
        name, _colon, port = host.partition(":")
        number, into = 0, memoryview(bytearray(ROOM))
        with socket.create_connection((name, int(port))) as line:
            while time.perf_counter() < deadline:
                address, accepted = request()
                line.sendall(f"GET {address} HTTP/1.1\r\nHost: {host}\r\nAccept: {accepted}\r\n\r\n".encode())
                _read(line, address, into)
                number += 1
        counts.append(number)

    threads = [threading.Thread(target=go_on) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(counts) < at_once:
        raise SystemExit("a client of the benchmark has failed")
    return sum(counts) / seconds


def _read(line: socket.socket, address: str, into: memoryview) -> None:
    """One whole answer 200."""
    got = line.recv_into(into)
    while (end := bytes(into[: min(got, HEAD)]).find(b"\r\n\r\n")) < 0:
        got += line.recv_into(into[got:])
    head = bytes(into[:end])
    if not head.startswith(b"HTTP/1.1 200"):
        raise SystemExit(f"{address} answers {head[:40]!r}")
    length = next((row for row in head.lower().split(b"\r\n") if row.startswith(b"content-length:")), None)
    if length is None:  # in chunks
        while bytes(into[got - 5 : got]) != b"0\r\n\r\n":
            got += line.recv_into(into[got:])
        return
    rest = end + 4 + int(length.partition(b":")[2]) - got
    while rest > 0:
        rest -= line.recv_into(into)
