"""Services and raw SQL in any order, each step committed: no path breaks what is always true of control."""

from contextlib import suppress
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from core.exceptions import DomainError
from tasks import services
from tasks.models import Executor, Extension, Instruction
from tests.factories import OrganisationFactory
from tests.refusals import sql
from tests.tasks.invariants import Memory
from tests.tasks.scene import CALLS, MAY, ON_REQUESTS, Scene
from tests.tasks.statements import BEGINNING, DATES, STATES, statement


class Control(RuleBasedStateMachine):
    scene: Scene
    organisations: list[Any]

    def __init__(self) -> None:
        super().__init__()
        sql("TRUNCATE tasks_instruction, core_outbox CASCADE")
        self.memory = Memory()
        self.now = BEGINNING
        self.travel: Any = None
        self._move()

    def _move(self) -> None:
        if self.travel:
            self.travel.stop()
        self.travel = time_machine.travel(self.now, tick=True)
        self.travel.start()

    def teardown(self) -> None:
        self.travel.stop()

    @invariant()
    def what_is_always_true(self) -> None:
        self.memory.judge()

    @initialize()
    def begin(self) -> None:
        self.register(Random(0))

    # --- services -------------------------------------------------------------------------------

    @rule(rng=st.randoms())
    def register(self, rng: Random) -> None:
        if Instruction.objects.count() > 3:
            return
        given = services.register_instruction(
            by=self.scene.office,
            issuer=self.scene.leadership.organisation,
            text={"kk": "Жол салу"},
            expected_result={"kk": "Акт"},
            due=rng.choice(DATES[:4]),
            evidence_kind=rng.choice(["", "", "link"]),
            executors=[
                {"organisation": self.scene.executor.organisation, "role": "lead"},
                {"organisation": self.scene.akimat_signer.organisation, "role": "co"},
            ],
        )
        services.put_on_control(given, by=self.scene.office)

    @rule(rng=st.randoms())
    def a_step_of_the_way(self, rng: Random) -> None:
        """What should be done next by whom it should be done: so that deep states are reached."""
        given = self._any(Instruction, rng)
        if given is None:
            return
        link = services.Proof(kind="link", url="https://example.kz/a")
        final: Any = lambda i, by: services.report(i, by=by, kind="final", text="Дайын", proofs=[link])  # noqa: E731
        following = {
            "registered": [("put_on_control", CALLS["put_on_control"])],
            "on_control": [("start", CALLS["start"])],
            "in_execution": [("report", final)],
            "reported": [
                (name, CALLS[name]) for name in ("propose_removal", "accept", "return", "remove_part")
            ],
            "returned": [("report", final)],
        }
        if given.state in following:
            verb, call = rng.choice(following[given.state])
            self._try(call, given, self.scene.people[rng.choice(sorted(MAY[verb]))])

    @rule(rng=st.randoms())
    def any_verb(self, rng: Random) -> None:
        given = self._any(Instruction, rng)
        verb = rng.choice(sorted(CALLS))
        names = sorted(MAY[verb]) * 3 + sorted(self.scene.people)
        if given:
            self._try(CALLS[verb], given, self.scene.people[rng.choice(names)])

    @rule(rng=st.randoms())
    def more_time(self, rng: Random) -> None:
        given = self._any(Instruction, rng)
        if given is None:
            return
        asked = Extension.objects.filter(instruction=given).last()
        if asked is None or asked.state == "withdrawn":
            new_due = (given.due or date(2026, 3, 1)) + timedelta(days=rng.randint(0, 60))
            self._try(
                lambda i, by: services.request_extension(i, by=by, new_due=new_due, reason="Кешікті"),
                given,
                self.scene.executor,
            )
            return
        calls = dict(ON_REQUESTS)
        due = rng.choice([None, asked.old_due + timedelta(days=rng.randint(0, 90))])
        calls["grant"] = lambda e, by: services.grant(e, by=by, due=due)
        calls["correct"] = lambda e, by: services.correct(
            e, by=by, why="Қате", due=due, reason="" if due else "Жоқ"
        )
        verb = rng.choice(sorted(calls))
        people = sorted(MAY.get(verb, {"leadership"}))
        self._try(calls[verb], asked, self.scene.people[rng.choice(people)])

    @rule(days=st.integers(1, 40))
    def days_pass(self, days: int) -> None:
        self.now += timedelta(days=days)
        self._move()

    def _any(self, model: Any, rng: Random) -> Any:
        found = list(model.objects.order_by("pk"))
        return rng.choice(found) if found else None

    def _try(self, call: Any, row: Any, by: Any) -> None:
        """A service does it or says no in its own words: an error of the database is no answer."""
        with suppress(DomainError, ValidationError):
            call(row, by)

    # --- SQL ------------------------------------------------------------------------------------

    @rule(rng=st.randoms())
    def one_statement(self, rng: Random) -> None:
        self._write(rng, 1)

    @rule(rng=st.randoms())
    def a_transaction_of_several(self, rng: Random) -> None:
        self._write(rng, rng.randint(2, 4))

    @rule(rng=st.randoms())
    def a_move_with_its_report(self, rng: Random) -> None:
        """What a clever hand would write: the state together with the report that belongs to it."""
        given = self._any(Instruction, rng)
        if given is None:
            return
        report, state = rng.choice(["submitted", "returned", "accepted"]), rng.choice(STATES)
        person, other = rng.sample(self._people(), 2)
        self._run(
            [
                (
                    """UPDATE tasks_executionreport SET state = %s, submitted_on = '2026-02-03', return_note = 'x',
                       text = 'x', decided_by_id = %s, decided_on = '2026-02-03' WHERE instruction_id = %s""",
                    [report, person, given.pk],
                ),
                (
                    """UPDATE tasks_instruction SET state = %s, cancelled_reason = 'x', removed_by_id = %s,
                       executed_on = %s, removal_proposed_by_id = %s, removal_proposed_at = now() WHERE id = %s""",
                    [
                        state,
                        person if state == "executed" else None,
                        date(2026, 3, 3) if state == "executed" else None,
                        other,
                        given.pk,
                    ],
                ),
            ]
        )

    def _write(self, rng: Random, times: int) -> None:
        self._run([statement(rng, self.organisations, self._people()) for _ in range(times)])

    def _run(self, statements: list[tuple[str, list[Any]]]) -> None:
        with suppress(IntegrityError, DataError), transaction.atomic(), connection.cursor() as cursor:
            for query, values in statements:
                cursor.execute(query, values)

    def _people(self) -> list[int]:
        return [person.pk for person in self.scene.people.values() if person.pk]


@pytest.mark.django_db(transaction=True)
def test_no_path_breaks_what_is_always_true(request):
    Control.scene = Scene(request)
    Control.organisations = [OrganisationFactory().pk, Control.scene.executor.organisation.pk]
    assert Executor.objects.count() == 0

    run_state_machine_as_test(
        Control, settings=settings(max_examples=15, stateful_step_count=30, deadline=None, print_blob=True)
    )
