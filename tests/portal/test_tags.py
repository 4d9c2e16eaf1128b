"""The menu's mark of the present page, and the language switch."""

import pytest
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory, override_settings
from django.urls import include, path, resolve
from django.utils import translation
from django.views.generic import View


def urls():
    """A few of the portal's addresses, so that this test needs none of its pages."""
    from django.conf.urls.i18n import i18n_patterns

    page = View.as_view()
    inner = [
        path("", page, name="home"),
        path("districts/<slug:code>/", page, name="district"),
        path("projects/", page, name="project-list"),
        path("projects/<slug:public_id>/", page, name="project"),
    ]
    return tuple(i18n_patterns(path("", include(inner))))


@pytest.fixture(autouse=True)
def _addresses():
    with override_settings(ROOT_URLCONF=urls()):
        yield


def request_of(address: str, lang: str = "kk") -> HttpRequest:
    request = RequestFactory().get(address)
    with translation.override(lang):
        request.resolver_match = resolve(request.path_info)
    return request


def render(source: str, request: HttpRequest | None, lang: str = "kk") -> str:
    with translation.override(lang):
        return Template("{% load portal %}" + source).render(Context({"request": request}))


@pytest.mark.parametrize(
    ("address", "tag", "mark"),
    [
        ("/kk/", 'nav_current "home"', ' aria-current="page"'),
        ("/kk/", 'nav_current "project"', ""),
        ("/kk/projects/", 'nav_current "project"', ' aria-current="page"'),
        ("/kk/projects/ALT-P-0001/", 'nav_current "project"', ' aria-current="true"'),
        ("/kk/districts/gate/", 'nav_current "district"', ' aria-current="true"'),
        ("/kk/districts/gate/", 'nav_current "district" code="gate"', ' aria-current="page"'),
        ("/kk/districts/gate/", 'nav_current "district" code="green"', ""),
    ],
)
def test_the_menu_knows_where_one_is(address, tag, mark):
    assert render("{% " + tag + " %}", request_of(address)) == mark


def test_the_switch_keeps_the_object_and_the_query():
    html = render("{% language_links %}", request_of("/kk/projects/ALT-P-0001/?as_of=2025-12-01&q=%D2%9B"))

    for lang in ("kk", "ru", "en"):
        assert f'href="/{lang}/projects/ALT-P-0001/?as_of=2025-12-01&amp;q=%D2%9B"' in html
    assert html.count("aria-current") == 1


def test_the_switch_works_on_an_address_that_leads_nowhere():
    assert 'href="/ru/nothing/"' in render("{% language_links %}", RequestFactory().get("/kk/nothing/"))


def test_the_switch_works_without_a_request():
    assert "Рус" in render("{% language_links %}", None)
