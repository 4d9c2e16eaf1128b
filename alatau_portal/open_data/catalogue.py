"""The catalogue (DCAT, as DCAT-AP shapes it, in JSON-LD): what there is, under which licence, where, how large."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from alatau_portal.open_data.geojson import in_each_language
from alatau_portal.open_data.oc4ids import LICENCE, name_of
from core.text import LANGUAGES

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
AUTHORITIES = "http://publications.europa.eu/resource/authority"
MEDIA = "https://www.iana.org/assignments/media-types"
LANGUAGE_CODES = {"kk": "KAZ", "ru": "RUS", "en": "ENG"}
STANDARD = "https://standard.open-contracting.org/infrastructure/0.9/en/"


class Dataset(NamedTuple):
    """A data set of the catalogue and of the page: files by name, or addresses of feeds by language."""

    code: str
    title: Any
    about: Any
    files: tuple[str, ...] = ()
    conforms: str = ""


DATASETS = (
    Dataset(
        "oc4ids",
        _("Projects in the standard OC4IDS"),
        _(
            "Every published project with its parties, terms, sums, documents and sources, in the Open Contracting for "
            "Infrastructure Data Standard 0.9: a package a language."
        ),
        tuple(name_of(language) for language in LANGUAGES),
        STANDARD,
    ),
    Dataset(
        "projects",
        _("Register of projects"),
        _(
            "Every published project as a table with its Table Schema, and as a map. The fields are those of the API."
        ),
        ("projects.csv", "datapackage.json", "projects.geojson"),
    ),
    Dataset(
        "districts",
        _("Districts of Alatau City"),
        _(
            "The four districts with their profile and figures. Their outlines are schematic: no other is published."
        ),
        ("districts.geojson",),
    ),
    Dataset(
        "changes",
        _("What changed"),
        _("What changed in the register, as an Atom feed in each language."),
    ),
)
TYPES = {
    ".jsonld": "application/ld+json",
    ".geojson": "application/geo+json",
    ".json": "application/json",
    ".csv": "text/csv",
    ".xml": "application/atom+xml",
}


def media_type(name: str) -> str:
    return next(kind for suffix, kind in TYPES.items() if name.endswith(suffix))


def catalogue(made: Mapping[str, bytes], at: datetime, issued: datetime) -> dict[str, Any]:
    base = settings.PUBLIC_URL
    return {
        "@context": CONTEXT,
        "@id": f"{base}/open-data/dcat.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": _said(_("Open data of Alatau City")),
        "dct:description": _said(
            _(
                "The register of the project office that builds Alatau City: what is built, where, by whom, by when."
            )
        ),
        "dct:publisher": _office(),
        "dct:license": {"@id": LICENCE},
        "dct:language": _languages(LANGUAGES),
        "dct:issued": _instant(issued),
        "dct:modified": _instant(at),
        "foaf:homepage": {"@id": page("kk")},
        "dcat:dataset": [_dataset(one, made, at, issued) for one in DATASETS],
        "dcat:service": _service(),
    }


def page(language: str) -> str:
    with translation.override(language):
        return settings.PUBLIC_URL + reverse("open-data")


def feeds() -> dict[str, str]:
    """By language, the addresses of the Atom feeds."""
    return {of: settings.PUBLIC_URL + reverse("changes-feed", args=[of]) for of in LANGUAGES}


def _dataset(one: Dataset, made: Mapping[str, bytes], at: datetime, issued: datetime) -> dict[str, Any]:
    files = [_file(name, made[name], at, one.conforms) for name in one.files]
    atom = [_feed(language, address) for language, address in feeds().items()]
    return {
        "@id": f"{page('kk')}#{one.code}",
        "@type": "dcat:Dataset",
        "dct:identifier": one.code,
        "dct:title": _said(one.title),
        "dct:description": _said(one.about),
        "dct:publisher": _office(),
        "dct:license": {"@id": LICENCE},
        "dct:language": _languages(LANGUAGES),
        "dct:issued": _instant(issued),
        "dct:modified": _instant(at),
        "dct:accrualPeriodicity": {"@id": f"{AUTHORITIES}/frequency/IRREG"},
        "dct:spatial": {"@id": "http://www.geonames.org/1522867"},
        "dcat:theme": [{"@id": f"{AUTHORITIES}/data-theme/{code}"} for code in ("REGI", "GOVE")],
        "dcat:landingPage": {"@id": page("kk")},
        "dcat:contactPoint": _contact(),
        "dcat:distribution": files or atom,
    }


def _file(name: str, body: bytes, at: datetime, conforms: str) -> dict[str, Any]:
    address = f"{settings.PUBLIC_URL}/open-data/{name}"
    languages = [of for of in LANGUAGES if name == name_of(of)] or LANGUAGES
    return {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": name,
        "dcat:accessURL": {"@id": page("kk")},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": f"{MEDIA}/{media_type(name)}"},
        "dcat:byteSize": {"@value": str(len(body)), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": sha256(body).hexdigest(), "@type": "xsd:hexBinary"},
        },
        "dct:license": {"@id": LICENCE},
        "dct:language": _languages(languages),
        "dct:modified": _instant(at),
        **({"dct:conformsTo": {"@id": conforms}} if conforms else {}),
    }


def _feed(language: str, address: str) -> dict[str, Any]:
    return {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": f"changes.{language}.xml",
        "dcat:accessURL": {"@id": address},
        "dcat:mediaType": {"@id": f"{MEDIA}/{media_type('.xml')}"},
        "dct:license": {"@id": LICENCE},
        "dct:language": _languages([language]),
    }


def _service() -> dict[str, Any]:
    """The API has the same registers, filtered and page by page."""
    return {
        "@id": settings.PUBLIC_URL + reverse("api-root"),
        "@type": "dcat:DataService",
        "dct:title": _said(_("API for programs")),
        "dcat:endpointURL": {"@id": settings.PUBLIC_URL + reverse("api-root")},
        "dcat:endpointDescription": {"@id": settings.PUBLIC_URL + reverse("api-openapi")},
        "dcat:servesDataset": [{"@id": f"{page('kk')}#{code}"} for code in ("projects", "districts")],
        "dct:license": {"@id": LICENCE},
    }


def _office() -> dict[str, Any]:
    return {
        "@id": f"{settings.PUBLIC_URL}/#office",
        "@type": "foaf:Agent",
        "foaf:name": _said(_("Project Office for the development of the city of Alatau")),
    }


def _contact() -> dict[str, Any]:
    """An office and a page; no person."""
    return {
        "@type": "vcard:Organization",
        "vcard:fn": _said(_("Project Office for the development of the city of Alatau")),
        "vcard:hasURL": {"@id": settings.PUBLIC_URL + _about()},
    }


def _about() -> str:
    with translation.override("kk"):
        return reverse("about-data") + "#mistakes"


def _said(words: Any) -> list[dict[str, str]]:
    return [{"@value": text, "@language": language} for language, text in in_each_language(words).items()]


def _languages(codes: Any) -> list[dict[str, str]]:
    return [{"@id": f"{AUTHORITIES}/language/{LANGUAGE_CODES[code]}"} for code in codes]


def _instant(at: datetime) -> dict[str, str]:
    return {"@value": timezone.localtime(at).isoformat(timespec="seconds"), "@type": "xsd:dateTime"}
