"""Bodies that say they are JSON: too deep, too large, in no encoding, with numbers that are none."""

import json

from tests.hostile.raw.writing import Raw, send

ENQUIRIES, INSTRUCTIONS = "/api/v1/enquiries/", "/api/v1/instructions/"
DEEP = 10_000
JSON: dict[str, bytes] = {
    "nothing": b"",
    "a space": b" ",
    "null": b"null",
    "a list": b"[]",
    "a word": b'"x"',
    "a number": b"1",
    "yes": b"true",
    "two objects": b"{}{}",
    "single quotes": b"{'a': 1}",
    "a comma at the end": b'{"a": 1,}',
    "a remark": b"{/* */}",
    "cut off": b'{"a": "b',
    "brackets": b"[" * DEEP,
    "brackets that close": b"[" * DEEP + b"]" * DEEP,
    "objects in objects": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "a text in objects": b'{"text":' + b'{"kk":' * 500 + b"1" + b"}" * 501,
    "too large a number": b'{"hectares": 1e999}',
    "a number of the edge": b'{"hectares": 1.7976931348623157e308}',
    "not a number": b'{"hectares": NaN}',
    "without end": b'{"hectares": Infinity}',
    "less than everything": b'{"hectares": -Infinity}',
    "a hundred thousand digits": b'{"hectares": ' + b"9" * 100_000 + b"}",
    "ten to the thirty": b'{"consent_version": 1' + b"0" * 30 + b', "version": 1' + b"0" * 30 + b"}",
    "minus one": b'{"consent_version": -1, "version": -1}',
    "in sixteens": b'{"consent_version": 0x1}',
    "one name twice": b'{"name": "a", "name": "b", "name": {"a": 1}}',
    "a mark of order": b'\xef\xbb\xbf{"name": "a"}',
    "UTF-16": '{"name": "a"}'.encode("utf-16"),
    "bytes that are no UTF-8": b'{"name": "\xff\xfe"}',
    "too long a spelling": b'{"name": "\xc0\xaf"}',
    "half of a pair, raw": b'{"name": "\xed\xa0\x80"}',
    "half of a pair": b'{"name": "\\ud800"}',
    "half of a pair in a name": b'{"\\udfff": 1}',
    "NUL": b'{"name": "a\\u0000b", "text": "\\u0000"}',
    "NUL, raw": b'{"name": "a\x00b"}',
    "NUL in a name": b'{"a\\u0000": 1}',
    "a hundred thousand names": json.dumps({f"a{number}": 1 for number in range(100_000)}).encode(),
    "a hundred thousand rows": b'{"rows": [' + b"{}," * 99_999 + b"{}]}",
    "two megabytes": b'{"name": "' + b"a" * 2**21 + b'"}',
    "prototypes": b'{"__proto__": {"is_staff": true}, "constructor": 1, "__class__": 1}',
    "lists for words": b'{"name": ["a"], "email": {"a": 1}, "text": [[["x"]]]}',
    "escapes": b'{"name": "\\x41\\q"}',
    "control characters": b'{"name": "a\x01\x02"}',
}
KINDS = [
    *("", "x", "application/json; charset=utf-16", "application/json; charset=nonsense", "application/xml"),
    *(
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/json; charset=\x00",
    ),
    *(
        "application/json;" + "a" * 5000,
        "application/json, text/html",
        "APPLICATION/JSON;;;",
        "application/x-python",
    ),
]
KEYS: list[bytes] = [
    *(
        b"Idempotency-Key: \xff",
        b"Idempotency-Key: " + b"a" * 5000,
        b"Idempotency-Key: ",
        b"Idempotency-Key: a\x00",
    ),
    *(
        b"Idempotency-Key: a\r\nIdempotency-Key: b",
        b"If-Match: \xff",
        b"If-Match: *",
        b'If-Match: "' + b"a" * 5000,
    ),
]
#: Verbs of something that is not there, and pieces of files.
VERBS = [
    *(
        "/api/v1/instructions/ALT-I-9999/report/",
        "/api/v1/instructions/%00/start/",
        "/api/v1/requests/%ff/reply/",
    ),
    *(
        "/api/v1/instructions/bulk/",
        "/api/v1/webhooks/",
        "/api/v1/uploads/",
        "/api/v1/progress-reports/bundle/",
    ),
    *("/api/v1/reporting-periods/0000-00/lock/", "/api/v1/extensions/ALT-E-9999/grant/"),
]
OF_A_VERB = (
    "brackets",
    "half of a pair",
    "NUL",
    "ten to the thirty",
    "lists for words",
    "too large a number",
)

BODIES = [
    *(Raw(f"enquiry: {name}", send(ENQUIRIES, body)) for name, body in JSON.items()),
    *(Raw(f"instruction: {name}", send(INSTRUCTIONS, body)) for name, body in JSON.items()),
    *(Raw(f"enquiry as {kind}"[:90], send(ENQUIRIES, b'{"name": "a"}', kind)) for kind in KINDS),
    *(Raw(f"instruction as {kind}"[:90], send(INSTRUCTIONS, b'{"text": "a"}', kind)) for kind in KINDS),
    *(Raw(f"enquiry with {key!r}"[:90], send(ENQUIRIES, b"{}", "application/json", key)) for key in KEYS),
    *(Raw(f"{verb}: {name}", send(verb, JSON[name])) for verb in VERBS for name in OF_A_VERB),
]
