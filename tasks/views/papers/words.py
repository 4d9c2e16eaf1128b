"""What all papers of control share: whose they are, of which instant, and how they say terms and names."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core import formats, ledger
from core.paper import Paper, Part
from tasks.choices import Holder

NOTHING = "–"


def paper(title: str, parts: Iterable[Part], code: str = "", **facts: Any) -> Paper:
    """Of the instant that is read; the foot of each page says it, after the number of what the paper is about."""
    at = ledger.instant.get() or timezone.now()
    moment = localtime(at)
    when = _("As of %(moment)s") % {"moment": f"{day(moment.date())}, {moment:%H:%M}"}
    return Paper(
        language=formats.language(get_language()),
        office=_("Project Office for the development of the city of Alatau"),
        title=title,
        parts=list(parts),
        at=at,
        as_of=" · ".join(filter(None, (code, when))),
        **facts,
    )


def known(*rows: tuple[Any, Any]) -> list[tuple[str, str]]:
    """Name and value as words, of those that have one."""
    return [(capfirst(str(name)), str(value)) for name, value in rows if value]


def day(value: date | None) -> str:
    return formats.day_text(value, get_language()) if value else ""


def partial(value: Any) -> str:
    """A date as exactly as it is known."""
    return formats.partial_date(value.day, value.precision, value.text, get_language())


def short(value: date | None) -> str:
    return date_format(value, "SHORT_DATE_FORMAT") if value else ""


def name_of(executor: Any) -> str:
    return str(executor.organisation.name if executor.organisation_id else executor.group)


def term(told: Any, write: Any = short) -> str:
    """A tasks.views.shown.Term: the due day, the first one where it differs, and what is left or has passed."""
    if told.due is None:
        said, unset = str(told.said), _("term not set")
        return unset if not said or said.casefold() == unset.casefold() else f"{unset}\n{said}"
    lines = [write(told.due)]
    if told.original:
        lines.append(_("first: %(day)s") % {"day": write(told.original)})
    lines.append(_left(told))
    return "\n".join(filter(None, lines))


def _left(told: Any) -> str:
    match told.kind:
        case "overdue":
            calendar = ngettext("%(days)s calendar day", "%(days)s calendar days", told.days)
            working = ngettext("%(days)s working day", "%(days)s working days", told.working)
            return f"{_('Overdue')}: {calendar % {'days': told.days}}, {working % {'days': told.working}}"
        case "today":
            return _("due today")
        case "soon" | "ahead" if not told.days:
            left = ngettext("%(days)s working day left", "%(days)s working days left", told.working)
            return left % {"days": told.working}
    return ""


def holder(ball: Any) -> str:
    """Who has to move next, and since when."""
    if ball is None:
        return _("nobody: it is closed")
    named = str(ball.name) if ball.name and ball.holder != Holder.OFFICE else capfirst(ball.holder.label)
    return f"{named}, {_('since %(day)s') % {'day': short(ball.since)}}"


def by_whom(person: Any, acted_for: Any = None) -> str:
    if not person:
        return ""
    if not acted_for:
        return str(person)
    return f"{person} ({_('acting for %(name)s') % {'name': acted_for}})"


def invented(row: Any) -> str:
    """The mark of what was made up for trying out."""
    return _("Invented, for trying out") if row.is_demo else ""
