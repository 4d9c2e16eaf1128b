"""Largest contentful paint on a phone with a slow network: what a reader waits for, with nothing in the cache."""

import os
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from playwright.sync_api import Browser, sync_playwright

from benchmarks.pages import PAINTED, addresses

CHROMIUM = "/usr/bin/chromium"
BUDGET = 1.8
RUNS = 5
PHONE = {"width": 390, "height": 844}
#: “Slow 4G” of Lighthouse: 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back.
SLOW = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
CPU = 4
#: Milliseconds after the last answer in which the last paint is drawn and told.
SETTLED = 1500
WATCH = """
window.paints = [];
new PerformanceObserver(list => window.paints.push(...list.getEntries().map(entry => entry.startTime)))
  .observe({type: "largest-contentful-paint", buffered: true});
"""


class Paint(NamedTuple):
    """The middle of several first visits, in seconds, and how much came over the network until the page was quiet."""

    name: str
    seconds: float
    bytes: int
    requests: int

    @property
    def is_over(self) -> bool:
        return self.seconds > BUDGET


def launch(playwright: Any) -> Browser:
    """Debian's chromium; as root it refuses to run in a sandbox."""
    if not Path(CHROMIUM).exists():
        raise SystemExit(f"{CHROMIUM} is not installed: this needs a browser.")
    options = ["--disable-gpu", *([] if os.geteuid() else ["--no-sandbox"])]
    return playwright.chromium.launch(executable_path=CHROMIUM, args=options)


def measure(home: str) -> list[Paint]:
    known = addresses(home)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        found = [_painted(browser, name, home + known[name]) for name in PAINTED]
        browser.close()
    return found


def _painted(browser: Browser, name: str, address: str) -> Paint:
    _visit(browser, address)  # what the server has to do once only is not the reader's
    visits = [_visit(browser, address) for _ in range(RUNS)]
    return Paint(name, median(visit[0] for visit in visits), *visits[-1][1:])


def _visit(browser: Browser, address: str) -> tuple[float, int, int]:
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, is_mobile=True)
    page = context.new_page()
    page.add_init_script(WATCH)
    debugger = context.new_cdp_session(page)
    debugger.send("Network.enable")
    debugger.send("Network.emulateNetworkConditions", SLOW)
    debugger.send("Emulation.setCPUThrottlingRate", {"rate": CPU})
    received: list[float] = []
    debugger.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    page.wait_for_timeout(SETTLED)
    painted = page.evaluate("Math.max(...window.paints)") / 1000
    context.close()
    return painted, int(sum(received)), len(received)
