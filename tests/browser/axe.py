"""axe-core in the page that the browser shows: what it finds against WCAG 2.2 AA and good practice."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCE = (Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js").read_text()
#: What the law asks; our own pages follow good practice, too.
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
ALL = (*WCAG, "best-practice")


def violations(page: Page, tags: tuple[str, ...] = ALL) -> list[str]:
    """A line for each rule that is broken: its name, and where.

    The debugger puts axe there, so that the content policy of the page stays as it is and is judged, too.
    """
    debugger = page.context.new_cdp_session(page)
    debugger.send("Runtime.evaluate", {"expression": SOURCE + ";0"})
    debugger.detach()
    options = {
        "runOnly": {"type": "tag", "values": list(tags)},
        "resultTypes": ["violations"],
        "preload": False,  # it would fetch the stylesheets again
    }
    found = page.evaluate("options => axe.run(document, options)", options)
    return [_line(violation) for violation in found["violations"]]


def _line(violation: dict[str, Any]) -> str:
    nodes = [" ".join(map(str, node["target"])) for node in violation["nodes"]]
    return f"{violation['id']}: {'; '.join(nodes[:4])}"
