"""What the machine of test_machine.py stands on: who acts, how they ask, and what holds after each step."""

import json
from random import Random
from typing import Any

from django.db import connection
from hypothesis.stateful import RuleBasedStateMachine, invariant

from accounts.models import Organisation
from core import ledger
from core.models import Change, Notice, Outbox
from tasks.models import ExecutionReport, Instruction, ProgressReport
from tests.database import as_owner
from tests.factories import OrganisationFactory, UserFactory
from tests.matrix import standing
from tests.matrix.standing import MAY, MAY_REPORT, Actor
from tests.tasks.invariants import Memory
from tests.tasks.progress_scene import ProgressScene

DUE, LATER, LATEST = "2099-03-02", "2099-04-01", "2099-12-31"
WORDS = {"kk": "Орталықты салу", "ru": "Построить центр"}
WHY = {"reason": "Себебі"}
PART = {"text": WORDS, "expected_result": WORDS, "due": "2099-02-01"}
BODIES: dict[str, dict[str, Any]] = {
    "amend": {"number": "12-2"},
    "put_on_control": {"due": DUE, "expected_result": WORDS, "reason": "Керек"},
    "refuse_assignment": WHY,
    "contribute": {"text": "Жер бөлінді"},
    "return": {"note": "Акт жоқ"},
    "remove_part": PART,
    "cancel": WHY,
    "request_extension": WHY | {"new_due": LATER},
    "grant": {"due": LATEST},
    "refuse": WHY,
    "correct": {"why": "Қате", "due": LATEST},
}
LEDGERED = (
    "tasks_instruction", "tasks_executor", "tasks_extension", "tasks_executionreport", "tasks_progressreport",
    "accounts_user", "accounts_apiclient",
)  # fmt: skip
PROGRESS_MOVES = {
    "draft": {"complete"},
    "complete": {"submitted"},
    "submitted": {"accepted", "returned"},
    "returned": {"submitted"},
    "accepted": {"superseded"},
    "superseded": set(),
}


def trace() -> tuple[int, ...]:
    """Whatever was done leaves something here."""
    return tuple(model.objects.count() for model in (Change, Outbox, Notice))


