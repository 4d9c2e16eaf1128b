"""Forms of pages: fields without end, parts without a border, names of files that are none."""

from tests.hostile.raw.writing import END, SECRET, Raw, send

ENQUIRY, LOGIN, ADMIN = "/kk/invest/enquiry/", "/kk/accounts/login/", "/admin/login/"
PLACES = (ENQUIRY, LOGIN)
PLAIN = "application/x-www-form-urlencoded"
LINES = {
    "no UTF-8": b"name=%ff%fe&login=%ff&password=%ff",
    "half of a pair": b"name=%ed%a0%80&login=%ed%a0%80&password=a",
    "NUL": b"name=a%00b&login=a%00b&password=a%00b&text=%00",
    "a hundred thousand fields": b"&".join(b"a%d=1" % number for number in range(100_000)),
    "two thousand of one name": b"login=a&" * 2000,
    "three megabytes": b"text=" + b"a" * (3 * 2**20),
    "bad percents": b"login=%&password=%zz&name=%u0416",
    "no names": b"=&=&==&&&",
    "a token that is none": b"csrfmiddlewaretoken=%00&login=a",
    "ten to the thirty": b"step=1" + b"0" * 30 + b"&version=1" + b"0" * 30 + b"&consent_version=-1",
    "raw bytes": bytes(range(256)),
    "a long name": b"login=" + b"a" * 100_000 + b"&password=" + b"b" * 100_000,
    "lines in a name": b"login=a%0d%0aBcc:%20x@example.org&password=a&email=a%0d%0aBcc:%20x@example.org",
    "backwards": "login=%E2%80%AE%E2%81%A6&password=ש".encode(),
    "where to go": b"login=a&password=b&next=//evil.example&next=%0d%0aX-Split:%20yes",
}


def part(head: bytes, content: bytes = b"x", border: bytes = b"b") -> bytes:
    return b"--" + border + END + head + END + END + content + END


NAMED = b'Content-Disposition: form-data; name="text"'
FILE = b'Content-Disposition: form-data; name="file"; filename='
INNER = b"Content-Type: multipart/mixed; boundary=c"
CLOSED = b"--b--\r\n"
BORDERED = "multipart/form-data; boundary=b"
PARTS: dict[str, tuple[str, bytes]] = {
    "no border": ("multipart/form-data", part(NAMED) + CLOSED),
    "an empty border": ("multipart/form-data; boundary=", part(NAMED) + CLOSED),
    "a border of 5,000": ("multipart/form-data; boundary=" + "b" * 5000, part(NAMED, border=b"b" * 5000)),
    "a border in Kazakh": ("multipart/form-data; boundary=ә", part(NAMED, border="ә".encode())),
    "a border in quotes": ('multipart/form-data; boundary="b', part(NAMED) + CLOSED),
    "two borders": ("multipart/form-data; boundary=b; boundary=c", part(NAMED) + CLOSED),
    "another border": (BORDERED, part(NAMED, border=b"c")),
    "no end": (BORDERED, part(NAMED)),
    "nothing": (BORDERED, b""),
    "only the end": (BORDERED, CLOSED),
    "ten thousand parts": (BORDERED, part(NAMED) * 10_000 + CLOSED),
    "three thousand files": (BORDERED, part(FILE + b'"a.txt"') * 3000 + CLOSED),
    "no name": (BORDERED, part(b"Content-Disposition: form-data") + CLOSED),
    "no head": (BORDERED, part(b"") + CLOSED),
    "a head of a megabyte": (BORDERED, part(NAMED + b"; x=" + b"a" * 2**20) + CLOSED),
    "a name with NUL": (BORDERED, part(FILE + b'"a\x00.txt"') + CLOSED),
    "a name that leads out": (BORDERED, part(FILE + b'"../../../etc/passwd"') + CLOSED),
    "a name of Windows": (BORDERED, part(FILE + b'"C:\\\\x\\\\..\\\\a.txt"') + CLOSED),
    "a name that is none": (BORDERED, part(FILE + b'"\xff\xfe"') + CLOSED),
    "a name in a charset": (BORDERED, part(FILE[:-9] + b"filename*=utf-8''%ff%00") + CLOSED),
    "a name in no charset": (BORDERED, part(FILE[:-9] + b"filename*=nonsense''a") + CLOSED),
    "a name of 100 KB": (BORDERED, part(FILE + b'"' + b"a" * 100_000 + b'.txt"') + CLOSED),
    "a name of nothing": (BORDERED, part(FILE + b'""') + CLOSED),
    "a name of dots": (BORDERED, part(FILE + b'".."') + CLOSED),
    "base64 that is none": (BORDERED, part(NAMED + END + b"Content-Transfer-Encoding: base64", b"!!!") + CLOSED),
    "a charset that is none": (BORDERED, part(NAMED + END + b"Content-Type: text/plain; charset=\xff") + CLOSED),
    "a form in a form": (BORDERED, part(NAMED + END + INNER, b"--c\r\n") + CLOSED),
    "bytes that are no UTF-8": (BORDERED, part(NAMED, b"\xff\xfe\x00") + CLOSED),
    "a charset field": (BORDERED, part(b'Content-Disposition: form-data; name="_charset_"', b"utf-16") + CLOSED),
    "heads folded": (BORDERED, part(NAMED + END + b" folded: yes\r\n\tand: more") + CLOSED),
    "line feeds": (BORDERED, (part(NAMED) + CLOSED).replace(END, b"\n")),
}  # fmt: skip

FORMS = [
    *(Raw(f"{place} {name}", send(place, body, PLAIN)) for place in PLACES for name, body in LINES.items()),
    *(
        Raw(f"{place} parts: {name}", send(place, body, kind))
        for place in PLACES
        for name, (kind, body) in PARTS.items()
    ),
    *(Raw(f"{ADMIN} {name}", send(ADMIN, body, PLAIN)) for name, body in LINES.items()),
    Raw("the switch of languages", send("/i18n/setlang/", b"language=%00&next=//evil.example", PLAIN)),
    Raw("its way back", send("/i18n/setlang/", b"language=kk&next=%0d%0aX-Split:%20yes", PLAIN)),
    Raw("a token in the body", send(LOGIN, b"csrfmiddlewaretoken=" + SECRET + b"\xff&login=a", PLAIN)),
]
