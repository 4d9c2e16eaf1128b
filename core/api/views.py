"""What every address of the API has in common."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.text import capfirst
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from core import access, ledger
from core.api import built, parameters, sparse
from core.api.columns import Table, columns
from core.api.deprecation import Deprecated, announce
from core.api.exports import FORMATS, ROWS_AT_ONCE, passing, written
from core.api.parsers import refuse_large
from core.api.tags import tag_of_file
from core.api.throttles import ExportThrottle, PieceThrottle, WriteThrottle
from core.choices import AccessKind
from core.text import LANGUAGES

LIMITS: dict[str | None, Any] = {"POST": WriteThrottle, "DELETE": WriteThrottle, "PATCH": PieceThrottle}
#: What scripts of pages elsewhere may read of the headers.
READ_ELSEWHERE = (
    "ETag, Location, Content-Disposition, Idempotency-Replayed, Retry-After, RateLimit-Limit, RateLimit-Remaining,"
    " RateLimit-Reset, Deprecation, Sunset, Link"
)
#: What a code or a public id is made of; anything else is not an address.
CODE = "[-a-zA-Z0-9_]+"


class Manners:
    """Methods, parameters, language, the past and caching: the same everywhere under /api/."""

    known_parameters: tuple[str, ...] = ()
    #: What will go (core.api.deprecation): this address, or some of its parameters by name.
    deprecated: Deprecated | None = None
    deprecated_parameters: Mapping[str, Deprecated] = {}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        parameters.speak(request)
        if request.method not in self.allowed_methods:
            self.http_method_not_allowed(request, *args, **kwargs)
        refuse_large(request, self.parser_classes)
        super().initial(request, *args, **kwargs)
        if request.method != "OPTIONS":
            self.read_parameters(request)

    def read_parameters(self, request: Request) -> None:
        parameters.refuse_unknown(request.query_params, self.takes())
        self.lang = parameters.language(request.query_params)
        self.moment = parameters.moment(request.query_params, request.user)

    def takes(self) -> set[str]:
        """The query parameters of this address."""
        return set(self.known_parameters)

    def options(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        response = HttpResponse(status=204)
        del response.headers["Content-Type"]  # of nothing
        return response

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(response, ["Accept", "Authorization", "Cookie", "Accept-Language"])
        # Asked of the request, not of the reader: an error may come before anybody knows who reads.
        if "Authorization" in request.headers or settings.SESSION_COOKIE_NAME in request.COOKIES:
            patch_cache_control(response, private=True, no_store=True)
        else:
            patch_cache_control(response, no_cache=True)
            # What everybody may read, pages elsewhere may too.
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Expose-Headers"] = READ_ELSEWHERE
        if throttle := getattr(self, "throttle", None):
            for name, value in throttle.headers().items():
                response.headers[name] = value
        announce(response, self._going(request))
        return response

    def _going(self, request: Request) -> Iterator[Deprecated]:
        if self.deprecated:
            yield self.deprecated
        yield from (one for name, one in self.deprecated_parameters.items() if name in request.GET)

    def limit(self) -> Any:
        """The limit that this request counts for; none for what is read."""
        return LIMITS.get(self.request.method)

    def get_throttles(self) -> list[Any]:
        limit = self.limit()
        self.throttle = limit and limit()
        return [self.throttle] if self.throttle else []


class PortalView(Manners, APIView):
    """An address that is not a register."""


class Register(Manners, ListModelMixin, RetrieveModelMixin, GenericViewSet):
    """A list and its objects, for reading; core.api.writing adds what writes.

    `get_queryset` begins with `visible_to(self.request.user)`. `formats` are those beside JSON; `geometry` names the
    field that GeoJSON shows on a map; `parts` the ways to other rows that show in an object (core.api.parts).
    """

    parts: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("csv", "xlsx")
    geometry = ""
    format_name = ""  # of an export; the router sets it
    is_built = (
        False  # lists for visitors come from the database as JSON (core.api.built): `rows(user)` says of what
    )

    def takes(self) -> set[str]:
        if getattr(getattr(self, self.action or "", None), "writes", False):
            return {"lang"}
        known = {*parameters.COMMON, "fields", *self.known_parameters}
        if not self.detail:
            filterset = getattr(self, "filterset_class", None)
            known |= set(filterset.base_filters if filterset else ())
        if self.paginator and not self.detail:
            known |= set(self.paginator.parameters)
        return known

    def read_parameters(self, request: Request) -> None:
        super().read_parameters(request)
        self.fields = sparse.asked(request.query_params, self.get_serializer())

    def get_serializer_context(self) -> dict[str, Any]:
        said = {"lang": getattr(self, "lang", None), "fields": getattr(self, "fields", None)}
        return {**super().get_serializer_context(), **said}

    def filter_queryset(self, queryset: Any) -> Any:
        rows = super().filter_queryset(queryset)
        return sparse.lighten(rows, self.get_serializer()) if self.fields else rows

    @cached_property
    def paginator(self) -> Any:
        """An export has no pages."""
        return None if self.format_name else self.pagination_class()

    def get_renderers(self) -> list[Any]:
        return [FORMATS[self.format_name].renderer()] if self.format_name else super().get_renderers()

    def limit(self) -> Any:
        return ExportThrottle if self.format_name else super().limit()

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The register, page by page."""
        if self._may_be_built(request):
            return self._built(request)
        with self._in_its_time():
            return super().list(request, *args, **kwargs)

    def _may_be_built(self, request: Request) -> bool:
        plain = "indent" not in (request.accepted_media_type or "")
        return self.is_built and plain and self.moment is None and request.user.is_anonymous

    def _built(self, request: Request) -> HttpResponse:
        """The same bytes, put together by the database."""
        known = self.queryset.model.objects.visible_to(request.user)
        keys = self.paginator.keys_of_page(self.filter_queryset(known), request, self)
        page = JSONRenderer().render(self.paginator.get_paginated_response([]).data)
        whole = page.replace(b'"results":[]', b'"results":[%s]' % built.texts(self, keys).encode(), 1)
        return HttpResponse(whole, content_type="application/json")

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One object."""
        with self._in_its_time():
            return super().retrieve(request, *args, **kwargs)

    def export(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        """The whole register as a file."""
        sent_as = FORMATS[self.format_name]
        named = f"{self._name()}-{timezone.localdate(self.moment)}.{self.format_name}"
        about: dict[str, Any] = {
            "content_type": sent_as.content_type,
            "headers": {"Content-Disposition": f'attachment; filename="{named}"'},
        }
        with self._in_its_time():
            rows = self.filter_queryset(self.get_queryset())
            if request.method == "HEAD":
                return StreamingHttpResponse((), **about)  # how long it is, is known when it is made
            with closing(rows.iterator(chunk_size=ROWS_AT_ONCE)) as read:
                file = written(self._table(rows.model, read), sent_as)
        access.log(request.user, rows.model, AccessKind.EXPORT, purpose=named)
        about["headers"]["ETag"] = tag_of_file(file)
        return FileResponse(file, **about)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        if response.status_code in {200, 201}:
            response.headers.setdefault(
                "Content-Language", getattr(self, "lang", None) or ", ".join(LANGUAGES)
            )
        return response

    def _name(self) -> str:
        return self.request.path.rpartition("/")[2].partition(".")[0]

    def _table(self, model: Any, rows: Iterator[Any]) -> Table:
        """A map needs the place and the key of each row, whatever fields were asked for."""
        fields = self.fields and {*self.fields, self.geometry, self.lookup_field}
        told = self.serializer_class(context={**self.get_serializer_context(), "fields": fields})
        return Table(
            title=str(capfirst(model._meta.verbose_name_plural)),
            columns=columns(self.get_serializer(), model),
            rows=map(told.to_representation, passing(rows)),
            geometry=self.geometry,
            key=self.lookup_field,
        )

    @contextmanager
    def _in_its_time(self) -> Iterator[None]:
        """Queries and serialization in the past that was asked for; the right to it was judged before, as of today."""
        if self.moment is None:
            yield
        else:
            with ledger.as_of(self.moment):
                yield
