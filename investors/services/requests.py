"""What the office and an investor ask of each other. Every verb locks the request, writes its message and passes the
ball; the database keeps the time that each side held it (investors/sql/requests.sql)."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from core import ledger
from core.exceptions import Conflict, Forbidden, NeedsReason
from districts.models import Project
from investors.models import Message, Request, RequestSeen
from investors.request_choices import RequestKind, RequestState, Side
from investors.request_policies import refusal, side_of
from investors.services import request_news as news
from investors.services.request_steps import (
    Actor,
    Attached,
    Written,
    begin,
    end,
    pass_ball,
    promise,
    say,
    sent_before,
    write,
)

__all__ = [
    "Attached",
    "Written",
    "ask",
    "close_request",
    "hand_over",
    "mark_read",
    "move_promise",
    "reply",
    "withdraw_request",
]


@transaction.atomic
def ask(
    organisation: Organisation,
    said: Written,
    *,
    by: Actor,
    title: str,
    kind: str = RequestKind.QUESTION,
    project: Project | None = None,
    wanted_by: date | None = None,
) -> Request:
    """A new request: an investor asks the office, which promises a day; the office asks an investor."""
    side = side_of(by, organisation.pk)
    if side is None:
        raise Forbidden(refusal("ask"))
    Organisation.objects.select_for_update(of=("self",)).get(
        pk=organisation.pk
    )  # a form sent twice meets itself here
    if found := sent_before(said, by):
        return found
    asked = side.other
    row = Request(
        organisation=organisation,
        project=project,
        kind=kind,
        title=" ".join((title or "").split()),
        asked_side=asked,
        holder=asked,
        promised_on=promise() if asked == Side.OFFICE else None,
        wanted_by=wanted_by if asked == Side.INVESTOR else None,
        opened_by_id=by.user_id,
        handler_id=by.user_id if side == Side.OFFICE else None,
    )
    _sound(row, said, by)
    with ledger.acting(by, "ask_request"):
        row.save()
        write(row, side, said, by)
    row.refresh_from_db()
    news.tell(row, "request_opened", by)
    return row


def _sound(row: Request, said: Written, by: Actor) -> None:
    """Everything that is wrong at once, each at its field."""
    errors: dict[str, list[str]] = {}
    if not row.title:
        errors["title"] = [_("Say in a few words what it is about.")]
    if not said.text.strip():
        errors["text"] = [_("Write what you ask.")]
    if row.project and not _concerns(row.project, row.organisation_id, by):
        errors["project"] = [_("The organisation does not know of this project: choose another, or none.")]
    if row.wanted_by and row.wanted_by < timezone.localdate():
        errors["wanted_by"] = [_("This day has passed: choose a later one.")]
    if errors:
        raise ValidationError(errors)
    row.full_clean(exclude=["organisation", "project", "opened_by", "handler"], validate_constraints=False)


def _concerns(project: Project, organisation: int, by: Actor) -> bool:
    """Only of what both sides may see: a request must not tell the investor of a project it may not know."""
    shown = Project.objects.filter(pk=project.pk)
    if not shown.visible_to(by).exists():
        return False
    investor = User(role="investor", organisation_id=organisation)
    return shown.visible_to(investor).exists()


@transaction.atomic
def reply(request: Request, said: Written, *, by: Actor, expected: int | None = None) -> Request:
    """Write in it. From the side that is asked it is the answer; from the side that asks, it asks again.

    Either way the other side has to move next, but for more words of the side that waits anyway.
    """
    row, side, found = begin(request, "reply", said, by, expected)
    if found:
        return row
    answers = side == row.asked_side
    if answers or row.state == RequestState.ANSWERED or row.holder == side:
        pass_ball(row, side.other, RequestState.ANSWERED if answers else RequestState.OPEN)
    say(row, side, said, by, "answer_request" if answers else "write_request")
    news.tell(row, "request_answered" if answers else "request_written", by)
    return row


@transaction.atomic
def hand_over(
    request: Request, said: Written, *, by: Actor, wanted_by: date | None = None, expected: int | None = None
) -> Request:
    """Pass the ball without an answer: something is needed of the other side first. The clock of this side stops."""
    row, side, found = begin(request, "hand_over", said, by, expected)
    if found:
        return row
    if row.holder != side:
        raise Conflict(_("The other side has to move already: write what you need as a message."))
    if wanted_by and wanted_by < timezone.localdate():
        raise ValidationError({"wanted_by": [_("This day has passed: choose a later one.")]})
    pass_ball(row, side.other, RequestState.OPEN, wanted_by)
    say(row, side, said, by, "hand_over_request")
    news.tell(row, "request_written", by)
    return row


@transaction.atomic
def close_request(request: Request, said: Written, *, by: Actor, expected: int | None = None) -> Request:
    """Settled. What was never answered is closed only with words, by which the other side learns why."""
    row, side, found = begin(request, "close", said, by, expected, needs_words=False)
    if found:
        return row
    if row.state != RequestState.ANSWERED and not said.text.strip():
        raise NeedsReason(
            {"text": [ValidationError(_("It is not answered yet: say why it is closed."), "unanswered")]}
        )
    return end(row, RequestState.CLOSED, side, said, by, "close_request")


@transaction.atomic
def withdraw_request(request: Request, said: Written, *, by: Actor, expected: int | None = None) -> Request:
    """Whoever asked needs it no more."""
    row, side, found = begin(request, "withdraw", said, by, expected, needs_words=False)
    return row if found else end(row, RequestState.WITHDRAWN, side, said, by, "withdraw_request")


@transaction.atomic
def move_promise(
    request: Request, *, by: Actor, on: date, reason: str, expected: int | None = None
) -> Request:
    """The office promises another day, with a reason that the investor reads."""
    said = Written(text=reason)
    row, side, _found = begin(request, "move_promise", said, by, expected, place="reason")
    if on < timezone.localdate():
        raise ValidationError({"on": [_("This day has passed: choose a later one.")]})
    if on == row.promised_on:
        raise ValidationError({"on": [_("This day is promised already.")]})
    row.promised_on = on
    say(row, side, said, by, "move_promise", note=reason.strip())
    news.tell(row, "request_promise", by)
    return row


def mark_read(request: Request, written: Sequence[Message], *, by: User) -> None:
    """A mark of the reader's own, up to which message he has read; whoever only looks leaves none."""
    if not written or side_of(by, request.organisation_id) is None or by.pk is None:
        return
    last = written[-1].pk
    mark, is_new = RequestSeen.objects.get_or_create(request=request, reader=by, defaults={"upto": last})
    if not is_new and mark.upto < last:
        RequestSeen.objects.filter(pk=mark.pk, upto__lt=last).update(upto=last)
