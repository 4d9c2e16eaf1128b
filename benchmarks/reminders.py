"""`python -m benchmarks.reminders`, on the portal of `make bench` only, filled by `benchmarks.volume`: what it costs to
plan the reminders of a hundred thousand open instructions whose terms lie within the next quarter.

All happens in one transaction that is rolled back. Prints its measures as JSON.
"""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from typing import Any, NamedTuple

from alatau_portal.embedded.apart import Portal
from alatau_portal.embedded.checks import FOREIGN
from alatau_portal.environment import ROOT
from benchmarks.board import PORTAL
from benchmarks.volume import switch_off

MOST_SECONDS, MOST_MEGABYTES = 20, 150
#: All are open, and their terms come within so many days.
OPENED = """
UPDATE tasks_instruction SET state = 'in_execution', original_due = today.day + 1 + mod(id * 7919, 90)::int,
       due = today.day + 1 + mod(id * 7919, 90)::int, executed_on = NULL, removed_by_id = NULL, cancelled_reason = '',
       removal_proposed_by_id = NULL, removal_proposed_at = NULL, expected_result_kk = 'Акт'
  FROM (SELECT (now() AT TIME ZONE 'Asia/Almaty')::date AS day) AS today WHERE is_demo
"""
#: The same rows into the same table without its keys to others.
PLAIN = (
    "CREATE TEMP TABLE plain (LIKE tasks_reminder INCLUDING ALL)",
    "INSERT INTO plain SELECT * FROM tasks_reminder",
)


class Planned(NamedTuple):
    """Seconds of the first planning, of one INSERT of as many rows, and of a planning that finds nothing to do;
    megabytes of memory of their own at the highest: of the process that asks, and of its database session."""

    instructions: int
    rows: int
    seconds: float
    plain: float
    again: float
    process: float
    session: float

    @property
    def is_over(self) -> bool:
        return self.seconds > MOST_SECONDS or max(self.process, self.session) > MOST_MEGABYTES

    name = "planning of reminders"


def measure(portal: Portal) -> Planned:
    own = {key: value for key, value in os.environ.items() if key not in FOREIGN}
    words = [sys.executable, "-m", "benchmarks.reminders"]
    env = own | {"DATA_DIR": str(portal.data_dir)}
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"Reminders could not be planned: {done.stderr[-2000:]}")
    return Planned(*json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alatau_portal.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.db import transaction

    from core.roles import as_owner

    if settings.DATA_DIR.name != PORTAL:
        sys.exit("This opens every instruction for a moment: it runs on the portal of `make bench` only.")
    with as_owner(), transaction.atomic():
        print(json.dumps(_measured()))
        transaction.set_rollback(True)


def _measured() -> list[float]:
    from django.db import connection
    from django.utils import timezone

    from tasks.models import Instruction, Reminder
    from tasks.services import plan_reminders

    with connection.cursor() as cursor:
        _prepare(cursor)
        cursor.execute("SELECT pg_backend_pid()")
        pids = [os.getpid(), cursor.fetchone()[0]]
        today = timezone.localdate()

        def plan() -> None:
            plan_reminders(today)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what would wait for the commit

        seconds, (process, session) = _watched(plan, pids)
        rows = Reminder.objects.count()
        again, _memory = _watched(lambda: plan_reminders(today), pids)
        cursor.execute(PLAIN[0])
        plain, _memory = _watched(lambda: cursor.execute(PLAIN[1]), pids)
    opened = Instruction.objects.open().filter(is_demo=True).count()
    return [opened, rows, seconds, plain, again, process, session]


def _prepare(cursor: Any) -> None:
    """Everybody has somebody who prepares and somebody who signs; nothing is planned yet; the rows are known."""
    from django.utils import timezone

    from accounts.models import Organisation, User
    from core.models import JobRun
    from tasks.models import Reminder

    cursor.execute("SET LOCAL lock_timeout = 0")
    JobRun.objects.get_or_create(
        job="plan_reminders", slot=f"{timezone.localtime():%Y-%m-%dT%H}"
    )  # the portal's own waits
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing waits when triggers are switched
    triggers = switch_off(cursor)
    cursor.execute(OPENED)
    for table, trigger in triggers:
        cursor.execute(f'ALTER TABLE {table} ENABLE ALWAYS TRIGGER "{trigger}"')
    people = [
        User(
            username=f"bench-{body}-{signs}",
            role="executor",
            organisation_id=body,
            may_sign=signs,
            password="!",
        )
        for body in Organisation.objects.values_list("pk", flat=True)
        for signs in (False, True)
    ]
    User.objects.bulk_create(people)
    Reminder.objects.all().delete()
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    cursor.execute("ANALYZE tasks_instruction, tasks_executor, accounts_user")


def _watched(work: Callable[[], Any], pids: list[int]) -> tuple[float, list[float]]:
    """Seconds, and the most memory of its own that each process held."""
    over, most = Event(), [0.0 for _pid in pids]

    def look() -> None:
        while not over.wait(0.02):
            most[:] = [max(high, _own_memory(pid)) for high, pid in zip(most, pids, strict=True)]

    watcher = Thread(target=look)
    watcher.start()
    started = time.perf_counter()
    try:
        work()
        seconds = time.perf_counter() - started
    finally:
        over.set()
        watcher.join()
    return seconds, most


def _own_memory(pid: int) -> float:
    """Megabytes that the process shares with nobody's files."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"RssAnon:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    main()
