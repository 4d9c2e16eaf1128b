"""Every section that is for everybody is three clicks from home at most, without JavaScript."""

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from tests.browser.places import PUBLIC
from tests.pages.heard import links

pytestmark = pytest.mark.django_db

#: Reached by a form, a mail or a link that signs in; not sections.
ASIDE = {
    *("account_reset_password_done", "account_inactive", "enquiry-done", "enquiry-status", "root"),
    "invest-compare",  # of what was ticked in the list, by its button
}
MOST, OF_A_VIEW = 3, 3


def view_of(address):
    try:
        return resolve(address.partition("?")[0]).url_name
    except Resolver404:
        return None


def test_every_public_section_is_within_three_clicks(city, client):
    client = Client(headers={"accept-language": "en"})
    depth, asked, ring = {"home": 0}, {"/en/"}, ["/en/"]
    read: dict[str, int] = {}
    for clicks in range(1, MOST + 1):
        following = []
        for address in ring:
            answer = client.get(address, follow=True)
            if "text/html" not in answer.get("Content-Type", ""):
                continue
            for link in links(answer.content.decode(), address):
                view = view_of(link)
                if link in asked or not link.startswith("/en/") or view is None:
                    continue
                asked.add(link)
                depth.setdefault(view, clicks)
                read[view] = read.get(view, 0) + 1
                if read[view] <= OF_A_VIEW:
                    following.append(link)
        ring = following

    sections = {view_of(f"/en{place}") for place in PUBLIC if "{" not in place} - ASIDE - {None}
    missing = {section for section in sections if section not in depth}
    assert missing == set()
    assert {"invest", "enquiry", "district", "project", "search", "privacy"} <= set(depth)
