"""Addresses: NUL, bytes that are no UTF-8, numbers without end, letters that run backwards, ways out of a folder."""

from tests.hostile.raw.writing import Raw, ask

ENDLESS = "1" + "0" * 30
PATHS: list[bytes | str] = [
    *(b"/kk/\x00", b"/kk/pro\x00jects/", b"/kk/\xff\xfe/", b"/kk/\xc0\xaf/", b"/kk/\xed\xa0\x80/"),
    *("/kk/%00", "/%00", "/api/v1/projects/%00/", "/api/v1/projects/ALT-P-0001%00/", "/static/%00"),
    *("/static/css/portal.css%00.js", "/open-data/%00.csv", "/open-data/2025-01-01/%00.csv", "/admin/%00/"),
    *(
        "/share/project/%00.kk.png",
        "/feeds/terms/%00.ics",
        "/kk/documents/%00/",
        "/kk/accounts/invitation/%00/",
    ),
    *("/kk/invest/enquiry/status/%00/", "/admin/districts/project/%00/change/", "/.well-known/%00"),
    *(
        "/%ff/",
        "/kk/%ff%fe/",
        "/kk/projects/%ff/",
        "/kk/projects/%c0%af/",
        "/kk/%ed%a0%80/",
        "/%f5%80%80%80/",
    ),
    *("/api/v1/projects/%ff/", "/api/v1/districts/%ed%a0%80/", "/api/v1/%ff", "/static/%ff.css"),
    *("/open-data/%ff.json", "/kk/accounts/invitation/%ff/", "/admin/districts/project/%ff/change/"),
    *(
        "/kk/%u0416/",
        "/kk/%",
        "/kk/%2",
        "/kk/%zz/",
        "/kk/%25%30%30/",
        "/kk/жоба/",
        "/kk/;x=1",
        "/kk//",
        "/kk/./",
    ),
    *(
        "/kk/..%2f..%2fetc/passwd",
        "/static/..%2f..%2fmanage.py",
        "/static/../../manage.py",
        "/open-data/..%2fx.csv",
    ),
    *(
        "/static/%2e%2e/%2e%2e/manage.py",
        "/static/....//....//x",
        "/static/..\\..\\manage.py",
        "/static/%5c..%5cx",
    ),
    *(
        "/static//etc/passwd",
        "/static/%2fetc%2fpasswd",
        "/static/css",
        "/static/css/",
        "/static/./css/portal.css",
    ),
    *("//evil.example/", "//evil.example/%2f..", "/\\evil.example/", "///evil.example", "//evil.example/kk"),
    *(
        "/%0d%0aX-Split:%20yes",
        "/kk/%0d%0aX-Split:%20yes/",
        "/kk%0aX-Split:%20yes",
        "/projects%0d%0aX-Split:%20yes",
    ),
    *(f"/kk/review/publications/{ENDLESS}/", "/kk/review/publications/-1/", "/kk/review/publications/0x10/"),
    *(f"/admin/districts/project/{ENDLESS}/change/", "/admin/districts/project/-1/change/"),
    *("/admin/districts/project/_00/change/", "/admin/districts/project/1e9/change/", "/admin/r/1/0x1/"),
    *(f"/api/v1/figures/{ENDLESS}/", "/api/v1/figures/-1/", "/api/v1/figures/0x1/", "/api/v1/figures/٣/"),
    *(f"/api/v1/uploads/{ENDLESS}/", f"/kk/projects/{ENDLESS}/", f"/kk/projects/ALT-P-{ENDLESS}/"),
    *(f"/kk/accounts/clients/{ENDLESS}/revoke/", f"/kk/meetings/ALT-M-0001/papers/{ENDLESS}/"),
    *(
        "/kk/projects/ש/",
        "/kk/projects/%E2%80%AEgpj/",
        "/kk/projects/%E2%80%8B/",
        "/kk/projects/%F0%9F%92%A9/",
    ),
    *(
        "/api/v1/projects/%E2%80%AE/",
        "/kk/districts/%D3%98%D2%93%D2%9B/",
        "/open-data/0000-00-00/projects.csv",
    ),
    *("/" + "a" * 8000, "/" + "a" * 70_000, "/a" * 4000, "/kk/" + "%20" * 3000, "/kk/" + "../" * 3000),
    *("/api/v1/" + "x/" * 2000, "/static/" + "a" * 5000, "/share/project/" + "a" * 5000 + ".kk.png"),
]
#: Of a page with a register and of a register of the API.
QUERIES = [
    *(
        "q=%00",
        "q=%ff",
        "q=%ed%a0%80",
        "q=%",
        "q=%zz",
        "%00=1",
        "=%00",
        "q[]=1",
        "q=" + "a" * 20_000,
        "&" * 5000,
    ),
    *("q='%20OR%201=1--", "q=%0d%0aX-Split:%20yes", "&".join(f"a{n}=1" for n in range(2000)), "q=%E2%80%AE"),
    *(
        f"page={ENDLESS}",
        "page=-1",
        "page=0x1",
        "page=%00",
        "page=1e5",
        "page=٣",
        "as_of=%00",
        "as_of=0000-00-00",
    ),
    *("as_of=99999-01-01", f"as_of={ENDLESS}", "as_of=2025-02-30", "as_of=2025-01-01T00:00:00%2b99:99"),
    *(
        f"limit={ENDLESS}",
        "limit=-1",
        "limit=1e3",
        "limit=NaN",
        "limit=%00",
        "cursor=%00",
        "cursor=AAAA",
        "cursor=%ff",
    ),
    *(
        "fields=%00",
        "fields=" + "a," * 5000,
        "lang=%00",
        "lang=xx",
        "ordering=%00",
        "ordering=__class__",
        "count=9",
    ),
    *("district=%00", "status=%ff", "next=%0d%0aX-Split:%20yes", "sector=" + "a" * 5000, "q=1&q=2&q=3"),
]
OF_THE_FEED = ["after=%00", "after=AAAA", "after=%ff", f"after={ENDLESS}", "after=-1", "after=" + "A" * 5000]
#: A query that is a piece of an address, of a picture, of a filter of its own.
ELSEWHERE = [
    *("/?next=//evil.example", "/kk/accounts/login/?next=//evil.example", "/kk/accounts/login/?next=%00"),
    *("/kk/accounts/login/?next=%0d%0aX-Split:%20yes", "/kk/search/?q=%00", "/kk/search/?q=%ed%a0%80"),
    *("/kk/search/?q=" + "(" * 3000, "/kk/invest/?power_min=NaN", "/kk/invest/?power_min=1e999"),
    *(
        f"/kk/invest/?power_min={ENDLESS}",
        "/kk/invest/match/?hectares=Infinity",
        "/kk/invest/compare/?plots=%00",
    ),
    *(
        "/kk/figures/difference/?from=%00&to=%ff",
        "/kk/invest/enquiry/?plot=%00",
        "/kk/timeline/?year=" + ENDLESS,
    ),
    *("/admin/login/?next=%0d%0aX-Split:%20yes", "/kk/changes/?kind=%00", "/kk/projects/?q=%5C%27%22%3B--"),
]


def _name(address: bytes | str) -> str:
    return f"address of {len(address)}: {address!r}"[:90]


ADDRESSES = [
    *(Raw(_name(path), ask(path)) for path in PATHS),
    *(Raw(f"page?{query}"[:90], ask(f"/kk/projects/?{query}")) for query in QUERIES),
    *(Raw(f"API?{query}"[:90], ask(f"/api/v1/projects/?{query}")) for query in QUERIES),
    *(Raw(f"feed?{query}"[:90], ask(f"/api/v1/changes/?{query}")) for query in OF_THE_FEED),
    *(Raw(_name(address), ask(address)) for address in ELSEWHERE),
]
