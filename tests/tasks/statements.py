"""Statements that anybody with a console might write: right, wrong, and cleverly wrong."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from psycopg.types.range import TimestamptzRange

from tests.refusals import sql

BEGINNING = datetime(2026, 2, 2, 5, tzinfo=UTC)
DATES = [date(2026, 2, 20), date(2026, 3, 20), date(2026, 4, 30), date(2027, 1, 1), None]
WORDS = ["Сөз", "Басқа сөз", ""]
STATES = ["registered", "on_control", "in_execution", "reported", "returned", "executed", "cancelled"]
DECISIONS = ["granted", "refused", "withdrawn", "under_review", "requested"]
REPORTS = ["draft", "submitted", "accepted", "returned"]
#: What a column of each table may be given: a kind of value below, or one of a list.
COLUMNS: dict[str, dict[str, Any]] = {
    "tasks_instruction": {
        "state": STATES,
        "due": "day",
        "original_due": "day",
        "executed_on": "day",
        "removed_by_id": "person",
        "removal_proposed_by_id": "person",
        "removal_proposed_at": [BEGINNING, None],
        "cancelled_reason": WORDS,
        "parent_id": "tasks_instruction",
        "remainder_of_id": "tasks_instruction",
        "issuer_id": "organisation",
        "is_demo": [True, False],
        "expected_result_kk": WORDS,
        "evidence_kind": ["", "link", "act"],
        "occurs_on": "day",
    },
    "tasks_executor": {
        "instruction_id": "tasks_instruction",
        "organisation_id": "organisation",
        "role": ["lead", "co"],
        "released_on": "day",
        "accepted_on": "day",
        "refused_on": "day",
        "refused_reason": WORDS,
    },
    "tasks_extension": {
        "instruction_id": "tasks_instruction",
        "organisation_id": "organisation",
        "asked_on": "day",
        "old_due": "day",
        "new_due": "day",
        "reason": WORDS,
        "state": DECISIONS,
        "decided_by_id": "person",
        "decided_on": "day",
        "granted_due": "day",
        "refusal_reason": WORDS,
        "corrects_id": "tasks_extension",
        "correction_reason": WORDS,
    },
    "tasks_executionreport": {
        "instruction_id": "tasks_instruction",
        "organisation_id": "organisation",
        "kind": ["interim", "final"],
        "state": REPORTS,
        "text": WORDS,
        "submitted_on": "day",
        "decided_by_id": "person",
        "decided_on": "day",
        "return_note": WORDS,
        "returns": [0, 1, 3],
    },
    "tasks_evidence": {
        "report_id": "tasks_executionreport",
        "kind": ["link"],
        "url": ["https://example.kz/b"],
    },
    "tasks_contribution": {"executor_id": "tasks_executor", "text": WORDS, "sent_on": "day"},
    "tasks_holdinterval": {
        "instruction_id": "tasks_instruction",
        "organisation_id": "organisation",
        "holder": ["office", "executor", "issuer"],
        "during": "window",
    },
}
TABLES = list(COLUMNS)


#: Nearly right, alone or in one transaction with others. i, j: instructions; p, q: two people; o: a body; d: a day.
CLEVER = [
    "UPDATE tasks_instruction SET original_due = %(d)s, due = %(d)s WHERE id = %(i)s",
    "UPDATE tasks_instruction SET due = %(d)s WHERE id = %(i)s",
    "UPDATE tasks_instruction SET state = 'cancelled', cancelled_reason = 'x' WHERE id = %(i)s",
    "UPDATE tasks_instruction SET state = %(state)s, executed_on = NULL, removed_by_id = NULL WHERE id = %(i)s",
    "UPDATE tasks_instruction SET state = 'reported' WHERE id = %(i)s",
    "UPDATE tasks_instruction SET state = 'on_control' WHERE id = %(i)s",
    """UPDATE tasks_extension SET granted_due = granted_due + 1, decided_on = '2026-02-04'
        WHERE instruction_id = %(i)s AND state = 'granted'""",
    """UPDATE tasks_executionreport SET text = 'y', submitted_on = '2026-02-04'
        WHERE instruction_id = %(i)s AND state IN ('submitted', 'accepted')""",
    """UPDATE tasks_instruction SET removal_proposed_by_id = %(p)s, removal_proposed_at = now()
        WHERE id = %(i)s AND state = 'reported'""",
    """UPDATE tasks_instruction SET state = 'executed', executed_on = '2026-03-03', removed_by_id = %(p)s,
           removal_proposed_by_id = %(q)s, removal_proposed_at = now() WHERE id = %(i)s AND state = 'reported'""",
    "UPDATE tasks_instruction SET parent_id = %(j)s, remainder_of_id = %(j)s WHERE id = %(i)s",
    """INSERT INTO tasks_executionreport (instruction_id, organisation_id, kind, state, text, return_note, returns)
       VALUES (%(i)s, %(o)s, %(kind)s, 'draft', 'x', '', 0)""",
    """UPDATE tasks_executionreport SET state = 'submitted', submitted_on = '2026-02-03', text = 'x'
        WHERE instruction_id = %(i)s AND kind = %(kind)s AND state IN ('draft', 'returned')""",
    """UPDATE tasks_executionreport SET state = %(answer)s, return_note = 'x', decided_by_id = %(p)s,
           decided_on = '2026-02-03' WHERE instruction_id = %(i)s AND kind = %(kind)s AND state = 'submitted'""",
    "UPDATE tasks_executionreport SET kind = 'final' WHERE instruction_id = %(i)s AND kind = 'interim'",
    "DELETE FROM tasks_executionreport WHERE instruction_id = %(i)s",
    """INSERT INTO tasks_evidence (report_id, kind, url, note) SELECT id, 'link', 'https://example.kz/c', ''
         FROM tasks_executionreport WHERE instruction_id = %(i)s AND kind = 'final'""",
    "DELETE FROM tasks_evidence WHERE report_id IN (SELECT id FROM tasks_executionreport WHERE instruction_id = %(i)s)",
    """INSERT INTO tasks_contribution (executor_id, text, sent_on)
       SELECT id, 'x', '2026-02-03' FROM tasks_executor WHERE instruction_id = %(i)s""",
    """INSERT INTO tasks_extension (instruction_id, organisation_id, asked_on, old_due, new_due, reason, state,
                                    refusal_reason, correction_reason)
       SELECT id, %(o)s, due - 1, due, due + 9, 'x', 'requested', '', '' FROM tasks_instruction WHERE id = %(i)s""",
    """UPDATE tasks_extension SET state = 'granted', granted_due = new_due, decided_by_id = %(p)s,
           decided_on = '2026-02-03' WHERE instruction_id = %(i)s AND state IN ('requested', 'under_review')""",
    """UPDATE tasks_extension SET state = 'refused', refusal_reason = 'x', decided_by_id = %(p)s,
           decided_on = '2026-02-03' WHERE instruction_id = %(i)s AND state IN ('requested', 'under_review')""",
    """INSERT INTO tasks_extension (instruction_id, organisation_id, asked_on, old_due, new_due, reason, state,
                                    refusal_reason, corrects_id, correction_reason, decided_by_id, decided_on)
       SELECT instruction_id, organisation_id, asked_on, old_due, new_due, reason, 'refused', 'x', id, 'x', %(p)s,
              '2026-02-03' FROM tasks_extension WHERE instruction_id = %(i)s AND state = 'granted'""",
    """UPDATE tasks_instruction i SET due = coalesce((SELECT granted_due FROM tasks_extension e
           WHERE e.instruction_id = i.id AND state = 'granted' ORDER BY id DESC LIMIT 1), due) WHERE id = %(i)s""",
    "UPDATE tasks_instruction SET due = original_due WHERE id = %(i)s",
    "UPDATE tasks_executor SET released_on = '2026-02-03' WHERE instruction_id = %(i)s AND role = 'lead'",
    "DELETE FROM tasks_executor WHERE instruction_id = %(i)s AND role = 'lead'",
    "UPDATE tasks_executor SET role = 'lead' WHERE instruction_id = %(i)s AND organisation_id = %(o)s",
    """INSERT INTO tasks_executor (instruction_id, organisation_id, role, refused_reason)
       VALUES (%(i)s, %(o)s, %(role)s, '')""",
    """UPDATE tasks_executor SET refused_on = '2026-02-03', refused_reason = 'x', accepted_on = NULL
        WHERE instruction_id = %(i)s AND role = %(role)s""",
    "UPDATE tasks_executor SET instruction_id = %(j)s WHERE instruction_id = %(i)s AND role = 'lead'",
    "UPDATE tasks_holdinterval SET during = tstzrange(lower(during), now()) WHERE instruction_id = %(i)s",
    "DELETE FROM tasks_holdinterval WHERE instruction_id = %(i)s",
    "DELETE FROM tasks_executor WHERE instruction_id = %(i)s",
    "DELETE FROM tasks_instruction WHERE id = %(i)s",
]


def key(table: str, rng: Random) -> Any:
    found = [row for (row,) in sql(f"SELECT id FROM {table} ORDER BY id")]
    return rng.choice(found) if found else None


def clever(rng: Random, organisations: list[int], people: list[int]) -> list[tuple[str, Any]]:
    """One to four statements about one instruction."""
    first, second = rng.sample(people, 2)
    values = {
        "i": key("tasks_instruction", rng),
        "j": key("tasks_instruction", rng),
        "p": first,
        "q": second,
        "o": rng.choice(organisations),
        "d": rng.choice(DATES),
        "state": rng.choice(STATES),
        "kind": rng.choice(["final", "final", "interim"]),
        "answer": rng.choice(["returned", "accepted"]),
        "role": rng.choice(["lead", "co"]),
    }
    return [(query, values) for query in rng.choices(CLEVER, k=rng.randint(1, 4))]


def blind(rng: Random, organisations: list[int], people: list[int]) -> tuple[str, Any]:
    """One UPDATE, INSERT or DELETE of any values."""

    def value(kind: Any) -> Any:
        if isinstance(kind, list):
            return rng.choice(kind)
        if kind == "window":
            return TimestamptzRange(BEGINNING, BEGINNING + timedelta(hours=rng.randint(0, 99)))
        known = {"day": DATES, "organisation": organisations, "person": [None, *people]}
        return rng.choice(known[kind]) if kind in known else key(kind, rng)

    verb = rng.choice(["update", "update", "update", "insert", "delete"])
    table = rng.choice(TABLES + TABLES[:4])
    columns = COLUMNS[table]
    if verb == "delete":
        return f"DELETE FROM {table} WHERE id = %s", [key(table, rng)]
    if verb == "insert" and table != "tasks_instruction":
        marks = ", ".join(["%s"] * len(columns))
        values = [value(kind) for kind in columns.values()]
        return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", values
    names = rng.sample(sorted(columns), rng.choice([1, 1, 2, 3]))
    sets = ", ".join(f"{name} = %s" for name in names)
    values = [value(columns[name]) for name in names]
    return f"UPDATE {table} SET {sets} WHERE id = %s", [*values, key(table, rng)]
