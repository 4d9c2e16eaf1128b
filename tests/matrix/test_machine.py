"""People and programs act by the API in any order, and lose their rights in between: what holds after each step.

Whoever lost a right is refused at once and changes nothing; nobody is shown what he may not know of; a state moves only
as the table of moves says; each change is one row of the ledger; what was handed in is never unsaid.

MACHINE_EXAMPLES says how many lives are played (12).
"""

import os
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test

from accounts.models import ApiClient
from accounts.services import revoke_token
from core import ledger
from core.exceptions import DomainError
from core.text import Text
from districts.services import publishing
from tasks.models import Extension, Instruction, ProgressReport
from tests.factories import ANSWERS
from tests.matrix import standing
from tests.matrix.machine import PART, WHY, WORDS, People, trace
from tests.matrix.standing import MAY, MAY_REPORT, Actor

SEEDS = st.integers(0, 2**32)
EXAMPLES = int(os.environ.get("MACHINE_EXAMPLES", "12"))
VALUES = [
    {"metric": metric, **{name: str(value) for name, value in answer.items()}}
    for metric, answer in ANSWERS.items()
]
#: What follows which state, and what it takes.
NEXT = {
    "registered": "put_on_control",
    "on_control": "start",
    "in_execution": "report",
    "reported": "propose_removal",
    "returned": "report",
}
#: What is done and granted at least once in the dozen lives of `make test`.
REACHED = {
    *("amend", "put_on_control", "start", "report", "return", "propose_removal", "accept"),
    *("save", "complete", "refused"),
}


