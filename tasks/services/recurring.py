"""Occurrences of recurring instructions."""

from datetime import date, timedelta

from django.db import transaction

from core import ledger
from tasks.choices import OCCURRENCES_AHEAD, WAITING
from tasks.models import Executor, Instruction
from tasks.policies import executors_of
from tasks.recurrence import days
from tasks.services import news
from tasks.services.registering import control
from tasks.services.steps import lock

SYSTEM = "system:recurrence"


def make_occurrences(today: date) -> int:
    """Every occurrence that is due up to a month ahead, on control; returns how many are new.

    Safe to run twice, and after days of standstill: what was missed is made, what exists is left alone.
    """
    series = Instruction.objects.filter(state__in=WAITING).exclude(recurrence="").order_by("pk")
    return sum(_continue(pk, today) for pk in series.values_list("pk", flat=True))


@transaction.atomic
def _continue(pk: int, today: date) -> int:
    series = lock(pk)
    day, since = series.recurrence_day, series.recurs_since
    if series.state not in WAITING or day is None or since is None or series.due is None:
        return 0
    made = set(series.children.exclude(occurs_on=None).values_list("occurs_on", flat=True))
    until = min(series.due, today + timedelta(days=OCCURRENCES_AHEAD))
    wanted = [one for one in days(series.recurrence, day, since, until) if one not in made]
    for one in wanted:
        _make(series, one)
    return len(wanted)


def _make(series: Instruction, day: date) -> None:
    same = (
        "controller_id",
        "control_kind",
        "district_id",
        "project_id",
        "issuer_id",
        "evidence_kind",
        "is_demo",
    )
    occurrence = Instruction(  # type: ignore[misc]  # texts and dates are columns
        **{name: getattr(series, name) for name in same},
        parent=series,
        occurs_on=day,
        due=day,
        original_due=day,
        text=series.text,
        expected_result=series.expected_result,
        issued=series.issued,
    )
    with ledger.acting(SYSTEM, "make_occurrence"):
        occurrence.save()
        for one in executors_of(series):
            copy = Executor(instruction=occurrence, organisation_id=one.organisation_id, role=one.role)
            copy.group = one.group
            copy.save()
        control(occurrence)
    news.tell_executors(occurrence, None)
