"""`/api/v1/changes/?after=<cursor>`."""

from hashlib import sha256

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Substitution
from alatau_portal.feed import passes
from alatau_portal.feed.cursor import BadCursor, Cursor
from alatau_portal.feed.described import PAGE, ShownObject, names, parameters
from alatau_portal.feed.reading import Reader
from core.api.errors import WrongParameters
from core.api.fields import CodeField
from core.api.links import with_query
from core.api.pagination import DEFAULT, MOST, whole
from core.api.views import PortalView
from core.text import LANGUAGES


@extend_schema_serializer(component_name="Change")
class ChangeSerializer(serializers.Serializer):
    """What an object of a register is now, or that it is no more, for this caller."""

    resource = serializers.CharField(read_only=True, help_text="The register, as in its address.")
    id = serializers.CharField(read_only=True, help_text="What the object is called in its address.")
    url = serializers.URLField(read_only=True)
    op = CodeField(
        passes.Became,
        help_text="For this caller: what he may see since is `created`, what he may not see any more `removed`.",
    )
    at = serializers.DateTimeField(read_only=True, help_text="When it was last touched; not in order.")
    version = serializers.IntegerField(read_only=True, allow_null=True, min_value=1)
    object = ShownObject(help_text="As the list of its register shows it now; null once removed.")


@extend_schema_serializer(component_name="ChangePage", examples=[PAGE])
class PageSerializer(serializers.Serializer):
    results = ChangeSerializer(many=True, read_only=True)
    next = serializers.URLField(read_only=True, help_text="What to ask next. It is always there: keep it.")
    more = serializers.BooleanField(
        read_only=True, help_text="There is more already: go on at once. Otherwise ask again later."
    )


class Changes(PortalView):
    """Everything that the caller may see, then whatever of it changes, for as long as he asks.

    Each entry holds its object as it is now: a copy is kept by putting `object` in the place of what stood at `url`,
    and by taking out what is `removed`. Entries of one object come in order; several changes are told as one. What the
    caller may not see is not told, nor that it changed. A cursor holds for months. It belongs to who asked, for these
    registers and in this language: after his rights have changed he begins anew.
    """

    known_parameters = ("after", "resource", "limit", "lang")

    def read_parameters(self, request: Request) -> None:
        super().read_parameters(request)
        self.limit = whole("limit", request, DEFAULT, 1, MOST)
        self.registers = self._registers(request)
        self.cursor = self._cursor(request)

    @extend_schema(
        operation_id="changes", tags=["changes"], parameters=parameters(), responses=PageSerializer
    )
    def get(self, request: Request) -> Response:
        reader = Reader(request, self.lang, self.registers)
        try:
            page = passes.page(reader, self.cursor, self.limit)
        except passes.Lost as error:
            raise self._anew("lost", _("This cursor has seen what this portal has not.")) from error
        query = request.query_params.copy()
        query["after"] = str(page.cursor)
        body = {"results": page.entries, "next": with_query(request.path, query), "more": page.more}
        spoken = self.lang or ", ".join(LANGUAGES)
        return Response(body, headers={"Content-Language": spoken})

    def _registers(self, request: Request) -> list[str]:
        text = request.query_params.get("resource")
        if text is None:
            return names()
        wanted, known = text.split(","), names()
        if unknown := [name for name in wanted if name not in known]:
            words = {"unknown": ", ".join(unknown), "known": ", ".join(known)}
            detail = _("Unknown: %(unknown)s. The registers are: %(known)s.") % words
            raise WrongParameters(("resource", "invalid_choice", detail))
        if len(set(wanted)) < len(wanted):
            raise WrongParameters(("resource", "repeated", _("Name each register once.")))
        return sorted(wanted)

    def _cursor(self, request: Request) -> Cursor:
        asker = self._asker(request)
        text = request.query_params.get("after")
        if text is None:
            return Cursor(asker)
        try:
            cursor = Cursor.parse(text)
        except BadCursor as error:
            detail = _("Take the cursor from “next” as it stands, or leave “after” out to begin anew.")
            raise WrongParameters(("after", "invalid", detail)) from error
        if cursor.asker != asker:
            raise self._anew(
                "other_reader",
                _("This cursor was given to other rights, for other registers or in another language."),
            )
        return cursor

    def _asker(self, request: Request) -> str:
        """Who asks for what: what he has been told is only right for the same rights, registers and language."""
        user, today = request.user, timezone.localdate()
        bodies = sorted(
            str(body)
            for body in Substitution.objects.by(user, today).values_list("person__organisation", flat=True)
        )
        rights = [getattr(user, "role", ""), getattr(user, "organisation_id", None), *bodies]
        asked = [*rights, "/", *self.registers, "/", self.lang]
        return sha256(" ".join(map(str, asked)).encode()).hexdigest()[:12]

    @staticmethod
    def _anew(code: str, what: str) -> WrongParameters:
        remedy = _("Leave “after” out to begin anew, and put what is told in the place of what you have.")
        return WrongParameters(("after", code, f"{what} {remedy}"))
