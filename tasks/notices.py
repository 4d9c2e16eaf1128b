"""What people are told of instructions."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.choices import FOR_AN_ORGANISATION, Role
from core.notices import Kind
from tasks.choices import Level
from tasks.models import FigureDispute, Instruction, ProgressReport, ReportingDuty, ReportingPeriod


def _named(instruction: Any, facts: dict[str, Any]) -> str:
    text = Truncator(str(instruction.text)).words(28)
    named = f"{instruction.number or instruction.public_id}: {text}"
    return f"[{gettext('invented')}] {named}" if instruction.is_demo else named


def _card(instruction: Any, facts: dict[str, Any]) -> str:
    return reverse("instruction", args=[instruction.public_id])


def _terms(instructions: Any, facts: dict[str, Any]) -> str:
    """A line each: what is due when. Counted on the day of the notice, which the reader sees beside it."""
    today, terms = date.fromisoformat(facts["day"]), {pk: (day, left) for pk, day, left in facts["terms"]}
    lines = [
        f"{_named(one, facts)} — {_term(date.fromisoformat(terms[one.pk][0]), terms[one.pk][1], today)}"
        for one in instructions
    ]
    return _lines(lines, facts)


def _term(due: date, left: int, today: date) -> str:
    facts = {"day": date_format(due, "SHORT_DATE_FORMAT"), "days": abs(left)}
    if due == today:
        return gettext("the term is today, %(day)s") % facts
    if due > today:
        some = ngettext(
            "due %(day)s, %(days)s working day is left", "due %(day)s, %(days)s working days are left", left
        )
        return (some if left else gettext("due %(day)s, no working day is left")) % facts
    some = ngettext(
        "was due %(day)s, %(days)s working day late", "was due %(day)s, %(days)s working days late", abs(left)
    )
    return (some if left else gettext("was due %(day)s")) % facts


def _levels(instructions: Any, facts: dict[str, Any]) -> str:
    levels = dict(facts["levels"])
    words = gettext("carried to level %(level)s: %(whom)s")
    lines = [
        f"{_named(one, facts)} — {words % {'level': levels[one.pk], 'whom': Level(levels[one.pk]).label}}"
        for one in instructions
    ]
    return _lines(lines, facts)


def _lines(lines: list[str], facts: dict[str, Any]) -> str:
    more = facts["more"]
    if more:
        words = ngettext("and %(more)s more instruction", "and %(more)s more instructions", more)
        lines = [*lines, words % {"more": more}]
    return "\n".join(lines)


def _card_or(page: str) -> Any:
    def link(instructions: Any, facts: dict[str, Any]) -> str:
        if len(instructions) == 1 and not facts["more"]:
            return _card(instructions[0], facts)
        day = f"?day={facts['day']}" if "day" in facts else ""
        return reverse(page) + day

    return link


def _takes_part(user: Any) -> bool:
    return user.role != Role.AUDITOR


def _answers(user: Any) -> bool:
    return _controls(user) or _decides(user)


def _executes(user: Any) -> bool:
    return user.role in FOR_AN_ORGANISATION


def _controls(user: Any) -> bool:
    return user.role == Role.OFFICE or user.is_superuser


def _decides(user: Any) -> bool:
    return user.role == Role.LEADERSHIP or (_executes(user) and user.may_sign)


def _anybody(user: Any) -> bool:
    return _executes(user) or _controls(user)


WORDS: list[tuple[str, Any, Any]] = [
    ("instruction_given", _("Your organisation is given an instruction"), _executes),
    ("contribution_sent", _("A co-executor sent a contribution"), _executes),
    ("report_returned", _("A report is returned for revision"), _executes),
    ("extension_decided", _("A request for more time is decided"), _executes),
    ("assignment_refused", _("An organisation refused an assignment"), _anybody),
    ("report_handed_in", _("A report is handed in"), _anybody),
    ("extension_asked", _("More time is asked for"), _decides),
    ("removal_proposed", _("Removal from control is proposed"), _decides),
    ("interim_accepted", _("An interim report is accepted"), _anybody),
    ("removed_from_control", _("An instruction is removed from control"), _anybody),
    ("instruction_cancelled", _("An instruction is cancelled"), _anybody),
]
KINDS = [
    Kind(
        code,
        title,
        concerns=concerns,
        tell=_named,
        link=_card,
        rows=lambda reader: Instruction.objects.visible_to(reader),
    )
    for code, title, concerns in WORDS
]
KINDS += [
    Kind(
        code,
        title,
        concerns=concerns,
        tell=tell,
        link=_card_or(page),
        rows=lambda reader: Instruction.objects.visible_to(reader),
        is_digest=True,
    )
    for code, title, concerns, tell, page in [
        ("term_reminder", _("Terms are near or have passed"), _takes_part, _terms, "control-reminders"),
        ("escalated", _("An overdue instruction is carried up"), _answers, _levels, "control-escalations"),
    ]
]


def _of_period(report: Any, facts: dict[str, Any]) -> str:
    named = f"{report.public_id}: {report.project} — {report.period}"
    return f"[{gettext('invented')}] {named}" if report.project.is_demo else named


def _to_review(report: Any, facts: dict[str, Any]) -> str:
    return reverse("review-report", args=[report.public_id])


def _to_correct(report: Any, facts: dict[str, Any]) -> str:
    return reverse("report-form", args=[report.period.code, report.project.public_id])


KINDS += [
    Kind(
        code,
        title,
        concerns=concerns,
        tell=_of_period,
        link=link,
        rows=lambda reader: ProgressReport.objects.visible_to(reader).select_related("project", "period"),
    )
    for code, title, concerns, link in [
        ("progress_submitted", _("A progress report is submitted"), _controls, _to_review),
        ("progress_returned", _("A progress report is returned"), _executes, _to_correct),
        ("progress_accepted", _("A progress report is accepted"), _executes, _to_correct),
    ]
]


def _contests(user: Any) -> bool:
    return user.role == Role.EXECUTOR


def _of_figure(dispute: Any, facts: dict[str, Any]) -> str:
    figure = dispute.figure
    subject = figure.project or figure.district or gettext("Alatau City")
    named = f"{dispute.public_id}: {subject} — {figure.get_measure_display()}, {dispute.organisation.name}"
    return f"[{gettext('invented')}] {named}" if figure.project and figure.project.is_demo else named


KINDS += [
    Kind(
        code,
        title,
        concerns=concerns,
        tell=_of_figure,
        link=lambda dispute, facts: reverse("dispute", args=[dispute.public_id]),
        rows=lambda reader: FigureDispute.objects.visible_to(reader).for_display(),
    )
    for code, title, concerns in [
        ("figure_disputed", _("A figure is contested"), _controls),
        ("dispute_decided", _("What your organisation contested is decided"), _contests),
    ]
]


def _owed(duties: Any, facts: dict[str, Any]) -> str:
    """A line for each report that is owed, as far as the reader may see its duty."""
    seen, today = {one.pk: one for one in duties}, date.fromisoformat(facts["day"])
    lines = [
        f"{_project(seen[pk].project)} — {_period(kind, starts, ends)}: {_term(date.fromisoformat(due), left, today)}"
        for pk, due, left, kind, starts, ends in facts["terms"]
        if pk in seen
    ]
    if more := facts["more"]:
        lines.append(ngettext("and %(more)s more report", "and %(more)s more reports", more) % {"more": more})
    return "\n".join(lines)


def _project(project: Any) -> str:
    return f"[{gettext('invented')}] {project}" if project.is_demo else str(project)


def _period(kind: str, starts: str, ends: str) -> ReportingPeriod:
    """As the notice keeps it, without asking for its row."""
    return ReportingPeriod(kind=kind, starts=date.fromisoformat(starts), ends=date.fromisoformat(ends))


def _owed_link(duties: Any, facts: dict[str, Any]) -> str:
    """The form, where it is one report; else what is owed."""
    if len(facts["terms"]) == 1:
        return reverse(
            "report-form", args=[_period(*facts["terms"][0][3:]).code, duties[0].project.public_id]
        )
    return reverse("report")


def _late_link(duties: Any, facts: dict[str, Any]) -> str:
    codes = {_period(*term[3:]).code for term in facts["terms"]}
    return reverse("review-period", args=[codes.pop()]) if len(codes) == 1 else reverse("review-periods")


KINDS += [
    Kind(
        code,
        title,
        concerns=concerns,
        tell=_owed,
        link=link,
        rows=lambda reader: ReportingDuty.objects.visible_to(reader).select_related("project"),
        is_digest=True,
    )
    for code, title, concerns, link in [
        ("duty_reminder", _("Reports of projects are due or late"), _executes, _owed_link),
        ("duty_late", _("Reports of projects were not submitted in time"), _controls, _late_link),
    ]
]
