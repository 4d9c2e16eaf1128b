"""Who comes in, who knows of what and who may do what at this moment: in the words of docs, computed from plain rows.

Nothing of the portal's own policies is asked.
"""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from accounts.models import ApiClient, Organisation, User
from accounts.services import issue_own_token
from tasks.models import Executor, Instruction, ProgressReport

HOUSE = {"office", "leadership", "auditor"}
FOR_A_BODY = {"executor", "investor"}
YEAR_ON = {"name": "program", "scopes": ["read", "write"]}


class Actor:
    """A person in a browser, or his program; `facts` is what he was given at first."""

    def __init__(self, name: str, user: User, by_token: bool = False) -> None:
        self.name, self.by_token, self.pk = name, by_token, user.pk
        self.facts = {
            field: getattr(user, field) for field in ("role", "organisation_id", "may_sign", "valid_until")
        }
        self.client, self.program = Client(), 0

    @property
    def user(self) -> User:
        return User.objects.get(pk=self.pk)

    def come_in(self) -> None:
        """Anew: with a new session, or with a new token."""
        self.client = Client(headers={"accept-language": "en"}, raise_request_exception=False)
        if not self.by_token:
            self.client.force_login(self.user)
            return
        ends = timezone.now() + timedelta(days=30)
        made, token = issue_own_token(by=self.user, expires_at=ends, **YEAR_ON)
        self.program = made.pk
        self.client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {token}"

    def is_in(self) -> bool:
        user = self.user
        until = user.valid_until
        if not user.is_active or (until is not None and until < timezone.localdate()):
            return False
        return not self.by_token or ApiClient.objects.get(pk=self.program).is_active

    def may_write(self) -> bool:
        return not self.by_token or "write" in ApiClient.objects.get(pk=self.program).scopes


def executes(user: User, given: Instruction, *roles: str) -> bool:
    live = Executor.objects.filter(instruction=given, released_on=None, role__in=roles or ("lead", "co"))
    bodies = set(live.values_list("organisation_id", flat=True)) - {None}
    return user.role != "auditor" and user.organisation_id in bodies


def concerns(user: User, given: Instruction) -> bool:
    """Of an organisation: it executes it or gave it, whatever its people are here."""
    if user.organisation_id is None:
        return False
    live = Executor.objects.filter(instruction=given, released_on=None, organisation=user.organisation_id)
    return live.exists() or given.issuer_id == user.organisation_id


def knows(actor: Actor, given: Instruction) -> bool:
    """A token that is over is refused whatever it asks for; a session that is over reads as a visitor."""
    if not actor.is_in():
        return given.visibility == "public"
    user = actor.user
    return user.role in HOUSE or given.visibility == "public" or concerns(user, given)


def knows_report(actor: Actor, report: ProgressReport) -> bool:
    if not actor.is_in():
        return False
    user, sent = actor.user, report.state not in {"draft", "complete"}
    return user.organisation_id == report.organisation_id or (user.role in HOUSE and sent)


def gave(user: User, given: Instruction) -> bool:
    return user.role in FOR_A_BODY and user.organisation_id == given.issuer_id


def controls(user: User, given: Instruction) -> bool:
    return user.role == "office" or gave(user, given)


def decides(user: User, given: Instruction) -> bool:
    """Who belongs to the post that gave it; where nobody of it has an account, any of the leadership."""
    if user.organisation_id == given.issuer_id:
        return user.role == "leadership" or (user.role in FOR_A_BODY and user.may_sign)
    own = User.objects.filter(organisation=given.issuer_id, is_active=True)
    signers = [one for one in own if one.role == "leadership" or (one.role in FOR_A_BODY and one.may_sign)]
    return user.role == "leadership" and not signers


def either(user: User, given: Instruction) -> bool:
    return controls(user, given) or decides(user, given)


def leads(user: User, given: Instruction) -> bool:
    return executes(user, given, "lead")


def helps(user: User, given: Instruction) -> bool:
    return executes(user, given, "co")


def is_office(user: User, given: Any) -> bool:
    return user.role == "office"


MAY: dict[str, Any] = {
    "amend": is_office,
    "put_on_control": controls,
    "accept_assignment": executes,
    "refuse_assignment": executes,
    "reassign": controls,
    "start": leads,
    "contribute": helps,
    "report": leads,
    "return": either,
    "propose_removal": controls,
    "accept": either,  # an interim report is accepted by who controls, a final one by who decides
    "remove_part": decides,
    "cancel": either,
    "request_extension": leads,
    "split": leads,
    "take_up": either,
    "grant": decides,
    "refuse": decides,
    "withdraw": leads,
    "correct": decides,
}


def owes(user: User, report: ProgressReport) -> bool:
    return user.role in FOR_A_BODY and user.organisation_id == report.organisation_id


def signs(user: User, report: ProgressReport) -> bool:
    return owes(user, report) and user.may_sign


MAY_REPORT: dict[str, Any] = {
    "complete": owes,
    "submit": signs,
    "discard": owes,
    "correct": owes,
    "return": is_office,
    "accept": is_office,
}


def elsewhere() -> Organisation:
    return Organisation.objects.get(code="elsewhere")
