"""All judges in turn, on one portal; ends with 1 where there is a finding. Name some to run only these."""

import sys
import time
from collections.abc import Callable

from alatau_portal.embedded import apart
from tests.judges import api, axe, files, headers, injection, links, raw, redbot

JUDGES: dict[str, Callable[[apart.Portal], list[str]]] = {
    "headers": headers.judge,
    "links": links.judge,
    "redbot": redbot.judge,
    "axe": axe.judge,
    "raw": raw.judge,
    "injection": injection.judge,
    "files": files.judge,
    "api": api.judge,
}


def main(names: list[str]) -> None:
    found = 0
    with apart.portal("judges") as portal:
        for name in names or JUDGES:
            started = time.monotonic()
            faults = JUDGES[name](portal)
            print(f"== {name}: {len(faults)} findings, {time.monotonic() - started:.0f} s", flush=True)
            print(*faults, sep="\n", end="\n" if faults else "", flush=True)
            found += len(faults)
    sys.exit(f"{found} findings" if found else None)


if __name__ == "__main__":
    main(sys.argv[1:])
