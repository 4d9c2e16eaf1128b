"""How a request is written down: `HOST` stands for the address of the portal, `WHO` for whoever asks."""

from typing import NamedTuple

HOST, WHO = b"@@HOST@@", b"@@WHO@@"
#: What a session, or nobody, sends along besides: a form is then judged by its content rather than by its token.
SECRET = b"Zq7" * 10 + b"Zq"
FORM_TOKEN = b"X-CSRFToken: " + SECRET
END = b"\r\n"


class Raw(NamedTuple):
    name: str
    bytes: bytes

    def to(self, host: str, who: bytes = b"") -> bytes:
        """The bytes for this address; `who` are whole lines of a header."""
        return self.bytes.replace(HOST, host.encode()).replace(WHO, who)


def ask(
    path: bytes | str,
    *headers: bytes | str,
    method: bytes = b"GET",
    body: bytes = b"",
    host: bytes = b"Host: " + HOST + END,
) -> bytes:
    """An ordinary request but for what is given."""
    line = b"%s %s HTTP/1.1" % (method, _bytes(path))
    lines = [line + END + host + b"Connection: close" + END + WHO, *(_bytes(one) + END for one in headers)]
    return b"".join(lines) + END + body


def send(path: str, body: bytes, kind: str = "application/json", *headers: bytes | str) -> bytes:
    """A write of the right length."""
    told = [f"Content-Type: {kind}", f"Content-Length: {len(body)}", FORM_TOKEN, *headers]
    return ask(path, *told, method=b"POST", body=body)


def _bytes(words: bytes | str) -> bytes:
    return words if isinstance(words, bytes) else words.encode()
