"""Examples of the OpenAPI file: how a real row looks, shortened."""

from drf_spectacular.utils import OpenApiExample

from core.api.examples import API, CHANGED, NOTHING, RELEASE

INSTRUCTION = OpenApiExample(
    "Instruction",
    {
        "url": f"{API}/instructions/ALT-I-0001/",
        "public_id": "ALT-I-0001",
        "number": None,
        "text": {
            "kk": "Iconic Building-1 Халықаралық бизнес дамыту орталығының құрылысын жеделдету",
            "ru": "Ускорить строительство Международного центра развития бизнеса Iconic Building-1",
            "en": "Speed up the construction of the Iconic Building-1 International Business Development Centre",
        },
        "expected_result": NOTHING,
        "evidence_kind": None,
        "control_kind": None,
        "issuer": {
            "code": "deputy_prime_minister",
            "name": {
                "kk": "Қазақстан Республикасы Премьер-Министрінің орынбасары",
                "ru": "Заместитель Премьер-Министра Республики Казахстан",
                "en": "Deputy Prime Minister of the Republic of Kazakhstan",
            },
            "url": f"{API}/organisations/deputy_prime_minister/",
        },
        "executors": [
            {
                "organisation": None,
                "group": {"kk": "инвесторлар", "ru": "инвесторы", "en": "investors"},
                "role": "co",
                "role_basis": NOTHING,
                "internal_due": None,
                "accepted_on": None,
                "refused_on": None,
                "refused_reason": None,
            }
        ],
        "issued_on": "2025-09-29",
        "issued_basis": NOTHING,
        "original_due": None,
        "due": None,
        "working_days_left": None,
        "term_note": NOTHING,
        "state": "registered",
        "overdue": False,
        "executed_on": None,
        "holder": {"side": "office", "organisation": None, "since": "2026-11-22T10:00:00+05:00"},
        "extensions": [],
        "reports": [],
        "contributions": [],
        "district": {
            "code": "gate",
            "name": {"kk": "Gate District", "ru": "Gate District", "en": "Gate District"},
            "url": f"{API}/districts/gate/",
        },
        "project": None,
        "meeting": None,
        "parent": None,
        "remainder_of": None,
        "later": NOTHING,
        "source": RELEASE,
        "other_sources": [],
        "confidence": "high",
        "demo": False,
        **CHANGED,
    },
)
MEETING = OpenApiExample(
    "Meeting",
    {
        "url": f"{API}/meetings/ALT-M-0001/",
        "public_id": "ALT-M-0001",
        "kind": "project_office",
        "title": {
            "kk": "Жобалық офис отырысы",
            "ru": "Заседание Проектного офиса",
            "en": "Meeting of the Project Office",
        },
        "held_on": "2025-09-29",
        "date_basis": NOTHING,
        "chair": {"kk": "Қанат Бозымбаев", "ru": "Канат Бозумбаев", "en": "Kanat Bozumbayev"},
        "chair_post": None,
        "place": {
            "kk": "Алматы облысы, Алатау қаласы",
            "ru": "Алматинская область, город Алатау",
            "en": "Almaty Region, Alatau city",
        },
        "districts": [
            {
                "code": "gate",
                "name": {"kk": "Gate District", "ru": "Gate District", "en": "Gate District"},
                "url": f"{API}/districts/gate/",
            }
        ],
        "agenda": [
            {
                "number": 2,
                "title": {
                    "kk": "Келісімшарттардың тұрақтылығын қамтамасыз ету",
                    "ru": "Обеспечение стабильности контрактов",
                    "en": "Ensuring the stability of contracts",
                },
                "later": NOTHING,
            }
        ],
        "attendances": [],
        "protocols": [],
        "instructions": [{"public_id": "ALT-I-0001", "url": f"{API}/instructions/ALT-I-0001/"}],
        "source": RELEASE,
        **CHANGED,
    },
)
EXTENSION = OpenApiExample(
    "Extension",
    {
        "url": f"{API}/extensions/ALT-E-0001/",
        "public_id": "ALT-E-0001",
        "instruction": {"public_id": "ALT-I-0003", "url": f"{API}/instructions/ALT-I-0003/"},
        "organisation": {
            "code": "mic",
            "name": {
                "kk": "Өнеркәсіп және құрылыс министрлігі",
                "ru": "Министерство промышленности и строительства",
                "en": "Ministry of Industry and Construction",
            },
            "url": f"{API}/organisations/mic/",
        },
        "asked_on": "2026-02-16",
        "old_due": "2026-03-02",
        "new_due": "2026-04-01",
        "reason": "Жабдық кешікті",
        "state": "granted",
        "decided_on": "2026-02-17",
        "granted_due": "2026-03-25",
        "refusal_reason": None,
        "corrects": None,
        "correction_reason": None,
        **CHANGED,
    },
)