class People(RuleBasedStateMachine):
    """`tried`: who was let in, by whatever he did last; so that it is seen that rights are used and refused."""

    request: Any
    tried: dict[str, int]

    def __init__(self) -> None:
        super().__init__()
        as_owner(
            "TRUNCATE tasks_instruction, tasks_progressreport, tasks_progressvalue, districts_publication, core_outbox,"
            " core_notice, core_ratecount, accounts_apiclient, accounts_session CASCADE"
        )
        self.memory, self.steps = Memory(), 0
        self.taken_down: set[str] = set()
        self.progress: dict[int, tuple[str, Any]] = {}
        self.handed_in: dict[tuple[str, int], Any] = {}
        for actor in self.actors.values():
            self._give_back(actor)

    @classmethod
    def prepare(cls, request: Any) -> None:
        """Those who act, of whom some have a program beside their browser."""
        cls.tried = dict.fromkeys((*MAY, *MAY_REPORT, "save", "refused"), 0)
        cls.scene = ProgressScene(request)
        people = {
            name: cls.scene.people[name]
            for name in (
                *("office", "leadership", "auditor", "executor", "akimat_preparer", "akimat_signer"),
                *("investor", "stranger"),
            )
        }
        cls.actors = {name: Actor(name, person) for name, person in people.items()}
        for name in ("office", "executor", "akimat_signer"):
            cls.actors[f"program_of_{name}"] = Actor(f"program_of_{name}", people[name], by_token=True)
        cls.second = UserFactory(username="second_office", role="office")
        for code in ("elsewhere", "other"):
            OrganisationFactory(code=code, kind="state_body")
        Organisation.objects.update(visibility="public")

    @classmethod
    def _give_back(cls, actor: Actor) -> None:
        """All rights that he had at first, and a way in."""
        with ledger.acting("system:tests", "restore"):
            type(actor.user).objects.filter(pk=actor.pk).update(is_active=True, **actor.facts)
        actor.come_in()

    def _chance(self, seed: int) -> Random:
        """Another one at each step: the same small seeds come again and again."""
        self.steps += 1
        return Random(seed * 1000 + self.steps)

    def _any(self, model: Any, rng: Random) -> Any:
        found = list(model.objects.order_by("pk"))
        return rng.choice(found) if found else None

    def _actor(self, rng: Random, *preferred: str) -> Actor:
        return self.actors[rng.choice([*sorted(self.actors), *preferred * 4])]

    # --- asking ---------------------------------------------------------------------------------

    def _post(self, actor: Actor, path: str, body: Any) -> Any:
        headers = {"if-match": "*"}
        return actor.client.post(
            f"/api/v1/{path}", json.dumps(body), content_type="application/json", headers=headers
        )

    def _do(self, actor: Actor, name: str, path: str, body: Any, knows: bool, may: bool) -> Any:
        """Ask, and hold the answer against what the rules of the house say: who may not is told so and nothing else."""
        before, comes_in, writes = trace(), actor.is_in(), actor.may_write()
        answer = self._post(actor, path, body)
        told = (actor.name, name, answer.status_code, answer.content.decode()[:300])
        if comes_in and writes and knows and may:
            assert answer.status_code in {200, 201, 204, 400, 403, 409}, told
            assert answer.status_code != 403 or name == "accept", told
            self.tried[name] += answer.status_code < 300
        else:
            expected = 401 if not comes_in else 403 if not writes or knows else self._absent(path)
            assert answer.status_code == expected, told
            self.tried["refused"] += 1
        if answer.status_code >= 300:
            assert trace() == before, told
        return answer

    def _absent(self, path: str) -> int:
        """What was public and was taken down is gone, as everybody may know; anything else was never there."""
        return 410 if path.split("/")[1] in self.taken_down else 404

    def _verb(self, actor: Actor, verb: str, row: Any, **facts: Any) -> Any:
        given = row if isinstance(row, Instruction) else row.instruction
        register = "instructions" if isinstance(row, Instruction) else "extensions"
        knows = standing.knows(actor, given)
        if register == "extensions":  # the inner life of an instruction
            user = actor.user
            knows = actor.is_in() and (user.role in standing.HOUSE or standing.concerns(user, given))
        path = f"{register}/{row.public_id}/{verb}/"
        return self._do(actor, verb, path, BODIES.get(verb, {}) | facts, knows, MAY[verb](actor.user, given))

    # --- what holds after each step -------------------------------------------------------------

    def _reads(self, actor: Actor) -> None:
        """He is shown what he may know of, all of it and nothing else, in the list and one by one."""
        rows = list(Instruction.objects.order_by("pk"))
        known = {row.public_id for row in rows if standing.knows(actor, row)}
        answer = actor.client.get("/api/v1/instructions/")
        if actor.by_token and not actor.is_in():
            assert answer.status_code == 401
            return
        assert {row["public_id"] for row in answer.json()["results"]} == known
        for row in rows[-2:]:
            path = f"instructions/{row.public_id}/"
            status = actor.client.get(f"/api/v1/{path}").status_code
            assert status == (200 if row.public_id in known else self._absent(path)), (actor.name, path)
        for report in ProgressReport.objects.order_by("-pk")[:1]:
            status = actor.client.get(f"/api/v1/progress-reports/{report.public_id}/").status_code
            assert status == (200 if standing.knows_report(actor, report) else 404), (
                actor.name,
                report.state,
            )

    @invariant()
    def what_is_always_true(self) -> None:
        self.memory.judge()
        self._reads(self.actors[sorted(self.actors)[self.steps % len(self.actors)]])
        self._moved_as_the_table_says()
        self._each_change_is_in_the_ledger()
        self._nothing_handed_in_is_unsaid()

    def _moved_as_the_table_says(self) -> None:
        for report in ProgressReport.objects.all():
            was, _at = self.progress.get(report.pk, ("draft", None))
            reached, more = {was}, [was]
            while more:
                more = [goal for one in more for goal in PROGRESS_MOVES[one] - reached]
                reached.update(more)
            assert report.state in reached, (was, report.state)
            self.progress[report.pk] = report.state, report.submitted_at

    def _each_change_is_in_the_ledger(self) -> None:
        """A row was written so often as its version says, and so often it stands in the ledger."""
        asked = " UNION ALL ".join(
            f"SELECT '{table}', id, version, (SELECT count(*) FROM core_change WHERE relation = '{table}' AND row_key ="
            f" {table}.id) FROM {table}"
            for table in LEDGERED
        )
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM ({asked}) AS told WHERE version <> count")
            assert cursor.fetchall() == []

    def _nothing_handed_in_is_unsaid(self) -> None:
        now: dict[tuple[str, int], Any] = {}
        for row in ProgressReport.objects.exclude(submitted_at=None):
            now["progress", row.pk] = row.submitted_at
        for row in ExecutionReport.objects.exclude(submitted_on=None):
            now["execution", row.pk] = row.submitted_on
        for key, moment in self.handed_in.items():
            assert key in now and now[key] >= moment, key
        self.handed_in = now
