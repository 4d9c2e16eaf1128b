"""What differs between installations, read once from the environment variables of interface.md 1.

    ENV = environment.read()   # starts nothing; what is malformed or missing ends the start with a sentence
    embedded.ensure(ENV)       # embedded mode only: uses the servers of DATA_DIR, or starts them

In embedded mode (no DATABASE_URL) `database_url`, `redis_url` and `cache_url` lead to the servers of
DATA_DIR, and what is made once (the secret key) is kept there. Standard library only: the installer reads
it too, before anything is installed.
"""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from alatau_portal import identity
from alatau_portal.embedded import postgres, valkey
from alatau_portal.embedded.outside import made_once
from alatau_portal.embedded.places import Places
from alatau_portal.environment_seeing import metrics_token, security_contact
from alatau_portal.environment_words import Words

ROOT = Path(__file__).resolve().parent.parent
ROLES = ("office", "leadership", "executor", "investor", "auditor")
OC4IDS_PLACEHOLDER = "oc4ids-000000"  # until the registry of the standard gives one
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
MAIL_BACKENDS = "django.core.mail.backends"


@dataclass(frozen=True)
class Environment:
    """The portal's surroundings; every field is valid."""

    port: int
    host: str
    public_url: str
    data_dir: Path
    demo: bool
    embedded: bool
    database_url: str
    owner_database_url: str
    redis_url: str
    cache_url: str
    secret_key: str
    former_secret_keys: list[str]
    allowed_hosts: list[str]
    mailer: dict[str, Any]
    mail_from: str
    storage_url: str
    scanner_url: str
    map_tile_url: str
    oc4ids_prefix: str
    mfa_roles: list[str]
    oidc: dict[str, str]
    web_threads: int
    wizard_offline: bool
    pooled: bool
    webhook_loopback: bool
    security_contact: str
    metrics_token: str

    @property
    def runs_redis(self) -> bool:
        """The broker is the embedded one."""
        return self.redis_url.startswith("redis+socket://")

    @property
    def files_dir(self) -> Path:
        return Path(self.storage_url.removeprefix("file://")) if self.storage_url else self.data_dir / "files"


def read(variables: Mapping[str, str] = os.environ) -> Environment:
    """The environment, or SystemExit with one sentence that names the variable and the remedy."""
    given = _Given(variables)
    host, port = given.host(), given.number("PORT", 8000, 1, 65535)
    public_url = given.public_url(host, port)
    data_dir = given.data_dir()
    embedded = not given.text("DATABASE_URL")
    places = Places.of(data_dir)
    mailer, mail_from = given.mail(public_url, data_dir)
    redis_url, cache_url = given.redis(places if embedded else None)
    database_url, owner_database_url = given.databases(places if embedded else None)
    return Environment(
        port=port,
        host=host,
        public_url=public_url,
        data_dir=data_dir,
        demo=given.switch("DEMO", True),
        embedded=embedded,
        database_url=database_url,
        owner_database_url=owner_database_url,
        redis_url=redis_url,
        cache_url=cache_url,
        secret_key=given.secret_key(embedded, data_dir),
        former_secret_keys=given.former_secret_keys(),
        allowed_hosts=given.allowed_hosts(embedded, host, public_url),
        mailer=mailer,
        mail_from=mail_from,
        storage_url=given.storage_url(),
        scanner_url=given.scanner_url(),
        map_tile_url=given.map_tile_url(),
        oc4ids_prefix=given.oc4ids_prefix(),
        mfa_roles=given.mfa_roles(embedded),
        oidc=identity.read(given.text),
        web_threads=given.number("WEB_THREADS", 4, 1, 64),
        wizard_offline=given.switch("WIZARD_OFFLINE", True),
        pooled=bool(given.text("PORTAL_WEB")),  # set by wsgi.py
        webhook_loopback=given.webhook_loopback(embedded),
        security_contact=security_contact(given),
        metrics_token=metrics_token(given),
    )


