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
SUBMIT = _said("Submit", version=3)
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
        "notes": [{"field": "spent", "text": "Өткен айдан аз", "turn": 1}],
        "submitted_at": "2026-11-20T16:05:00+05:00",
        "decided_at": "2026-11-22T10:00:00+05:00",
        "supersedes": None,
        "correction_reason": None,
        **CHANGED,
    },
)
