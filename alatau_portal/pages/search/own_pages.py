"""The portal's own pages, found by what they are called and what stands on them, in any of the three languages."""

from functools import cache

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core.text import LANGUAGES, fold

#: Name of the address, title, what is there.
PAGES = (
    ("home", _("Home"), _("The four districts, counters, the map, what changed")),
    ("project-list", _("Projects"), _("Register of projects with filters")),
    ("investor-list", _("Investors"), _("Who builds and who is in talks")),
    ("invest", _("For investors"), _("Plots and opportunities on a list and a map, and how to come in")),
    ("invest-match", _("What fits my needs"), _("Plots compared with what an investor needs")),
    (
        "legal-acts",
        _("Legal acts"),
        _("Decrees, resolutions and laws of the city, stages of entry into force"),
    ),
    ("timeline", _("Timeline of the city"), _("Decisions, meetings, talks and terms, year by year")),
    ("changes", _("What changed"), _("Changes of the register, day by day; subscription")),
    ("about-data", _("About the data"), _("How figures are made, sources, licences, what is not published")),
    ("open-data", _("Open data"), _("Files for other systems: OC4IDS, CSV, GeoJSON, DCAT; licence, quality")),
    ("accessibility", _("Accessibility"), _("What was checked, known limits")),
    ("privacy", _("Privacy"), _("Cookies, personal data, logs, your rights")),
    ("api-docs", _("API for programs"), _("Open data of the registers in JSON, CSV, XLSX and GeoJSON")),
)


def pages_with(words: list[str]) -> list[tuple[str, str, str]]:
    """Pages that have all the words."""
    return [
        (name, str(title), str(about))
        for name, title, about in PAGES
        if all(word in _said()[name] for word in words)
    ]


@cache
def _said() -> dict[str, str]:
    said = {name: "" for name, _title, _about in PAGES}
    for language in LANGUAGES:
        with translation.override(language):
            for name, title, about in PAGES:
                said[name] += f" {fold(f'{title} {about}')}"
    return said
