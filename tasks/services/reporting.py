"""What was done: contributions, reports with their proof, and what the controlling side answers."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core import ledger
from core.exceptions import Conflict
from core.files import CHUNK, store
from tasks.choices import FINAL_FROM, EvidenceKind, InstructionState, ReportKind, ReportState
from tasks.models import Contribution, Evidence, ExecutionReport, Instruction
from tasks.policies import Principal
from tasks.services import news
from tasks.services.steps import (
    Actor,
    begin,
    executor_for,
    refresh,
    said,
    signer,
    today,
    worded,
    working,
)


@dataclass(frozen=True)
class Proof:
    """What is handed in as evidence: a file with its name, or an address."""

    kind: str
    file: IO[bytes] | None = None
    name: str = ""
    url: str = ""
    note: str = ""


@transaction.atomic
def contribute(
    instruction: Instruction, *, by: Actor, text: str, proofs: Iterable[Proof] = ()
) -> Contribution:
    """What a co-executor did, for the responsible one to compile. Sent it stays; a correction is another one."""
    instruction, principal = begin(instruction, "contribute", by)
    contribution = Contribution(
        executor=executor_for(instruction, principal.person),
        text=worded("text", text, _("Say what was done.")),
        sent_on=today(),
        sent_by_id=by.user_id,
    )
    with ledger.acting(by, "contribute", said(principal)):
        working(instruction, principal)
        contribution.save()
        _prove(proofs, by, contribution=contribution)
    news.tell_lead(instruction, "contribution_sent", by, event=f"contribution-{contribution.pk}")
    return contribution


@transaction.atomic
def save_report(
    instruction: Instruction, *, by: Actor, kind: str, text: str, proofs: Iterable[Proof] = ()
) -> ExecutionReport:
    """Keep what is written so far; the organisation's people see it and go on with it, nobody else."""
    instruction, principal = begin(instruction, "report", by)
    return _written(instruction, principal, by, kind, text.strip(), proofs)


@transaction.atomic
def report(
    instruction: Instruction, *, by: Actor, kind: str, text: str = "", proofs: Iterable[Proof] = ()
) -> ExecutionReport:
    """Hand in a report. An interim one leaves the state as it is; a final one is for the office to check."""
    instruction, principal = begin(instruction, "report", by)
    if kind == ReportKind.FINAL and instruction.state not in FINAL_FROM:
        raise Conflict(_("Start the execution first: a final report follows it."))
    row = _written(instruction, principal, by, kind, text.strip(), proofs)
    worded("text", row.text, _("Say what was done."))
    if kind == ReportKind.FINAL:
        _ask_for_proof(instruction, row)
    row.state, row.submitted_on = ReportState.SUBMITTED, today()
    with ledger.acting(by, "report", said(principal)):
        working(instruction, principal)
        row.save(update_fields=["state", "submitted_on"])
        if kind == ReportKind.FINAL:
            instruction.state = InstructionState.REPORTED
            instruction.save(update_fields=["state"])
    news.tell_office(instruction, "report_handed_in", by, event=f"report-{row.pk}-{row.returns}")
    row.refresh_from_db()
    return row


def _written(
    instruction: Instruction, principal: Principal, by: Actor, kind: str, text: str, proofs: Iterable[Proof]
) -> ExecutionReport:
    """The live report of this kind with its new words, or a draft."""
    if kind not in ReportKind.values:
        raise ValidationError({"kind": [_("A report is interim or final.")]})
    row = ExecutionReport.objects.live().filter(instruction=instruction, kind=kind).first()
    if row and row.state == ReportState.SUBMITTED:
        raise Conflict(_("A report of this kind waits for an answer: nothing is changed in it now."))
    row = row or ExecutionReport(instruction=instruction, kind=kind)
    row.text, row.author_id = text or row.text, by.user_id
    row.organisation_id = principal.person.organisation_id
    with ledger.acting(by, "write_report", said(principal)):
        row.save()
        _prove(proofs, by, report=row)
    return row


