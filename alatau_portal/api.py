"""The addresses under /api/: the registers of every app, the description of the API, and a problem for all the rest."""

from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, include, path, re_path, resolve
from django.utils.translation import get_language
from django.views.decorators.csp import csp_override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page
from drf_spectacular.renderers import OpenApiJsonRenderer2
from drf_spectacular.utils import extend_schema, inline_serializer
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer, JSONRenderer, TemplateHTMLRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.webhooks import Deliveries
from alatau_portal.api_registers import router
from alatau_portal.feed.views import Changes
from core.api.catalogue import CATALOGUE, PLACES
from core.api.errors import problem_response
from core.api.links import link
from core.api.parameters import speak
from core.api.schema import openapi
from core.api.views import CODE, PortalView
from districts.api.differences import FigureDifferences, FigureDifferencesFile
from investors.api.enquiries import Enquiries

_ROOT = {name: f"api:{view}-list" for name, _viewset, view in router.registry} | {
    "changes": "api-changes",
    "figure-differences": "api-figure-differences",
    "openapi": "api-openapi",
    "docs": "api-docs",
}


ENGLISH = {"Content-Language": "en"}


class Root(PortalView):
    """Where everything is."""

    @extend_schema(
        operation_id="root",
        tags=["root"],
        responses=inline_serializer("Root", {name: serializers.URLField(read_only=True) for name in _ROOT}),
    )
    def get(self, request: Request) -> Response:
        return Response({name: link(view) for name, view in _ROOT.items()})


@cache
def openapi_bytes() -> bytes:
    """The description is 0.6 MB: written once a process, not for each reader while the others wait."""
    return JSONRenderer().render(openapi())


class Json(BaseRenderer):
    """What is JSON already."""

    media_type, format, charset = "application/json", "json", None
    render_style = "binary"

    def render(self, data: Any, *args: Any, **kwargs: Any) -> Any:
        return data


class OpenApiJson(Json):
    media_type = OpenApiJsonRenderer2.media_type


@extend_schema(exclude=True)
class OpenApi(PortalView):
    """This description, as docs/openapi.yml has it."""

    renderer_classes = (Json, OpenApiJson)

    def get(self, request: Request) -> Response:
        return Response(openapi_bytes(), headers=ENGLISH)


class PlainText(BaseRenderer):
    media_type, format, charset = "text/markdown", "", "utf-8"

    def render(self, data: str, *args: Any, **kwargs: Any) -> str:
        return data


@extend_schema(exclude=True)
class Document(PortalView):
    """A page of docs/ for those who write programs, with the addresses of this portal in its examples."""

    renderer_classes = (PlainText,)
    file = ""

    def get(self, request: Request) -> Response:
        text = (settings.BASE_DIR / "docs" / self.file).read_text()
        return Response(text.replace("http://127.0.0.1:8000", settings.PUBLIC_URL), headers=ENGLISH)


@extend_schema(exclude=True)
class Errors(PortalView):
    """The catalogue of errors, to which the `type` of every problem leads, in the language of the caller."""

    renderer_classes = (TemplateHTMLRenderer,)
    known_parameters = ("lang",)

    def get(self, request: Request) -> Response:
        told = {"catalogue": CATALOGUE, "places": PLACES, "languages": settings.LANGUAGES}
        headers = {"Content-Language": get_language() or ""}
        return Response(told, template_name="api/errors.html", headers=headers)


@csrf_exempt
@login_not_required
def unmatched(request: HttpRequest) -> HttpResponse:
    """Nothing is here. A reader who left out the last slash is shown the way."""
    speak(request)
    if request.method in {"GET", "HEAD"} and not request.path.endswith("/"):
        try:
            found: Any = resolve(request.path + "/").func
        except Resolver404:
            found = unmatched
        if found is not unmatched:
            return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
    return problem_response(request, 404)


swagger = SpectacularSwaggerSplitView.as_view(url_name="api-openapi", template_name="api/docs.html")

urlpatterns = [
    path("v1/", Root.as_view(), name="api-root"),
    path("v1/openapi.json", OpenApi.as_view(), name="api-openapi"),
    path("v1/changes/", Changes.as_view(), name="api-changes"),
    path("v1/enquiries/", Enquiries.as_view(), name="api-enquiries"),
    re_path(
        rf"^v1/webhooks/(?P<public_id>{CODE})/deliveries/\Z",
        Deliveries.as_view({"get": "list"}),
        name="api-deliveries",
    ),
    path("v1/figure-differences/", FigureDifferences.as_view(), name="api-figure-differences"),
    path("v1/figure-differences.csv", FigureDifferencesFile.as_view(), name="api-figure-differences-csv"),
    path("v1/", include((router.urls, "api"))),
    path("docs/guide.md", Document.as_view(file="api.md"), name="api-guide"),
    path("docs/changelog.md", Document.as_view(file="api-changelog.md"), name="api-changelog"),
    path("docs/errors.md", Document.as_view(file="errors.md"), name="api-errors-text"),
    path("docs/errors/", conditional_page(Errors.as_view()), name="api-errors"),
    path("docs/", csp_override(settings.DOCS_CSP)(swagger), name="api-docs"),
    re_path("", unmatched),
]
