"""Role × address × method for every route: an address without a line here fails."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from alatau_portal.open_data import editions
from alatau_portal.open_data.files import NAMES
from tests.factories import (
    ClaimFactory,
    DistrictFactory,
    FigureFactory,
    InstructionFactory,
    InvestorFactory,
    LegalActFactory,
    MeetingFactory,
    OrganisationFactory,
    ProjectFactory,
    SourceFactory,
)
from tests.portal.test_matrix_access import ROUTES as OF_ACCESS
from tests.portal.test_matrix_control import EXTENSION, INSTRUCTION
from tests.portal.test_matrix_control_pages import ROUTES
from tests.portal.test_matrix_dist import ROUTES as OF_DISTRICTS
from tests.portal.test_matrix_enquiries import ROUTES as OF_ENQUIRIES
from tests.portal.test_matrix_enquiry import ROUTES as OF_ENQUIRY
from tests.portal.test_matrix_guard import ROUTES as OF_PERSONAL_DATA
from tests.portal.test_matrix_invest import ROUTES as OF_INVEST
from tests.portal.test_matrix_land import ROUTES as OF_LAND
from tests.portal.test_matrix_meetings import ROUTES as OF_MEETINGS
from tests.portal.test_matrix_pub import ROUTES as OF_PUBLICATION
from tests.portal.test_matrix_reporting import ROUTES as OF_REPORTING
from tests.portal.test_matrix_reporting_api import ROUTES as OF_REPORTING_API
from tests.portal.test_matrix_room import ROUTES as OF_ROOM
from tests.portal.test_matrix_webhooks import ROUTES as OF_WEBHOOKS

pytestmark = pytest.mark.django_db

PERSONAS = ["anonymous", "office", "leadership", "executor", "akimat_preparer", "investor", "auditor"]
METHODS = ["get", "head", "post", "put", "patch", "delete"]
READ = {"get": 200, "head": 200, "post": 405, "put": 405, "patch": 405, "delete": 405}
MOVED = READ | {"get": 302, "head": 302, "post": 302}
TO_LOGIN = dict.fromkeys(METHODS, 302)
FORM = {"get": 200, "head": 200, "post": 200, "put": 405, "patch": 405, "delete": 405}
VERB = dict.fromkeys(METHODS, 405) | {"post": 302}
ABSENT = READ | {"get": 404, "head": 404, "post": 404}

#: Address → what each method answers to everybody; {…} is filled from the rows below.
PUBLIC = {
    "/": READ | {"get": 302, "head": 302},
    "/health/ready": READ | {"get": 503, "head": 503},  # these tests have no real data
    "/kk/": READ,
    "/kk/districts/{district}/": READ,
    "/kk/projects/": READ,
    "/kk/projects/{project}/": READ,
    "/kk/projects/{project}/progress.docx": READ,
    "/kk/investors/": READ,
    "/kk/investors/{investor}/": READ,
    "/kk/about-data/": READ,
    "/kk/open-data/": READ,
    **{f"/open-data/{name}": READ for name in NAMES},
    "/open-data/{copy}/projects.csv": READ,
    "/kk/search/?q=алатау": READ,
    "/kk/figures/city/area/": READ,
    "/kk/figures/{district}/area/": READ,
    "/kk/figures/{project}/investment/": READ,
    "/kk/legal-acts/": READ,
    "/kk/timeline/": READ,
    "/kk/changes/": READ,
    "/kk/accessibility/": READ,
    "/kk/privacy/": READ,
    "/feeds/changes.kk.xml": READ,
    "/metrics": READ,  # asked from this machine: tests/portal/test_metrics.py
    "/robots.txt": READ,
    "/.well-known/security.txt": READ,
    "/sitemap.xml": READ,
    "/api/v1/": READ,
    "/api/v1/openapi.json": READ,
    "/api/v1/changes/": READ,
    "/api/docs/": READ,
    "/api/v1/districts/": READ,
    "/api/v1/districts/{district}/": READ,
    "/api/v1/projects/": READ,
    "/api/v1/projects/{project}/": READ,
    "/api/v1/investors/": READ,
    "/api/v1/investors/{investor}/": READ,
    "/api/v1/organisations/": READ,
    "/api/v1/organisations/{organisation}/": READ,
    "/api/v1/meetings/": READ,
    "/api/v1/meetings/{meeting}/": READ,
    "/api/v1/instructions/{instruction}/": READ,
    "/api/v1/extensions/": READ,
    "/api/v1/sources/": READ,
    "/api/v1/sources/{source}/": READ,
    "/api/v1/legal-acts/": READ,
    "/api/v1/legal-acts/{act}/": READ,
    "/api/v1/figures/": READ,
    "/api/v1/figures/{figure}/": READ,
    "/api/v1/claims/": READ,
    "/api/v1/claims/{claim}/": READ,
    **{f"/api/docs/{name}": READ for name in ("guide.md", "changelog.md", "errors.md", "errors/")},
    **{f"/api/v1/{name}.{suffix}": READ for suffix in ("csv", "xlsx") for name in
       ("districts", "projects", "investors", "organisations", "meetings", "instructions", "extensions", "sources",
        "legal-acts", "figures", "claims")},
    "/api/v1/districts.geojson": READ,
    "/api/v1/projects.geojson": READ,
}  # fmt: skip


@pytest.fixture
def rows():
    public = {"visibility": "public"}
    organisation = OrganisationFactory(**public)
    return {
        "district": DistrictFactory().code,
        "project": ProjectFactory(**public).public_id,
        "investor": InvestorFactory(organisation=organisation, **public).organisation.code,
        "organisation": organisation.code,
        "meeting": MeetingFactory(**public).public_id,
        "instruction": InstructionFactory(**public).public_id,
        "source": SourceFactory().code,
        "act": LegalActFactory().code,
        "figure": FigureFactory(chosen=True, project__visibility="public", **public).pk,
        "claim": ClaimFactory(chosen=True, project__visibility="public", **public).pk,
        "copy": editions.publish().day,
    }


def as_persona(client, request, persona):
    if persona != "anonymous":
        client.force_login(request.getfixturevalue(persona))
    return client


@pytest.mark.parametrize("persona", PERSONAS)
def test_public_addresses_are_the_same_for_everybody(client, request, rows, persona):
    as_persona(client, request, persona)

    answers = {
        (address, method): getattr(client, method)(address.format(**rows)).status_code
        for address in PUBLIC
        for method in METHODS
    }

    assert answers == {(address, method): PUBLIC[address][method] for address in PUBLIC for method in METHODS}


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_list_that_is_written_to_is_read_by_everybody(client, request, rows, persona):
    as_persona(client, request, persona)
    posted = 401 if persona == "anonymous" else 415  # a form: tests/portal/test_matrix_control.py sends JSON

    answers = {method: getattr(client, method)("/api/v1/instructions/").status_code for method in METHODS}

    assert answers == READ | {"post": posted}


SECRET = ["districts", "projects", "investors", "organisations", "meetings", "instructions"]


@pytest.fixture
def secret():
    internal = {"visibility": "internal"}
    organisation = OrganisationFactory(**internal)
    return {
        f"/api/v1/projects/{ProjectFactory(**internal).public_id}/",
        f"/api/v1/investors/{InvestorFactory(organisation=organisation, **internal).organisation.code}/",
        f"/api/v1/organisations/{organisation.code}/",
        f"/api/v1/meetings/{MeetingFactory(**internal).public_id}/",
        f"/api/v1/instructions/{InstructionFactory(**internal).public_id}/",
        f"/kk/projects/{ProjectFactory(**internal).public_id}/",
        f"/kk/investors/{InvestorFactory(organisation__visibility='public', **internal).organisation.code}/",
        f"/kk/figures/{ProjectFactory(**internal).public_id}/investment/",
    }


@pytest.mark.parametrize("persona", PERSONAS)
def test_what_is_not_published_is_not_there_for_outsiders(client, request, secret, persona):
    as_persona(client, request, persona)
    expected = 200 if persona in {"office", "leadership", "auditor"} else 404

    assert {address: client.get(address).status_code for address in secret} == dict.fromkeys(secret, expected)


def test_an_absent_and_an_invisible_object_answer_alike(client, secret):
    for address in secret:
        name = address.split("/")[-2]
        there, gone = client.get(address), client.get(address.replace(name, "ALT-P-9999"))
        assert (there.status_code, gone.status_code) == (404, 404)
        assert there.content.replace(name.encode(), b"") == gone.content.replace(b"ALT-P-9999", b"")


#: Address → methods for (signed out, signed in).
ACCOUNT = {
    "/kk/accounts/login/": (FORM, MOVED),
    "/kk/accounts/logout/": (MOVED, FORM | {"post": 302}),
    "/kk/accounts/password/change/": (TO_LOGIN, FORM),
    "/kk/accounts/password/reset/": (FORM, FORM),
    "/kk/accounts/password/reset/done/": (READ, READ),
    "/kk/accounts/inactive/": (READ, READ),
    "/kk/accounts/reauthenticate/": (TO_LOGIN, FORM),
    "/kk/accounts/profile/": (TO_LOGIN, FORM),
    "/kk/accounts/profile/sign-out-elsewhere/": (TO_LOGIN, VERB),
    "/kk/accounts/notifications/": (TO_LOGIN, READ),
    "/kk/accounts/notifications/read/": (TO_LOGIN, VERB),
    "/kk/accounts/notifications/1/read/": (TO_LOGIN, VERB | {"post": 404}),
    "/kk/accounts/notifications/settings/": (TO_LOGIN, FORM | {"post": 302}),
    "/kk/accounts/views/": (TO_LOGIN, FORM | {"post": 302}),
    "/kk/accounts/views/1/rename/": (TO_LOGIN, VERB | {"post": 404}),
    "/kk/accounts/views/1/delete/": (TO_LOGIN, VERB | {"post": 404}),
    "/kk/accounts/clients/": (TO_LOGIN, READ),
    "/kk/accounts/clients/1/rotate/": (TO_LOGIN, ABSENT),
    "/kk/accounts/clients/1/revoke/": (TO_LOGIN, VERB | {"post": 404}),
    # Who has just been signed in by force has shown no password: what guards the account asks for it.
    "/kk/accounts/clients/new/": (TO_LOGIN, FORM | {"post": 302}),
    "/kk/accounts/second-factor/": (TO_LOGIN, READ | {"put": 405, "post": 405}),
    "/kk/accounts/second-factor/sign-in/": (MOVED, MOVED),
    "/kk/accounts/second-factor/confirm/": (TO_LOGIN, MOVED),
    "/kk/accounts/second-factor/app/": (TO_LOGIN, MOVED),
    "/kk/accounts/second-factor/app/remove/": (TO_LOGIN, ABSENT),
    "/kk/accounts/second-factor/codes/": (TO_LOGIN, ABSENT | {"post": 405}),
    "/kk/accounts/second-factor/codes/renew/": (TO_LOGIN, MOVED),
    "/kk/accounts/second-factor/keys/": (TO_LOGIN, READ),
    "/kk/accounts/second-factor/keys/add/": (TO_LOGIN, MOVED),
    "/kk/accounts/second-factor/keys/1/": (TO_LOGIN, MOVED),
    "/kk/accounts/second-factor/keys/1/remove/": (TO_LOGIN, MOVED),
    "/kk/accounts/second-factor/keys/confirm/": (TO_LOGIN, MOVED),
    "/kk/accounts/second-factor/keys/sign-in/": (MOVED, MOVED),
    "/kk/accounts/invitation/nothing/": (READ | {"get": 404, "head": 404, "post": 404},) * 2,
}


@pytest.mark.parametrize("address", ACCOUNT)
@pytest.mark.parametrize("signed_in", [False, True])
def test_account_pages(client, executor, address, signed_in):
    if signed_in:
        client.force_login(executor)

    answers = {method: getattr(client, method)(address).status_code for method in METHODS if method != "post"}
    answers["post"] = client.post(address).status_code

    assert answers == ACCOUNT[address][signed_in]


@pytest.mark.parametrize("persona", PERSONAS)
def test_the_admin_is_for_the_office_and_to_look_for_the_auditor(client, request, persona):
    as_persona(client, request, persona)

    answer = client.get("/admin/", follow=True)

    if persona == "anonymous":
        assert answer.redirect_chain[-1][0].startswith("/kk/accounts/login/")
    else:
        assert answer.status_code == (200 if persona in {"office", "auditor"} else 403)


#: Below these, other tests ask every page as every role (tests/admin), or a file is served as it is.
ELSEWHERE = ("admin/", "i18n/")
ASKED_ABOVE = {
    *ROUTES, *OF_ACCESS,
    *OF_DISTRICTS, *OF_ENQUIRIES, *OF_ENQUIRY, *OF_INVEST, *OF_LAND, *OF_MEETINGS, *OF_PERSONAL_DATA,
    *OF_PUBLICATION, *OF_REPORTING, *OF_REPORTING_API, *OF_ROOM, *OF_WEBHOOKS,
    "styleguide", "styleguide-section",  # tests/portal/test_styleguide.py
    "root", "health-ready", "home", "district", "project-list", "project", "project-progress",
    "investor-list", "about-data", "open-data", "open-data-file", "open-data-copy", "invitation",
    "investor", "search", "figure", "legal-acts", "timeline", "changes", "changes-feed", "accessibility", "privacy",
    "robots", "sitemap", "security", "metrics",
    "api-root", "api-openapi", "api-changes", "api-docs", "api-guide", "api-changelog", "api-errors", "api-errors-text",
    "district-geojson", "project-geojson",
    "disputes", "dispute", "dispute-file", "figure-dispute",  # tests/pages/test_disputes.py
    "figure-dispute-decide", "figure-dispute-withdraw",  # tests/api/test_disputes.py
    "instruction-bulk",  # tests/api/test_bulk.py
    *(f"instruction-{verb}" for verb in INSTRUCTION), *(f"extension-{verb}" for verb in EXTENSION),
    *(f"{name}-{kind}" for kind in ("list", "detail", "csv", "xlsx") for name in
      ("district", "project", "investor", "organisation", "meeting", "instruction", "extension", "source",
       "legal-act", "figure", "figure-dispute", "claim")),
    "account_login", "account_logout", "account_inactive", "account_change_password", "account_reset_password",
    "account_reset_password_done",
    "account_set_password", "account_reset_password_from_key", "account_reset_password_from_key_done",
    "account_reauthenticate", "profile", "sign-out-elsewhere", "notices", "notices-read", "notice-read",
    "clients", "client-new", "client-rotate", "client-revoke",
    "notice-settings", "saved-views", "saved-view-rename", "saved-view-delete",
    *(f"mfa_{name}" for name in ("index", "authenticate", "reauthenticate", "activate_totp", "deactivate_totp",
      "view_recovery_codes", "generate_recovery_codes", "list_webauthn", "add_webauthn", "edit_webauthn",
      "remove_webauthn", "reauthenticate_webauthn", "login_webauthn")),
}  # fmt: skip


def routes(patterns, prefix=""):
    for entry in patterns:
        here = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, here)
        elif isinstance(entry, URLPattern) and not here.startswith(ELSEWHERE):
            yield here, entry.name


def test_no_address_is_without_a_line():
    unknown = {route: name for route, name in routes(get_resolver().url_patterns) if name not in ASKED_ABOVE}

    assert set(unknown) <= {"api/"}  # whatever else is asked below /api/ answers 404 as a problem
