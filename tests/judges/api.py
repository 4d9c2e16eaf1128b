"""Schemathesis against the API as it says of itself, as a visitor and as every role: 200 examples an operation.

The test of `make test`, asked ten times as much, on the servers of this portal; it says how many requests each role
sent, and each sends at least 4,000. SCHEMATHESIS_ROLES="office auditor" asks as these alone.
"""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from alatau_portal.embedded.apart import Portal
from alatau_portal.embedded.checks import FOREIGN
from alatau_portal.environment import ROOT

EXAMPLES = "200"
TEST = "tests/api/test_schemathesis.py"
ROLES = ("anonymous", "office", "leadership", "executor", "investor", "auditor")
LEAST = 4000


def judge(portal: Portal) -> list[str]:
    """One role after another, some minutes each: what was found of one is said before the next one begins."""
    found = []
    for role in os.environ.get("SCHEMATHESIS_ROLES", " ".join(ROLES)).split():
        started = time.monotonic()
        faults = _asked(portal, role)
        print(*faults, sep="\n", end="\n" if faults else "")
        print(f"   {role}: {len(faults)} findings, {time.monotonic() - started:.0f} s", flush=True)
        found += [f"as {role}, see above"] * len(faults)
    return found


def _asked(portal: Portal, role: str) -> list[str]:
    with TemporaryDirectory() as counts:
        own = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        own |= {"DATA_DIR": str(portal.data_dir), "SCHEMATHESIS_COUNTS": counts, "SCHEMATHESIS_ROLES": role}
        own.setdefault("SCHEMATHESIS_EXAMPLES", EXAMPLES)
        workers = str(min(4, os.cpu_count() or 2))
        words = [sys.executable, "-m", "pytest", TEST, "-n", workers, "--quiet", "--no-header"]
        done = subprocess.run(words, cwd=ROOT, env=own, stdout=subprocess.PIPE, text=True)
        sent = counted(Path(counts))
    print(f"   {sent[role]} requests as {role}", flush=True)
    return too_few(sent, role) + ([] if done.returncode == 0 else [done.stdout])


def counted(folder: Path) -> Counter[str]:
    """What all workers have sent, by role."""
    sent = Counter[str]()
    for file in folder.glob("*.json"):
        sent.update(json.loads(file.read_text()))
    return sent


def too_few(sent: Counter[str], role: str) -> list[str]:
    return [f"only {sent[role]} requests as {role}, {LEAST} are asked for"] * (sent[role] < LEAST)
