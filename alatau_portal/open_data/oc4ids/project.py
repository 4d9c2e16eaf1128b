"""A project in the terms of the standard."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from alatau_portal.open_data.oc4ids.documents import documents
from alatau_portal.open_data.oc4ids.measured import benefits, budget, forecasts, metrics
from alatau_portal.open_data.oc4ids.parties import authority, parties
from alatau_portal.open_data.oc4ids.terms import completion, milestones, period, stages
from alatau_portal.open_data.oc4ids.words import sentences
from core import formats
from core.countries import country_name
from districts.choices import ClaimField

DESCRIBING = (ClaimField.IDENTITY, ClaimField.COMPOSITION, ClaimField.STATUS, ClaimField.FUNDING)


def project(row: Any, language: str, updated: datetime) -> dict[str, Any]:
    """Texts in the language of the package only: a translation that does not exist is left out."""
    return {
        "id": f"{settings.OC4IDS_PREFIX}-{row.public_id}",
        "updated": updated.isoformat(timespec="seconds"),
        "language": language,
        "identifiers": [{"id": row.public_id, "scheme": "alatau-portal"}],
        "publicAuthority": authority(row, language),
        "title": getattr(row.name, language),
        "description": _description(row, language),
        "purpose": getattr(row.purpose, language),
        "status": row.status,
        "type": row.type,
        "sector": row.sectors,
        "additionalClassifications": list(_classifications(row, language)),
        "period": period(row),
        **stages(row),
        "parties": parties(row, language),
        "locations": list(_locations(row, language)),
        "budget": budget(row, language),
        "forecasts": forecasts(row, language),
        "metrics": metrics(row, language),
        "milestones": milestones(row, language),
        "completion": completion(row, language),
        "documents": documents(row, language),
        "policyAlignment": {"description": _claimed(row, language, ClaimField.LEGAL_REGIME)},
        "benefits": benefits(row, language),
    }


def _description(row: Any, language: str) -> str:
    """What sources say of it, each with its code, and the remark of the register."""
    suspended = row.suspended_since and _("Suspended since %(day)s") % {
        "day": formats.day_text(row.suspended_since, language)
    }
    return sentences(_claimed(row, language, *DESCRIBING), suspended or "", getattr(row.note, language))


def _claimed(row: Any, language: str, *fields: str) -> str:
    said = (
        (getattr(claim.text, language), claim.source)
        for field in fields
        for claim in row.claims_told
        if claim.field == field
    )
    return " ".join(f"{text} [{source.code}]" for text, source in said if text)


def _classifications(row: Any, language: str) -> Iterator[dict[str, Any]]:
    yield {"scheme": "alatau-kind", "id": row.kind, "description": str(row.get_kind_display())}
    if row.district:
        name = getattr(row.district.name, language)
        yield {"scheme": "alatau-district", "id": row.district.code, "description": name}


def _locations(row: Any, language: str) -> Iterator[dict[str, Any]]:
    """The outline of a site is its own; that of a district is schematic and stands for none of its projects."""
    address = {"locality": _("Alatau City"), "countryName": country_name("KZ", language)}
    if row.geometry:
        yield {"id": "site", "description": _("Site"), "geometry": row.geometry, "address": address}
    if row.district:
        where = sentences(getattr(row.district.name, language), getattr(row.district.location, language))
        yield {
            "id": f"district-{row.district.code}",
            "description": where,
            "gazetteer": {"scheme": "alatau-district", "identifiers": [row.district.code]},
            "address": address,
        }
