"""From an invitation to a changed password, in a browser and through the mail that was owed."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from accounts import services
from accounts.models import User
from core.jobs import deliver_outbox
from core.models import Change
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def link_in_the_newest_mail(portal: str) -> str:
    deliver_outbox()
    found = re.search(r"https?://[^/\s]+(/\S+)", mail.outbox[-1].body)
    assert found is not None
    return portal + found[1]


def press(page: Page) -> None:
    page.locator("main button[type=submit]").click()


@pytest.mark.usefixtures("complaints")
def test_an_invited_person_gets_in_and_changes_a_forgotten_password(page: Page, portal: str) -> None:
    office = UserFactory(role="office")
    services.invite(by=office, email="jana@example.kz", role="auditor", language="kk")

    page.goto(link_in_the_newest_mail(portal))
    page.fill("[name=username]", "jana")
    page.fill("[name=full_name]", "Жаңа Адам")
    page.fill("[name=password]", "123")
    page.fill("[name=again]", "123")
    press(page)
    expect(page.locator(".error-summary")).to_be_visible()
    page.fill("[name=password]", "Tulpar-zhuldyz-77")
    page.fill("[name=again]", "Tulpar-zhuldyz-77")
    press(page)

    page.goto(f"{portal}/kk/accounts/password/reset/")
    page.fill("[name=email]", "jana@example.kz")
    press(page)
    page.goto(link_in_the_newest_mail(portal))
    page.fill("[name=password1]", "Zhana-qupiya-soz-9")
    page.fill("[name=password2]", "Zhana-qupiya-soz-9")
    press(page)

    page.goto(f"{portal}/kk/accounts/login/")
    page.fill("[name=login]", "jana")
    page.fill("[name=password]", "Zhana-qupiya-soz-9")
    press(page)
    expect(page).to_have_url(f"{portal}/kk/")
    user = User.objects.get(username="jana")
    assert (user.role, user.email) == ("auditor", "jana@example.kz")
    last = Change.objects.of(user).last()
    assert last is not None
    assert (last.actor, last.verb) == (f"user:{user.pk}", "set_password")
