"""What a package of ours may hold, as a JSON Schema (draft 4): the part of OC4IDS 0.9.5 that the register fills.

Written by hand from the standard, and narrower: a field that we do not publish is unknown here, so that nothing slips
out unseen; every list has an item, every text a letter; codes of closed lists are those of the standard.
"""

from typing import Any

from core.text import LANGUAGES
from districts.choices import (
    DocumentKind,
    MilestoneCode,
    MilestoneStatus,
    MilestoneType,
    ProjectStatus,
    ProjectType,
)

#: ISO 4217, as the standard has it: those that are in use.
CURRENCIES = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
    "CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG "
    "HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA "
    "MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD "
    "RUB RWF SAR SBD SCR SDG SEK SGD SHP SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD "
    "UYU UZS VES VND VUV WST XAF XCD XDR XOF XPF YER ZAR ZMW"
).split()
SECTORS = (
    "education health energy energy.solar energy.wind energy.hydropower energy.biomass energy.geothermal "
    "communications waterAndWaste governance economy cultureSportsAndRecreation transport transport.air "
    "transport.water transport.rail transport.road transport.urban transport.lowCarbon socialHousing "
    "naturalResources naturalResources.floodProtection"
).split()
GEOMETRIES = ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"]

type Schema = dict[str, Any]

TEXT: Schema = {"type": "string", "minLength": 1}
NUMBER: Schema = {"type": "number"}
INSTANT: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}
URI: Schema = {"type": "string", "pattern": r"^https?://[!-~]+$"}


def code(values: Any) -> Schema:
    return {"type": "string", "enum": [str(value) for value in values]}


def many(item: Schema) -> Schema:
    return {"type": "array", "minItems": 1, "uniqueItems": True, "items": item}


def thing(*required: str, **properties: Schema) -> Schema:
    told: Schema = {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "minProperties": 1,
    }
    return told | ({"required": list(required)} if required else {})


PERIOD = thing(startDate=INSTANT, endDate=INSTANT)
MONEY = thing("amount", "currency", amount=NUMBER, currency=code(CURRENCIES))
REFERENCE = thing("id", "name", id=TEXT, name=TEXT)
CLASSIFICATION = thing("scheme", "id", scheme=TEXT, id=TEXT, description=TEXT)
ADDRESS = thing(locality=TEXT, countryName=TEXT)
ORGANISATION = thing(
    "id",
    "roles",
    id=TEXT,
    name=TEXT,
    identifier=thing("scheme", "id", scheme=code(["KZ-BIN"]), id={"type": "string", "pattern": r"^\d{12}$"}),
    address=ADDRESS,
    classifications=many(CLASSIFICATION),
    roles=many(TEXT),
)
LOCATION = thing(
    "id",
    id=TEXT,
    description=TEXT,
    geometry=thing(
        "type", "coordinates", type=code(GEOMETRIES), coordinates={"type": "array", "minItems": 1}
    ),
    gazetteer=thing("scheme", "identifiers", scheme=TEXT, identifiers=many(TEXT)),
    address=ADDRESS,
)
UNIT = thing(name=TEXT, scheme=code(["UNCEFACT"]), id=TEXT)
OBSERVATION = thing("id", id=TEXT, period=PERIOD, value=MONEY, measure=NUMBER, unit=UNIT, notes=TEXT)
#: A sum of money, or a measure with its unit.
OBSERVATION["oneOf"] = [{"required": ["value"]}, {"required": ["measure", "unit"]}]
METRIC = thing("id", "observations", id=TEXT, title=TEXT, observations=many(OBSERVATION))
MILESTONE = thing(
    "id",
    "type",
    "status",
    id=TEXT,
    title=TEXT,
    type=code(MilestoneType.values),
    code=code(MilestoneCode.values),
    description=TEXT,
    status=code(MilestoneStatus.values),
    dueDate=INSTANT,
    dateMet=INSTANT,
    dateModified=INSTANT,
)
DOCUMENT = thing(
    "id",
    "url",
    id=TEXT,
    documentType=code(DocumentKind.values),
    title=TEXT,
    description=TEXT,
    url=URI,
    datePublished=INSTANT,
    dateModified=INSTANT,
    format=TEXT,
    language={"type": "string", "pattern": "^[a-z]{2}$"},
    author=TEXT,
)
BENEFICIARY = thing(description=TEXT, numberOfPeople={"type": "integer", "minimum": 0})
STAGES = ("identification", "preparation", "implementation", "completion", "maintenance", "decommissioning")

PROJECT = thing(
    "id",
    "updated",
    "language",
    "identifiers",
    "status",
    id={"type": "string", "pattern": "^oc4ids-[0-9a-z]{6}-.+$"},
    updated=INSTANT,
    language=code(LANGUAGES),
    identifiers=many(thing("id", "scheme", id=TEXT, scheme=TEXT)),
    title=TEXT,
    description=TEXT,
    purpose=TEXT,
    status=code(ProjectStatus.values),
    type=code(ProjectType.values),
    sector=many(code(SECTORS)),
    additionalClassifications=many(CLASSIFICATION),
    period=PERIOD,
    **{f"{stage}Period": PERIOD for stage in STAGES},
    publicAuthority=REFERENCE,
    parties=many(ORGANISATION),
    locations=many(LOCATION),
    budget=thing(amount=MONEY, description=TEXT),
    forecasts=many(METRIC),
    metrics=many(METRIC),
    milestones=many(MILESTONE),
    completion=thing(endDate=INSTANT, endDateDetails=TEXT),
    documents=many(DOCUMENT),
    policyAlignment=thing(description=TEXT),
    benefits=many(thing(title=TEXT, description=TEXT, beneficiaries=many(BENEFICIARY))),
)
PACKAGE = thing(
    *("uri", "publishedDate", "version", "publisher", "license", "publicationPolicy", "projects"),
    uri=URI,
    publishedDate=INSTANT,
    version={"type": "string", "pattern": r"^\d+\.\d+$"},
    publisher=thing("name", "uri", name=TEXT, uri=URI),
    license=URI,
    publicationPolicy=URI,
    projects=many(PROJECT),
)
