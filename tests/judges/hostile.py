"""Tests of what is hostile, asked everything (HOSTILE=all), on the servers of this portal."""

import os
import subprocess
import sys

from alatau_portal.embedded.apart import Portal
from alatau_portal.embedded.checks import FOREIGN
from alatau_portal.environment import ROOT


def asked(portal: Portal, *words: str) -> list[str]:
    """What pytest said, where a test has failed; what was counted is printed."""
    own = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    own |= {"DATA_DIR": str(portal.data_dir), "HOSTILE": "all"}
    command = [sys.executable, "-m", "pytest", *words, "-n", "0", "-rP", "--quiet", "--no-header"]
    done = subprocess.run(command, cwd=ROOT, env=own, stdout=subprocess.PIPE, text=True)
    for line in done.stdout.splitlines():
        if line.startswith("   "):
            print(line, flush=True)
    return [] if done.returncode == 0 else [done.stdout]