class _Given(Words):
    """Each method answers a valid value or stops the start."""

    def host(self) -> str:
        value = self.text("HOST") or "127.0.0.1"
        if not re.fullmatch(r"[0-9A-Za-z.:_-]+", value):
            raise self._refuse(
                "HOST", "give a host name or an address without port, such as 127.0.0.1 or 0.0.0.0."
            )
        return value

    def public_url(self, host: str, port: int) -> str:
        if not self.text("PUBLIC_URL"):
            shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
            return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
        remedy = "give the address that visitors use, such as https://alatau.example, without a path."
        parts = self._url("PUBLIC_URL", remedy)
        plain = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)
        if parts.scheme not in ("http", "https") or not parts.hostname or not plain:
            raise self._refuse("PUBLIC_URL", remedy)
        return f"{parts.scheme}://{parts.netloc}"

    def data_dir(self) -> Path:
        path = ROOT / os.path.expanduser(self.text("DATA_DIR") or "var")
        if path.resolve() in (Path(os.path.expanduser("~")), ROOT, *ROOT.parents):
            raise self._refuse("DATA_DIR", "give a directory of its own, such as var or /srv/alatau.")
        return path.resolve()

    def databases(self, places: Places | None) -> tuple[str, str]:
        """As who serves, and as who migrates: the same account where the second is not given."""
        owner = "OWNER_DATABASE_URL" if self.text("OWNER_DATABASE_URL") else "DATABASE_URL"
        if places:
            if owner != "DATABASE_URL":
                raise self._refuse(owner, "leave it out where DATABASE_URL is not set.")
            return postgres.url(places), postgres.url(places, postgres.USER)
        if self._database(owner) != self._database("DATABASE_URL"):
            raise self._refuse(owner, "give the database of DATABASE_URL, as the account that owns it.")
        return self.text("DATABASE_URL"), self.text(owner)

    def _database(self, variable: str) -> str:
        remedy = "give postgresql://user:password@host:5432/name (PostgreSQL 15 or newer)."
        parts = self._url(variable, remedy)
        if parts.scheme not in ("postgresql", "postgres") or not (name := parts.path.strip("/")):
            raise self._refuse(variable, remedy)
        return name

    def redis(self, places: Places | None) -> tuple[str, str]:
        """The broker in Celery's words and the cache in redis-py's; empty without a broker."""
        if self.text("REDIS_URL") == "none":
            return "", ""
        if self.text("REDIS_URL"):
            return self._given_redis()
        if places and valkey.binary():
            socket = quote(str(places.redis_socket))
            return f"redis+socket://{socket}?virtual_host=0", f"unix://{socket}?db=1"
        return "", ""

    def _given_redis(self) -> tuple[str, str]:
        """The cache takes the database after the broker's, so that clearing it leaves the queue alone."""
        remedy = "give redis://:password@host:6379/0 (or rediss://), or none."
        parts = self._url("REDIS_URL", remedy)
        number = parts.path.strip("/") or "0"
        if parts.scheme not in ("redis", "rediss") or not parts.hostname or not number.isdigit():
            raise self._refuse("REDIS_URL", remedy)
        broker, cache = (parts._replace(path=f"/{int(number) + step}").geturl() for step in (0, 1))
        return broker, cache

    def secret_key(self, embedded: bool, data_dir: Path) -> str:
        value = self.text("SECRET_KEY")
        if value and len(value) < 32:
            raise SystemExit(
                "SECRET_KEY is too short: give at least 50 random characters and keep them secret."
            )
        if value or not embedded:
            return value or self._missing("SECRET_KEY", "at least 50 random characters, kept secret")
        return made_once(data_dir / "secret-key", secrets.token_urlsafe(48))

    def former_secret_keys(self) -> list[str]:
        return [key for key in re.split(r"[,\s]+", self.text("SECRET_KEY_FALLBACKS")) if key]

    def _missing(self, name: str, example: str) -> str:
        raise SystemExit(f"{name} is missing: where DATABASE_URL is set, give {name} too ({example}).")

    def allowed_hosts(self, embedded: bool, host: str, public_url: str) -> list[str]:
        hosts = [name.strip() for name in self.text("ALLOWED_HOSTS").split(",") if name.strip()]
        for name in hosts:
            if not re.fullmatch(r"\*|\.?[0-9A-Za-z_-]+(\.[0-9A-Za-z_-]+)*|\[[0-9A-Fa-f:.]+\]", name):
                raise self._refuse(
                    "ALLOWED_HOSTS", "give host names separated by commas, without scheme and port."
                )
        if not hosts and not embedded:
            self._missing("ALLOWED_HOSTS", "the host names that visitors use, separated by commas")
        if hosts:
            return hosts
        name = urlsplit(public_url).hostname or host
        return list(dict.fromkeys([f"[{name}]" if ":" in name else name, *LOOPBACK]))

    def mail(self, public_url: str, data_dir: Path) -> tuple[dict[str, Any], str]:
        """How mail leaves, in the words of MAILERS, and from whom; without EMAIL_URL a file a message."""
        sender = f"noreply@{urlsplit(public_url).hostname}"
        if not self.text("EMAIL_URL"):
            files = {"BACKEND": "core.mail.FolderBackend", "OPTIONS": {"folder": data_dir / "mail"}}
            return files, sender
        remedy = (
            "give smtp+tls://user:password@host:587?from=portal@alatau.example (or smtp://, smtp+ssl://)."
        )
        parts = self._url("EMAIL_URL", remedy)
        if parts.scheme not in ("smtp", "smtp+tls", "smtp+ssl") or not parts.hostname:
            raise self._refuse("EMAIL_URL", remedy)
        options = {
            "host": parts.hostname,
            "port": parts.port or {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}[parts.scheme],
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_tls": parts.scheme == "smtp+tls",
            "use_ssl": parts.scheme == "smtp+ssl",
            "timeout": 20,
        }
        sender = parse_qs(parts.query).get("from", [sender])[0]
        return {"BACKEND": f"{MAIL_BACKENDS}.smtp.EmailBackend", "OPTIONS": options}, sender

    def storage_url(self) -> str:
        remedy = "give file:///directory, or leave it out to keep files in DATA_DIR."
        parts = self._url("STORAGE_URL", remedy)
        if self.text("STORAGE_URL") and not (
            parts.scheme == "file" and not parts.netloc and parts.path.strip("/")
        ):
            raise self._refuse("STORAGE_URL", remedy)
        return self.text("STORAGE_URL")

    def scanner_url(self) -> str:
        remedy = "give tcp://host:3310 or unix:/path of clamd; without it the office releases files."
        parts = self._url("SCANNER_URL", remedy)
        place = {"tcp": parts.hostname, "unix": parts.path.strip("/")}.get(parts.scheme)
        if self.text("SCANNER_URL") and not place:
            raise self._refuse("SCANNER_URL", remedy)
        return self.text("SCANNER_URL")

    def map_tile_url(self) -> str:
        remedy = "give https://host/{z}/{x}/{y}.png, or leave it out for the schematic map."
        parts = self._url("MAP_TILE_URL", remedy)
        value = self.text("MAP_TILE_URL")
        has_axes = all(f"{{{axis}}}" in value for axis in "zxy")
        if value and not (parts.scheme in ("http", "https") and parts.netloc and has_axes):
            raise self._refuse("MAP_TILE_URL", remedy)
        return value

    def oc4ids_prefix(self) -> str:
        value = self.text("OC4IDS_PREFIX") or OC4IDS_PLACEHOLDER
        if not re.fullmatch(r"oc4ids-[0-9a-z]{6}", value):
            raise self._refuse(
                "OC4IDS_PREFIX", "give the registered prefix, oc4ids- and six letters or digits."
            )
        return value

    def mfa_roles(self, embedded: bool) -> list[str]:
        """Given but empty means: no role."""
        default = "" if embedded else "office,leadership"
        roles = [
            role.strip() for role in self._variables.get("MFA_ROLES", default).split(",") if role.strip()
        ]
        if set(roles) - set(ROLES):
            raise self._refuse(
                "MFA_ROLES", f"give some of {', '.join(ROLES)}, separated by commas, or nothing."
            )
        return roles

    def webhook_loopback(self, embedded: bool) -> bool:
        """Whether webhooks may call this machine itself, for trying them out."""
        wanted = self.switch("WEBHOOK_LOOPBACK", False)
        if wanted and not embedded:
            raise self._refuse("WEBHOOK_LOOPBACK", "leave it out where DATABASE_URL is set.")
        return wanted
