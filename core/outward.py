"""Requests to addresses that somebody else named: public ones only, and the address that was judged is the one called.

    answer = post("https://example.kz/hook", body, headers)

A name is looked up once, every address behind it is judged, and the connection goes to one of these under that name
(TLS and `Host`): there is no second look-up that could answer otherwise. No redirect is followed, no proxy and no
.netrc is asked. It ends by the clock, however slowly the other side speaks, and reads no more than `MOST` bytes.
"""

import io
import re
import socket
import ssl
import threading
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from queue import Empty, Queue
from time import monotonic
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

CONNECT, TOTAL = 5.0, 15.0  # seconds
MOST, KEPT = (
    64 * 1024,
    2000,
)  # bytes read of an answer, its headers among them; characters of its body that are kept
PORTS = (443, 8443)
LONGEST = 500
#: IPv4 is public where the registry of IANA says so, except for multicast and the relays of 6to4.
RELAYS = IPv4Network("192.88.99.0/24")
#: All that is public of IPv6. What leads into IPv4 from elsewhere (mapped, translated, 6to4, Teredo) is not in it or
#: is not global.
UNICAST, EXAMPLES = IPv6Network("2000::/3"), IPv6Network("3fff::/20")
#: A last label that begins with a letter is no number, however a number may be spelled.
NAME = re.compile(
    r"(?=.{1,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])\Z", re.ASCII
)

type Address = IPv4Address | IPv6Address


class Refused(ValueError):
    """An address that is not called; the text says why and what to do."""


class NotAnswered(OSError):
    """Something answered that was no answer of HTTP."""


class Target(NamedTuple):
    """An address in its parts; `path` with its query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def named(self) -> str:
        """As the header `Host` has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == {"https": 443, "http": 80}[self.scheme] else f"{host}:{self.port}"


class Answer(NamedTuple):
    """`text`: how its body begins."""

    status: int
    text: str


def target(url: str) -> Target:
    """The parts of an address, judged by its form and, where it names a number, by that. Nothing is looked up."""
    if len(url) > LONGEST or not re.fullmatch(r"[\x21-\x7e]+", url, re.ASCII) or "\\" in url:
        raise Refused(
            _("Write an address of at most 500 letters, digits and signs of ASCII, without spaces.")
        )
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").lower()
    except ValueError as error:
        raise Refused(_("This is no address: write one such as https://example.kz/hook.")) from error
    if "@" in parts.netloc or parts.fragment or "#" in url:
        raise Refused(_("Leave user, password and “#” out: the signature says who sends."))
    at_home = _may_be_home(host)
    if parts.scheme != "https" and not (at_home and parts.scheme == "http"):
        raise Refused(_("Write an address that begins with https://."))
    port = port or (443 if parts.scheme == "https" else 80)
    if port not in PORTS and not at_home:
        raise Refused(_("The port is 443 or 8443."))
    number = _number(host, is_bracketed="[" in parts.netloc)
    if number is not None:
        _judge(number)
    elif not NAME.match(host) and not at_home:
        raise Refused(_("Write the full name of a public host, such as example.kz."))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, path)


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send and hear the answer, whatever its status.

    Refused: an address that is not called. OSError: it was not reached, or did not answer in time.
    """
    deadline = monotonic() + TOTAL
    to = target(url)
    connected = _connected(to, _addresses(to, deadline), deadline)
    try:
        secured = _secured(connected, to, deadline)
        try:
            return _ask(to, _Timed(secured, deadline), body, headers)
        finally:
            secured.close()
    finally:
        connected.close()


def _number(host: str, is_bracketed: bool) -> Address | None:
    """The address that a host is, where it is one in its usual spelling."""
    try:
        return ip_address(host)
    except ValueError:
        if is_bracketed:
            raise Refused(_("This is no address: write one such as https://example.kz/hook.")) from None
        return None


def _may_be_home(host: str) -> bool:
    """For trying out, where a setting says so: this machine itself."""
    return settings.OUTWARD_LOOPBACK and host in {"localhost", "127.0.0.1", "::1"}


def _judge(address: Address) -> None:
    if settings.OUTWARD_LOOPBACK and str(address) in {"127.0.0.1", "::1"}:
        return
    if not _is_public(address):
        raise Refused(
            _("%(address)s is not an address of the public internet: give the host a public one.")
            % {"address": address}
        )


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv6Address):
        is_public = address in UNICAST and address.is_global and address not in EXAMPLES
        return is_public and address.scope_id is None
    return address.is_global and not address.is_multicast and address not in RELAYS


def _addresses(to: Target, deadline: float) -> list[str]:
    """All that the name stands for, if every one of them is public."""
    found = list(dict.fromkeys(_looked_up(to, min(deadline, monotonic() + CONNECT))))
    for address in found:
        _judge(ip_address(address))
    return found


def _looked_up(to: Target, until: float) -> list[str]:
    """The system's look-up knows no time limit of ours: it is waited for, not longer than until then."""
    told: Queue[Any] = Queue()

    def ask() -> None:
        try:
            told.put(
                [str(one[4][0]) for one in socket.getaddrinfo(to.host, to.port, type=socket.SOCK_STREAM)]
            )
        except (OSError, UnicodeError) as error:
            told.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = told.get(timeout=max(0.0, until - monotonic()))
    except Empty:
        raise TimeoutError(f"{to.host}: the name was not found in time") from None
    if isinstance(answer, Exception):
        raise NotAnswered(f"{to.host}: {answer}")
    return answer


