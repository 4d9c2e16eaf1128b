"""What fields of OC4IDS are called on the page of the open data."""

from django.utils.translation import gettext as _


def fields() -> dict[str, str]:
    """By the name that the standard gives them, in the language of the page."""
    return {
        "id": _("Identifier in the standard"),
        "updated": _("Last change"),
        "language": _("Language"),
        "identifiers": _("Identifier in the portal"),
        "title": _("Name"),
        "description": _("Description"),
        "purpose": _("Purpose"),
        "status": _("Status"),
        "type": _("Type of works"),
        "sector": _("Sectors"),
        "additionalClassifications": _("District and kind"),
        "period": _("From the start to the end of construction"),
        "identificationPeriod": _("Stage of identification"),
        "preparationPeriod": _("Stage of preparation"),
        "implementationPeriod": _("Stage of implementation"),
        "completionPeriod": _("Stage of completion"),
        "maintenancePeriod": _("Stage of use"),
        "decommissioningPeriod": _("Stage of taking out of use"),
        "publicAuthority": _("Public authority"),
        "parties": _("Organisations that take part"),
        "locations": _("Place"),
        "budget": _("Sum of investment"),
        "forecasts": _("What is promised and planned"),
        "metrics": _("What was reported and accepted"),
        "milestones": _("Terms"),
        "completion": _("Completion"),
        "documents": _("Documents and sources"),
        "policyAlignment": _("Legal regime"),
        "benefits": _("Jobs promised"),
    }
