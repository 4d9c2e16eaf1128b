"""Reports that travel as files: what goes out is signed, what comes back is written field by field, each thing once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.exceptions import Conflict, DomainError, Forbidden
from districts.models import Milestone, Project
from tasks.models import Plan, ProgressReport, ReportingDuty, ReportingPeriod
from tasks.offline.frozen import FORM, BadBundle, Frozen
from tasks.offline.merging import Ask, merge
from tasks.offline.sent import Sent
from tasks.offline.shape import MILESTONE, Field, Fields, fields_of, plain
from tasks.querysets import organisations_of
from tasks.reporting_choices import PENDING, WORDS, WRITTEN, Metric
from tasks.services.answers import Answer
from tasks.services.progress import save_progress
from tasks.services.steps import Actor
from tasks.services.telling import Told

#: By project and field: "mine" or "theirs", where both have changed it.
type Chosen = Mapping[tuple[str, str], str]


@dataclass
class Receipt:
    """What became of one report of the file. `state`: made, saved, there (nothing new), empty, asks or refused."""

    project: str
    name: str
    state: str
    report: ProgressReport | None = None
    asks: list[Ask] = field(default_factory=list)
    errors: dict[str, list[str]] = field(default_factory=dict)
    written: Fields = field(default_factory=dict)
    theirs: Fields = field(default_factory=dict)


# Out


def make_bundle(period: ReportingPeriod, *, by: Actor, language: str) -> Frozen:
    """What the caller's organisation still has to report of this period, as it stands now; eight queries or fewer."""
    duties = owed(period, by)
    pks = [duty.project_id for duty in duties]
    seen = ProgressReport.objects.visible_to(by).filter(project__in=pks)
    reports = _first_by_project(seen.filter(period=period).order_by("-pk"))
    before = _first_by_project(seen.before(period.starts).select_related("period"))
    milestones: dict[int, list[Milestone]] = {}
    for one in Milestone.objects.filter(project__in=pks).order_by("pk"):
        milestones.setdefault(one.project_id, []).append(one)
    plans: dict[int, dict[str, str]] = {}
    for plan in Plan.objects.filter(project__in=pks, period=period):
        plans.setdefault(plan.project_id, {})[plan.metric] = plain(plan.value)
    projects = [
        {
            "project": duty.project.public_id,
            "name": str(duty.project.name),
            "organisation": duty.organisation.code,
            **_as_written(reports.get(duty.project_id)),
            **_as_accepted(before.get(duty.project_id)),
            "plan": plans.get(duty.project_id, {}),
            "milestones": [_as_expected(one) for one in milestones.get(duty.project_id, ())],
        }
        for duty in duties
        if (row := reports.get(duty.project_id)) is None or row.state in WRITTEN
    ]
    made = timezone.now().replace(microsecond=0).isoformat()
    facts = {"form": FORM, "period": period.code, "title": str(period), "language": language, "made": made}
    return {**facts, "projects": projects}


def owed(period: ReportingPeriod, by: Actor) -> list[ReportingDuty]:
    """Duties of the caller's organisation in the period; where two owed it one after the other, the last one does."""
    own = organisations_of(by)
    if own is None:
        return []
    last: dict[int, ReportingDuty] = {}
    for duty in (
        ReportingDuty.objects.filter(kind=period.kind).within(period.starts, period.ends).for_display()
    ):
        last.setdefault(duty.project_id, duty)
    mine = set(ReportingDuty.objects.filter(own).values_list("pk", flat=True))
    return sorted((one for one in last.values() if one.pk in mine), key=lambda one: one.project.public_id)


def _first_by_project(rows: Any) -> dict[int, ProgressReport]:
    """A report on its way before one that is accepted."""
    found: dict[int, ProgressReport] = {}
    for row in rows.prefetch_related("values", "milestones__milestone"):
        there = found.setdefault(row.project_id, row)
        if row.state in PENDING and there.state not in PENDING:
            found[row.project_id] = row
    return found


def _as_written(row: ProgressReport | None) -> dict[str, Any]:
    number = str(row.client_uuid if row else uuid4())
    return {"client_uuid": number, "base": row.version if row else None, "draft": fields_of(row)}


def _as_accepted(row: ProgressReport | None) -> dict[str, Any]:
    fields = fields_of(row)
    numbers = {name: value for name, value in fields.items() if name in Metric.values}
    return {"last": numbers, "last_period": str(row.period) if row else ""}


def _as_expected(milestone: Milestone) -> dict[str, str]:
    expected = milestone.met or milestone.forecast or milestone.baseline
    return {"code": milestone.code, "name": str(milestone.name), "expected": expected.iso() or ""}


# Back


def take(sent: Sent, *, by: Actor, chosen: Chosen) -> list[Receipt]:
    """Write each report of the file by itself: what is wrong with one holds no other up. Sent again it is harmless."""
    period = _opened(sent, by)
    return [_take_one(sent, one, period, by, chosen) for one in _told_of(sent)]


