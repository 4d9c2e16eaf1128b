"""Schemathesis against the API as it says of itself, as a visitor and as every role: 200 examples an operation.

The test of `make test`, asked ten times as much, on the servers of this portal.
"""

import os
import subprocess
import sys

from alatau_portal.embedded.apart import Portal
from alatau_portal.embedded.checks import FOREIGN
from alatau_portal.environment import ROOT

EXAMPLES = "200"
TEST = "tests/api/test_schemathesis.py"


def judge(portal: Portal) -> list[str]:
    own = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    own |= {"DATA_DIR": str(portal.data_dir), "SCHEMATHESIS_EXAMPLES": EXAMPLES}
    words = [sys.executable, "-m", "pytest", TEST, "--quiet", "--no-header"]
    done = subprocess.run(words, cwd=ROOT, env=own, stdout=subprocess.PIPE, text=True)
    return [] if done.returncode == 0 else [done.stdout]
