"""Examples of the OpenAPI file: how two real rows look, shortened."""

from drf_spectacular.utils import OpenApiExample

from core.api.examples import API, CHANGED, NOTHING, RELEASE

AREA = {
    "url": f"{API}/figures/1/",
    "measure": "area",
    "value": "31730",
    "value_max": None,
    "qualifier": "exact",
    "unit": "ha",
    "as_of": "2025-09-29",
    "confidence": "high",
    "note": NOTHING,
    "source": RELEASE,
}
PEPSICO_SOURCE = {
    "code": "S35",
    "publisher": "rus.baq.kz",
    "url": f"{API}/sources/S35/",
    "addresses": [],
    "published_on": "2025-09-22",
}
SUM = {
    **AREA,
    "url": f"{API}/figures/7/",
    "measure": "investment",
    "value": {"amount": "368000000.00", "currency": "USD"},
    "unit": "money",
    "as_of": "2025-09-22",
    "source": PEPSICO_SOURCE,
}
GATE = {"kk": "Gate District", "ru": "Gate District", "en": "Gate District"}
GREEN = {"kk": "Green District", "ru": "Green District", "en": "Green District"}

DISTRICT = OpenApiExample(
    "District",
    {
        "url": f"{API}/districts/green/",
        "code": "green",
        "name": GREEN,
        "label": {"kk": "Green ауданы", "ru": "дистрикт Green", "en": None},
        "profile": {
            "kk": "Туристік және демалыс орталығы",
            "ru": "Центр туризма и отдыха",
            "en": "Tourism and recreation centre",
        },
        "location": NOTHING,
        "location_note": NOTHING,
        "order": 4,
        "places": [
            {
                "code": "kapchagay_reservoir",
                "kind": "reservoir",
                "name": {
                    "kk": "Қапшағай су қоймасы",
                    "ru": "Капшагайское водохранилище",
                    "en": "Kapchagay Reservoir",
                },
            }
        ],
        "project_count": 2,
        "figures": [AREA],
        "boundary": None,
        "boundary_schematic": True,
        "as_of": "2025-09-29",
        "source": RELEASE,
        **CHANGED,
    },
)
PROJECT = OpenApiExample(
    "Project",
    {
        "url": f"{API}/projects/ALT-P-0001/",
        "public_id": "ALT-P-0001",
        "name": {"kk": "PepsiCo снек зауыты", "ru": "Завод снеков PepsiCo", "en": "PepsiCo snack plant"},
        "purpose": NOTHING,
        "kind": "anchor",
        "type": None,
        "sectors": ["economy"],
        "status": "implementation",
        "suspended_since": None,
        "district": {"code": "gate", "name": GATE, "url": f"{API}/districts/gate/"},
        "parties": [
            {
                "organisation": {
                    "code": "pepsico",
                    "name": {"kk": "PepsiCo", "ru": "PepsiCo", "en": "PepsiCo"},
                    "url": f"{API}/organisations/pepsico/",
                },
                "role": "investor",
                "share": None,
                "since": None,
                "until": None,
                "note": NOTHING,
            }
        ],
        "milestones": [
            {
                "code": "commissioning",
                "milestone_code": "commissioning",
                "type": "delivery",
                "name": {"kk": "Іске қосу", "ru": "Ввод в эксплуатацию", "en": "Commissioning"},
                "status": "scheduled",
                "baseline": "2026-06",
                "forecast": "2026-06",
                "met": None,
                "as_of": "2026-01-15",
                "source": None,
            }
        ],
        "figures": [SUM],
        "geometry": None,
        "note": NOTHING,
        "source": RELEASE,
        "other_sources": [],
        "confidence": "high",
        **CHANGED,
    },
)

PEPSICO = {
    "kind": "project",
    "code": "ALT-P-0001",
    "name": {"kk": "PepsiCo снек зауыты", "ru": "Завод снеков PepsiCo", "en": "PepsiCo snack plant"},
    "url": f"{API}/projects/ALT-P-0001/",
}
SAID = {"chosen": True, "visibility": "public", "confidence": "high", "note": NOTHING, "other_sources": []}
STATED_FIGURE = OpenApiExample(
    "Figure",
    {**SUM, "subject": PEPSICO, "printed": "$368 млн", "part_of": None, **SAID, **CHANGED},
)
CLAIM = OpenApiExample(
    "Claim",
    {
        "url": f"{API}/claims/3/",
        "subject": PEPSICO,
        "field": "funding",
        "text": {"kk": "Шетелдік тікелей инвестиция", "ru": "Прямые иностранные инвестиции", "en": None},
        "value": None,
        "as_of": "2025-09-22",
        "source": PEPSICO_SOURCE,
        **SAID,
        **CHANGED,
    },
)
DOCUMENT = OpenApiExample(
    "Document",
    {
        "url": f"{API}/documents/ALT-F-0001/",
        "public_id": "ALT-F-0001",
        "name": {"kk": "Егжей-тегжейлі жоспар", "ru": "План детальной планировки", "en": "Detailed plan"},
        "kind": "projectPlan",
        "language": "kk",
        "published": "2025-09-29",
        "district": {"code": "gate", "name": GATE, "url": f"{API}/districts/gate/"},
        "project": None,
        "plot": None,
        "file": {
            "address": "https://portal.example/kk/documents/ALT-F-0001/",
            "name": "plan.pdf",
            "size": 48213,
            "content_type": "application/pdf",
            "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        },
        "source": RELEASE,
        "demo": False,
        **CHANGED,
    },
)
