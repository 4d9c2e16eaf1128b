"""`python -m benchmarks.shots`: the pictures of README.md, taken anew from a portal of its own into docs/shots/."""

import base64
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from alatau_portal.embedded import apart
from benchmarks.browser import SETTLED, launch
from benchmarks.pages import addresses

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "shots"
HEAVIEST = 150 * 1024
WIDE, DESK, PHONE = ({"width": width, "height": 900} for width in (1280, 1440, 390))

#: File → address, size of the screen, and whether the office is signed in. {project} as in benchmarks.pages.
SHOTS = {
    "home": ("/kk/", WIDE, False),
    "home-phone": ("/kk/", PHONE, False),
    "district": ("/en/districts/gate/", WIDE, False),
    "projects": ("/ru/projects/", WIDE, False),
    "project": ("/kk/projects/{project}/", WIDE, False),
    "search-phone": ("/kk/search/?q=%D0%BA%D1%83%D1%80%D1%8B%D0%BB%D1%8B%D1%81", PHONE, False),
    "admin": ("/admin/", DESK, True),
}


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with apart.portal("bench") as portal, sync_playwright() as playwright:
        project = addresses(portal.url)["project"].split("/")[-2]
        browser = launch(playwright)
        for name, (address, screen, signed_in) in SHOTS.items():
            page = _page(browser, portal, screen, signed_in)
            page.goto(portal.url + address.format(project=project), wait_until="networkidle")
            page.wait_for_timeout(SETTLED)  # what a script draws, such as the description of the API
            file = FOLDER / f"{name}.webp"
            file.write_bytes(_picture(page))
            print(f"{file.name}: {file.stat().st_size // 1024} KB", flush=True)
            page.context.close()
        browser.close()


def _page(browser: Browser, portal: apart.Portal, screen: Any, signed_in: bool) -> Any:
    page = browser.new_context(viewport=screen).new_page()
    if signed_in:
        account = portal.account("office")
        page.goto(f"{portal.url}/kk/accounts/login/")
        page.fill("[name=login]", account["username"])
        page.fill("[name=password]", account["password"])
        page.locator("main button[type=submit]").click()
        page.wait_for_url(f"{portal.url}/kk/")
    return page


def _picture(page: Any) -> bytes:
    """As good as fits into the weight that a README may have."""
    debugger = page.context.new_cdp_session(page)
    for quality in (90, 80, 70, 60, 50):
        taken = debugger.send("Page.captureScreenshot", {"format": "webp", "quality": quality})
        picture = base64.b64decode(taken["data"])
        if len(picture) <= HEAVIEST:
            break
    return picture


if __name__ == "__main__":
    main()
