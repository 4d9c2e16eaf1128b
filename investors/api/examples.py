"""Examples of the OpenAPI file: how a real row looks, shortened."""

from drf_spectacular.utils import OpenApiExample

from core.api.examples import API, CHANGED, RELEASE
from districts.api.examples import GATE
from districts.api.plot_examples import PLOT_NAME

INVESTOR = OpenApiExample(
    "Investor",
    {
        "url": f"{API}/investors/caspian_group/",
        "organisation": {
            "code": "caspian_group",
            "name": {"kk": "Caspian Group АҚ", "ru": "АО «Caspian Group»", "en": "Caspian Group JSC"},
            "url": f"{API}/organisations/caspian_group/",
        },
        "profile": {
            "kk": "Инвестор және девелопер",
            "ru": "Инвестор и девелопер",
            "en": "Investor and developer",
        },
        "sectors": [],
        "stage": "building",
        "stage_basis": {
            "kk": "2025 жылғы 29 қыркүйектегі хабарламада жоба жүзеге асырылуда делінген",
            "ru": "По сообщению от 29 сентября 2025 года проект реализуется",
            "en": "The release of 29 September 2025 says that the project is being implemented",
        },
        "as_of": "2025-09-29",
        "projects": [
            {
                "project": {
                    "public_id": "ALT-P-0004",
                    "name": {
                        "kk": "Caspian Group жобасы",
                        "ru": "Проект Caspian Group",
                        "en": "Caspian Group project",
                    },
                    "url": f"{API}/projects/ALT-P-0004/",
                },
                "role": "investor",
            }
        ],
        "source": RELEASE,
        "confidence": "high",
        **CHANGED,
    },
)
OPPORTUNITY = OpenApiExample(
    "Opportunity",
    {
        "url": f"{API}/opportunities/ALT-O-0001/",
        "public_id": "ALT-O-0001",
        "name": {
            "kk": "Үлгі: жеңіл өнеркәсіп паркі",
            "ru": "Образец: парк лёгкой промышленности",
            "en": "Sample: light industry park",
        },
        "district": {"code": "gate", "name": GATE, "url": f"{API}/districts/gate/"},
        "offered": {"kk": "Екі учаске", "ru": "Два участка", "en": "Two plots"},
        "sought": {"kk": "Басқарушы компания", "ru": "Управляющая компания", "en": "A managing company"},
        "sectors": ["economy"],
        "state": "open",
        "closes_on": None,
        "plots": [
            {
                "public_id": "ALT-L-0001",
                "name": PLOT_NAME,
                "area_ha": "18.5",
                "availability": "free",
                "url": f"{API}/plots/ALT-L-0001/",
            }
        ],
        "as_of": None,
        "source": None,
        "demo": True,
        **CHANGED,
    },
)

ENQUIRY = OpenApiExample(
    "Enquiry",
    {
        "language": "en",
        "organisation_name": "Silk Road Cold Chain",
        "country": "SG",
        "person_name": "Mei Lin",
        "email": "mei@example.org",
        "sectors": ["economy"],
        "hectares": "12.5",
        "power_mw": "8",
        "rail": True,
        "text": "Do you have ten hectares with power and a railway?",
        "consent_version": 1,
    },
    request_only=True,
)
RECEIPT = OpenApiExample(
    "Enquiry receipt",
    {
        "receipt": "7K3M-9QXR-2B5T",
        "promised_on": "2026-12-07",
        "status_url": "https://portal.example/en/invest/enquiry/status/7K3M-9QXR-2B5T.c2lnbmF0dXJl/",
    },
    response_only=True,
)
