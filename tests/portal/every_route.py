"""An address of every route of the portal, the admin's and the API's too: whatever there is, is asked."""

import re
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize

from tests.factories import DistrictFactory, InstructionFactory, InvestorFactory, ProjectFactory

#: What may stand where a route has a hole, until one fits.
WORDS = (
    *("1", "kk", "nothing", "ALT-P-9999", "pdf", "docx", "home", "csv", "2025-09-29", "oc4ids.kk.json"),
    *(
        "x" * 43,
        "00000000-0000-4000-8000-000000000000",
        "app",
        "core",
        "1-2",
        "2025-09",
        "html",
        "7K3M-9QXR-2B5T",
        "0" * 24,
    ),
)


def known_rows() -> dict[str, str]:
    """Some rows that everybody may see: begin of a route → what stands in its first hole."""
    project, instruction = ProjectFactory(visibility="public"), InstructionFactory(visibility="public")
    investor = InvestorFactory(visibility="public", organisation__visibility="public")
    return {
        "kk/districts/": DistrictFactory(code="gate").code,
        "kk/projects/": project.public_id,
        "api/v1/projects/": project.public_id,
        "api/v1/districts/": "gate",
        "kk/control/": instruction.public_id,
        "api/v1/instructions/": instruction.public_id,
        "kk/investors/": investor.organisation.code,
        "admin/accounts/user/": "1",
    }


def addresses(known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(name of the route, address). `known`: as of `known_rows`."""
    for route, name in _routes(get_resolver().url_patterns, "^"):
        yield name, "/" + _filled(route, known)


def _routes(patterns: Any, before: str) -> Iterator[tuple[str, str]]:
    for entry in patterns:
        here = before + entry.pattern.regex.pattern.removeprefix("^").replace(r"\Z", "$")
        if isinstance(entry, URLResolver):
            yield from _routes(entry.url_patterns, here.removesuffix("$"))
        elif isinstance(entry, URLPattern):
            yield here, entry.name or here


def _filled(route: str, known: Mapping[str, str]) -> str:
    for template, holes in normalize(route):
        first = [word for begin, word in known.items() if template.startswith(begin)]
        for words in product(*([*first, *WORDS] if not place else WORDS for place in range(len(holes)))):
            address = template % dict(zip(holes, words, strict=True))
            if re.search(route, address):
                return address
    raise AssertionError(f"no word fits {route}: add one to WORDS")
