"""Tells the stories of data/demo.yaml: each step is a verb of the services, said by a demo account."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.services.demo import DEMO
from core.loading import read
from investors.demo import load_enquiries
from investors.demo_requests import load_requests
from tasks import services
from tasks.demo.land import build_land
from tasks.demo.meeting import write_down
from tasks.demo.projects import build_projects
from tasks.demo.removing import remove
from tasks.models import Extension, Instruction
from tasks.services import Proof

FILE = Path(__file__).parent.parent / "data" / "demo.yaml"
ISSUER = "deputy_prime_minister"
#: Whom the embedded mode made for trying out (accounts.services.demo); nobody else gets to do with what is invented.
ADDRESS = "@demo.invalid"
GIVEN_BEFORE = timedelta(days=14)
#: Days from today, as the services want them.
DAYS = ("due", "new_due")
ON_EXTENSION = {"take_up", "grant", "refuse", "withdraw", "correct"}


class NoDemoAccounts(LookupError):
    """Nobody is there to act."""


def load_demo() -> int:
    """Tell every story and build every project, plot and opportunity that is not there yet; returns how many were not.

    A story that breaks leaves nothing behind.
    """
    people, told = _people(), 0
    for number, story in enumerate(read(FILE), start=1):
        if not Instruction.objects.filter(code=story["code"]).exists():
            _tell_whole(Teller(people, timezone.localdate()), story, number)
            told += 1
    write_down(people["office"], timezone.localdate())
    load_requests(people, timezone.localdate())
    told += build_projects(people, timezone.localdate())
    told += build_land(people["office"], timezone.localdate())
    return told + load_enquiries(people["office"], timezone.localdate())


def _people() -> dict[str, User]:
    wanted = [username for username, *_facts in DEMO]
    found = User.objects.with_access(timezone.localdate())
    found = found.filter(username__in=wanted, email__endswith=ADDRESS)
    people = {user.username: user for user in found}
    if missing := [username for username in wanted if username not in people]:
        raise NoDemoAccounts(", ".join(missing))
    return people


def _tell_whole(teller: "Teller", story: Mapping[str, Any], number: int) -> None:
    try:
        teller.tell(story, number)
    except BaseException:
        remove(Instruction.objects.filter(Q(code=story["code"]) | Q(parent__code=story["code"])))
        raise


class Teller:
    """One story: the instruction, and the part of it that a step made."""

    def __init__(self, people: Mapping[str, User], today: date) -> None:
        self.people, self.today = people, today
        self.rows: dict[str, Instruction] = {}

    def tell(self, story: Mapping[str, Any], number: int) -> None:
        self.rows["whole"] = self._register(story, number)
        for step in story.get("steps", ()):
            self._do(dict(step))

    def _register(self, story: Mapping[str, Any], number: int) -> Instruction:
        return services.register_instruction(
            by=self.people["office"],
            is_demo=True,
            code=story["code"],
            number=f"ҮЛГІ-{number:02}",
            issuer=_organisation(ISSUER),
            issued_day=self.today - GIVEN_BEFORE,
            issued_precision="day",
            text=story["text"],
            expected_result=story.get("result", {}),
            due=self._day(story.get("due")),
            evidence_kind=story.get("evidence", ""),
            control_kind=story.get("control", "ordinary"),
            executors=list(self._executors(story)),
        )

    def _executors(self, story: Mapping[str, Any]) -> Any:
        yield {"organisation": _organisation(story["lead"]), "role": "lead"}
        for one in story.get("co", ()):
            due = self._day(one["own_due"])
            yield {"organisation": _organisation(one["organisation"]), "role": "co", "internal_due": due}
        if "group" in story:
            yield {"group": story["group"], "role": "co"}

    def _day(self, days: int | None) -> date | None:
        return None if days is None else self.today + timedelta(days=days)

    def _do(self, step: dict[str, Any]) -> None:
        verb, thing = step.pop("do"), self.rows[step.pop("of", "whole")]
        if verb == "make_occurrences":
            services.make_occurrences(self.today)
            return
        facts: dict[str, Any] = {
            name: self._day(value) if name in DAYS else value for name, value in step.items()
        }
        facts["by"] = self.people[step["by"]]
        if verb == "put_on_control":
            facts["reason"] = "Ойдан шығарылған мысал"  # some terms are near on purpose
        if "lead" in facts:
            facts["lead"] = _organisation(facts["lead"])
        if "proof" in facts:
            facts["proofs"] = [PROOFS[facts.pop("proof")]()]
        if verb in ON_EXTENSION:
            getattr(services, verb)(Extension.objects.filter(instruction=thing).latest("pk"), **facts)
            return
        done = getattr(services, verb)(thing, **facts)
        if verb in ("split", "remove_part"):
            self.rows["part"] = done


def _organisation(code: str) -> Organisation:
    return Organisation.objects.get(code=code)


def _link() -> Proof:
    return Proof(kind="link", url="https://example.org/", note="Ойдан шығарылған мекенжай")


def _file() -> Proof:
    text = "Бұл – сынап көруге арналған, ойдан шығарылған құжат. Это вымышленный документ для пробы.\n"
    return Proof(kind="document", file=BytesIO(text.encode()), name="үлгі-акт.txt")


PROOFS: dict[str, Callable[[], Proof]] = {"link": _link, "file": _file}
