"""Stores files through the portal's own service, for the drill: `python -m alatau_portal.backup.writing`.

It runs in a process that has the settings of a portal of the drill, and says of each file, once its transaction is
over: its SHA-256 and when that was. `Files` is that process, seen from the drill.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from io import BytesIO
from secrets import token_hex
from typing import Any

from alatau_portal.environment import ROOT

PACE = 0.03


class Files:
    """Somebody who hands in files until he is stopped, or until the database is gone."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        words = [sys.executable, "-m", "alatau_portal.backup.writing"]
        self.process = subprocess.Popen(
            words, cwd=ROOT, env=dict(variables), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self.process.stdout
        self.first = self.process.stdout.readline()  # he has begun

    def stop(self) -> dict[str, float]:
        """What was acknowledged, and when."""
        self.process.terminate()
        lines = [self.first, *self.process.communicate()[0].splitlines()]
        return dict(json.loads(line) for line in lines if line.strip().endswith("]"))


def main() -> Any:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alatau_portal.settings")
    import django

    django.setup()
    from django.conf import settings

    from core.files import store
    from core.ledger import acting

    if not settings.DATA_DIR.name.startswith("drill"):
        sys.exit("This writes at random: it runs on a portal of `make restore-drill` only.")
    while True:
        with acting("system:restore_drill", "store"):
            row = store(BytesIO(token_hex(2000).encode()), "drill.txt")
        print(json.dumps([row.sha256, time.time()]), flush=True)
        time.sleep(PACE)


if __name__ == "__main__":
    main()
