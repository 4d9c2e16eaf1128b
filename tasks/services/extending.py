"""More time: asked for by the responsible executor, decided by whoever gave the instruction."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core import ledger
from core.exceptions import Conflict
from tasks.choices import DECIDED, FINAL, UNDECIDED, ExtensionState
from tasks.models import Extension, Instruction
from tasks.policies import Principal, require
from tasks.services import news
from tasks.services.steps import Actor, begin, lock, said, signer, today, worded, working


@transaction.atomic
def request_extension(instruction: Instruction, *, by: Actor, new_due: date, reason: str) -> Extension:
    """Ask for another due date, up to and on the due day; one request at a time."""
    instruction, principal = begin(instruction, "request_extension", by)
    now, due = today(), instruction.due
    if due is None or now > due:
        raise Conflict(_("The due day has passed: more time is asked for up to it."))
    if Extension.objects.filter(instruction=instruction).undecided().exists():
        raise Conflict(_("An extension is asked for already: wait for the decision."))
    if new_due <= due:
        raise ValidationError({"new_due": [_("The new date is later than the present one.")]})
    extension = Extension(
        instruction=instruction,
        organisation_id=principal.person.organisation_id,
        asked_by_id=by.user_id,
        asked_for=principal.acted_for,
        asked_on=now,
        old_due=due,
        new_due=new_due,
        reason=worded("reason", reason, _("Say why more time is needed.")),
    )
    with ledger.acting(by, "request_extension", said(principal, extension.reason)):
        working(instruction, principal)
        extension.save()
    news.tell_issuer(instruction, "extension_asked", by, event=f"extension-{extension.pk}")
    extension.refresh_from_db()
    return extension


def _begin(extension: Extension, verb: str, by: Actor) -> tuple[Extension, Instruction, Principal]:
    """The instruction is locked before the request, as everywhere."""
    instruction = lock(extension.instruction_id)
    row = Extension.objects.select_for_update().get(pk=extension.pk)
    principal = require(by, verb, instruction)
    if verb != "correct" and row.state not in UNDECIDED:
        raise Conflict(_("This request is “%(state)s” already.") % {"state": row.get_state_display()})
    return row, instruction, principal


@transaction.atomic
def take_up(extension: Extension, *, by: Actor) -> Extension:
    """Somebody looks into the request; it stays open."""
    extension, _instruction, principal = _begin(extension, "take_up", by)
    if extension.state == ExtensionState.UNDER_REVIEW:
        raise Conflict(_("This request is “%(state)s” already.") % {"state": extension.get_state_display()})
    extension.state, extension.taken_up_by_id = ExtensionState.UNDER_REVIEW, by.user_id
    with ledger.acting(by, "take_up", said(principal)):
        extension.save(update_fields=["state", "taken_up_by"])
    return _again(extension)


@transaction.atomic
def grant(extension: Extension, *, by: Actor, due: date | None = None) -> Extension:
    """Give the time that was asked for, or another date; the term of the instruction moves with it."""
    extension, instruction, principal = _begin(extension, "grant", by)
    with ledger.acting(by, "grant", said(principal, extension.reason)):
        _decide(extension, principal, by, due=due or extension.new_due)
        _move_term(instruction)
    news.tell_lead(instruction, "extension_decided", by, event=f"decision-{extension.pk}")
    return _again(extension)


@transaction.atomic
def refuse(extension: Extension, *, by: Actor, reason: str) -> Extension:
    """The term stays; the reason is said to whoever asked."""
    extension, instruction, principal = _begin(extension, "refuse", by)
    reason = worded("reason", reason, _("Say why more time is refused."))
    with ledger.acting(by, "refuse", said(principal, reason)):
        _decide(extension, principal, by, reason=reason)
    news.tell_lead(instruction, "extension_decided", by, event=f"decision-{extension.pk}")
    return _again(extension)


@transaction.atomic
def withdraw(extension: Extension, *, by: Actor) -> Extension:
    """Whoever asked needs it no more."""
    extension, _instruction, principal = _begin(extension, "withdraw", by)
    extension.state = ExtensionState.WITHDRAWN
    with ledger.acting(by, "withdraw", said(principal)):
        extension.save(update_fields=["state"])
    return _again(extension)


@transaction.atomic
def correct(
    extension: Extension, *, by: Actor, why: str, due: date | None = None, reason: str = ""
) -> Extension:
    """Another decision on the same request takes the place of a wrong one: a date grants, a reason refuses."""
    wrong, instruction, principal = _begin(extension, "correct", by)
    _refuse_correction(wrong, instruction)
    if bool(due) == bool(reason.strip()):
        raise ValidationError({"due": [_("Give a date to grant more time, or a reason to refuse it.")]})
    facts: dict[str, Any] = {
        name: getattr(wrong, name)
        for name in (
            "organisation_id",
            "asked_by_id",
            "asked_for_id",
            "asked_on",
            "old_due",
            "new_due",
            "reason",
        )
    }
    better = Extension(
        instruction=instruction,
        corrects=wrong,
        correction_reason=worded("why", why, _("Say what was wrong with the decision before.")),
        **facts,
    )
    with ledger.acting(by, "correct", said(principal, better.correction_reason)):
        _decide(better, principal, by, due=due, reason=reason.strip())
        _move_term(instruction)
    news.tell_lead(instruction, "extension_decided", by, event=f"decision-{better.pk}")
    return _again(better)


def _refuse_correction(wrong: Extension, instruction: Instruction) -> None:
    if wrong.state not in DECIDED:
        raise Conflict(_("Only a decision is corrected."))
    if instruction.state in FINAL:
        raise Conflict(_("The instruction is closed: its term does not move any more."))
    later = Extension.objects.filter(instruction=instruction, pk__gt=wrong.pk)
    if later.exclude(state=ExtensionState.WITHDRAWN).exists():
        raise Conflict(_("Only the last decision is corrected."))


def _decide(
    extension: Extension, principal: Principal, by: Actor, *, due: date | None = None, reason: str = ""
) -> None:
    if due is not None and due <= extension.old_due:
        raise ValidationError({"due": [_("The granted date is later than the present one.")]})
    extension.state = ExtensionState.GRANTED if due else ExtensionState.REFUSED
    extension.granted_due, extension.refusal_reason = due, reason
    extension.decided_by_id, extension.decided_for = signer(by), principal.acted_for
    extension.decided_on = today()
    extension.save()


def _move_term(instruction: Instruction) -> None:
    """To the last granted date that no later decision corrects, else to the first term (as the database holds it)."""
    granted = Extension.objects.filter(
        instruction=instruction, state=ExtensionState.GRANTED, corrected_by=None
    )
    last = granted.order_by("-pk").values_list("granted_due", flat=True).first()
    instruction.due = last or instruction.original_due
    instruction.save(update_fields=["due"])


def _again(extension: Extension) -> Extension:
    extension.refresh_from_db()
    return extension
