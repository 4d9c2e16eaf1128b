"""What every address of the API has in common."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.utils.cache import patch_cache_control, patch_vary_headers
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from core import ledger
from core.api import parameters

#: What a code or a public id is made of; anything else is not an address.
CODE = "[-a-zA-Z0-9_]+"


class Manners:
    """Methods, parameters, language, the past and caching: the same everywhere under /api/."""

    known_parameters: tuple[str, ...] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if request.method not in self.allowed_methods:
            self.http_method_not_allowed(request, *args, **kwargs)
        super().initial(request, *args, **kwargs)
        if request.method == "OPTIONS":
            return
        parameters.refuse_unknown(request.query_params, self.takes())
        self.lang = parameters.language(request.query_params)
        self.moment = parameters.moment(request.query_params, request.user)

    def takes(self) -> set[str]:
        """The query parameters of this address."""
        return set(self.known_parameters)

    def options(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(status=204)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(response, ["Accept", "Authorization", "Cookie", "Accept-Language"])
        # Asked of the request, not of the reader: an error may come before anybody knows who reads.
        if "Authorization" in request.headers or settings.SESSION_COOKIE_NAME in request.COOKIES:
            patch_cache_control(response, private=True, no_store=True)
        else:
            patch_cache_control(response, no_cache=True)
        return response


class PortalView(Manners, APIView):
    """An address that is not a register."""


class Register(Manners, ListModelMixin, RetrieveModelMixin, GenericViewSet):
    """A list and its objects, for reading. `get_queryset` begins with `visible_to(self.request.user)`."""

    def takes(self) -> set[str]:
        known = {*parameters.COMMON, *self.known_parameters}
        if not self.detail:
            filterset = getattr(self, "filterset_class", None)
            known |= {*self.paginator.parameters, *(filterset.base_filters if filterset else ())}
        return known

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "lang": getattr(self, "lang", None)}

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The register, page by page."""
        with self._in_its_time():
            return super().list(request, *args, **kwargs)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One object."""
        with self._in_its_time():
            return super().retrieve(request, *args, **kwargs)

    @contextmanager
    def _in_its_time(self) -> Iterator[None]:
        """Queries and serialization in the past that was asked for; the right to it was judged before, as of today."""
        if self.moment is None:
            yield
        else:
            with ledger.as_of(self.moment):
                yield
