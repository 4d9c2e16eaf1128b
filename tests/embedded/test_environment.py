"""The environment variables: what is given, what is assumed, and one sentence for what is not usable."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from alatau_portal import environment

REAL = {
    "DATABASE_URL": "postgresql://portal:secret@db.example:5432/portal",
    "SECRET_KEY": "s" * 50,
    "ALLOWED_HOSTS": "alatau.example, www.alatau.example",
}


Read = Callable[..., environment.Environment]


@pytest.fixture
def read(data_dir: Path) -> Read:
    return lambda **given: environment.read({"DATA_DIR": str(data_dir), **given})


def test_a_bare_machine_needs_nothing(read: Read, data_dir: Path) -> None:
    settings = read()
    assert (settings.port, settings.host, settings.public_url) == (8000, "127.0.0.1", "http://127.0.0.1:8000")
    assert settings.embedded and settings.demo and settings.data_dir == data_dir
    assert settings.mfa_roles == [] and settings.oc4ids_prefix == "oc4ids-000000"
    assert settings.mailer["OPTIONS"]["folder"] == data_dir / "mail"
    assert settings.allowed_hosts == ["127.0.0.1", "localhost", "[::1]"]
    assert not (data_dir / "postgres").exists(), "reading starts nothing"


def test_former_secret_keys_are_a_list(read: Read) -> None:
    assert read().former_secret_keys == []
    assert read(SECRET_KEY_FALLBACKS=f"{'a' * 50}, {'b' * 50}").former_secret_keys == ["a" * 50, "b" * 50]


def test_the_secret_key_is_made_once_and_kept_to_oneself(read: Read, data_dir: Path) -> None:
    key = read().secret_key
    assert len(key) >= 50 and read().secret_key == key
    assert (data_dir / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_real_installation(read: Read) -> None:
    settings = read(
        **REAL, REDIS_URL="redis://:secret@cache.example:6379/2", PUBLIC_URL="https://alatau.example/"
    )
    assert not settings.embedded and settings.database_url == REAL["DATABASE_URL"]
    assert settings.redis_url == "redis://:secret@cache.example:6379/2"
    assert urlsplit(settings.cache_url).path == "/3"
    assert settings.allowed_hosts == ["alatau.example", "www.alatau.example"]
    assert settings.mfa_roles == ["office", "leadership"]
    assert settings.public_url == "https://alatau.example"


def test_a_real_installation_without_a_broker(read: Read) -> None:
    assert read(**REAL).redis_url == read(**REAL).cache_url == ""


def test_without_a_broker_even_where_one_could_be_brought_along(read: Read) -> None:
    settings = read(REDIS_URL="none")
    assert settings.redis_url == settings.cache_url == "" and not settings.runs_redis


def test_no_role_needs_a_second_factor_where_none_is_named(read: Read) -> None:
    assert read(**REAL, MFA_ROLES="").mfa_roles == []


def test_mail_leaves_as_the_url_says(read: Read) -> None:
    settings = read(EMAIL_URL="smtp+tls://portal:p%40ss@mail.example?from=portal@alatau.example")
    assert settings.mail_from == "portal@alatau.example"
    options = settings.mailer["OPTIONS"]
    assert (options["host"], options["port"], options["password"], options["use_tls"]) == (
        "mail.example",
        587,
        "p@ss",
        True,
    )


def test_webhooks_call_this_machine_only_where_it_is_tried_out(read: Read) -> None:
    assert not read().webhook_loopback
    assert read(WEBHOOK_LOOPBACK="1").webhook_loopback
    with pytest.raises(SystemExit, match=r"^WEBHOOK_LOOPBACK='1' is not usable: .*DATABASE_URL"):
        read(**REAL, WEBHOOK_LOOPBACK="1")


def test_who_migrates_is_who_serves_unless_it_is_given(read: Read) -> None:
    assert read(**REAL).owner_database_url == REAL["DATABASE_URL"]
    owner = "postgresql://owner:secret@db.example:5432/portal"
    assert read(**REAL, OWNER_DATABASE_URL=owner).owner_database_url == owner
    assert read(**REAL, OWNER_DATABASE_URL=owner).database_url == REAL["DATABASE_URL"]
    with pytest.raises(SystemExit, match=r"^OWNER_DATABASE_URL=.* the database of DATABASE_URL"):
        read(**REAL, OWNER_DATABASE_URL=owner.replace("/portal", "/other"))


def test_the_embedded_portal_serves_as_somebody_else_than_who_migrates(read: Read) -> None:
    settings = read()
    assert urlsplit(settings.database_url).username == "portal_app"
    assert urlsplit(settings.owner_database_url).username == "portal_owner"


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_what_a_real_installation_needs_is_named_when_missing(read: Read, name: str) -> None:
    with pytest.raises(SystemExit, match=f"^{name} is missing: .*DATABASE_URL"):
        read(**{key: value for key, value in REAL.items() if key != name})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "eight"),
        ("PORT", "٨٠"),
        ("HOST", "http://localhost"),
        ("PUBLIC_URL", "alatau.example"),
        ("PUBLIC_URL", "https://alatau.example/portal"),
        ("PUBLIC_URL", "https://alatau.example:port"),
        ("DATA_DIR", "/"),
        ("DATA_DIR", "."),
        ("DATA_DIR", "/dev/null/var"),
        ("DEMO", "no"),
        ("DATABASE_URL", "sqlite:///db.sqlite3"),
        ("DATABASE_URL", "postgresql://db.example"),
        ("OWNER_DATABASE_URL", "postgresql://owner@db.example/portal"),  # and no DATABASE_URL
        ("REDIS_URL", "localhost:6379"),
        ("REDIS_URL", "redis://localhost/first"),
        ("SECRET_KEY", "short"),
        ("ALLOWED_HOSTS", "https://alatau.example"),
        ("EMAIL_URL", "mail.example:25"),
        ("STORAGE_URL", "ftp://files.example"),
        ("SCANNER_URL", "clamd.example:3310"),
        ("MAP_TILE_URL", "https://tiles.example/"),
        ("OC4IDS_PREFIX", "ocds-213czf"),
        ("MFA_ROLES", "office, minister"),
        ("WEB_THREADS", "0"),
        ("WEBHOOK_LOOPBACK", "yes"),
    ],
)
def test_what_is_malformed_stops_the_start_with_one_sentence(read: Read, name: str, value: str) -> None:
    with pytest.raises(SystemExit) as refusal:
        read(**{name: value})
    assert str(refusal.value).startswith(name)
    assert "\n" not in str(refusal.value)
