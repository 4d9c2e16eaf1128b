"""Who takes part: organisations only, never a person."""

from typing import Any

from alatau_portal.open_data import city
from core.countries import country_name
from districts.choices import PartyRole

#: Roles that the standard has a code for; its list is open, and the others keep a code of ours.
ROLES = {
    PartyRole.INVESTOR: ("investor",),
    PartyRole.DEVELOPER: ("developer",),
    PartyRole.DESIGNER: ("designer",),
    PartyRole.GENERAL_CONTRACTOR: ("supplier", "generalContractor"),
    PartyRole.ARCHITECT: ("architect",),
    PartyRole.OPERATOR: ("operator",),
    PartyRole.FUNDER: ("funder",),
    PartyRole.PUBLIC_AUTHORITY: ("publicAuthority",),
    PartyRole.ADVISER: ("adviser",),
}


def parties(project: Any, language: str) -> list[dict[str, Any]]:
    """An organisation once, with all its roles."""
    found: dict[str, dict[str, Any]] = {}
    for party in city.parties(project):
        known = found.setdefault(party.organisation.code, _organisation(party.organisation, language))
        known["roles"] += [role for role in ROLES[party.role] if role not in known["roles"]]
    return list(found.values())


def authority(project: Any, language: str) -> dict[str, Any] | None:
    for party in city.parties(project):
        if party.role == PartyRole.PUBLIC_AUTHORITY:
            return reference(party.organisation, language)
    return None


def reference(organisation: Any, language: str) -> dict[str, Any]:
    return {"id": organisation.code, "name": getattr(organisation.name, language)}


def _organisation(organisation: Any, language: str) -> dict[str, Any]:
    country = organisation.country and country_name(organisation.country, language)
    return {
        **reference(organisation, language),
        "identifier": {"scheme": "KZ-BIN", "id": organisation.bin} if organisation.bin else None,
        "address": {"countryName": country},
        "classifications": [
            {
                "scheme": "alatau-organisation-kind",
                "id": organisation.kind,
                "description": str(organisation.get_kind_display()),
            }
        ],
        "roles": [],
    }
