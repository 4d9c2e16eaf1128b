"""What a page is about, for machines that read it: things of schema.org, as JSON-LD in its head.

Nothing is said here that the page does not say. No outline of a district: those that are drawn are schematic.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alatau_portal.open_data import catalogue
from core import formats

OFFICE = f"{settings.PUBLIC_URL}/#office"
CITY = f"{settings.PUBLIC_URL}/#city"


def whole(name: str, *args: Any) -> str:
    return settings.PUBLIC_URL + reverse(name, args=args)


def office() -> dict[str, Any]:
    """Who speaks here."""
    return {
        "@type": "GovernmentOrganization",
        "@id": OFFICE,
        "name": _("Project Office for the development of the city of Alatau"),
        "url": whole("home"),
        "areaServed": city(),
    }


def city() -> dict[str, Any]:
    return {"@type": "City", "@id": CITY, "name": _("Alatau City"), "containedInPlace": country()}


def country() -> dict[str, Any]:
    return {"@type": "Country", "name": _("Kazakhstan")}


def site() -> dict[str, Any]:
    return {
        "@type": "WebSite",
        "name": "Alatau City",
        "url": whole("home"),
        "inLanguage": formats.language(get_language()),
        "publisher": {"@id": OFFICE},
    }


def district(row: Any) -> dict[str, Any]:
    """A zone of the city: a brand, not an administrative district."""
    return {
        "@type": "Place",
        "name": str(row.name),
        "description": f"{row.profile}. {row.location}.",
        "url": whole("district", row.code),
        "containedInPlace": city(),
    }


def project(row: Any) -> dict[str, Any]:
    return {
        "@type": "Project",
        "name": str(row.name),
        "identifier": row.public_id,
        "url": whole("project", row.public_id),
        **({"description": str(row.purpose)} if row.purpose else {}),
        **({"location": district(row.district)} if row.district else {}),
    }


def breadcrumbs(*steps: tuple[Any, str]) -> dict[str, Any]:
    """Name and address of each step, from the home page to this one."""
    items = [
        {"@type": "ListItem", "position": place, "name": str(name), "item": address}
        for place, (name, address) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def dataset(name: Any, about: Any, resource: str, formats_of_it: Iterable[str]) -> dict[str, Any]:
    """A register of the API, with the files that it is given as."""
    address = whole(f"api:{resource}-list")
    types = {"json": "application/json", "csv": "text/csv", "geojson": "application/geo+json"}
    files = [
        {
            "@type": "DataDownload",
            "encodingFormat": types[form],
            "contentUrl": address if form == "json" else f"{address.rstrip('/')}.{form}",
        }
        for form in formats_of_it
    ]
    return {
        "@type": "Dataset",
        "name": str(name),
        "description": str(about),
        "url": whole("about-data"),
        "inLanguage": [code for code, _name in settings.LANGUAGES],
        "isAccessibleForFree": True,
        "creator": {"@id": OFFICE},
        "spatialCoverage": city(),
        "distribution": files,
    }


def open_data(one: Any, files: Mapping[str, Any]) -> dict[str, Any]:
    """A data set of the open data with its files as they are now; of feeds, their addresses."""
    downloads = [
        {
            "@type": "DataDownload",
            "encodingFormat": catalogue.media_type(name),
            "contentUrl": f"{settings.PUBLIC_URL}/open-data/{name}",
            "contentSize": f"{files[name].size} B",
            "sha256": files[name].sha256,
        }
        for name in one.files
        if name in files
    ]
    feeds = [
        {"@type": "DataDownload", "encodingFormat": catalogue.media_type(".xml"), "contentUrl": address}
        for address in ({} if one.files else catalogue.feeds()).values()
    ]
    return {
        "@type": "Dataset",
        "name": str(one.title),
        "description": str(one.about),
        "url": f"{whole('open-data')}#{one.code}",
        "license": catalogue.LICENCE,
        "inLanguage": [code for code, _name in settings.LANGUAGES],
        "isAccessibleForFree": True,
        "creator": {"@id": OFFICE},
        "spatialCoverage": city(),
        "distribution": downloads + feeds,
    }
