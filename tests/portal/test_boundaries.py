"""Where one request ends and the next begins: the web server and a proxy before it must not see it differently."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

APPLICATION = """
def application(environ, start_response):
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"{environ['PATH_INFO']} {len(body)}".encode()]
"""
HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n"
LENGTH = b"Content-Length: %d\r\n" % len(HIDDEN)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The web server of the portal with an application that tells what it was asked."""
    folder: Path = tmp_path_factory.mktemp("server")
    (folder / "told.py").write_text(APPLICATION)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["-m", "granian", "--interface", "wsgi", "--port", str(port), "--blocking-threads", "1"]
    running = subprocess.Popen([sys.executable, *words, "told:application"], cwd=folder)
    try:
        for _ in range(300):
            with socket.socket() as line:
                if line.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        running.terminate()
        running.wait()


def answered(port: int, *lines: bytes, body: bytes = HIDDEN) -> bytes:
    """All that comes back for one POST with these headers."""
    told = b""
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.settimeout(10)
        line.sendall(b"POST /asked HTTP/1.1\r\nHost: x\r\n" + b"".join(lines) + b"\r\n" + body)
        with suppress(TimeoutError):  # the line stays open where nothing was wrong
            while piece := line.recv(4096):
                told += piece
                line.settimeout(1)
    return told


def test_a_request_is_as_long_as_it_says(server: int) -> None:
    told = answered(server, LENGTH)

    assert told.startswith(b"HTTP/1.1 200") and told.endswith(b"/asked %d" % len(HIDDEN))


def test_of_a_length_and_chunks_the_chunks_count_and_nothing_is_read_behind_them(server: int) -> None:
    told = answered(server, LENGTH, b"Transfer-Encoding: chunked\r\n", body=b"0\r\n\r\n" + HIDDEN)

    assert told.startswith(b"HTTP/1.1 200") and told.endswith(b"/asked 0")
    assert told.count(b"HTTP/1.1") == 1 and b"/hidden" not in told


@pytest.mark.parametrize(
    "lines",
    [
        [b"Content-Length: 0\r\n", LENGTH],
        [LENGTH, b"Transfer-Encoding: xchunked\r\n"],
        [LENGTH, b"Transfer-Encoding : chunked\r\n"],
        [b"Content-Length: -1\r\n"],
        [b"Content-Length: +3\r\n"],
        [b"Content-Length: 3, 4\r\n"],
        [b"Content-Length: 0x20\r\n"],
    ],
)
def test_a_length_that_may_be_two_is_refused(server: int, lines: list[bytes]) -> None:
    told = answered(server, *lines)

    assert told.startswith(b"HTTP/1.1 400") and told.count(b"HTTP/1.1") == 1 and b"/hidden" not in told
