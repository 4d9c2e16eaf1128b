"""What a person sees and changes of himself; how he gets in, and how others are put out."""

import re

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from accounts import services
from accounts.models import User
from core.jobs import deliver_outbox
from core.models import Change, Outbox
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

HERE = "/kk/accounts/profile/"
PASSWORD = "a password of tests"


def sign_in(client, name="executor", **more):
    return client.post("/kk/accounts/login/", {"login": name, "password": PASSWORD, **more})


def test_a_person_amends_his_name_and_language_and_moves_there(client, executor):
    client.force_login(executor)

    answer = client.post(HERE, {"full_name": " Жаңа Есім ", "language": "ru"})

    assert answer["Location"] == "/ru/accounts/profile/"
    assert "Ваш профиль сохранён." in client.get(answer["Location"]).content.decode()
    executor.refresh_from_db()
    assert (executor.full_name, executor.language) == ("Жаңа Есім", "ru")
    change = Change.objects.of(executor).last()
    assert (change.actor, change.verb) == (executor.ledger_name, "amend_profile")
    assert "Жаңа" not in str(change.new)


@pytest.mark.parametrize(
    "wrong", [{"full_name": ""}, {"full_name": "ұ" * 201}, {"language": "fr"}, {"language": ""}]
)
def test_bad_input_is_told_at_its_field_and_changes_nothing(client, executor, wrong):
    client.force_login(executor)

    answer = client.post(HERE, {"full_name": "Есім", "language": "kk", **wrong})

    assert answer.status_code == 200
    assert 'class="error-summary"' in answer.content.decode()
    assert not Change.objects.of(executor).filter(verb="amend_profile").exists()


def test_nothing_else_of_him_can_be_sent(client, executor):
    client.force_login(executor)

    client.post(
        HERE,
        {"full_name": "Есім", "language": "kk", "role": "office", "is_superuser": "1", "email": "x@y.kz"},
    )

    executor.refresh_from_db()
    assert (executor.role, executor.is_superuser, executor.email) == (
        "executor",
        False,
        "executor@example.kz",
    )


def test_the_service_refuses_what_the_form_would(executor):
    with pytest.raises(ValidationError):
        services.amend_profile(executor, full_name="x", language="fr")


def test_it_shows_role_and_organisation_to_read_only(client, executor):
    client.force_login(executor)
    html = client.get(HERE).content.decode()

    assert str(executor.organisation.name_kk) in html
    assert "ұйым атынан қол қояды" in html
    assert "executor@example.kz" in html and 'name="email"' not in html


def test_signing_out_elsewhere_leaves_only_this_session(client, executor):
    here, there = Client(), Client()
    sign_in(here)
    sign_in(there)

    here.post(f"{HERE}sign-out-elsewhere/")

    assert here.get(HERE).status_code == 200
    assert there.get(HERE).status_code == 302
    assert Change.objects.of(executor).last().verb == "sign_out_elsewhere"
    assert sign_in(there).status_code == 302 and there.get(HERE).status_code == 200


def test_a_changed_password_is_told_and_ends_other_sessions(client, executor):
    there = Client()
    sign_in(there)
    sign_in(client)

    new = "Tulpar-zhuldyz-77"
    client.post(
        "/kk/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )

    assert client.get(HERE).status_code == 200
    assert there.get(HERE).status_code == 302
    assert set(Outbox.objects.values_list("channel", flat=True)) == {"mail", "bell"}
    assert new not in str(list(Outbox.objects.values("payload")))


@pytest.mark.parametrize(
    "typed", ["executor", " Executor ", "EXECUTOR", "executor@example.kz", "Executor@Example.KZ "]
)
def test_a_name_is_taken_as_people_type_it(client, executor, typed):
    assert sign_in(client, typed).status_code == 302
    assert client.get(HERE).status_code == 200


def test_signing_in_leads_back_to_the_page_and_never_elsewhere(client, executor):
    html = client.get("/kk/projects/?q=a").content.decode()
    link = re.search(r'href="(/kk/accounts/login/\?[^"]+)"', html)[1]
    page = client.get(link).content.decode()
    assert 'name="next" value="/kk/projects/?q=a"' in page

    assert sign_in(Client(), next="/kk/projects/?q=a")["Location"] == "/kk/projects/?q=a"
    assert sign_in(Client(), next="https://example.com/")["Location"] == "/kk/"


def test_the_form_is_one_that_password_managers_know(client):
    html = client.get("/kk/accounts/login/").content.decode()

    login = re.search(r'<input[^>]*name="login"[^>]*>', html)[0]
    assert 'autocomplete="username' in login and 'autocapitalize="none"' in login
    assert 'autocomplete="current-password"' in html


def test_a_reset_is_written_in_the_language_of_the_person(client):
    UserFactory(username="reader", email="reader@example.kz", language="ru")

    client.post("/kk/accounts/password/reset/", {"email": "reader@example.kz"})

    deliver_outbox()

    body = mail.outbox[0].body
    assert "/ru/accounts/password/reset/key/" in body
    assert "reader" in body


def test_the_menu_holds_what_is_his(client, executor, office):
    client.force_login(executor)
    html = client.get("/kk/").content.decode()
    for page in ("profile", "notifications", "views", "second-factor"):
        assert f'href="/kk/accounts/{page}/"' in html
    assert 'href="/admin/"' not in html

    client.force_login(office)
    assert 'href="/admin/"' in client.get("/kk/").content.decode()


@pytest.mark.parametrize(
    "page", ["profile", "second-factor", "notifications", "notifications/settings", "views"]
)
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_of_ones_own_is_cheap_in_every_language(
    client, executor, page, language, django_assert_max_num_queries
):
    client.force_login(executor)

    with django_assert_max_num_queries(8):
        answer = client.get(f"/{language}/accounts/{page}/")

    assert answer.status_code == 200
    assert User.objects.count() == 1
