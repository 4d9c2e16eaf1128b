"""REDbot, which none of us wrote, on the main resources: negotiation, 304, Vary, caching, lengths, the clock.

A program of its own for each address (`python -m tests.judges.redbot ADDRESS`), because its event loop runs once.
"""

import json
import subprocess
import sys
from configparser import ConfigParser
from urllib.request import urlopen

from alatau_portal.embedded.apart import Portal
from alatau_portal.environment import ROOT

ADDRESSES = (
    "/api/v1/",
    "/api/v1/openapi.json",
    "/api/v1/projects/",
    "/api/v1/projects/?limit=5&lang=en&fields=public_id,name",
    "/api/v1/projects/{project}/",
    "/api/v1/districts/",
    "/api/v1/districts/gate/",
    "/api/v1/figures/",
    "/api/v1/investors/",
    "/api/v1/instructions/",
    "/api/v1/districts.csv",
    "/api/v1/districts.geojson",
    "/api/docs/guide.md",
    "/api/docs/errors/",
    "/feeds/changes.kk.xml",
    "/health/live",
)
#: What is meant so: note of REDbot → why.
MEANT = {
    "VARY_COMPLEX": "what everybody gets and what is somebody's have one address, in three languages",
}


def judge(portal: Portal) -> list[str]:
    with urlopen(f"{portal.url}/api/v1/projects/?limit=1") as answer:
        project = json.load(answer)["results"][0]["public_id"]
    return [
        f"{address}: {fault}"
        for address in (one.format(project=project) for one in ADDRESSES)
        for fault in _faults(portal.url + address)
    ]


def _faults(address: str) -> list[str]:
    words = [sys.executable, "-m", "tests.judges.redbot", address]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=120)
    if done.returncode:
        return [f"REDbot failed: {done.stderr}"]
    return [f"{name}: {said}" for name, said in json.loads(done.stdout) if name not in MEANT]


def main(address: str) -> None:
    import thor
    from httplint.note import levels
    from redbot.resource import HttpResource

    config = ConfigParser()
    config.read_dict({"redbot": {"enable_local_access": "True"}})
    resource = HttpResource(config["redbot"])
    resource.set_request(address)
    resource.once("check_done", thor.stop)
    resource.check()
    thor.run()
    if resource.response.status_code is None:
        sys.exit(f"no answer: {resource.fetch_error}")
    notes = [
        *resource.response.notes,
        *(note for check in resource.subreqs.values() for note in check.response.notes),
    ]
    bad = [note for note in notes if note.level in (levels.BAD, levels.WARN)]
    told = dict.fromkeys((type(note).__name__, str(note.summary)) for note in bad)
    print(json.dumps(list(told)))


if __name__ == "__main__":
    main(sys.argv[1])
