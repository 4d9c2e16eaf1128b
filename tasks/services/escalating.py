"""What is overdue is carried up, level by level, until somebody there acknowledges it or it is overdue no more."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import User
from core import ledger, notices
from core.calendar import WorkingDays
from core.exceptions import Conflict
from tasks.choices import ESCALATED_AFTER, WAITING, ExecutorRole, Level
from tasks.models import Escalation, Executor, Instruction
from tasks.policies import require
from tasks.querysets import SIGNS
from tasks.services.reminding import MOST
from tasks.services.steps import Actor, lock, said, signer, worded

SYSTEM = "system:escalation"
DAY = timedelta(days=1)

#: What somebody holds at this moment waits for tomorrow. One that was closed because a report was handed in
#: opens again when the report comes back.
OPEN = """
INSERT INTO tasks_escalation AS e (instruction_id, level, due, opened_at, note, closed_because)
SELECT i.id, %(level)s, i.due, %(now)s, '', '' FROM tasks_instruction i
 WHERE i.id IN (SELECT id FROM tasks_instruction WHERE state = ANY (%(states)s) AND due <= %(last)s
                   FOR NO KEY UPDATE SKIP LOCKED)
   AND NOT EXISTS (SELECT FROM tasks_escalation o
                    WHERE o.instruction_id = i.id AND o.level = %(level)s AND o.due = i.due AND o.closed_at IS NULL)
 ORDER BY i.id
    ON CONFLICT (instruction_id, level, due) DO UPDATE
   SET opened_at = excluded.opened_at, acknowledged_at = NULL, acknowledged_by_id = NULL, acknowledged_for_id = NULL,
       note = '', closed_at = NULL, closed_because = ''
 WHERE e.closed_at IS NOT NULL
RETURNING instruction_id
"""


@transaction.atomic
def escalate(today: date) -> int:
    """Open the levels that overdue instructions have reached, and owe the news; returns how many were opened."""
    calendar = WorkingDays()
    news: dict[int, dict[int, int]] = defaultdict(
        dict
    )  # of a person: instructions, each at its highest level
    opened = 0
    with ledger.acting(SYSTEM, "escalate"):
        for level, days in sorted(ESCALATED_AFTER.items()):
            keys = _open(level, _overdue_for(days, today, calendar))
            opened += len(keys)
            for person, instruction in _hearers(level, keys, today):
                news[person][instruction] = level
    for person in User.objects.filter(pk__in=news).order_by("pk"):
        _tell(person, news[person.pk], today)
    return opened


def _overdue_for(days: int, today: date, calendar: WorkingDays) -> date:
    """The last due day since which so many working days have passed."""
    last = today
    while calendar.between(last, today) < days:
        last -= DAY
    return last


def _open(level: int, last: date) -> list[int]:
    facts: dict[str, Any] = {
        "level": level,
        "last": last,
        "now": timezone.now(),
        "states": [str(state) for state in WAITING],
    }
    with connection.cursor() as cursor:
        cursor.execute(OPEN, facts)
        return [key for (key,) in cursor.fetchall()]


def _hearers(level: int, keys: list[int], today: date) -> Iterable[tuple[int, int]]:
    """(person, instruction) for everybody who stands at the level."""
    people = list(User.objects.with_access(today).exclude(role=Role.AUDITOR))
    signers = set(User.objects.filter(SIGNS).values_list("pk", flat=True))
    office = [one.pk for one in people if one.role == Role.OFFICE]
    leaders = [one.pk for one in people if one.role == Role.LEADERSHIP]
    inside: dict[int | None, list[int]] = defaultdict(list)
    for one in people:
        if one.pk in signers and one.organisation_id:
            inside[one.organisation_id].append(one.pk)
    present = {one.pk for one in people}
    leads = dict(
        Executor.objects.live()
        .filter(instruction__in=keys, role=ExecutorRole.LEAD)
        .order_by()
        .values_list("instruction", "organisation")
    )
    rows = Instruction.objects.filter(pk__in=keys).order_by("due", "pk")
    for pk, controller, issuer in rows.values_list("pk", "controller", "issuer"):
        heard = {
            Level.EXECUTOR: [*inside[leads.get(pk)], *([controller] if controller in present else office)],
            Level.OFFICE: [*office, *(inside[issuer] or leaders)],
            Level.LEADERSHIP: leaders,
        }[Level(level)]
        yield from ((person, pk) for person in heard)


def _tell(person: User, levels: dict[int, int], today: date) -> None:
    told = [[pk, level] for pk, level in levels.items()]
    notices.notify(
        "escalated",
        [person],
        event="-".join(["escalated", today.isoformat(), *map(str, told[0])]),
        subjects=[pk for pk, _level in told[:MOST]],
        levels=told[:MOST],
        more=len(told[MOST:]),
    )


@transaction.atomic
def acknowledge(escalation: Escalation, *, by: Actor, note: str) -> Escalation:
    """Somebody of the level has seen it, and says what is done about it; once."""
    instruction = lock(escalation.instruction_id)
    row = Escalation.objects.select_for_update().get(pk=escalation.pk)
    principal = require(by, f"acknowledge_{row.level}", instruction)
    if not row.is_open:
        raise Conflict(_("This escalation is closed: %(why)s.") % {"why": row.get_closed_because_display()})
    if row.acknowledged_at:
        raise Conflict(_("This escalation is acknowledged already."))
    row.note = worded("note", note, _("Say what is done about it."))
    row.acknowledged_by_id, row.acknowledged_for = signer(by), principal.acted_for
    row.acknowledged_at = timezone.now()
    with ledger.acting(by, "acknowledge", said(principal, row.note)):
        row.save(update_fields=["note", "acknowledged_by", "acknowledged_for", "acknowledged_at"])
    row.refresh_from_db()
    return row
