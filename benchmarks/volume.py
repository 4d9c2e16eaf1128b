"""`python -m benchmarks.volume`, on the portal of `make bench` only: a hundred thousand invented instructions.

They are put in by sets, with the triggers of each row off; at the end the triggers are on again, a part of the rows is
written through them, and each rule over several rows is asked of all. Prints what the measurement needs, as JSON.
"""

import json
import os
import re
import sys
import time
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from benchmarks.board import PORTAL

HERE = Path(__file__).parent
NUMBER = 100_000
TABLES = (
    "tasks_instruction",
    "tasks_executor",
    "tasks_extension",
    "tasks_executionreport",
    "tasks_holdinterval",
)
#: Every so many rows one is written through the triggers.
JUDGED = 97


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alatau_portal.settings")
    import django

    django.setup()
    from django.conf import settings

    if settings.DATA_DIR.name != PORTAL:
        sys.exit("This fills the register with invented rows: it runs on the portal of `make bench` only.")
    started = time.monotonic()
    rows = fill(NUMBER)
    found = {"rows": rows, "seconds": round(time.monotonic() - started)}
    print(json.dumps(found | _asked(sys.argv[1:])))


def _asked(addresses: list[str]) -> dict[str, Any]:
    """How many queries each address costs the office, the page after the first one too, and the office's cookie."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from accounts.models import User

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(username="office"))
    queries: dict[str, int] = {}
    page = client.get(addresses[0]).content.decode()
    following = re.search(r'href="([^"]+)"[^>]*rel="next"', page) or re.search(
        r'rel="next"[^>]*href="([^"]+)"', page
    )
    if following:
        addresses = [*addresses, urljoin(addresses[0], unescape(following[1]))]
    for address in addresses:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            status = client.get(address).status_code
        if status != 200:
            sys.exit(f"{address} answers {status}")
        queries[address] = len(captured)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    return {"queries": queries, "cookie": f"{cookie.key}={cookie.value}"}


def fill(number: int) -> int:
    """Bring the register to so many invented rows, unless it has them; returns how many there are."""
    from django.db import connection, transaction

    from accounts.models import User
    from core.roles import as_owner
    from tasks.models import Instruction

    if there := Instruction.objects.filter(is_demo=True).count():
        return there
    people = {user.username: user for user in User.objects.filter(username__in=["office", "leadership"])}
    facts = {
        "number": number,
        "office": people["office"].pk,
        "leadership": people["leadership"].pk,
        "issuer": people["leadership"].organisation_id,
    }
    with as_owner(), connection.cursor() as cursor:
        with transaction.atomic():
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            triggers = switch_off(cursor)
            cursor.execute((HERE / "volume.sql").read_text(), facts)
            for table, trigger in triggers:
                cursor.execute(f'ALTER TABLE {table} ENABLE ALWAYS TRIGGER "{trigger}"')
        _judge(cursor)
        cursor.execute(f"VACUUM (ANALYZE) {', '.join(TABLES)}")  # as autovacuum does
    return number


def switch_off(cursor: Any) -> list[tuple[str, str]]:
    """The portal's own triggers of these tables; keys and constraints stay on."""
    found = []
    for table in TABLES:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [table]
        )
        found += [(table, name) for (name,) in cursor.fetchall()]
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    return found


def _judge(cursor: Any) -> None:
    """By the triggers themselves, of one row in many; by the same rules, of all."""
    cursor.execute(
        "UPDATE tasks_instruction SET later_kk = 'Тексерілді' WHERE is_demo AND id %% %s = 0", [JUDGED]
    )
    cursor.execute((HERE / "judge.sql").read_text())


if __name__ == "__main__":
    main()
