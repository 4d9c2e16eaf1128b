"""Verbs in the admin: a page asks, the service decides, the answer is said."""

import pytest

from accounts.models import ApiClient, Invitation
from core.models import Change, Outbox
from districts.models import Figure, Project
from tests.admin.forms import filled, sentences
from tests.admin.rows import address
from tests.factories import (
    ApiClientFactory,
    ClaimFactory,
    FigureFactory,
    InvitationFactory,
    MilestoneFactory,
    ProjectFactory,
    UserFactory,
    project_in,
)

pytestmark = pytest.mark.django_db


def page_of(row, verb):
    return address(row._meta.label, "change", row.pk).replace("/change/", f"/{verb}/")


def test_the_stage_is_changed_by_its_page(browse, office):
    project, client = ProjectFactory(), browse(office)
    page = page_of(project, "change-stage")

    offered = client.get(page).context["form"].fields["to"].choices
    response = client.post(page, {"to": "preparation", "basis": "decree 1", "on": "2025-09-29"})

    assert [code for code, _label in offered] == ["", "preparation", "cancelled"]
    assert response.url == address("districts.Project", "change", project.pk)
    project.refresh_from_db()
    assert project.status == "preparation"


@pytest.mark.parametrize(
    "typed",
    [
        {"to": "preparation", "basis": ""},
        {"to": "completion", "basis": "skipped"},
        {"to": "", "basis": "x"},
        {"to": "preparation", "basis": "x", "on": "2025-02-30"},
    ],
)
def test_what_does_not_go_is_said_on_the_page(browse, office, typed):
    project = ProjectFactory()

    response = browse(office).post(page_of(project, "change-stage"), typed)

    assert response.status_code == 200
    assert response.context["form"].errors
    project.refresh_from_db()
    assert (project.status, project.stage_changes.count()) == ("identification", 1)


def test_a_refusal_of_the_service_is_said_on_the_page(browse, office, monkeypatch):
    project, client = ProjectFactory(), browse(office)
    page = page_of(project, "change-stage")
    monkeypatch.setattr("districts.admin.projects.PROJECT_MOVES", {"identification": {"completion"}})

    response = client.post(page, {"to": "completion", "basis": "x"})

    assert "cannot go to" in str(response.context["form"].errors)
    assert Project.objects.get(pk=project.pk).status == "identification"


def test_a_project_at_its_end_is_offered_nothing(browse, office):
    project = project_in("cancelled")

    response = browse(office).get(page_of(project, "change-stage"))

    assert [code for code, _label in response.context["form"].fields["to"].choices] == [""]
    assert "which is its end" in response.content.decode()


def test_a_verb_on_what_is_not_there_leads_back(browse, office):
    assert browse(office).get("/admin/districts/project/999/change-stage/").status_code == 302


@pytest.mark.parametrize("factory", [FigureFactory, ClaimFactory])
def test_one_of_two_is_chosen(browse, office, factory):
    shown = factory(chosen=True)
    other = factory(project=shown.project)

    response = browse(office).post(page_of(other, "choose"), {"note": "the newer one"})

    assert response.status_code == 302
    shown.refresh_from_db()
    other.refresh_from_db()
    assert (shown.chosen, other.chosen) == (False, True)


def test_a_figure_is_not_chosen_by_looking(browse, office):
    figure = FigureFactory()

    browse(office).get(page_of(figure, "choose"))

    assert not Figure.objects.get(pk=figure.pk).chosen


def test_a_forecast_moves_by_its_page(browse, office):
    milestone = MilestoneFactory()

    typed = {"new": "2028 autumn", "reason": "land", "note": "no plot yet"}
    response = browse(office).post(page_of(milestone, "move-forecast"), typed)

    assert response.status_code == 302
    milestone.refresh_from_db()
    assert (milestone.forecast.iso(), milestone.moves.get().reason) == ("2028-23", "land")


def test_a_milestone_is_met_by_its_page(browse, office):
    milestone, client = MilestoneFactory(), browse(office)
    page = page_of(milestone, "settle")

    undated = client.post(page, {"status": "met", "met": "", "note": "report 3"})
    response = client.post(page, {"status": "met", "met": "2026-03", "note": "report 3"})
    again = client.post(page, {"status": "met", "met": "2026-03", "note": "report 3"})

    assert "has its date" in str(undated.context["form"].errors)
    assert response.status_code == 302
    assert "already" in str(again.context["form"].errors)
    milestone.refresh_from_db()
    assert (milestone.status, milestone.met.iso()) == ("met", "2026-03")
    last = Change.objects.of(milestone).last()
    assert (last.actor, last.verb, last.note) == (f"user:{office.pk}", "settle_milestone", "report 3")


def test_a_mistake_about_a_milestone_is_taken_back(browse, office):
    milestone = MilestoneFactory(status="met", met_day="2026-03-01", met_precision="day")

    typed = {"status": "scheduled", "met": "", "note": "it was another building"}
    browse(office).post(page_of(milestone, "settle"), typed)

    milestone.refresh_from_db()
    assert (milestone.status, milestone.met.day) == ("scheduled", None)


