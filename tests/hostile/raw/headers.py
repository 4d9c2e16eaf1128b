"""Headers that a server reads: languages, cookies, keys, ranges, tags, days, addresses of those who forward."""

from tests.hostile.raw.writing import Raw, ask

ENDLESS = b"1" + b"0" * 30
VALUES: dict[str, list[bytes]] = {
    "Accept": [
        b"*/*;q=abc",
        b";;;",
        b"/",
        b"text/html;q=\xff",
        b"a/b," * 3000,
        b"application/json;version=" + ENDLESS,
        b"application/json;" + b"a" * 11_000,
    ],
    "Accept-Language": [
        *(
            b"\xff\xfe",
            b"xx-" * 2000,
            b"kk;q=NaN",
            b"*;q=1e999",
            b"kk\x00",
            b"../../kk",
            b"kk-" + b"a" * 5000,
        ),
        b"kk," * 3000,
    ],
    "Accept-Encoding": [b"gzip;q=abc", b"identity;q=0", b"*;q=0", b"\xff", b"gzip," * 3000],
    "Authorization": [
        *(
            b"Bearer",
            b"Bearer \xff",
            b"Bearer a b c",
            b"Basic !!!",
            b"Basic " + b"A" * 10_000,
            b"Negotiate x",
        ),
        *(
            "Bearer жоба".encode(),
            b"Token x",
            b"Bearer alt_\x00",
            b"\x00",
            b"Bearer " + b"a" * 60_000,
            b"Basic Og==",
        ),
        *(b"Digest username=\x22", b"bearer\talt_x"),
    ],
    "Cookie": [
        *(
            b"s=\xff",
            b"s=" + b"a" * 60_000,
            b"s=\x00",
            b"django_language=\x01",
            b"s=../../etc/passwd",
            b"=; ;;=",
            b"s",
        ),
        *(b"csrf=%00", b"s=%0d%0aX-Split:%20yes", b"; ".join(b"c%d=1" % number for number in range(2000))),
        *(
            b"s=1; s=2; s=3",
            b's="',
            b"django_language=kk%0d%0aX-Split: yes",
            "s=жоба".encode(),
            b"known=AAAA",
        ),
        *(b"django_language=<script>", b"known=" + b"A" * 5000, b"messages=\xff"),
    ],
    "Range": [
        *(
            b"bytes=0-0",
            b"bytes=-1",
            b"bytes=" + ENDLESS + b"-",
            b"bytes=a-b",
            b"bytes=" + b"0-1," * 3000,
            b"\xff",
        ),
        *(b"bytes=5-1", b"lines=1-2", b"bytes=0-" + ENDLESS, b"bytes=--1"),
    ],
    "If-None-Match": [
        b'"',
        b"W/",
        b"*",
        b"a" * 5000,
        b'"\xff"',
        b'"a",' * 3000,
        b"\x00",
        b'W/"' + b"a" * 5000,
    ],
    "If-Match": [b'"', b"*", b"\xff", b'"a",' * 3000],
    "If-Modified-Since": [
        *(
            b"x",
            b"Thu, 99 Foo " + ENDLESS,
            b"Mon, 01 Jan 0001 00:00:00 GMT",
            b"Fri, 31 Dec 9999 23:59:59 GMT",
        ),
        *(b"\xff", b"Sat, 30 Feb 2026 00:00:00 GMT", b"-1"),
    ],
    "If-Unmodified-Since": [b"x", b"Mon, 01 Jan 0001 00:00:00 GMT"],
    "If-Range": [b'"', b"x", b"\xff"],
    "Content-Type": [b"\xff", b"x", b"/", b"text/html; charset=\xff", b"a/b;" * 3000, b"multipart/form-data"],
    "X-Forwarded-For": [b"$x", b"1.1.1.1, " * 3000, b"\xff", b"999.999.999.999", b"::1%eth0", b"<script>"],
    "X-Forwarded-Host": [b"evil.example", b"\xff"],
    "X-Forwarded-Proto": [b"https", b"\xff", b"https,http"],
    "X-Request-Id": [b"\xff", b"a" * 60_000, b"a\x00b", b"<script>", b"%0d%0aX-Split: yes", b"\x1b[31m"],
    "Traceparent": [b"00-\xff", b"00-" + b"0" * 32 + b"-" + b"0" * 16 + b"-01", b"a" * 5000],
    "Origin": [b"null", b"http://evil.example", b"\xff", b"http://["],
    "Referer": [b"\xff", b"http://[", b"javascript:1", b"a" * 60_000],
    "User-Agent": [
        b"\xff",
        b"\x00",
        b"<script>window.__x=1</script>",
        b"a" * 60_000,
        b"",
        b"%n%s%d",
        b"${jndi:ldap://x}",
    ],
    "Hx-Request": [b"\xff"],
    "Hx-Current-Url": [b"http://[", b"\xff", b"//evil.example"],
    "Sec-Fetch-Site": [b"\xff"],
    "Via": [b"\xff"],
    "Max-Forwards": [b"-1"],
    "Te": [b"\xff"],
    "Proxy": [b"http://evil.example"],
    "Date": [b"\xff"],
    "Upload-Offset": [ENDLESS],
}
#: A page, a register of the API, a file: who reads a header differs.
PLACES = ("/kk/", "/api/v1/projects/")
FILES = ("/robots.txt", "/open-data/projects.csv")
OF_FILES = {"Range", "If-None-Match", "If-Modified-Since", "If-Range", "Accept-Encoding"}


def _raw(place: str, name: str, value: bytes) -> Raw:
    return Raw(f"{place} {name}: {value!r}"[:90], ask(place, name.encode() + b": " + value))


HEADERS = [
    *(_raw(place, name, value) for name, values in VALUES.items() for value in values for place in PLACES),
    *(_raw(place, name, value) for name in sorted(OF_FILES) for value in VALUES[name] for place in FILES),
]
