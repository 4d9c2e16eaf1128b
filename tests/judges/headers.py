"""The headers that keep a page to itself: each criterion of the MDN HTTP Observatory, by the name that it has there.

The Observatory itself is a program for Node that asks ports 80 and 443, so that it is not run here. All that it asks:
content-security-policy, cookies, cross-origin-resource-policy, cross-origin-resource-sharing, redirection,
referrer-policy, strict-transport-security, subresource-integrity, x-content-type-options, x-frame-options. Over plain
HTTP there is neither a redirection nor a strict transport: `transport` judges the latter over HTTPS.
"""

import re
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from alatau_portal.embedded.apart import Portal

ADDRESSES = (
    "/kk/",
    "/ru/projects/",
    "/en/accounts/login/",
    "/kk/nothing/",
    "/api/v1/projects/",
    "/admin/login/",
    "/health/live",
    "/robots.txt",
    "/.well-known/security.txt",
    "/static/css/portal.css",
)
#: Header → what it says.
EXPECTED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
NONE, SELF = "'none'", "'self'"
DIRECTIVES = {
    "default-src": {NONE},
    "base-uri": {NONE},
    "frame-ancestors": {NONE},
    "form-action": {SELF, NONE},
}
A_YEAR = 31_536_000


def judge(portal: Portal) -> list[str]:
    return [fault for address in ADDRESSES for fault in _faults(portal.url, address)]


def _faults(home: str, address: str) -> list[str]:
    said, body = _asked(home + address)
    found = [f"{name}: {said.get(name)}" for name, value in EXPECTED.items() if said.get(name) != value]
    found += _policy(said.get("content-security-policy", ""), address)
    found += [f"tells a version: {said['server']}"] * bool(re.search(r"\d", said.get("server", "")))
    found += transport(home, said) + cookies(home, said) + sharing(said)
    found += ["no permissions-policy"] * ("camera=()" not in said.get("permissions-policy", ""))
    found += foreign_scripts(body)
    return [f"{address}: {fault}" for fault in found]


def _asked(address: str) -> tuple[dict[str, str], str]:
    try:
        answer: Any = urlopen(Request(address))
    except HTTPError as error:
        answer = error
    with answer:
        body = answer.read().decode(errors="replace")
        cookies_set = "\n".join(answer.headers.get_all("Set-Cookie") or [])
        return {name.lower(): value for name, value in answer.headers.items()} | {
            "set-cookie": cookies_set
        }, body


def cookies(home: str, said: dict[str, str]) -> list[str]:
    """No script reads one and no other site sends one along; over HTTPS none goes without."""
    wanted = ["httponly", "samesite="] + ["secure"] * home.startswith("https://")
    given = [one for one in said.get("set-cookie", "").lower().split("\n") if one]
    return [f"a cookie without {word}: {one}" for one in given for word in wanted if word not in one]


def sharing(said: dict[str, str]) -> list[str]:
    """cross-origin-resource-sharing: what anybody may read, nobody reads with a cookie."""
    is_shared = said.get("access-control-allow-origin", "") not in {"", "null"}
    with_cookies = "access-control-allow-credentials" in said
    return ["shared with other sites together with cookies"] * (is_shared and with_cookies)


def foreign_scripts(body: str) -> list[str]:
    """subresource-integrity: nothing comes from elsewhere, so that nothing needs a hash."""
    found = re.findall(r"<(?:script|link)\b[^>]*?\b(?:src|href)=[\"']?((?:https?:)?//[^\"'\s>]+)", body)
    return [f"loads {address}" for address in found if re.search(r"\.(m?js|css)(\?|$)", address)]


def _policy(policy: str, address: str) -> list[str]:
    """No inline script anywhere; what the admin's theme needs, only there."""
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";") if " " in part.strip())
    found = [f"{name} is {parts.get(name)}" for name, fit in DIRECTIVES.items() if parts.get(name) not in fit]
    unsafe = [word for word in ("'unsafe-inline'", "'unsafe-eval'") if word in parts.get("script-src", "")]
    styles = ["style-src 'unsafe-inline'"] * ("'unsafe-inline'" in parts.get("style-src", ""))
    if not address.startswith("/admin/"):
        found += unsafe + styles
    elif "'unsafe-inline'" in unsafe:
        found.append("'unsafe-inline' in script-src")
    return found + [f"{name} allows any host" for name, value in parts.items() if "*" in value]


def transport(home: str, said: dict[str, str]) -> list[str]:
    """Over HTTPS for a year at least, subdomains too; over HTTP a browser must not be told so."""
    strict = said.get("strict-transport-security", "")
    if not home.startswith("https://"):
        return ["Strict-Transport-Security over HTTP"] * bool(strict)
    long_enough = int((re.findall(r"max-age=(\d+)", strict) or ["0"])[0]) >= A_YEAR
    return [] if long_enough and "includeSubDomains" in strict else [f"Strict-Transport-Security: {strict}"]
