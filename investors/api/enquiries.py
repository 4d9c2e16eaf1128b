"""An enquiry sent by a program: anybody may send one, nobody reads them here."""

import re
from decimal import Decimal
from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from core import rates
from core.api import idempotency
from core.api.bodies import Body, Named, OneCode, Said, YesOrNo
from core.api.views import PortalView
from core.countries import to_choose
from districts.choices import Sector
from districts.models import District, LandPlot
from investors import services
from investors.api.examples import ENQUIRY, RECEIPT
from investors.choices import ConsentPurpose, EnquiryStart, Language
from investors.intake import HIDDEN, LARGEST, LONGEST, fault_of, normal
from investors.models import ConsentText, Enquiry, Opportunity
from investors.receipts import status_path

OPTIONAL: dict[str, Any] = {"required": False}
_ANY, _LINES = f"[^{HIDDEN}\\r\\n\\t]", f"[^{HIDDEN}]"


class Column(Said):
    """Words of a column, as investors.intake judges them."""

    def __init__(self, column: str, shape: dict[str, Any] | None = None, **kwargs: Any) -> None:
        self.column = column
        one = _LINES if column == "text" else _ANY
        written = f"^{one}*[^\\s\\u2060\\ufeff{HIDDEN}]{one}*$"
        plain = {"type": "string", "minLength": 1, "maxLength": LONGEST.get(column, 40), "pattern": written}
        self.shape = shape or plain  # type: ignore[misc]
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.wrong("text")
        if not data.strip():
            self.wrong("blank")
        if fault := fault_of(self.column, data):
            raise serializers.ValidationError(fault, "invalid")
        return normal(data)


class Amount(Said):
    """An exact number above nought, as a string."""

    default_error_messages = {"exact": _("Write a number above 0 in quotation marks, such as “12.5”.")}

    def __init__(self, column: str, places: int = 2, **kwargs: Any) -> None:
        self.column, self.pattern = column, rf"^[0-9]{{1,7}}(\.[0-9]{{1,{places}}})?$"
        self.shape = {  # type: ignore[misc]
            "type": "string",
            "pattern": self.pattern,
            "description": f"Above 0, up to {LARGEST[column]}.",
            "examples": ["12.5"],
        }
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> Decimal:
        if not isinstance(data, str) or not re.fullmatch(self.pattern, data, re.ASCII):
            self.wrong("exact")
        number = Decimal(data)
        if fault := fault_of(self.column, number):
            raise serializers.ValidationError(fault, "invalid")
        return number


class Whole(Said):
    """A whole number from 1 up."""

    default_error_messages = {"whole": _("Write a whole number from 1 to %(most)s.")}

    def __init__(self, most: int, **kwargs: Any) -> None:
        self.most = most
        self.shape = {"type": "integer", "minimum": 1, "maximum": most}  # type: ignore[misc]
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, float) and data.is_integer():
            data = int(data)
        if not isinstance(data, int) or isinstance(data, bool) or not 0 < data <= self.most:
            self.wrong("whole", most=self.most)
        return int(data)


class Sectors(Said):
    shape: ClassVar[dict[str, Any]] = {
        "type": "array",
        "items": {"type": "string", "enum": list(Sector.values)},
        "maxItems": 20,
    }

    def to_internal_value(self, data: Any) -> list[str]:
        known = isinstance(data, list) and len(data) <= 20
        if not known or any(not isinstance(one, str) or one not in Sector.values for one in data):
            self.wrong("code", value=str(data)[:60], allowed=", ".join(Sector.values))
        return list(dict.fromkeys(data))


COUNTRY = {
    "type": "string",
    "enum": sorted(code for code, _name in to_choose("en")),
    "description": "ISO 3166-1",
}
BIN = {
    "type": "string",
    "pattern": "^[0-9]{4}[456][0-9]{7}$",
    "description": "Of a company, with its check digit.",
}
EMAIL = {"type": "string", "format": "email", "maxLength": LONGEST["email"]}
PHONE = {"type": "string", "pattern": r"^\+?[0-9][0-9 ()./-]{4,37}[0-9]$"}
WEBSITE = {"type": "string", "format": "uri", "pattern": "^https?://", "maxLength": LONGEST["website"]}


@extend_schema_serializer(examples=[ENQUIRY])
class EnquiryBody(Body):
    """Who asks, what is planned, what is asked, and the number of the text of consent that the person agreed to."""

    language = OneCode(Language)
    organisation_name = Column("organisation_name")
    country = Column("country", COUNTRY)
    website = Column("website", WEBSITE, **OPTIONAL)
    bin = Column("bin", BIN, **OPTIONAL)
    person_name = Column("person_name")
    position = Column("position", **OPTIONAL)
    email = Column("email", EMAIL)
    phone = Column("phone", PHONE, **OPTIONAL)
    sectors = Sectors(**OPTIONAL)
    district = Named(District, **OPTIONAL)
    plot = Named(LandPlot, "public_id", **OPTIONAL)
    opportunity = Named(Opportunity, "public_id", **OPTIONAL)
    hectares = Amount("hectares", **OPTIONAL)
    power_mw = Amount("power_mw", **OPTIONAL)
    water_m3_day = Amount("water_m3_day", 1, **OPTIONAL)
    rail = YesOrNo(**OPTIONAL)
    jobs = Whole(LARGEST["jobs"], **OPTIONAL)
    starts = OneCode(EnquiryStart, **OPTIONAL)
    text = Column("text")
    consent_version = Whole(32_767)


@extend_schema_serializer(component_name="EnquiryReceipt", examples=[RECEIPT])
class ReceiptSerializer(serializers.Serializer):
    """That it came: keep the address to yourself, whoever has it sees how far the enquiry is."""

    receipt = serializers.CharField(read_only=True)
    promised_on = serializers.DateField(read_only=True, help_text="The day by which it is answered.")
    status_url = serializers.URLField(read_only=True)


class MayEnquire(BasePermission):
    """Anybody; a token, where there is one, is one that may write."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return request.method != "POST" or "write" in getattr(request.auth, "scopes", ["write"])


class Enquiries(PortalView):
    """Enquiries of investors."""

    permission_classes = (MayEnquire,)
    known_parameters = ("lang",)

    @extend_schema(
        operation_id="enquiries_create",
        tags=["enquiries"],
        summary="Send an enquiry",
        description="Ask the project office: answered with a receipt, the day by which it replies and the address of "
        "the state. No token is needed. The person must have agreed to the text of consent of that number, shown at "
        "/invest/enquiry/.",
        auth=[{"token": []}, {}],
        request=EnquiryBody,
        responses={201: ReceiptSerializer},
    )
    def post(self, request: Request) -> Response:
        return idempotency.once(request, lambda: self._received(request))

    def _received(self, request: Request) -> Response:
        read = EnquiryBody(data=request.data, context={"request": request})
        read.is_valid(raise_exception=True)
        said = read.validated_data
        number, today = said.pop("consent_version"), timezone.localdate()
        consent = ConsentText.objects.in_force(ConsentPurpose.ENQUIRY, today)
        made = services.submit_enquiry(
            client_uuid=uuid4(),
            consent=consent if consent and consent.number == number else None,
            address=rates.address_of(request),
            today=today,
            **said,
        )
        told = _told(made)
        return Response(told, 201, headers={"Location": told["status_url"]})


def _told(enquiry: Enquiry) -> dict[str, Any]:
    with translation.override(enquiry.language):
        address = settings.PUBLIC_URL + status_path(enquiry.receipt)
    return {
        "receipt": enquiry.receipt,
        "promised_on": enquiry.promised_on.isoformat(),
        "status_url": address,
    }
