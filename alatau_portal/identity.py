"""The identity provider of the house, from the variables OIDC_URL, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and OIDC_NAME.

Standard library only, as environment.py, which reads it.
"""

from collections.abc import Callable
from hashlib import sha256
from urllib.parse import urlsplit

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
NAMES = ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")


def read(text: Callable[[str], str]) -> dict[str, str]:
    """Nothing where there is none; SystemExit with one sentence where it is half given or not safe."""
    url = text("OIDC_URL")
    if not url:
        if given := [name for name in (*NAMES, "OIDC_NAME") if text(name)]:
            raise SystemExit(
                f"{given[0]} is given without OIDC_URL: give the issuer's address too, or neither."
            )
        return {}
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    plain = not (parts.query or parts.fragment or parts.username) if host else False
    safe = host and (parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK))
    if not (plain and safe):
        raise SystemExit(
            f"OIDC_URL={url!r} is not usable: give the issuer as the provider writes it, such as"
            " https://id.example.kz/realms/gov (http only on this machine itself)."
        )
    for name in NAMES:
        if not text(name):
            raise SystemExit(f"{name} is missing: where OIDC_URL is set, give {name} too.")
    return {
        # Links belong to this provider: another one may know the same person by another name.
        "id": f"oidc-{sha256(url.encode()).hexdigest()[:12]}",
        "url": url,
        "client_id": text("OIDC_CLIENT_ID"),
        "secret": text("OIDC_CLIENT_SECRET"),
        "name": text("OIDC_NAME") or host,
    }
