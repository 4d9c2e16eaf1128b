"""How a plot looks in the OpenAPI file: no real one is known yet, so this one says that it is invented."""

from drf_spectacular.utils import OpenApiExample

from core.api.examples import API, CHANGED, NOTHING
from districts.api.examples import GATE

PLOT_NAME = {"kk": "Үлгі: 1-учаске", "ru": "Образец: участок 1", "en": "Sample: plot 1"}
PLOT = OpenApiExample(
    "Plot",
    {
        "url": f"{API}/plots/ALT-L-0001/",
        "public_id": "ALT-L-0001",
        "name": PLOT_NAME,
        "district": {"code": "gate", "name": GATE, "url": f"{API}/districts/gate/"},
        "cadastral_number": None,
        "area_ha": "18.5",
        "category": "industrial",
        "purpose": {"kk": "Жеңіл өнеркәсіп", "ru": "Лёгкая промышленность", "en": "Light industry"},
        "zone": None,
        "tenure": "lease",
        "price": {"amount": "1500000.00", "currency": "KZT"},
        "price_basis": "per_ha_year",
        "sectors": ["economy"],
        "availability": "free",
        "allocations": [],
        "utilities": [
            {
                "utility": "power",
                "state": "under_construction",
                "capacity": "12",
                "unit": "mw",
                "distance_m": 300,
                "ready_on": "2027-24",
                "source": None,
            }
        ],
        "geometry": {
            "type": "Polygon",
            "coordinates": [[[77.1, 43.7], [77.11, 43.7], [77.11, 43.71], [77.1, 43.7]]],
        },
        "schematic": True,
        "ready_on": "2027",
        "as_of": None,
        "note": NOTHING,
        "source": None,
        "demo": True,
        **CHANGED,
    },
)
