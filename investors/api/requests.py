"""Requests between an investor and the office in the API: for both sides, and for those of the house who read."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from accounts.api.serializers import OrganisationRef
from core.api.bodies import Body, Said, Words
from core.api.examples import API, CHANGED
from core.api.fields import CodeField, UrlField, WordField
from core.api.serializers import Row
from core.api.views import CODE
from core.api.writing import Writing, verb
from core.choices import ScanState
from investors.models import Request
from investors.request_choices import RequestKind, RequestState, Side
from investors.request_filters import RequestFilter
from investors.services import requests as services
from investors.services.requests import Written

REQUEST = OpenApiExample(
    "Request",
    {
        "url": f"{API}/requests/ALT-Q-0001/",
        "public_id": "ALT-Q-0001",
        "organisation": {
            "code": "caspian_group",
            "name": {"kk": "Caspian Group АҚ", "ru": "АО «Caspian Group»", "en": "Caspian Group JSC"},
            "url": f"{API}/organisations/caspian_group/",
        },
        "kind": "utilities",
        "title": "Су тарту",
        "asked_side": "office",
        "state": "answered",
        "holder": "investor",
        "promised_on": "2026-03-31",
        "wanted_by": None,
        "messages": [
            {
                "side": "investor",
                "text": "Су қашан тартылады?",
                "at": "2026-03-16T11:00:00+05:00",
                "erased_at": None,
                "files": [{"name": "сызба.pdf", "size": 18220, "scan_state": "clean"}],
            },
            {
                "side": "office",
                "text": "Қыркүйекте",
                "at": "2026-03-18T15:30:00+05:00",
                "erased_at": None,
                "files": [],
            },
        ],
        "is_demo": False,
        "asked_at": "2026-03-16T11:00:00+05:00",
        "ended_at": None,
        **CHANGED,
    },
    response_only=True,
)
REPLY = OpenApiExample("Reply", {"text": "Қыркүйекте", "version": 3}, request_only=True)
OPTIONAL: dict[str, Any] = {"required": False}


class MessageFileSerializer(serializers.Serializer):
    """A file that came with a message; it is opened on the page of the request."""

    name = serializers.CharField(source="file.name", read_only=True)
    size = serializers.IntegerField(source="file.size", read_only=True)
    scan_state = CodeField(ScanState, source="file.scan_state", help_text="Only a clean file is opened.")


class MessageSerializer(serializers.Serializer):
    """What somebody of a side wrote."""

    side = CodeField(Side, help_text="Who wrote it.")
    text = WordField(help_text="null where it came with a file alone, or was erased.")
    at = serializers.DateTimeField(read_only=True)
    erased_at = serializers.DateTimeField(read_only=True, allow_null=True)
    files = MessageFileSerializer(many=True, read_only=True)


@extend_schema_serializer(component_name="Request", examples=[REQUEST])
class RequestSerializer(Row):
    """What one side asks of the other, who has to move, and what was written."""

    reads: ClassVar[dict[str, tuple[str, ...]]] = {"messages": ("messages",)}

    url = UrlField("request", "public_id")
    public_id = serializers.CharField(read_only=True)
    organisation = OrganisationRef(read_only=True)
    kind = CodeField(RequestKind)
    title = serializers.CharField(read_only=True)
    asked_side = CodeField(Side, help_text="Of whom it is asked.")
    state = CodeField(RequestState)
    holder = WordField(help_text="Who has to move next: office or investor; null where it is over.")
    promised_on = serializers.DateField(
        read_only=True, allow_null=True, help_text="By when the office answers, while it holds the ball."
    )
    wanted_by = serializers.DateField(
        read_only=True, allow_null=True, help_text="By when the office would like the investor to move."
    )
    messages = MessageSerializer(many=True, read_only=True)
    is_demo = serializers.BooleanField(read_only=True, help_text="Invented, for trying out.")
    asked_at = serializers.DateTimeField(source="created_at", read_only=True)
    ended_at = serializers.DateTimeField(read_only=True, allow_null=True)


class Version(Said):
    """The version that the caller has read: where the request has changed since, nothing is written."""

    shape: ClassVar[dict[str, Any]] = {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}

    def to_internal_value(self, data: Any) -> int:
        is_whole = isinstance(data, int) or (
            isinstance(data, float) and data.is_integer()
        )  # 2.0 is an integer, too
        if not is_whole or isinstance(data, bool) or not 0 < data < 2**31:
            self.wrong("named", value=str(data)[:30])
        return int(data)


@extend_schema_serializer(examples=[REPLY])
class ReplyBody(Body):
    """A message."""

    text = Words(20_000)
    version = Version(**OPTIONAL)


class EndBody(Body):
    """Last words, where there are any."""

    text = Words(20_000, **OPTIONAL)
    version = Version(**OPTIONAL)


class RequestRegister(Writing):
    """What investors and the office ask of each other, the latest first: an investor reads its own, the house all."""

    formats = ()
    serializer_class = RequestSerializer
    filterset_class = RequestFilter
    lookup_field, lookup_value_regex = "public_id", CODE
    queryset = Request.objects.none()
    parts = ("organisation", "holds", "messages__files__file")

    def get_queryset(self) -> Any:
        rows = Request.objects.visible_to(self.request.user).for_display(self.request.user)
        return rows.prefetch_related("messages__files__file")

    @verb(ReplyBody, shown=RequestSerializer)
    def reply(self, row: Request, **said: Any) -> Any:
        """Write a message: from the side that is asked it is the answer, from the other it asks again; either way the
        ball passes."""
        return services.reply(row, _written(said), by=said["by"], expected=said.get("version"))

    @verb(EndBody, shown=RequestSerializer)
    def close(self, row: Request, **said: Any) -> Any:
        """Close the request: it is settled. What was never answered is closed only with words."""
        return services.close_request(row, _written(said), by=said["by"], expected=said.get("version"))

    @verb(EndBody, shown=RequestSerializer)
    def withdraw(self, row: Request, **said: Any) -> Any:
        """Withdraw the request: who asked needs it no more."""
        return services.withdraw_request(row, _written(said), by=said["by"], expected=said.get("version"))


def _written(said: dict[str, Any]) -> Written:
    return Written(said.get("text", ""))
