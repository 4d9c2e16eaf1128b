"""The proof that the ledger is what it was: blocks of changes, chained by hash, and the check of all of them.

A forger who is master of the database can make a new chain. He cannot make it end in a hash that was mailed out and
printed before: give that one to `verify` as `head`.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core.choices import SealFault
from core.models import JobRun, Seal

BLOCK = 1000
JOB = "verify_ledger"
#: Who tells people of the daily proof: head and faults. The apps above fill it in ready().
TELL: list[Callable[[str, list["Fault"]], None]] = []


class Fault(NamedTuple):
    """`seal`: the number of the block; `change`: the key of the row in the ledger; either may be unknown."""

    seal: int | None
    change: int | None
    what: SealFault

    def __str__(self) -> str:
        where = [_("seal %(number)s") % {"number": self.seal}] if self.seal is not None else []
        where += [_("change %(number)s") % {"number": self.change}] if self.change is not None else []
        return f"{', '.join(where)}: {SealFault(self.what).label}"


@transaction.atomic
def seal(size: int = BLOCK) -> int:
    """Close what is visible and not closed yet, in blocks; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT core_close_blocks(%s)", [size])
        return int(cursor.fetchone()[0])


def newest() -> Seal | None:
    return Seal.objects.order_by("-no").first()


def verify(head: str = "") -> list[Fault]:
    """Every fault; none is proof. `head`, a hash that was printed once, shows a tail that was cut off whole, too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seal, change, fault FROM core_verify(%s) ORDER BY 1, 2", [head])
        return [Fault(number, change, SealFault(what)) for number, change, what in cursor.fetchall()]


def prove() -> dict[str, Any]:
    """Seal and check; everybody in TELL hears of it. Returns what the record of the run keeps."""
    seal()
    last, faults = newest(), verify(_proved_before())
    head = last.head if last else ""
    for tell in TELL:
        tell(head, faults)
    return {"head": head, "faults": faults}


def _proved_before() -> str:
    """The head of the last run that found nothing: a tail that was cut off since is missed by it."""
    runs = JobRun.objects.filter(job=JOB, result__faults=[]).order_by("-slot")
    return str(runs.values_list("result__head", flat=True).first() or "")