def take_whole(sent: Sent, *, by: Actor, chosen: Chosen, keep: bool) -> list[Receipt]:
    """All or nothing: nothing is kept where one report is refused or asks, nor without `keep`, which only tries."""
    with transaction.atomic():
        receipts = take(sent, by=by, chosen=chosen)
        if not keep or any(one.state in ("asks", "refused") for one in receipts):
            transaction.set_rollback(True)
    return receipts


def _told_of(sent: Sent) -> list[dict[str, Any]]:
    return [one for one in sent.frozen["projects"] if one["project"] in sent.answers]


def _opened(sent: Sent, by: Actor) -> ReportingPeriod:
    """The period of the file, if all of the file is of an organisation for which the caller writes."""
    own = organisations_of(by)
    codes = {one["organisation"] for one in sent.frozen["projects"]}
    known = set() if own is None else set(_codes_of(own))
    if codes - known:
        raise Forbidden(_("This file was made for another organisation: only its own people send it back."))
    period = ReportingPeriod.objects.coded(sent.frozen["period"]).first()
    if period is None:
        raise BadBundle(_("The period of this file is not there any more: download it again."))
    if period.is_locked:
        raise Conflict(_("This period is locked: the project office may open it again."))
    return period


def _codes_of(own: Any) -> Any:
    return ReportingDuty.objects.filter(own).values_list("organisation__code", flat=True)


def _take_one(
    sent: Sent, facts: dict[str, Any], period: ReportingPeriod, by: Actor, chosen: Chosen
) -> Receipt:
    """A second try, because somebody may have written between the look and the writing."""
    for again in (True, False):
        receipt = Receipt(facts["project"], facts["name"], "refused")
        try:
            with transaction.atomic():
                _merge(receipt, sent.answers[facts["project"]], facts, period, by, chosen)
            return receipt
        except ValidationError as error:
            has_fields = hasattr(error, "error_dict")
            receipt.errors = error.message_dict if has_fields else {NON_FIELD_ERRORS: list(error.messages)}
        except Conflict as error:
            receipt.errors = {NON_FIELD_ERRORS: [str(error)]}
            if again:
                continue
        except DomainError as error:
            receipt.errors = {NON_FIELD_ERRORS: [str(error)]}
        except IntegrityError:
            receipt.errors = {
                NON_FIELD_ERRORS: [_("Somebody else is changing this at this moment: try again.")]
            }
        receipt.state, receipt.report = "refused", None
        return receipt
    raise AssertionError


def _merge(
    receipt: Receipt, mine: Fields, facts: dict[str, Any], period: ReportingPeriod, by: Actor, chosen: Chosen
) -> None:
    """Fill in the receipt; what is written is written by the service that every other door calls."""
    project = Project.objects.get(public_id=facts["project"])
    now = _now(project, period, UUID(facts["client_uuid"]), by)
    receipt.report, receipt.theirs = now, fields_of(now)
    mine_of_it = {name: choice for (whose, name), choice in chosen.items() if whose == facts["project"]}
    found = merge(facts["draft"], mine, receipt.theirs, mine_of_it)
    if now and not now.is_written and (found.asks or found.write):
        raise Conflict(
            _("The report %(number)s was handed in already: what this file says otherwise is not taken.")
            % {"number": now.public_id}
        )
    receipt.asks, receipt.written = found.asks, found.write
    if found.asks:
        receipt.state = "asks"
        return
    if not found.write:
        receipt.state = "there" if now else "empty"
        return
    milestones = {**receipt.theirs, **found.write}
    is_told = any(name.startswith(MILESTONE) for name in found.write)
    receipt.report = save_progress(
        by=by,
        project=project,
        period=period,
        client_uuid=UUID(facts["client_uuid"]),
        answers=_answers(found.write),
        words={name: str(value or "") for name, value in found.write.items() if name in WORDS},
        milestones=_milestones(milestones) if is_told else None,
        base=now.version if now else None,
    )
    receipt.state = "saved" if now else "made"


def _now(project: Project, period: ReportingPeriod, number: UUID, by: Actor) -> ProgressReport | None:
    """The report on its way, as far as the caller may see it; else the one that this file made."""
    seen = ProgressReport.objects.visible_to(by).prefetch_related("values", "milestones__milestone")
    of_it = seen.filter(project=project, period=period)
    return of_it.pending().first() or of_it.filter(client_uuid=number).first()


def _answers(fields: Fields) -> dict[str, Answer | None]:
    return {name: _answer(value) for name, value in fields.items() if name in Metric.values}


def _answer(value: Field) -> Answer | None:
    if not isinstance(value, dict):
        return None
    number = None if value["value"] is None else Decimal(value["value"])
    return Answer(number, value["mark"] or "", value["currency"] or "", value["note"] or "")


def _milestones(fields: Fields) -> list[Told]:
    return [
        Told(
            name.removeprefix(MILESTONE),
            value["outcome"] or "",
            value["on"] or "",
            value["reason"] or "",
            value["note"] or "",
        )
        for name, value in fields.items()
        if name.startswith(MILESTONE) and isinstance(value, dict)
    ]
