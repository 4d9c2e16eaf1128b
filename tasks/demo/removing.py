"""Takes invented instructions out of the register, with all that belongs to them. The ledger keeps that they were."""

from typing import Any

from django.db import transaction

from core import ledger
from core.models import StoredFile
from investors.demo import remove_enquiries
from investors.demo_requests import remove_requests
from tasks.demo.land import remove_land
from tasks.demo.meeting import ACTOR, remove_meetings
from tasks.demo.removing_projects import remove_projects
from tasks.models import (
    Contribution,
    Escalation,
    Evidence,
    ExecutionReport,
    Executor,
    Extension,
    HoldInterval,
    Instruction,
    Reminder,
)


@transaction.atomic
def remove_demo() -> int:
    """Returns how many instructions, projects, enquiries, plots and opportunities went."""
    remove_meetings()
    remove_requests()
    gone = remove_enquiries() + remove(Instruction.objects.all())
    return gone + remove_land() + remove_projects()


@transaction.atomic
def remove(rows: Any) -> int:
    """Those of these rows that are invented: what refers to a row goes before it."""
    keys = list(rows.filter(is_demo=True).order_by("pk").values_list("pk", flat=True))
    of = {"instruction__in": keys}
    with ledger.acting(ACTOR, "remove_demo"):
        _remove_proofs(keys)
        Contribution.objects.filter(executor__instruction__in=keys).delete()
        ExecutionReport.objects.filter(**of).delete()
        for extension in Extension.objects.filter(**of).order_by(
            "-pk"
        ):  # a correction before what it corrects
            extension.delete()
        Escalation.objects.filter(**of).delete()
        Executor.objects.filter(**of).delete()
        Reminder.objects.filter(**of).delete()
        HoldInterval.objects.filter(**of).delete()  # the database wrote some of them just now
        for instruction in Instruction.objects.filter(pk__in=keys).order_by("-pk"):  # parts before the whole
            instruction.delete()
    return len(keys)


def _remove_proofs(keys: list[int]) -> None:
    """Their files, too, but for the bytes: those are kept once for all who handed the same in."""
    of_reports = Evidence.objects.filter(report__instruction__in=keys)
    of_contributions = Evidence.objects.filter(contribution__executor__instruction__in=keys)
    proofs = of_reports | of_contributions
    files = [file for file in proofs.values_list("file", flat=True) if file]
    proofs.delete()
    StoredFile.objects.filter(pk__in=files).delete()
