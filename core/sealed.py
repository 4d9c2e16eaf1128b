"""Secrets that the portal itself has to read again: sealed with a key of SECRET_KEY, so that a dump of the database
alone does not open them.

What only has to be recognised (a password, a token) is hashed instead.
"""

import base64
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import connection
from django.utils.crypto import salted_hmac


class Unreadable(ValueError):
    """It was sealed with another SECRET_KEY than those that are set."""


def seal(text: str) -> str:
    return _lock().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """What was sealed, also with a key that stands in SECRET_KEY_FALLBACKS now. Unreadable where none opens it."""
    try:
        return _lock().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unreadable("sealed with another SECRET_KEY") from error


def is_sealed(text: str) -> bool:
    """By the version and the time that every seal begins with: no base32 and no hexadecimal digits do."""
    return text.startswith("gAAAA")


@cache
def lasting_key(name: str) -> bytes:
    """32 bytes that go with the database: through a restore, and past a new SECRET_KEY (core/sql/secret.sql)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM core_secret WHERE name = %s", [name])
        return bytes(cursor.fetchone()[0])


def _lock() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str | bytes) -> bytes:
    digest = salted_hmac("core.sealed", b"", secret=key, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest)
