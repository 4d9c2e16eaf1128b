"""A thousand requests as bytes over a plain socket, as a visitor and as the office: tests/hostile/raw.

None is answered by a 5xx, by two answers or by a head that who asked has written; the portal answers on after each;
nothing is written, neither into the ledger nor into the tables that keep what was sent.
"""

import os

import psycopg

from alatau_portal import environment
from alatau_portal.embedded.apart import Portal
from alatau_portal.embedded.checks import FOREIGN
from tests.hostile.raw import EVERYTHING, SIGNED_IN
from tests.hostile.sending import NOBODY, Sent, send_all, signed_in

#: What somebody did; the portal's own work goes on meanwhile.
WRITTEN = "SELECT count(*) FROM core_change WHERE actor NOT LIKE 'system:%'"
KEPT = (
    "core_storedfile",
    "investors_enquiry",
    "tasks_instruction",
    "tasks_upload",
    "accounts_webhookendpoint",
)


def judge(portal: Portal) -> list[str]:
    account = portal.account("office")
    office = signed_in(portal.url, account["username"], account["password"], account["api_token"])
    before = counts(portal)
    sent = {
        "a visitor": send_all(portal.url, EVERYTHING, NOBODY),
        "the office": send_all(portal.url, SIGNED_IN, office, called=" (office)"),
    }
    for who, one in sent.items():
        print(f"   {told(one)} as {who}", flush=True)
    after = counts(portal)
    return [
        *(fault for one in sent.values() for fault in one.faults),
        *(f"{name}: {before[name]} rows before, {after[name]} after" for name in before if before[name] != after[name]),
    ]  # fmt: skip


def told(sent: Sent) -> str:
    """How many requests, and how they were answered."""
    answers = ", ".join(f"{status or 'closed'} × {times}" for status, times in sorted(sent.statuses.items()))
    return f"{sent.statuses.total()} requests: {answers}"


def counts(portal: Portal) -> dict[str, int]:
    own = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    settings = environment.read(own | {"DATA_DIR": str(portal.data_dir)})
    asked = {"ledger": WRITTEN} | {table: f"SELECT count(*) FROM {table}" for table in KEPT}
    with psycopg.connect(settings.database_url) as database:
        return {name: database.execute(query).fetchone()[0] for name, query in asked.items()}  # type: ignore[index, arg-type]
