"""What a JSON schema cannot say of a body: which organisations there are, and which days follow which."""

import json
from datetime import date, timedelta
from typing import Any
from zlib import crc32

from schemathesis import Case
from schemathesis.core import NotSet

from accounts.models import Organisation, WebhookEndpoint
from core.dates import PartialDate
from districts.models import Figure, Project
from investors.models import Request
from tasks.choices import InstructionState
from tasks.models import Executor, Extension, FigureDispute, Instruction, ProgressReport
from tasks.offline.frozen import FORM, sign
from tasks.reporting_choices import DisputeState
from tests.factories import (
    ExtensionFactory,
    RequestFactory,
    WebhookDeliveryFactory,
    WebhookEndpointFactory,
    dispute_in,
    instruction_in,
    progress_in,
)

FIRST = date(2025, 1, 1)
DUE, LATER, LATEST = date(2099, 3, 2), date(2099, 4, 1), "2099-12-31"
MODELS: dict[str, Any] = {
    "extensions": Extension,
    "figure-disputes": FigureDispute,
    "requests": Request,
    "webhooks": WebhookEndpoint,
}
FILES = {"act", "document", "photo"}
PART = {"expected_result": {"kk": "Қабылдау актісі"}, "due": DUE.isoformat(), "lead": "mic"}


def populate() -> None:
    """An instruction in each state, led by the ministry, and a request for more time; reports of some."""
    bodies = {
        "lead": Organisation.objects.get(code="mic"),
        "issuer": Organisation.objects.get(code="deputy_prime_minister"),
    }
    for state in InstructionState:
        row = instruction_in(state, due=DUE, **bodies)
    for state in DisputeState:
        dispute_in(state)
    for _ in range(3):
        RequestFactory()
    progress_in("submitted")
    for organisation in Organisation.objects.filter(code__in=("mic", "caspian_group")).order_by("pk"):
        progress_in("draft", organisation=organisation)
    row = instruction_in("in_execution", due=DUE, **bodies)
    ExtensionFactory(instruction=row, organisation=bodies["lead"], old_due=DUE, new_due=LATER)


def address(case: Case) -> None:
    """Of something that is there, however it is: which, the body picks."""
    if "If-Match" in case.headers:
        case.headers["If-Match"] = "*"
    if "public_id" in (case.path_parameters or {}):
        model = MODELS.get(case.path.split("/")[3], Instruction)
        if model is WebhookEndpoint:
            WebhookDeliveryFactory(endpoint=WebhookEndpointFactory())  # one verb removes them
        known = list(model.objects.order_by("pk").values_list("public_id", flat=True))
        case.path_parameters["public_id"] = known[crc32(repr(case.body).encode()) % len(known)]


def days(query: dict[str, Any]) -> None:
    """Two that have been, in their order."""
    if "from" in query and "to" in query:
        picked = sorted(
            FIRST + timedelta(days=crc32(str(query[end]).encode()) % 300) for end in ("from", "to")
        )
        query |= {"from": str(picked[0]), "to": str(picked[1])}


def _bundle(case: Case) -> None:
    """Signed, of somebody else."""
    frozen = {
        "form": FORM,
        "period": "2026-01",
        "projects": [{"project": "ALT-P-0001", "organisation": "nobody"}],
    }
    case.body = {"frozen": frozen, "signature": sign(frozen), "answers": {}}
    case.media_type = "application/json"


def body(case: Case, who: Any) -> None:
    """`who` asks, and names what he may know of."""
    if case.path.endswith("/bundle/"):
        return _bundle(case)
    if isinstance(case.body, NotSet) and case.path.endswith("/put_on_control/"):
        case.body, case.media_type = {}, "application/json"
    if isinstance(case.body, NotSet) and case.path.endswith("/amend/"):
        case.body, case.media_type = {"target": "https://example.kz/hook"}, "application/json"
    if "/webhooks/" in case.path and isinstance(case.body, dict):
        case.body = _webhook(json.loads(json.dumps(case.body)), case.path_parameters)
        return
    if not isinstance(case.body, dict):
        return
    if case.media_type == "multipart/form-data":
        case.body = _without_files(case.body)
    elif case.media_type == "application/json":
        case.body = _said(case, json.loads(json.dumps(case.body)), who)