def _prove(proofs: Iterable[Proof], by: Actor, **owner: Any) -> None:
    for proof in proofs:
        if _is_there(proof, **owner):
            continue
        kept = (
            store(proof.file, proof.name, uploaded_by_id=by.user_id)
            if proof.file and proof.kind != EvidenceKind.LINK
            else None
        )
        evidence = Evidence(
            kind=proof.kind, file=kept, url=proof.url.strip(), note=proof.note.strip(), **owner
        )
        evidence.full_clean()
        evidence.save()


def _is_there(proof: Proof, **owner: Any) -> bool:
    """The same file, or address, is kept once, however often a form is sent."""
    same = Evidence.objects.filter(kind=proof.kind, **owner)
    if proof.kind == EvidenceKind.LINK or not proof.file:
        return same.filter(url=proof.url.strip()).exists()
    digest = hashlib.sha256()
    while chunk := proof.file.read(CHUNK):
        digest.update(chunk)
    proof.file.seek(0)
    return same.filter(file__sha256=digest.hexdigest()).exists()


def _ask_for_proof(instruction: Instruction, row: ExecutionReport) -> None:
    wanted = instruction.evidence_kind
    if wanted and not row.evidence.filter(kind=wanted).exists():
        raise ValidationError(
            {
                "evidence": [
                    _("The final report needs proof of this kind: %(kind)s.")
                    % {"kind": EvidenceKind(wanted).label}
                ]
            }
        )


@transaction.atomic
def remove_proof(evidence: Evidence, *, by: Actor) -> None:
    """Take a file out of a report that is still being written."""
    if evidence.report is None:
        raise Conflict(_("Proof of what was sent is kept."))
    _instruction, principal = begin(evidence.report.instruction, "report", by)
    now = ExecutionReport.objects.get(pk=evidence.report.pk)
    if now.state not in (ReportState.DRAFT, ReportState.RETURNED):
        raise Conflict(_("Proof of what was sent is kept."))
    with ledger.acting(by, "remove_proof", said(principal)):
        evidence.delete()


@transaction.atomic
def return_report(instruction: Instruction, *, by: Actor, note: str) -> Instruction:
    """Back to the executor, with what is to be corrected; a proposal to remove falls with it."""
    instruction, principal = begin(instruction, "return", by)
    row = _waiting(instruction)
    row.return_note = worded("note", note, _("Say what is to be corrected."))
    row.state, row.decided_by_id, row.decided_on = ReportState.RETURNED, signer(by), today()
    with ledger.acting(by, "return", said(principal, row.return_note)):
        row.save(update_fields=["state", "return_note", "decided_by", "decided_on"])
        if row.kind == ReportKind.FINAL:
            instruction.state = InstructionState.RETURNED
            instruction.removal_proposed_by = instruction.removal_proposed_at = None
            instruction.save(update_fields=["state", "removal_proposed_by", "removal_proposed_at"])
    row.refresh_from_db()
    news.tell_lead(instruction, "report_returned", by, event=f"return-{row.pk}-{row.returns}")
    return refresh(instruction)


def waits(instruction: Instruction) -> bool:
    """Whether a report waits for an answer."""
    return ExecutionReport.objects.filter(instruction=instruction, state=ReportState.SUBMITTED).exists()


def _waiting(instruction: Instruction) -> ExecutionReport:
    """The report that waits for an answer: the final one before an interim one."""
    rows = ExecutionReport.objects.filter(instruction=instruction, state=ReportState.SUBMITTED)
    row = rows.order_by("kind").select_for_update().first()  # “final” comes before “interim”
    if row is None:
        raise Conflict(_("No report waits for an answer."))
    return row


def accept_waiting(instruction: Instruction, by: Actor) -> ExecutionReport:
    """Accept the report that waits; the caller has asked the policy and names who acts."""
    row = _waiting(instruction)
    row.state, row.decided_by_id, row.decided_on = ReportState.ACCEPTED, signer(by), today()
    row.save(update_fields=["state", "decided_by", "decided_on"])
    return row
