"""Examples of the OpenAPI file: how real rows look, shortened."""

from drf_spectacular.utils import OpenApiExample

API = "https://portal.example/api/v1"
NOTHING = {"kk": None, "ru": None, "en": None}
CHANGED = {"updated_at": "2026-11-22T10:00:00+05:00", "version": 1}
RELEASE = {
    "code": "SEED",
    "publisher": "baq.kz",
    "url": f"{API}/sources/SEED/",
    "addresses": ["https://baq.kz/bozymbaev-alatau-sity-zhobasynyn-damu-barysymen-tanysty-200022338/"],
    "published_on": "2025-09-29",
}

SOURCE = OpenApiExample(
    "Source",
    {
        **RELEASE,
        "title": None,
        "about": {
            "kk": "Үкіметтің баспасөз қызметінің хабарламасы",
            "ru": "Сообщение пресс-службы Правительства",
            "en": "Release of the Government's press service",
        },
        "published_on_text": "2025-09-29",
        "language": "kk",
        **CHANGED,
    },
)
LEGAL_ACT = OpenApiExample(
    "Legal act",
    {
        "url": f"{API}/legal-acts/administrative-structure-2024/",
        "code": "administrative-structure-2024",
        "kind": "decree",
        "number": None,
        "signed_on": "2024-01-09",
        "title": {
            "kk": "Алматы облысының әкімшілік-аумақтық құрылысындағы өзгерістер туралы",
            "ru": "Об изменениях в административно-территориальном устройстве Алматинской области",
            "en": "On changes in the administrative and territorial structure of Almaty Region",
        },
        "note": NOTHING,
        "stages": [],
        "source": RELEASE,
        "other_sources": [],
        "confidence": "high",
        **CHANGED,
    },
)