def test_an_invitation_is_withdrawn(browse, office):
    invitation, client = InvitationFactory(), browse(office)

    client.post(page_of(invitation, "withdraw"))
    again = client.post(page_of(invitation, "withdraw"))

    invitation.refresh_from_db()
    assert not invitation.is_open()
    assert "over already" in str(again.context["form"].errors)


def test_lost_second_factors_are_removed_with_a_reason(browse, office):
    person = UserFactory()
    person.authenticator_set.create(type="totp", data={})

    response = browse(office).post(page_of(person, "reset-second-factors"), {"note": "lost his phone"})

    assert response.status_code == 302
    assert not person.authenticator_set.exists()


VERBS = [
    (MilestoneFactory, "settle", {"status": "notMet", "note": "x"}),
    (MilestoneFactory, "move-forecast", {"new": "2029", "reason": "land"}),
    (InvitationFactory, "withdraw", {}),
    (ApiClientFactory, "revoke", {}),
    (ApiClientFactory, "rotate", {"grace": 7}),
    (UserFactory, "reset-second-factors", {"note": "x"}),
    (ClaimFactory, "choose", {}),
]


@pytest.mark.parametrize(("factory", "verb", "typed"), VERBS)
def test_an_auditor_is_refused_every_verb(browse, auditor, factory, verb, typed):
    row, client = factory(), browse(auditor)
    before = Change.objects.count()

    assert verb not in client.get(address(row._meta.label, "change", row.pk)).content.decode()
    assert client.get(page_of(row, verb)).status_code == 403
    assert client.post(page_of(row, verb), typed).status_code == 403
    assert Change.objects.count() == before


def test_an_invitation_is_sent_and_is_not_mended(browse, office):
    client, page = browse(office), address("accounts.Invitation", "add")

    response = client.post(page, filled(client.get(page), email="new@example.kz", role="office"))

    assert response.status_code == 302, sentences(response)
    invitation = Invitation.objects.get()
    assert (invitation.invited_by, Outbox.objects.get().payload["to"]) == (office, "new@example.kz")
    assert client.post(address("accounts.Invitation", "change", invitation.pk), {}).status_code == 403


def test_an_invitation_that_the_service_refuses_is_said_on_the_form(browse, office):
    client, page = browse(office), address("accounts.Invitation", "add")
    taken = UserFactory().email

    response = client.post(page, filled(client.get(page), email=taken, role="office"))

    assert "has an account already" in sentences(response)
    assert not Invitation.objects.exists()


def test_a_token_is_shown_once_and_kept_as_a_hash(browse, office):
    client, page = browse(office), address("accounts.ApiClient", "add")

    typed = filled(client.get(page), name="site", role="office", scopes=["read"])
    response = client.post(page, typed, follow=True)

    made = ApiClient.objects.get()
    said = [str(message) for message in response.context["messages"]]
    assert any(made.token_prefix in text for text in said)
    assert made.token_hash not in " ".join(said)
    again = client.get(address("accounts.ApiClient", "change", made.pk)).content.decode()
    assert made.token_hash not in again


def test_a_token_is_renewed_and_shown_once(browse, office):
    made = ApiClientFactory(expires_at="2099-01-01T00:00:00Z")
    before, page, client = made.token_hash, page_of(made, "rotate"), browse(office)
    typed = {"grace": "3", "expires_at_0": "2099-06-01", "expires_at_1": "12:00"}

    response = client.post(page, typed, follow=True)

    made.refresh_from_db()
    assert any(made.token_prefix in str(message) for message in response.context["messages"])
    assert (made.old_token_hash, made.expires_at.year, made.expires_at.month) == (before, 2099, 6)
    assert client.post(page, {"grace": "99"}).context["form"].errors


def test_the_office_does_not_renew_what_acts_for_a_person(browse, office, executor):
    made = ApiClientFactory(owner=executor)

    response = browse(office).post(page_of(made, "rotate"), {"grace": "3"})

    made.refresh_from_db()
    assert "Only the person for whom it acts" in str(response.context["form"].errors)
    assert made.old_token_hash is None


def test_a_token_is_revoked(browse, office):
    made = ApiClientFactory()

    browse(office).post(page_of(made, "revoke"))

    made.refresh_from_db()
    assert not made.is_active


def test_an_administrator_is_mended_by_an_administrator_only(browse, office):
    above = UserFactory(is_superuser=True)
    page = address("accounts.User", "change", above.pk)

    assert browse(office).post(page, {"email": "mine@example.kz"}).status_code == 403
    assert 'name="_save"' in browse(above).get(page).content.decode()


def test_a_password_is_not_shown_nor_set(browse, office):
    person = UserFactory()
    client, page = browse(office), address("accounts.User", "change", person.pk)
    shown = client.get(page)

    client.post(page, filled(shown, password="new", is_superuser="on"))

    assert person.password not in shown.content.decode()
    fresh = type(person).objects.get(pk=person.pk)
    assert (fresh.password, fresh.is_superuser) == (person.password, False)
