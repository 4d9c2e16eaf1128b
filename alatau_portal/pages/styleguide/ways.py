"""Examples of the map, the parts of the frame, and what leads on from an error."""

from types import SimpleNamespace
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy

from accounts.models import User
from alatau_portal.pages.styleguide.example import TEXT, Example
from districts.choices import DistrictCode

#: Four squares, west to east: no outline of a real district.
WEST = {code: 76.9 + 0.1 * place for place, code in enumerate(DistrictCode)}


def atlas(language: str) -> dict[str, Any]:
    areas = [
        SimpleNamespace(code=code, name=code.label, url="#", geometry=_square(west))
        for code, west in WEST.items()
    ]
    return {"map_districts": areas, "map_places": [], "current": DistrictCode.GREEN}


def _square(west: float) -> dict[str, Any]:
    east, south, north = west + 0.09, 43.5, 43.8
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def signed_in(language: str) -> dict[str, Any]:
    return {"user": User(username="example", full_name=str(TEXT), role="office")}


ACCOUNT = "pages/styleguide/account_menu.html"
EXAMPLES = [
    Example(gettext_lazy("A schematic map"), "components/map.html", atlas),
    Example(gettext_lazy("Ways on from an error"), "components/ways_on.html"),
    Example(
        gettext_lazy("The name of the portal"), "components/brand.html", lambda language: {"home_href": "/"}
    ),
    Example(gettext_lazy("The account of somebody signed in"), ACCOUNT, signed_in),
    Example(gettext_lazy("The account of a visitor"), ACCOUNT, lambda language: {"user": AnonymousUser()}),
    Example(gettext_lazy("While something is fetched"), "pages/styleguide/loading.html"),
]
