"""Entity tags: the name of the exact bytes of an answer (RFC 9110, 8.8.3), and the 304 for who has them already."""

from hashlib import blake2b
from typing import IO, Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags

#: Of the content: an answer without it has none of these (RFC 9110, 15.4.5).
OF_CONTENT = ("Content-Type", "Content-Length", "Content-Language", "Content-Disposition")


def tag_of(body: bytes) -> str:
    """A strong entity tag, quotes included: the same bytes give the same tag, other bytes another."""
    return _quoted(blake2b(body, digest_size=16))


def tag_of_file(file: IO[bytes]) -> str:
    """The same, of a file that is at its beginning, and is again afterwards."""
    digest = blake2b(digest_size=16)
    while piece := file.read(1 << 16):
        digest.update(piece)
    file.seek(0)
    return _quoted(digest)


def _quoted(digest: Any) -> str:
    return f'"{digest.hexdigest()}"'


def tagged(response: Any) -> None:
    """Give an answer 200 its tag; not what is sent as it is made (a file says its own), nor a HEAD of nothing made."""
    if not response.streaming and response.content and "ETag" not in response:
        response.headers["ETag"] = tag_of(response.content)


def unless_known(request: HttpRequest, response: Any) -> Any:
    """The answer; to `If-None-Match` with its tag, a 304 with what may have changed around the content."""
    known = request.META.get("HTTP_IF_NONE_MATCH")  # `request.headers` would read all of them
    if known is None or not is_named(response.headers.get("ETag"), known):
        return response
    for close in response._resource_closers:
        close()
    headers = {name: value for name, value in response.headers.items() if name not in OF_CONTENT}
    short = HttpResponse(status=304, headers=headers)
    del short.headers["Content-Type"]
    return short


def is_named(tag: str | None, listed: str) -> bool:
    """Whether a list of tags, or `*`, names this one: by weak comparison, as If-None-Match wants (RFC 9110, 13.1.2)."""
    return tag is not None and any(name.removeprefix("W/") in {"*", tag} for name in parse_etags(listed))
