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


def test_after_a_change_of_address_the_old_one_gets_no_link(client, office):
    user = UserFactory(email="old@example.kz", role="auditor")
    assert mails_after_a_reset_by(client, "old@example.kz")
    client.force_login(office)
    page = client.get(f"/admin/accounts/user/{user.pk}/change/")
    facts = {
        field.html_name: field.value()
        for field in page.context["adminform"].form
        if field.value() is not None
    }

    answer = client.post(f"/admin/accounts/user/{user.pk}/change/", facts | {"email": "new@example.kz"})
    client.logout()

    assert answer.status_code == 302, re.findall(r'class="error[^>]*>([^<]+)', answer.content.decode())
    assert mails_after_a_reset_by(client, "old@example.kz") == []
    assert [message.to for message in mails_after_a_reset_by(client, "new@example.kz")] == [
        ["new@example.kz"]
    ]
