"""What is hardly HTTP: request lines, hosts, line ends, lengths that contradict each other, chunks that do not end."""

from tests.hostile.raw.writing import END, HOST, Raw, ask

MEGABYTE = 2**20
HERE = b"Host: " + HOST + END
SMUGGLED = b"GET /kk/smuggled/ HTTP/1.1\r\n" + HERE + END
POST = b"POST /api/v1/enquiries/ HTTP/1.1\r\n" + HERE + b"Content-Type: application/json\r\n"

#: The first line, or all there is.
FIRST = {
    "nothing but an end": END * 4,
    "ends before the request": END * 3 + ask("/kk/"),
    "HTTP/0.9": b"GET /kk/\r\n",
    "a method alone": b"GET\r\n\r\n",
    "HTTP/9.9": b"GET /kk/ HTTP/9.9\r\n" + HERE + END,
    "HTTP/1.1.1": b"GET /kk/ HTTP/1.1.1\r\n" + HERE + END,
    "a fourth word": b"GET /kk/ HTTP/1.1 more\r\n" + HERE + END,
    "two spaces": b"GET  /kk/  HTTP/1.1\r\n" + HERE + END,
    "tabs": b"GET\t/kk/\tHTTP/1.1\r\n" + HERE + END,
    "an answer": b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    "HTTP/2 by itself": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(9),
    "TLS": bytes.fromhex("16030100f1010000ed0303") + bytes(range(200)),
    "SSH": b"SSH-2.0-OpenSSH_9.2\r\n",
    "SMTP": b"HELO evil.example\r\nMAIL FROM:<a@b>\r\n",
    "noise": bytes(range(256)) * 20,
    "zeros": bytes(5000),
    "a method of 64 KB": ask("/kk/", method=b"A" * 65_536),
    "an absolute address": ask("http://127.0.0.1/kk/"),
    "an absolute address elsewhere": ask("http://evil.example/kk/"),
    "an address of a file": ask("file:///etc/passwd"),
    "an address without a host": ask("http://"),
    "an address with a name": ask("http://user:word@evil.example/kk/"),
    "a path without a slash": ask("kk/"),
    "a star": ask("*"),
    "a star of OPTIONS": ask("*", method=b"OPTIONS"),
    "a proxy is asked": ask("evil.example:443", method=b"CONNECT"),
    "line feeds alone": ask("/kk/").replace(END, b"\n"),
    "carriage returns alone": ask("/kk/").replace(END, b"\r"),
    "half a request": b"GET /kk/ HTT",
    "half a header": b"GET /kk/ HTTP/1.1\r\nHost: 127",
    "one line after another": ask("/kk/").replace(b"Connection: close\r\n", b"") * 3,
}
METHODS = [
    b"get",
    b"GEET",
    b"TRACE",
    b"TRACK",
    b"DEBUG",
    b"PROPFIND",
    b"G\xff",
    b"G\x00T",
    b"GET,POST",
    b"\xd0\x96",
]
HOSTS = {
    "empty": b"",
    "of a variable": b"$x",
    "with a port too high": b"127.0.0.1:99999",
    "with a word for a port": b"127.0.0.1:kk",
    "with two ports": b"127.0.0.1:80:80",
    "of six": b"[::1]",
    "of six, not closed": b"[::1",
    "foreign": b"evil.example",
    "with a space": b"127.0.0.1 evil.example",
    "with an at": b"127.0.0.1@evil.example",
    "with a path": b"127.0.0.1/evil",
    "with a dot behind": b"localhost.",
    "of dots": b"....",
    "with NUL": b"127.0.0.1\x00.evil",
    "no UTF-8": b"\xff\xfe",
    "of a thousand": b"a" * 1000,
    "in code": b"xn--80aaaaaaaaa",
    "percent": b"127.0.0.1%00",
    "with a comma": b"127.0.0.1,evil.example",
    "a script": b"<script>window.__x=1</script>",
}
#: Content-Length and Transfer-Encoding, and what follows.
LENGTHS = {
    "negative": (b"Content-Length: -5\r\n", b"{}"),
    "with a plus": (b"Content-Length: +2\r\n", b"{}"),
    "in sixteens": (b"Content-Length: 0x2\r\n", b"{}"),
    "endless": (b"Content-Length: 1" + b"0" * 30 + b"\r\n", b"{}"),
    "two to the 64": (b"Content-Length: 18446744073709551616\r\n", b"{}"),
    "a word": (b"Content-Length: two\r\n", b"{}"),
    "empty": (b"Content-Length: \r\n", b"{}"),
    "a list": (b"Content-Length: 2, 2\r\n", b"{}"),
    "twice": (b"Content-Length: 2\r\nContent-Length: 2\r\n", b"{}"),
    "two lengths": (b"Content-Length: 2\r\nContent-Length: 60\r\n", b"{}" + SMUGGLED),
    "too long": (b"Content-Length: 999\r\n", b"{}"),
    "too short": (b"Content-Length: 1\r\nConnection: close\r\n", b"{}" + SMUGGLED),
    "none": (b"", b"{}"),
    "and chunks": (b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n" + SMUGGLED),
    "after chunks": (b"Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", b"8\r\nSMUGGLED\r\n0\r\n\r\n"),
    "arabic digits": ("Content-Length: ٢\r\n".encode(), b"{}"),
    "of a GET": (b"Content-Length: 5\r\n", b"hello"),
}
CODINGS = [
    *(b"Transfer-Encoding: xchunked", b"Transfer-Encoding: chunked, chunked", b"Transfer-Encoding : chunked"),
    *(b"Transfer-Encoding:\x0bchunked", b"Transfer-Encoding: identity, chunked"),
    b"Transfer-Encoding: chunked, identity",
    *(b"Transfer-Encoding:\r\n chunked", b"Transfer-Encoding: gzip, chunked", b"Transfer-Encoding: \xff"),
    *(b"Transfer-Encoding: chunked\r\nTransfer-Encoding: x", b"X: y\nTransfer-Encoding: chunked"),
]  # fmt: skip
CHUNKS = {
    "no size": b"zz\r\n{}\r\n0\r\n\r\n",
    "a negative size": b"-1\r\n{}\r\n0\r\n\r\n",
    "a size without end": b"FFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n",
    "a size in tens": b"0x2\r\n{}\r\n0\r\n\r\n",
    "an extension": b'2;name="va\x00lue"\r\n{}\r\n0\r\n\r\n',
    "an extension of 100 KB": b"2;" + b"a" * 100_000 + b"\r\n{}\r\n0\r\n\r\n",
    "no end of a piece": b"2\r\n{}0\r\n\r\n",
    "more than said": b"2\r\n{}{}{}\r\n0\r\n\r\n",
    "line feeds": b"2\n{}\n0\n\n",
    "never ends": b"2\r\n{}\r\n",
    "trailers": b"2\r\n{}\r\n0\r\nHost: evil.example\r\nContent-Length: 5\r\n\r\n",
    "a request behind it": b"0\r\n\r\n" + SMUGGLED,
    "a hundred thousand pieces": b"1\r\n \r\n" * 100_000 + b"0\r\n\r\n",
}
OF_A_HEADER = {
    "of a megabyte": b"X-Long: " + b"a" * MEGABYTE,
    "ten thousand": END.join(b"X-%d: 1" % number for number in range(10_000)),
    "a name of 100 KB": b"X" * 100_000 + b": 1",
    "no colon": b"nonsense",
    "no name": b": nonsense",
    "a space before the colon": b"X-Space : 1",
    "folded": b"X-Folded: a\r\n b\r\n\tc",
    "folded at once": b" X-Folded: a",
    "NUL in it": b"X-Nul: a\x00b",
    "NUL in its name": b"X-N\x00ul: a",
    "control characters": bytes(range(1, 9)) + b": a",
    "a carriage return in it": b"X-Return: a\rX-Split: yes",
    "a line feed in it": b"X-Feed: a\nX-Split: yes",
    "letters in its name": "X-Жоба: 1".encode(),
    "an underline in its name": b"X_Forwarded_For: 1.1.1.1",
    "that asks to go on": b"Expect: 100-continue\r\nContent-Length: 5",
    "that expects more": b"Expect: nonsense",
    "that changes the protocol": b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: \xff",
    "that changes to HTTP/2": b"Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
    "that names what is lost on the way": b"Connection: close, Host, Cookie",
}


def _coded(header: bytes) -> bytes:
    return POST + header + END + END + b"2\r\n{}\r\n0\r\n\r\n"


LINES = [
    *(Raw(f"line: {name}", bytes) for name, bytes in FIRST.items()),
    *(Raw(f"method {method!r}", ask("/kk/", method=method)) for method in METHODS),
    *(Raw(f"API by {method!r}", ask("/api/v1/projects/", method=method)) for method in METHODS),
    Raw("no host", ask("/kk/", host=b"")),
    Raw("two hosts", ask("/kk/", host=HERE + b"Host: evil.example\r\n")),
    *(Raw(f"host {name}", ask("/kk/", host=b"Host: " + host + END)) for name, host in HOSTS.items()),
    *(
        Raw(f"API of a host {name}", ask("/api/v1/projects/", host=b"Host: " + host + END))
        for name, host in HOSTS.items()
    ),
    *(Raw(f"length {name}", POST + length + END + rest) for name, (length, rest) in LENGTHS.items()),
    *(Raw(f"coding {coding!r}", _coded(coding)) for coding in CODINGS),
    *(
        Raw(f"chunks: {name}", POST + b"Transfer-Encoding: chunked\r\n\r\n" + chunks)
        for name, chunks in CHUNKS.items()
    ),
    *(Raw(f"a header {name}", ask("/kk/", header)) for name, header in OF_A_HEADER.items()),
]