class Doors(People):
    """What may happen."""

    # --- instructions ---------------------------------------------------------------------------

    @initialize(seed=SEEDS)
    def begin(self, seed: int) -> None:
        self.register(seed)
        self.some_steps_of_the_way(seed)

    @rule(seed=SEEDS)
    def register(self, seed: int) -> None:
        rng = self._chance(seed)
        if Instruction.objects.count() > 3:
            return
        actor = self._actor(rng, "office", "program_of_office")
        executors = [
            {"organisation": "mic", "role": "lead"},
            {"organisation": "akimat_almaty_region", "role": "co"},
        ]
        body = {"text": WORDS, "issuer": "deputy_prime_minister", "executors": executors}
        self._do(actor, "amend", "instructions/", body, True, standing.is_office(actor.user, None))

    @rule(seed=SEEDS)
    def some_steps_of_the_way(self, seed: int) -> None:
        """What should be done next, mostly by whom it should be done: so that deep states are reached."""
        rng = self._chance(seed)
        given = self._any(Instruction, rng)
        for _ in range(rng.randint(1, 5)):
            if given:
                given.refresh_from_db()
                self._step(given, rng)

    def _step(self, given: Instruction, rng: Random) -> None:
        verb = NEXT.get(given.state, "cancel")
        if given.removal_proposed_by_id:
            verb = rng.choice(["accept", "accept", "remove_part", "return"])
        who = {
            "put_on_control": "office",
            "start": "executor",
            "report": "executor",
            "propose_removal": "office",
        }
        facts = {"kind": "final", "text": "Дайын"} if verb == "report" else {}
        self._verb(self._actor(rng, who.get(verb, "leadership")), verb, given, **facts)

    @rule(seed=SEEDS)
    def any_verb(self, seed: int) -> None:
        rng = self._chance(seed)
        given = self._any(Instruction, rng)
        if given is None:
            return
        verb = rng.choice(
            [verb for verb in MAY if verb not in ("take_up", "grant", "refuse", "withdraw", "correct")]
        )
        facts: dict[str, Any] = {}
        if verb == "report":
            facts = {"kind": rng.choice(["interim", "final"]), "text": "Іргетас құйылды"}
        if verb in ("reassign", "split"):
            body = rng.choice(["mic", "other", "akimat_almaty_region"])
            facts = {"lead": body} | (WHY if verb == "reassign" else PART)
        self._verb(self._actor(rng), verb, given, **facts)

    @rule(seed=SEEDS)
    def more_time(self, seed: int) -> None:
        rng = self._chance(seed)
        asked = self._any(Extension, rng)
        if asked is None or rng.random() < 0.2:
            given = self._any(Instruction, rng)
            if given:
                self._verb(self._actor(rng, "executor", "program_of_executor"), "request_extension", given)
            return
        verb = rng.choice(["take_up", "grant", "refuse", "withdraw", "correct"])
        self._verb(self._actor(rng, "leadership"), verb, asked)

    @rule(seed=SEEDS)
    def publish_or_take_down(self, seed: int) -> None:
        given = self._any(Instruction, self._chance(seed))
        if given is None:
            return
        try:
            if given.visibility == "public":
                reason = Text("Қате болды.", "Была ошибка.", "It was wrong.")
                publishing.take_down(given, by=self.second, reason=reason)
                self.taken_down.add(given.public_id)
            else:
                publishing.make_ready(given, by=self.scene.office)
                given.refresh_from_db()
                publishing.publish(given, by=self.second)
        except (DomainError, ValidationError):
            pass

    # --- progress reports -----------------------------------------------------------------------

    @rule(seed=SEEDS)
    def save(self, seed: int) -> None:
        rng = self._chance(seed)
        actor = self._actor(rng, "akimat_preparer", "program_of_akimat_signer")
        there = ProgressReport.objects.exclude(state__in=("accepted", "superseded")).last()
        body = {
            "client_uuid": str(there.client_uuid if there else uuid4()),
            "project": self.scene.project.public_id,
            "period": "2026-01",
            "base": there.version if there else None,
            "values": VALUES,
            "text": rng.choice(["Іргетас құйылды", "Қабырға қаланды"]),
        }
        user = actor.user
        of_akimat = ProgressReport(organisation=self.scene.akimat)
        before, may = trace(), actor.is_in() and actor.may_write() and standing.owes(user, of_akimat)
        answer = self._post(actor, "progress-reports/", body)
        told = (actor.name, answer.status_code, answer.content.decode()[:300])
        if may:
            assert answer.status_code in {200, 201, 409}, told
            self.tried["save"] += answer.status_code < 300
        elif not actor.is_in():
            assert answer.status_code == 401, told
        elif not actor.may_write():
            assert answer.status_code == 403, told
        else:  # of a project that he does not know he is told that there is none
            sees = user.role in standing.HOUSE or user.organisation_id == self.scene.akimat.pk
            assert answer.status_code == (403 if sees else 400), told
        if answer.status_code != 201 and not (may and answer.status_code == 200):
            assert trace() == before, told

    @rule(seed=SEEDS)
    def on_a_report(self, seed: int) -> None:
        rng = self._chance(seed)
        report = ProgressReport.objects.order_by("-pk").first()
        if report is None:
            return self.save(seed)
        following = {
            "draft": "complete",
            "complete": "submit",
            "submitted": "accept",
            "returned": "submit",
            "accepted": "correct",
        }
        verb = rng.choice([*MAY_REPORT, *[following.get(report.state, "correct")] * 6])
        body = {"return": {"notes": {"spent": "Аз"}}, "correct": WHY | {"client_uuid": str(uuid4())}}.get(
            verb, {}
        )
        actor = self._actor(rng, "office" if verb in ("return", "accept") else "akimat_signer")
        path = f"progress-reports/{report.public_id}/{verb}/"
        knows = standing.knows_report(actor, report)
        self._do(actor, verb, path, body, knows, MAY_REPORT[verb](actor.user, report))

    # --- rights ---------------------------------------------------------------------------------

    @rule(seed=SEEDS)
    def lose_a_right(self, seed: int) -> None:
        """And act on, at once: what he could do is refused where the right is gone."""
        rng = self._chance(seed)
        actor = self._actor(rng)
        ways = [{"is_active": False}, {"valid_until": "2026-01-01"}, {"may_sign": False}]
        ways += [{"role": role} for role in ("investor", "auditor", "executor")]
        ways += [{"organisation": standing.elsewhere()}, {}]
        self._take(actor, rng.choice(ways), rng)
        given, report = self._any(Instruction, rng), ProgressReport.objects.last()
        if given:
            verb = rng.choice(["cancel", "contribute", "start", "request_extension"])
            self._verb(actor, verb, given)
            self._reads(actor)
        if report:
            path = f"progress-reports/{report.public_id}/submit/"
            knows = standing.knows_report(actor, report)
            self._do(actor, "submit", path, {}, knows, standing.signs(actor.user, report))

    def _take(self, actor: Actor, facts: dict[str, Any], rng: Random) -> None:
        user = actor.user
        if not facts and actor.by_token:
            program = ApiClient.objects.get(pk=actor.program)
            if rng.random() < 0.5:
                revoke_token(program, by=rng.choice([user, self.second]))
            else:
                ApiClient.objects.filter(pk=program.pk).update(scopes=["read"])
            return
        if facts.get("role") in standing.FOR_A_BODY and user.organisation_id is None:
            facts = facts | {"organisation": standing.elsewhere()}
        with ledger.acting(self.second, "amend"):
            type(user).objects.filter(pk=user.pk).update(**facts)

    @rule(seed=SEEDS)
    def get_it_back(self, seed: int) -> None:
        self._give_back(self._actor(self._chance(seed)))


@pytest.mark.django_db(transaction=True)
def test_whoever_loses_a_right_is_out_at_once_and_no_path_breaks_what_is_always_true(
    request: pytest.FixtureRequest,
) -> None:
    Doors.prepare(request)

    run_state_machine_as_test(
        Doors,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            print_blob=False,
            phases=[Phase.generate],
        ),
    )

    unused = {name for name in REACHED if not Doors.tried[name]}
    assert not unused, f"the machine never came to {sorted(unused)}: what it proves is less than it says"
