"""Every page against axe (WCAG 2.2 AA), the content policy, foreign hosts and sideways scrolling.

Here a public page is judged at both widths in two languages, another once, all combinations in turn; `make judges`
judges every page in all of them.
"""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.utils import timezone
from playwright.sync_api import Page

from districts.models import Project
from tasks.models import Instruction, Protocol
from tests.browser.inspection import faults, once, spread
from tests.browser.places import ERRORS, PUBLIC, SIGNED_IN, WITHOUT_A_PAGE
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def filled() -> Any:
    """filled(address): with what only the database knows."""
    project = Project.objects.get(code="pepsico_plant").public_id
    given = Instruction.objects.earliest("pk").public_id
    paper = Protocol.objects.select_related("meeting").earliest("pk")
    told = {"meeting": paper.meeting.public_id, "paper": paper.pk, "today": timezone.localdate()}
    return lambda address: address.format(project=project, instruction=given, **told)


def sign_in(page: Page, portal: str, user: Any) -> None:
    client = Client()
    client.force_login(user, "accounts.backends.Passwords")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": portal}])


def judged(page: Page, portal: str, addresses: list[str], combinations: Any) -> list[str]:
    return [
        fault
        for place, address in enumerate(addresses)
        for language, width in combinations(place)
        for fault in faults(page, portal, f"/{language}{address}", width)
    ]


def test_what_a_visitor_sees(page: Page, portal: str, filled: Any) -> None:
    found = judged(page, portal, [filled(address) for address in PUBLIC], spread)

    assert found == [], "\n".join(found)


def test_what_the_office_sees(page: Page, portal: str, filled: Any) -> None:
    sign_in(page, portal, UserFactory(role="office"))

    found = judged(page, portal, [filled(address) for address in SIGNED_IN], once)

    assert found == [], "\n".join(found)


def test_what_one_sees_when_something_is_wrong(page: Page, portal: str, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.browser.failing_urls"

    found = [
        fault
        for place, status in enumerate(ERRORS)
        for language, width in once(place)
        for fault in faults(page, portal, f"/{language}/fail/{status}/", width, status)
    ]

    assert found == [], "\n".join(found)


def test_no_page_is_forgotten() -> None:
    ids = {"project": "ALT-P-0001", "instruction": "ALT-I-0001", "meeting": "ALT-M-0001", "paper": 1}
    paths = [address.split("?")[0].format(**ids) for address in PUBLIC + SIGNED_IN]
    looked_at = {resolve(f"/kk{path}").url_name for path in paths}

    assert names_of_pages() - WITHOUT_A_PAGE == looked_at


def names_of_pages() -> set[str]:
    """Of every route below a language, but for those that take forms only."""
    return {name for route, name in _routes(get_resolver().url_patterns) if route.startswith("kk/")}


def _routes(patterns: list[Any], prefix: str = "") -> Any:
    for entry in patterns:
        here = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _routes(entry.url_patterns, here)
        elif isinstance(entry, URLPattern):
            yield here, entry.name
