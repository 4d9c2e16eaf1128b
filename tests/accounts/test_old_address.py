"""An address that was somebody's does not open his account any more."""

import re

import pytest
from django.core import mail

from core.jobs import deliver_outbox
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

RESET = "/kk/accounts/password/reset/"


def mails_after_a_reset_by(client, address):
    mail.outbox.clear()
    client.post(RESET, {"email": address})
    deliver_outbox()
    return mail.outbox


def change_by(client, office, user, **said):
    """By the form of the admin, as the office sends it."""
    client.force_login(office)
    page = client.get(f"/admin/accounts/user/{user.pk}/change/")
    form = page.context["adminform"].form
    facts = {field.html_name: field.value() for field in form if field.value() is not None}
    answer = client.post(f"/admin/accounts/user/{user.pk}/change/", facts | said)
    client.logout()
    assert answer.status_code == 302, re.findall(r'class="error[^>]*>([^<]+)', answer.content.decode())
    mail.outbox.clear()
    deliver_outbox()
    return sorted(letter.to[0] for letter in mail.outbox)


def test_whose_account_is_changed_is_told_at_his_former_address_too(client, office):
    user = UserFactory(email="old@example.kz", role="auditor", language="ru")

    assert change_by(client, office, user, email="new@example.kz") == ["new@example.kz", "old@example.kz"]
    former = next(letter for letter in mail.outbox if letter.to == ["old@example.kz"])
    assert former.subject == "Безопасность вашей учётной записи" and "больше не этот" in former.body
    assert change_by(client, office, user, may_sign="on") == ["new@example.kz"]
    assert change_by(client, office, user, full_name="Басқа аты") == []


def test_nobody_gives_himself_rights(client, office):
    change_by(client, office, office, role="leadership", may_sign="on", full_name="Өз аты")

    office.refresh_from_db()
    assert (office.role, office.may_sign, office.full_name) == ("office", False, "Өз аты")


def test_after_a_change_of_address_the_old_one_gets_no_link(client, office):
    user = UserFactory(email="old@example.kz", role="auditor")
    assert mails_after_a_reset_by(client, "old@example.kz")
    change_by(client, office, user, email="new@example.kz")

    assert mails_after_a_reset_by(client, "old@example.kz") == []
    assert [message.to for message in mails_after_a_reset_by(client, "new@example.kz")] == [
        ["new@example.kz"]
    ]
