"""Examples of the OpenAPI file: a figure that was said in public, and how two dates differ."""

from drf_spectacular.utils import OpenApiExample

from core.api.examples import API, CHANGED, NOTHING
from districts.api.examples import PEPSICO_SOURCE

BRIEFING = {
    "code": "S33",
    "publisher": "profit.kz",
    "url": f"{API}/sources/S33/",
    "addresses": [],
    "published_on": "2025-11-28",
}
PUBLISHED_FIGURE = OpenApiExample(
    "PublishedFigure",
    {
        "url": f"{API}/published-figures/20/",
        "measure": "investment_projects_sum",
        "scope": "pool",
        "district": None,
        "pool": {
            "kk": "инвестициялық жобалар тізімі, 2025 жылғы қараша",
            "ru": "список инвестиционных проектов, ноябрь 2025 года",
            "en": "list of investment projects, November 2025",
        },
        "value": {"amount": "1500000000000.00", "currency": "KZT"},
        "value_max": None,
        "qualifier": "exact",
        "unit": "money",
        "as_of": "2025-11-28",
        "said_on": "2025-11-28",
        "organisation": None,
        "said_by": {
            "kk": "Марат Сұлтанғазиев, Алматы облысының әкімі",
            "ru": "Марат Султангазиев, аким Алматинской области",
            "en": "Marat Sultangaziyev, akim of Almaty Region",
        },
        "quote": None,
        "quote_language": None,
        "visibility": "public",
        "note": NOTHING,
        "source": BRIEFING,
        "other_sources": [],
        "confidence": "high",
        **CHANGED,
    },
)
_NOTHING = {"value": {"amount": "0.00", "currency": "USD"}, "value_max": None}
_SUM = {"value": {"amount": "368000000.00", "currency": "USD"}, "value_max": None}
FIGURE_DIFFERENCE = OpenApiExample(
    "FigureDifference",
    {
        "from": "2025-09-01",
        "to": "2025-10-01",
        "measure": "investment",
        "by": "figures",
        "district": None,
        "register_began": None,
        "projects": {
            "added": 1,
            "removed": 0,
            "changed": 0,
            "unchanged": 0,
            "unknown": 0,
            "without_a_figure": 0,
        },
        "totals": [
            {
                "unit": "money",
                "currency": "USD",
                "before": _NOTHING,
                "added": _SUM,
                "removed": _NOTHING,
                "changed": _NOTHING,
                "after": _SUM,
                "difference": _SUM,
                "unchanged": _NOTHING,
                "inexact": [],
            }
        ],
        "lines": [
            {
                "part": "added",
                "project": {
                    "public_id": "ALT-P-0003",
                    "name": {
                        "kk": "PepsiCo снек зауыты",
                        "ru": "Завод снеков PepsiCo",
                        "en": "PepsiCo snack plant",
                    },
                    "url": f"{API}/projects/ALT-P-0003/",
                },
                "district": None,
                "why": None,
                "before": None,
                "after": {
                    **_SUM,
                    "qualifier": "exact",
                    "unit": "money",
                    "as_of": "2025-09-22",
                    "source": PEPSICO_SOURCE,
                },
            }
        ],
    },
)
