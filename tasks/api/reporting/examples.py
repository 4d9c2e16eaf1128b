"""Examples of reporting in the OpenAPI file."""

from drf_spectacular.utils import OpenApiExample

from core.api.examples import API, CHANGED

UUID = "0198c6f2-0d5f-7c3a-b6c1-8f4f5a2f9f10"
VALUES = [
    {"metric": "physical_progress", "mark": "value", "value": "42", "currency": None, "note": None},
    {"metric": "spent", "mark": "value", "value": "1500000", "currency": "KZT", "note": None},
    {"metric": "jobs_permanent", "mark": "not_applicable", "value": None, "currency": None, "note": None},
]
MILESTONES = [
    {
        "milestone": "construction-start",
        "outcome": "moved",
        "on": "2027-03",
        "reason": "contractor",
        "note": "Жаңа мердігер таңдалды",
    }
]


def _said(name: str, **value: object) -> OpenApiExample:
    return OpenApiExample(name, value, request_only=True)


SAVE = _said(
    "Save",
    client_uuid=UUID,
    project="ALT-P-0001",
    period="2026-10",
    base=None,
    values=VALUES,
    text="Іргетас құйылды",
    language="kk",
    milestones=MILESTONES,
)
SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
FILE = "0198c6f2-0d5f-7c3a-b6c1-8f4f5a2f9f12"
SUBMIT = _said("Submit", version=3, files=[{"client_uuid": FILE, "size": 184_320, "sha256": SHA256}])
RETURN = _said("Return field by field", notes={"spent": "Өткен айдан аз"})
CORRECT = _said("Correct a report", reason="Қате сан", client_uuid="0198c6f2-0d5f-7c3a-b6c1-8f4f5a2f9f11")
REOPEN = _said("Open again", until="2026-12-15", reason="Құжаттар кешікті")

PERIOD = OpenApiExample(
    "Reporting period",
    {
        "url": f"{API}/reporting-periods/2026-10/",
        "code": "2026-10",
        "kind": "month",
        "starts": "2026-10-01",
        "ends": "2026-10-31",
        "due_on": "2026-11-30",
        "grace_until": "2026-12-07",
        "locked_at": None,
        **CHANGED,
    },
)
REPORT = OpenApiExample(
    "Progress report",
    {
        "url": f"{API}/progress-reports/ALT-R-0001/",
        "public_id": "ALT-R-0001",
        "client_uuid": UUID,
        "project": {
            "public_id": "ALT-P-0001",
            "name": {
                "kk": "Iconic Building-1",
                "ru": "Iconic Building-1",
                "en": "Iconic Building-1",
            },
            "url": f"{API}/projects/ALT-P-0001/",
        },
        "period": {"code": "2026-10", "url": f"{API}/reporting-periods/2026-10/"},
        "organisation": {
            "code": "akimat_almaty_region",
            "name": {
                "kk": "Алматы облысының әкімдігі",
                "ru": "Акимат Алматинской области",
                "en": "Akimat of Almaty Region",
            },
            "url": f"{API}/organisations/akimat_almaty_region/",
        },
        "state": "returned",
        "values": VALUES,
        "text": "Іргетас құйылды",
        "issues": None,
        "risks": None,
        "help_needed": None,
        "language": "kk",
        "milestones": MILESTONES,
        "files": [
            {
                "number": 1,
                "kind": "photo",
                "name": "irgetas.jpg",
                "size": 184_320,
                "content_type": "image/jpeg",
                "sha256": SHA256,
                "note": None,
                "taken_at": "2026-10-20T11:30:00+05:00",
                "score": 90,
                "reasons": ["in_period", "near_outline"],
                "scan_state": "clean",
            }
        ],
        "uploads": [
            {
                "client_uuid": FILE,
                "kind": "photo",
                "name": "irgetas.jpg",
                "size": 184_320,
                "sha256": SHA256,
                "offset": 184_320,
                "complete": True,
                "refused": None,
            }
        ],
        "notes": [{"field": "spent", "text": "Өткен айдан аз", "turn": 1}],
        "warnings": [
            {
                "field": "spent",
                "code": "fell",
                "detail": "Less than what was accepted last (2,000,000 ₸): say why, or correct the number.",
                "has_word": False,
            }
        ],
        "submitted_at": "2026-11-20T16:05:00+05:00",
        "decided_at": "2026-11-22T10:00:00+05:00",
        "supersedes": None,
        "correction_reason": None,
        **CHANGED,
    },
)

FILE = {
    "client_uuid": "0198c6f2-9a11-7e52-8c3f-5b0d8f0a2c11",
    "report": "ALT-R-0001",
    "kind": "photo",
    "name": "солтүстік-қасбет.jpg",
    "size": 2_600_000,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
}
UPLOAD = OpenApiExample("A photo", request_only=True, value=FILE | {"caption": "Солтүстік қасбет"})
RECEIPT = OpenApiExample(
    "Half of a photo is here",
    response_only=True,
    value={
        "url": f"{API}/uploads/{FILE['client_uuid']}/",
        **FILE,
        "offset": 1_310_720,
        "complete": False,
        "refused": None,
        **CHANGED,
    },
)