def _said(case: Case, said: dict[str, Any], who: Any) -> dict[str, Any]:
    if case.path.endswith("/enquiries/"):
        return _enquiry(said)
    if case.path.endswith("/bulk/"):
        return said | {"all_or_nothing": False}  # what is wrong with a row no schema says
    _name(said, who)
    _sort_out(said)
    return said | _lacking(case.path.rstrip("/").rpartition("/")[2], case.path_parameters)


def _without_files(said: dict[str, Any]) -> dict[str, Any]:
    """Bytes made up at random are no file of a kind that may come: tests/tasks and tests/hostile send real ones."""
    return {name: [] if name in FILES else value for name, value in said.items()}


def _enquiry(said: dict[str, Any]) -> dict[str, Any]:
    """Of a city without plots on offer; words and addresses that are some, numbers above nought."""
    gone = {"plot", "opportunity", "bin", "website"}
    right = {"email": "mei@example.org", "consent_version": 1, "district": "gate"}
    right |= dict.fromkeys(("hectares", "power_mw", "water_m3_day"), "12.5")
    return {name: right.get(name, value) for name, value in said.items() if name not in gone}


def _webhook(said: dict[str, Any], named: Any) -> dict[str, Any]:
    """To an address of the public internet, of a field that there is, again what was sent."""
    right: dict[str, Any] = {
        "target": "https://example.kz/hook",
        "watches": [{"resource": "projects", "field": "status", "to": "completion"}],
    }
    if "message" in said:
        sent = WebhookEndpoint.objects.get(public_id=named["public_id"]).deliveries.first()
        right["message"] = sent and sent.message_id
    return {name: right.get(name, value) for name, value in said.items()}


def _sort_out(said: dict[str, Any]) -> None:
    """Each is told of once, days are days, places are places."""
    if "executors" in said:
        said["executors"] = _executors(said["executors"])
    for name, key in (("values", "metric"), ("milestones", "milestone")):
        if name in said:  # each is told of once
            said[name] = list({one[key]: one for one in said[name]}.values())
    if said.get("place"):
        said["place"] |= {"lat": "43.45", "lon": "77.04"}
    for proof in said.get("evidence", ()):
        proof["url"] = "https://example.kz/act.pdf"
    for told, name in (
        (said, "issued_on"),
        (said, "as_of"),
        *((one, "on") for one in said.get("milestones", ())),
    ):
        if name in told and not _is_day(told[name]):
            told[name] = "2026-02"


def _name(said: dict[str, Any], who: Any) -> None:
    """What a body names is there."""
    reports = ProgressReport.objects.order_by("pk")
    report = reports.visible_to(who).first() or reports[0]
    for name, value in (
        ("issuer", "deputy_prime_minister"),
        ("lead", "mic"),
        ("project", Project.objects.order_by("pk").values_list("public_id", flat=True).first()),
        ("figure", Figure.objects.order_by("pk").values_list("pk", flat=True).first()),
        ("period", report.period.code),
        ("report", report.public_id),
        ("parent", Instruction.objects.order_by("pk").values_list("public_id", flat=True).first()),
    ):
        if name in said:
            said[name] = value


def _executors(said: list[Any]) -> list[Any]:
    """An organisation once, one that leads at the most, and the groups."""
    organisations = [one | {"organisation": "mic"} for one in said if "organisation" in one]
    return organisations[:1] + [one for one in said if "organisation" not in one]


def _is_day(text: str) -> bool:
    try:
        return bool(PartialDate.parse(text).day) or "-2" in text
    except ValueError:
        return "-2" in text and len(text) == 7 and text[:4] != "0000"


def _lacking(verb: str, named: Any) -> dict[str, Any]:
    """What this instruction needs and another may have."""
    if verb == "reassign":
        leads = Executor.objects.live().filter(instruction__public_id=named["public_id"], role="lead")
        is_mic = leads.filter(organisation__code="mic").exists()
        return {"lead": "akimat_almaty_region" if is_mic else "mic"}
    said = {"kk": "Орталықты салу", "ru": "Построить центр"}
    amended = {"text": said, "due": DUE.isoformat()}
    others = {"split": {"lead": "akimat_almaty_region"}, "request_extension": {"new_due": LATER.isoformat()}}
    others |= {"put_on_control": PART, "grant": {"due": LATEST}, "amend": amended}
    return others.get(verb, {})
