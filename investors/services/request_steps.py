"""What every verb of a request does: lock, ask the policy, look whether it was sent before; write, pass the ball."""

from collections.abc import Iterable
from datetime import date
from typing import IO, NamedTuple
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import ApiClient, User
from core import ledger
from core.calendar import WorkingDays
from core.exceptions import Conflict, WrittenOver
from core.files import BadFile, store
from investors.models import Message, MessageFile, Request
from investors.request_choices import RequestState, Side
from investors.request_policies import is_possible, require
from investors.services import request_news as news

type Actor = User | ApiClient
#: Characters of a message, and files that may come with it.
LONGEST, MOST_FILES = 20_000, 10


class Attached(NamedTuple):
    """A file as it came, and what it is called."""

    file: IO[bytes]
    name: str


class Written(NamedTuple):
    """What is said with a verb, and by which form: one sent twice is one message."""

    text: str = ""
    files: tuple[Attached, ...] = ()
    client_uuid: UUID | None = None


def begin(
    request: Request,
    verb: str,
    said: Written,
    by: Actor,
    expected: int | None,
    *,
    needs_words: bool = True,
    place: str = "text",
) -> tuple[Request, Side, bool]:
    """The locked row, the side that acts, and whether this very form was sent before."""
    rows = Request.objects.select_for_update(of=("self",)).select_related("organisation")
    row: Request = rows.get(pk=request.pk)
    side = require(by, verb, row)
    if before := sent_before(said, by):
        if before.pk != row.pk:
            raise Conflict(_("This form was sent already: what it made stands in another request."))
        return row, side, True
    if not is_possible(verb, row):
        raise Conflict(
            _("This is no longer possible: it is “%(state)s”.") % {"state": row.get_state_display()}
        )
    if expected is not None and expected != row.version:
        raise WrittenOver(_("Something was written or changed here meanwhile: look at it, then send again."))
    if needs_words and not said.text.strip() and not (said.files and place == "text"):
        raise ValidationError(
            {place: [_("Write a message, or add a file.") if place == "text" else _("Say why.")]}
        )
    return row, side, False


def sent_before(said: Written, by: Actor) -> Request | None:
    if said.client_uuid is None:
        return None
    message = (
        Message.objects.filter(client_uuid=said.client_uuid).select_related("request__organisation").first()
    )
    if message is None:
        return None
    if message.author_id != by.user_id:
        raise Conflict(_("This form was sent already: open it anew."))
    return message.request


def pass_ball(row: Request, to: Side, state: RequestState, wanted_by: date | None = None) -> None:
    """The other side has to move. The office gets the working days back that it had left, or promises anew."""
    today = timezone.localdate()
    if to == Side.OFFICE and row.holder != to:
        row.promised_on = _promise_again(row, today)
    row.wanted_by = wanted_by if to == Side.INVESTOR else None
    row.state, row.holder = state, to


def promise(since: date | None = None) -> date:
    return WorkingDays().add(since or timezone.localdate(), settings.REQUEST_DAYS)


def _promise_again(row: Request, today: date) -> date:
    last = row.holds.filter(holder=Side.OFFICE).order_by("-during").first()
    if last is None or row.state == RequestState.ANSWERED or row.promised_on is None:
        return promise(today)
    days = WorkingDays()
    left = days.between(timezone.localdate(last.during.upper), row.promised_on)
    return days.add(today, left)


def end(row: Request, state: RequestState, side: Side, said: Written, by: Actor, verb: str) -> Request:
    row.state, row.holder, row.wanted_by, row.ended_at = state, "", None, Now()
    say(row, side, said, by, verb)
    news.tell(row, "request_ended", by)
    return row


def say(row: Request, side: Side, said: Written, by: Actor, verb: str, note: str = "") -> None:
    """The message first: nothing is written into what has ended."""
    with ledger.acting(by, verb, note):
        if said.text.strip() or said.files:
            write(row, side, said, by)
            row.written_at = Now()
        if side == Side.OFFICE:
            row.handler_id = by.user_id or row.handler_id
        row.save(
            update_fields=["state", "holder", "promised_on", "wanted_by", "handler", "written_at", "ended_at"]
        )
    row.refresh_from_db()


def write(row: Request, side: Side, said: Written, by: Actor) -> Message:
    message = Message.objects.create(
        request=row,
        side=side,
        author_id=by.user_id,
        text=_clean(said.text),
        client_uuid=said.client_uuid or uuid4(),
    )
    for attached in _few(said.files):
        try:
            kept = store(attached.file, attached.name, uploaded_by_id=by.user_id)
        except BadFile as error:
            raise ValidationError({"files": [str(error)]}) from None
        MessageFile.objects.create(message=message, file=kept)
    return message


def _few(files: Iterable[Attached]) -> list[Attached]:
    found = list(files)
    if len(found) > MOST_FILES:
        raise ValidationError(
            {"files": [_("At most %(most)s files come with one message.") % {"most": MOST_FILES}]}
        )
    return found


def _clean(text: str) -> str:
    text = text.strip()
    if "\x00" in text:
        raise ValidationError({"text": [_("The text holds a character that cannot be kept: type it anew.")]})
    if len(text) > LONGEST:
        raise ValidationError(
            {
                "text": [
                    _("The text is longer than %(longest)s characters: shorten it.") % {"longest": LONGEST}
                ]
            }
        )
    return text
