"""Who may open which page of the admin."""

import pytest
from django.contrib import admin

from tests.admin.rows import LOOKED_AT, NOT_ADDED, REMOVABLE, ROWS, address
from tests.factories import FigureFactory, ProjectFactory

pytestmark = pytest.mark.django_db


def test_every_registered_model_is_walked_through():
    assert {model._meta.label for model in admin.site._registry} == set(ROWS)


@pytest.mark.parametrize("model", ROWS)
def test_the_office_opens_every_page(browse, office, model):
    row, client = ROWS[model](), browse(office)

    for page in ("changelist", "change", "history"):
        args = [] if page == "changelist" else [row.pk]
        assert client.get(address(model, page, *args)).status_code == 200, page
    assert client.get(address(model, "changelist"), {"q": "құрылыс 1"}).status_code == 200
    assert client.get(address(model, "add")).status_code == (403 if model in NOT_ADDED else 200)
    assert client.get(address(model, "delete", row.pk)).status_code == (200 if model in REMOVABLE else 403)


@pytest.mark.parametrize("model", ROWS)
def test_an_auditor_looks_and_changes_nothing(browse, auditor, model):
    row, client = ROWS[model](), browse(auditor)

    for page in ("changelist", "change", "history"):
        args = [] if page == "changelist" else [row.pk]
        assert client.get(address(model, page, *args)).status_code == 200, page
    shown = client.get(address(model, "change", row.pk)).content.decode()
    assert 'name="_save"' not in shown
    assert 'name="why"' not in shown
    assert client.get(address(model, "add")).status_code == 403
    assert client.post(address(model, "change", row.pk), {}).status_code == 403
    assert client.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("model", sorted(LOOKED_AT))
def test_what_the_machine_writes_is_only_looked_at(browse, office, model):
    row = ROWS[model]()

    assert browse(office).post(address(model, "change", row.pk), {}).status_code == 403


@pytest.mark.parametrize("persona", ["leadership", "executor", "investor"])
def test_others_are_refused_not_sent_round(browse, request, persona):
    client = browse(request.getfixturevalue(persona))

    response = client.get("/admin/", follow=True)

    assert response.status_code == 403
    assert len(response.redirect_chain) <= 1
    assert client.get(address("districts.Project", "changelist"), follow=True).status_code == 403


def test_a_visitor_is_sent_to_the_sign_in_of_the_portal(browse):
    response = browse().get("/admin/", follow=True)

    assert response.status_code == 200
    assert response.request["PATH_INFO"] == "/en/accounts/login/"
    assert response.context["form"].fields["login"]


def test_a_password_is_changed_at_the_portals_own_page(browse, office):
    response = browse(office).get("/admin/password_change/")

    assert response.url == "/en/accounts/password/change/"


@pytest.mark.parametrize("action", ["change-stage", "choose"])
def test_verbs_are_for_the_office(browse, auditor, action):
    row = ProjectFactory() if action == "change-stage" else FigureFactory()
    page = address(f"districts.{type(row).__name__}", "change", row.pk)
    client = browse(auditor)

    assert action not in client.get(page).content.decode()
    assert client.get(page.replace("/change/", f"/{action}/")).status_code == 403
    assert client.post(page.replace("/change/", f"/{action}/"), {}).status_code == 403


def test_the_language_is_switched_in_the_admin(browse, office):
    client = browse(office)

    client.post("/i18n/setlang/", {"language": "ru", "next": "/admin/"})

    assert 'lang="ru"' in client.get("/admin/").content.decode()


def test_the_search_of_everything_is_folded(browse, office):
    ProjectFactory(name_kk="Құрылыс алаңы", name_en="")

    for _asked in ("first", "from the cache"):
        assert "Құрылыс алаңы" in browse(office).get("/admin/search/", {"s": "курылыс"}).content.decode()


def test_nothing_comes_from_elsewhere_and_scripts_stand_in_files(browse, office):
    response = browse(office).get(address("districts.Project", "change", ProjectFactory().pk))

    policy = response.headers["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-eval';" in policy
    page = response.content.decode()
    assert "https://" not in page.replace("https://www.w3.org", "")
    assert "<script>" not in page
