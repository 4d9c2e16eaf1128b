"""What people do to get in, in a browser and through the mail that was owed: invitation, passwords, both steps."""

import re
import time
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Page, expect

from accounts import services
from accounts.models import User
from core.jobs import deliver_outbox
from core.models import Change
from tests.browser.axe import violations
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


PASSWORD = "a password of tests"
#: Chromium's own authenticator: inside the device, knows its person, keeps keys.
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def enter(page: Page, portal: str, name: str, language: str = "kk") -> None:
    page.goto(f"{portal}/{language}/accounts/login/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", PASSWORD)
    page.locator("main form.form button[type=submit]").click()


def leave(page: Page) -> None:
    page.locator(".account > summary").click()
    page.locator(".account form button").click()


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def judge(page: Page, width: int = 390) -> None:
    """At both ends of what screens are: nothing for axe to find, nothing to scroll sideways."""
    page.set_viewport_size({"width": width, "height": 800})
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.usefixtures("complaints")
def test_an_app_is_set_up_and_asked_for_at_the_next_sign_in(page: Page, portal: str) -> None:
    UserFactory(username="person")
    enter(page, portal, "person")
    page.goto(f"{portal}/kk/accounts/second-factor/")
    judge(page)
    page.locator("main a.button").first.click()
    judge(page, 320)
    expect(page.locator(".qr svg path")).to_be_visible()
    secret = page.locator(".secret").inner_text().replace(" ", "").replace("\n", "")
    page.fill("[name=code]", code_of(secret))
    press(page)

    expect(page.locator(".codes li")).to_have_count(10)
    judge(page)
    recovery = page.locator(".codes li").first.inner_text()
    with page.expect_download() as saved:
        page.locator("a[download]").click()
    assert recovery in saved.value.path().read_text()
    page.goto(f"{portal}/kk/accounts/second-factor/")
    judge(page, 1280)
    page.goto(f"{portal}/kk/accounts/second-factor/app/remove/")
    judge(page)
    leave(page)

    enter(page, portal, "person")
    judge(page, 320)
    page.fill("[name=code]", "000000")
    page.locator("main form.form button[type=submit]").click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.fill("[name=code]", recovery)
    page.locator("main form.form button[type=submit]").click()
    expect(page).to_have_url(f"{portal}/kk/")


@pytest.mark.usefixtures("complaints")
def test_a_passkey_is_the_second_step_and_then_signs_in_alone(page: Page, portal: str) -> None:
    UserFactory(username="person")
    enter(page, portal, "person")
    page.goto(f"{portal}/kk/accounts/second-factor/keys/add/")
    judge(page)
    # Not before: an empty page, and axe when it leaves, would take the authenticator along.
    debugger = page.context.new_cdp_session(page)
    debugger.send("WebAuthn.enable")
    debugger.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.fill("[name=name]", "Телефон")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    expect(page.locator(".codes li")).to_have_count(10)
    leave(page)

    enter(page, portal, "person")
    page.click("#mfa_webauthn_authenticate")
    expect(page).to_have_url(f"{portal}/kk/")
    leave(page)

    page.goto(f"{portal}/kk/accounts/login/?next=/kk/accounts/second-factor/keys/")
    page.click("#passkey_login")
    expect(page.locator(".own-main .rows")).to_contain_text("Телефон")
    judge(page)
    last = Change.objects.of(User.objects.get(username="person")).last()
    assert last is not None and last.verb == "add_second_factor"


def test_a_key_that_is_not_read_is_told(page: Page, portal: str) -> None:
    page.goto(f"{portal}/kk/accounts/login/")
    trouble = page.locator("[data-passkey-trouble]")
    expect(trouble).to_be_hidden()
    page.evaluate("document.dispatchEvent(new CustomEvent('allauth.error', {detail: {}, cancelable: true}))")

    expect(trouble).to_be_visible()


@pytest.mark.usefixtures("complaints")
def test_a_typed_password_can_be_shown(page: Page, portal: str) -> None:
    page.goto(f"{portal}/ru/accounts/login/")
    page.fill("[name=password]", "секрет")
    page.locator("[data-reveal]").click()

    expect(page.locator("[name=password]")).to_have_attribute("type", "text")
    expect(page.locator("[data-reveal]")).to_have_attribute("aria-pressed", "true")
    judge(page, 320)


@pytest.mark.usefixtures("complaints")
def test_a_view_is_saved_on_the_register_and_found_in_the_menu(page: Page, portal: str) -> None:
    UserFactory(username="person")
    enter(page, portal, "person")
    page.goto(f"{portal}/kk/projects/?q=курылыс")
    page.locator(".my-views summary").click()
    page.fill("#view-name", "Құрылыс")
    page.locator(".my-views form button").click()

    expect(page.locator(".my-views .switch a")).to_have_text("Құрылыс")
    page.goto(f"{portal}/ru/accounts/views/")
    judge(page)
    page.locator(".own-main .rows a").first.click()
    expect(page).to_have_url(re.compile(r"/ru/projects/\?q=%D0%BA"))
