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
from tests.database import as_owner
from tests.factories import OrganisationFactory
from tests.tasks.invariants import Memory
from tests.tasks.scene import CALLS, MAY, ON_REQUESTS, Scene
from tests.tasks.statements import BEGINNING, DATES, blind, clever

SEEDS = st.integers(0, 2**32)


class Control(RuleBasedStateMachine):
    scene: Scene
    organisations: list[Any]

    def __init__(self) -> None:
        super().__init__()
        as_owner("TRUNCATE tasks_instruction, core_outbox CASCADE")
        self.memory, self.steps = Memory(), 0
        self.now = BEGINNING
        self.travel: Any = None
        self._move()

    def _move(self) -> None:
        if self.travel:
            self.travel.stop()
        self.travel = time_machine.travel(self.now, tick=True)
        self.travel.start()

    def _chance(self, seed: int) -> Random:
        """Another one at each step: the same small seeds come again and again."""
        self.steps += 1
        return Random(seed * 1000 + self.steps)

    def teardown(self) -> None:
        self.travel.stop()

    @invariant()
    def what_is_always_true(self) -> None:
        self.memory.judge()

    @initialize(seed=SEEDS)
    def begin(self, seed: int) -> None:
        self.register(seed)
        self.some_steps_of_the_way(seed)

    # --- services -------------------------------------------------------------------------------

    @rule(seed=SEEDS)
    def register(self, seed: int) -> None:
        rng = self._chance(seed)
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
        if rng.random() < 0.8:
            services.put_on_control(given, by=self.scene.office, reason="Керек")

    @rule(seed=SEEDS)
    def some_steps_of_the_way(self, seed: int) -> None:
        """What should be done next, by whom it should be done: so that deep states are reached."""
        rng = self._chance(seed)
        given = self._any(Instruction, rng)
        for _ in range(rng.randint(1, 5)):
            if given and Instruction.objects.filter(pk=given.pk).exists():
                given.refresh_from_db()
                self._step(given, rng)

    def _step(self, given: Instruction, rng: Random) -> None:
        link = services.Proof(kind="link", url="https://example.kz/a")
        final: Any = lambda i, by: services.report(i, by=by, kind="final", text="Дайын", proofs=[link])  # noqa: E731
        ending = ["accept", "accept", "remove_part", "return"] if given.removal_proposed_by_id else []
        following = {
            "registered": [("put_on_control", CALLS["put_on_control"])],
            "on_control": [("start", CALLS["start"])],
            "in_execution": [("report", final)],
            "reported": [(name, CALLS[name]) for name in ending or ["propose_removal"]],
            "returned": [("report", final)],
        }
        if given.state in following:
            verb, call = rng.choice(following[given.state])
            self._try(call, given, self.scene.people[rng.choice(sorted(MAY[verb]))])

    @rule(seed=SEEDS)
    def any_verb(self, seed: int) -> None:
        rng = self._chance(seed)
        given = self._any(Instruction, rng)
        verb = rng.choice(sorted(CALLS))
        names = sorted(MAY[verb]) * 3 + sorted(self.scene.people)
        if given:
            self._try(CALLS[verb], given, self.scene.people[rng.choice(names)])

    @rule(seed=SEEDS)
    def more_time(self, seed: int) -> None:
        rng = self._chance(seed)
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

    @rule(seed=SEEDS)
    def sql_of_somebody_who_does_not_know(self, seed: int) -> None:
        rng = self._chance(seed)
        times = rng.choice([1, 1, 2])
        self._run([blind(rng, self.organisations, self._people()) for _ in range(times)])

    @rule(seed=SEEDS)
    def sql_of_somebody_who_knows(self, seed: int) -> None:
        self._run(clever(self._chance(seed), self.organisations, self._people()))

    @rule(seed=SEEDS)
    def sql_of_somebody_who_tries_again(self, seed: int) -> None:
        rng = self._chance(seed)
        for _ in range(6):
            self._run(clever(rng, self.organisations, self._people())[:2])

    def _run(self, statements: list[tuple[str, Any]]) -> None:
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
