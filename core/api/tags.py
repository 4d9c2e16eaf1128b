"""Entity tags: the name of the exact bytes of an answer (RFC 9110, 8.8.3)."""

from hashlib import blake2b


def tag_of(body: bytes) -> str:
    """A strong entity tag, quotes included: the same bytes give the same tag, other bytes another."""
    return f'"{blake2b(body, digest_size=16).hexdigest()}"'
