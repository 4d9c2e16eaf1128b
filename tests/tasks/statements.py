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


def key(table: str, rng: Random) -> Any:
    found = [row for (row,) in sql(f"SELECT id FROM {table} ORDER BY id")]
    return rng.choice(found) if found else None


def statement(rng: Random, organisations: list[int], people: list[int]) -> tuple[str, list[Any]]:
    """One UPDATE, INSERT or DELETE with its values."""

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
        return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", [
            value(kind) for kind in columns.values()
        ]
    names = rng.sample(sorted(columns), rng.randint(1, min(4, len(columns))))
    sets = ", ".join(f"{name} = %s" for name in names)
    return f"UPDATE {table} SET {sets} WHERE id = %s", [
        *(value(columns[name]) for name in names),
        key(table, rng),
    ]
