"""The control card: what its page shows of an instruction, to be filed with the case."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.calendar import WorkingDays
from core.filters import today
from core.paper import Facts, Heading, Paper, Part, Prose, Signatures, Table
from core.policies import sees_everything
from tasks.choices import ReportKind
from tasks.views.card import ball
from tasks.views.history import timeline
from tasks.views.papers.words import (
    NOTHING,
    by_whom,
    day,
    holder,
    invented,
    known,
    name_of,
    paper,
    partial,
    short,
    term,
)
from tasks.views.reading import find, inner
from tasks.views.shown import term_of


def card(user: Any, public_id: str) -> Paper:
    """404 where the reader may not know of it; whom it does not concern reads what is published."""
    instruction: Any = find(user, public_id)
    calendar = WorkingDays()
    held = ball(instruction, today(), calendar) if instruction.concerns else None
    facts = [
        *_what(instruction),
        *_who(instruction),
        *_when(instruction, calendar),
        *(known((_("Has to move next"), holder(held))) if instruction.concerns else ()),
        *_where(instruction),
    ]
    parts: list[Part] = [Prose(str(instruction.text)), Facts(facts), *_words_of_source(instruction)]
    if instruction.concerns:
        parts += _inner_life(user, instruction)
    parts.append(Signatures([(capfirst(_("controller")), str(instruction.controller or ""))]))
    return paper(
        _("Control card"), parts, public_id, subtitle=_subtitle(instruction), mark=invented(instruction)
    )


def _subtitle(instruction: Any) -> str:
    number = f"№ {instruction.number.removeprefix('№').strip()}" if instruction.number else ""
    return ", ".join(filter(None, (number, instruction.public_id)))


def _what(instruction: Any) -> list[tuple[str, str]]:
    inside = instruction.concerns
    return known(
        (_("Expected result"), instruction.expected_result if inside else ""),
        (_("Proof asked for"), inside and capfirst(instruction.get_evidence_kind_display())),
        (_("Control"), capfirst(instruction.get_control_kind_display())),
        (_("Given by"), instruction.issuer.name if inside or instruction.issuer_is_visible else ""),
        (_("Given on"), partial(instruction.issued)),
        (_("what the date rests on"), instruction.issued_basis),
    )


def _who(instruction: Any) -> list[tuple[str, str]]:
    """Executors whom the reader may know; a co-executor with its own term."""
    live = [one for one in instruction.executors.all() if one.released_on is None]
    shown = [one for one in live if instruction.concerns or one.is_visible or not one.organisation_id]
    lead = next((name_of(one) for one in shown if one.is_lead), "")
    others = "\n".join(_with_term(one) for one in shown if not one.is_lead)
    return known(
        (_("responsible executor"), lead or _("not named")),
        (_("Co-executors"), others),
        (_("controller"), instruction.controller if instruction.concerns else ""),
    )


def _with_term(executor: Any) -> str:
    own = executor.internal_due
    return f"{name_of(executor)} ({_('own term')}: {short(own)})" if own else name_of(executor)


def _when(instruction: Any, calendar: WorkingDays) -> list[tuple[str, str]]:
    told = term_of(instruction, today(), calendar)._replace(original=None)
    removed = by_whom(instruction.removed_by, instruction.removed_for) if instruction.concerns else ""
    return known(
        (_("First due"), day(instruction.original_due)),
        (_("Due"), term(told, day)),
        (_("State"), capfirst(instruction.get_state_display())),
        (_("Removed from control by"), removed and f"{removed}, {day(instruction.executed_on)}"),
        (_("Why cancelled"), instruction.concerns and instruction.cancelled_reason),
        (_("Put on control although"), instruction.concerns and _passed_over(instruction)),
    )


def _passed_over(instruction: Any) -> str:
    words = ", ".join(map(str, instruction.passed_words))
    return f"{words}\n{instruction.passed_reason}" if words else ""


def _where(instruction: Any) -> list[tuple[str, str]]:
    whole = instruction.whole
    return known(
        (_("District"), instruction.district and instruction.district.name),
        (_("Project"), instruction.project_is_visible and instruction.project.name),
        (_("Part of"), whole and f"{whole.public_id} {whole.text}"),
        (_("What came of it"), instruction.later),
        (
            _("Sources"),
            "; ".join(f"{one.publisher}, {partial(one.published)}" for one in instruction.sources),
        ),
    )


def _words_of_source(instruction: Any) -> Iterator[Part]:
    item = instruction.source_item
    if not item or not instruction.meeting_is_visible:
        return
    protocol = item.protocol
    place = [
        capfirst(protocol.get_kind_display()),
        protocol.number,
        f"{pgettext('protocol', 'item')} {item.order}",
        str(protocol.meeting.title),
        partial(protocol.meeting.held),
    ]
    yield Heading(_("Words of the source"))
    yield Prose(f"«{item.text}»", tone="quote", language=protocol.language)
    yield Prose(", ".join(filter(None, place)), tone="quiet")


def _inner_life(user: Any, instruction: Any) -> Iterator[Part]:
    life = inner(user, instruction)
    yield from _table(_("Executors"), _executors(life.executors))
    yield from _table(_("Requests for more time"), _extensions(life.extensions))
    yield from _table(_("Reports"), _reports(life.reports))
    yield from _table(_("Sub-instructions"), _parts(instruction.parts))
    yield from _table(_("What happened"), _events(timeline(instruction, life, sees_everything(user))))


def _table(title: str, table: Table) -> Iterable[Part]:
    return (Heading(title), table) if table.rows else ()


def _executors(executors: list[Any]) -> Table:
    head = [_("Executor"), _("Role"), _("Assignment"), _("Contribution")]
    return Table(head, [_executor(one) for one in executors], [4, 3, 3, 4])


def _executor(one: Any) -> list[str]:
    said = [
        (_("accepted on"), one.accepted_on),
        (_("refused on"), one.refused_on),
        (_("released on"), one.released_on),
    ]
    lines = [f"{word} {short(on)}" for word, on in said if on]
    sent = [f"{short(each.sent_on)}: {each.text}" for each in one.sent]
    role = one.get_role_display() if one.organisation_id else _("a group as written: not named yet")
    return [name_of(one), role, "\n".join([*lines, one.refused_reason]).strip(), "\n".join(sent) or NOTHING]


def _extensions(extensions: list[Any]) -> Table:
    """Oldest first, as they moved the term."""
    head = [_("From which day to which"), _("Reason"), _("Asked for"), _("Decision")]
    return Table(head, [_extension(one) for one in reversed(extensions)], [3, 4, 4, 4])


def _extension(one: Any) -> list[str]:
    asked = [str(one.organisation.name), by_whom(one.asked_by, one.asked_for), short(one.asked_on)]
    decided = by_whom(one.decided_by, one.decided_for)
    lines = [
        capfirst(one.get_state_display()),
        one.granted_due and one.granted_due != one.new_due and f"{_('asked until')} {short(one.new_due)}",
        one.refusal_reason,
        one.correction_reason and f"{_('What was wrong with the decision before')}: {one.correction_reason}",
        decided and f"{decided}, {short(one.decided_on)}",
    ]
    move = f"{short(one.old_due)} → {short(one.granted_due or one.new_due)}"
    return [move, one.reason, ", ".join(filter(None, asked)), "\n".join(line for line in lines if line)]


def _reports(reports: list[Any]) -> Table:
    head = [_("Report"), _("What was done"), _("Proof"), _("Decision")]
    return Table(head, [_report(one) for one in reversed(reports)], [3, 5, 4, 4])


def _report(one: Any) -> list[str]:
    kind = _("Final report") if one.kind == ReportKind.FINAL else _("Interim report")
    handed_in = one.submitted_on and f"{_('handed in on')} {short(one.submitted_on)}"
    what = [kind, str(one.organisation.name), handed_in]
    decided = by_whom(one.decided_by)
    lines = [
        capfirst(one.get_state_display()),
        one.return_note,
        decided and f"{decided}, {short(one.decided_on)}",
    ]
    proofs = "\n".join(proof.name or proof.url for proof in one.proofs)
    return ["\n".join(filter(None, what)), one.text, proofs or NOTHING, "\n".join(filter(None, lines))]


def _parts(parts: list[Any]) -> Table:
    rows = [
        [one.public_id, str(one.text), short(one.due) or NOTHING, capfirst(one.get_state_display())]
        for one in parts
    ]
    return Table([capfirst(_("number")), _("Text"), _("Due"), _("State")], rows, [2, 6, 2, 3])


def _events(events: list[Any]) -> Table:
    """Oldest first, as a case is read."""
    rows = []
    for event in reversed(events):
        who = ", ".join(filter(None, (by_whom(event.who, event.acted_for), event.organisation)))
        lines = [f"{line.label}: {line.value}" for line in event.lines]
        rows.append([event.when, "\n".join([event.title, *lines]), who])
    return Table([_("When"), _("What"), _("Who")], rows, [3, 7, 4])