def _connected(to: Target, addresses: list[str], deadline: float) -> socket.socket:
    """To the first of the judged addresses that takes the call."""
    until = min(deadline, monotonic() + CONNECT)
    failure: OSError = NotAnswered(f"{to.host}: there is no address behind the name")
    for place, address in enumerate(addresses):
        shared = (until - monotonic()) / (len(addresses) - place)
        try:
            return socket.create_connection((address, to.port), timeout=max(0.1, shared))
        except OSError as error:
            failure = error
    raise failure


def _secured(connected: socket.socket, to: Target, deadline: float) -> socket.socket:
    connected.settimeout(max(0.1, deadline - monotonic()))
    if to.scheme == "http":
        return connected
    return ssl.create_default_context().wrap_socket(connected, server_hostname=to.host)


def _ask(to: Target, line: "_Timed", body: bytes, headers: Mapping[str, str]) -> Answer:
    caller = HTTPConnection(to.host, to.port)
    caller.sock = line
    try:
        caller.request("POST", to.path, body, {**headers, "Host": to.named, "Connection": "close"})
        response = caller.getresponse()
        if line.is_full:
            raise NotAnswered("the headers of the answer are too long")
        return Answer(response.status, response.read(KEPT).decode(errors="replace").replace("\x00", ""))
    except HTTPException as error:
        words = f"{type(error).__name__}: {error}".replace("\x00", "")  # of the host, perhaps
        raise NotAnswered(words[:200]) from error


class _Timed:
    """A connected socket, as http.client uses one, that ends by the clock; whoever made the socket closes it."""

    def __init__(self, connected: socket.socket, deadline: float) -> None:
        self._connected, self._deadline, self._read = connected, deadline, 0

    @property
    def is_full(self) -> bool:
        return self._read >= MOST

    def sendall(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            self._hurry()
            left = left[self._connected.send(left) :]

    def makefile(self, *how: Any) -> io.BufferedReader:
        return io.BufferedReader(_Read(self))

    def recv_into(self, buffer: Any) -> int:
        """Nothing more once it was too much: to http.client that is the end."""
        if self.is_full:
            return 0
        self._hurry()
        got = self._connected.recv_into(memoryview(buffer)[: MOST - self._read])
        self._read += got
        return got

    def close(self) -> None:
        """http.client closes before the body is read."""

    def _hurry(self) -> None:
        left = self._deadline - monotonic()
        if left <= 0:
            raise TimeoutError(f"no whole answer within {TOTAL:g} s")
        self._connected.settimeout(left)


class _Read(io.RawIOBase):
    def __init__(self, line: _Timed) -> None:
        self._line = line

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._line.recv_into(buffer)
