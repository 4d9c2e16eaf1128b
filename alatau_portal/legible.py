"""What Django cannot even make a request of: it would be answered by nothing but a 500, before any page of ours."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.http import MAX_HEADER_LENGTH

type Environ = dict[str, Any]
type Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class Legible:
    """A WSGI application around the portal's: a type of content that is longer than any is no type that is known.

    A page passes over it, and the API says that it does not take such a thing (415).
    """

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if len(environ.get("CONTENT_TYPE", "")) > MAX_HEADER_LENGTH:
            environ["CONTENT_TYPE"] = "application/octet-stream"
        return self._application(environ, start_response)
