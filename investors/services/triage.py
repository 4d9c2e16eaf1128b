"""What the office does with an enquiry: takes it, answers it, puts it aside.

Of two at once the second is told what happened meanwhile.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import User
from core import ledger
from core.exceptions import Conflict, WrittenOver
from core.models import Change, StoredFile
from core.scanning import release
from investors.choices import ENQUIRY_MOVES, ENQUIRY_WAITING, EnquiryState
from investors.models import Enquiry, EnquiryReply
from investors.policies import may, require
from investors.services.telling import owe_answer
from investors.words import DONE

S = EnquiryState
LONGEST = 8000
#: Which move a verb makes; the answer to one that was answered before moves nothing.
MOVES_TO = {
    "take_enquiry": S.TRIAGED,
    "answer_enquiry": S.ANSWERED,
    "close_enquiry": S.CLOSED,
    "mark_duplicate": S.CLOSED,
    "mark_spam": S.SPAM,
    "unmark_spam": S.NEW,
    "convert_enquiry": S.CONVERTED,
}
#: In these the same verb once more is no move, and yet there is something to do.
AGAIN = {"take_enquiry": {S.TRIAGED}, "answer_enquiry": {S.ANSWERED, S.CONVERTED}}


def is_possible(enquiry: Enquiry, verb: str) -> bool:
    """Whether its state allows the verb; who may use it is another question."""
    if enquiry.erased_at and verb in {"answer_enquiry", "convert_enquiry"}:
        return False
    if verb == "convert_enquiry" and (enquiry.answered_at is None or enquiry.is_demo):
        return False
    return enquiry.state in AGAIN.get(verb, ()) or MOVES_TO[verb] in ENQUIRY_MOVES[enquiry.state]


@transaction.atomic
def take_enquiry(
    enquiry: Enquiry, *, by: User, handler: User | None = None, seen: int | None = None
) -> Enquiry:
    """Say who answers it: whoever takes it, or a colleague to whom it is handed."""
    row = begin(enquiry, "take_enquiry", by, seen)
    handler = handler or by
    if not (handler.has_access and may(handler, "answer_enquiry")):
        raise ValidationError({"handler": [_("Enquiries are answered by a person of the project office.")]})
    if row.state == S.TRIAGED and row.handler_id == handler.pk:
        raise Conflict(_("%(name)s answers it already.") % {"name": handler})
    row.state, row.handler = S.TRIAGED, handler
    with ledger.acting(by, "take_enquiry", "" if handler == by else f"user:{handler.pk}"):
        row.save(update_fields=["state", "handler"])
    row.refresh_from_db()
    return row


@transaction.atomic
def answer_enquiry(
    enquiry: Enquiry, *, by: User, text: str, language: str = "", seen: int | None = None
) -> EnquiryReply:
    """Write to whoever asked, in his language unless another is chosen; the clock stops at the first answer."""
    row = begin(enquiry, "answer_enquiry", by, seen)
    with ledger.acting(by, "answer_enquiry"):
        if row.state in ENQUIRY_WAITING:
            row.state = S.ANSWERED
        reply = _tell(row, by, text, language)
        row.save(update_fields=["state", "handler", "answered_at"])
    return reply


def _tell(row: Enquiry, by: User, text: str, language: str = "", field: str = "text") -> EnquiryReply:
    """The words as they are kept and sent; whoever says them saves the enquiry after."""
    text = _sound(row, text, field)
    reply = EnquiryReply(enquiry=row, text=text, language=language or row.language, by=by)
    reply.full_clean(exclude=["enquiry", "by"])
    reply.save()
    reply.refresh_from_db()
    row.answered_at, row.handler = row.answered_at or reply.sent_at, row.handler or by
    if row.email and not row.is_demo:
        owe_answer(row, reply)
    return reply


def _sound(row: Enquiry, text: str, field: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise ValidationError({field: [_("Write what the enquirer is told.")]})
    if len(text) > LONGEST:
        raise ValidationError(
            {field: [_("The answer is longer than %(limit)s signs: shorten it.") % {"limit": LONGEST}]}
        )
    if any(ord(sign) < 32 and sign not in "\n\t" for sign in text):
        raise ValidationError({field: [_("The text holds signs that nobody can read: write it anew.")]})
    if row.replies.filter(text=text).exists():
        raise Conflict(_("This answer was sent already: it stands on the page of the enquiry."))
    return text


@transaction.atomic
def close_enquiry(
    enquiry: Enquiry, *, by: User, reason: str, words: str = "", seen: int | None = None
) -> Enquiry:
    """Nothing more is to be done. Who waits for an answer gets one: no enquiry ends in silence."""
    row = begin(enquiry, "close_enquiry", by, seen)
    return _close(row, by, "close_enquiry", _reason(reason), words)


@transaction.atomic
def mark_duplicate(
    enquiry: Enquiry, *, by: User, of: Enquiry, words: str = "", seen: int | None = None
) -> Enquiry:
    """The same was asked before: it is answered there."""
    row = begin(enquiry, "mark_duplicate", by, seen)
    first = Enquiry.objects.visible_to(by).filter(pk=of.pk).first()
    if first is None or first.pk == row.pk:
        raise ValidationError({"of": [_("An enquiry repeats another one: give the number of that one.")]})
    if first.duplicate_of_id is not None or first.state == S.SPAM:
        raise ValidationError({"of": [_("That one was put aside itself: choose the one that is answered.")]})
    if first.is_demo != row.is_demo:
        raise ValidationError({"of": [_("What is invented is not mixed with what is real.")]})
    row.duplicate_of = first
    return _close(row, by, "mark_duplicate", _("It repeats %(receipt)s.") % {"receipt": first}, words)


def _reason(reason: str) -> str:
    if not (said := " ".join(reason.split())[:500]):
        raise ValidationError({"reason": [_("Say why it is closed.")]})
    return said


def _close(row: Enquiry, by: User, verb: str, reason: str, words: str) -> Enquiry:
    waited, row.state, row.close_reason = row.state in ENQUIRY_WAITING, S.CLOSED, reason
    with ledger.acting(by, verb, reason):
        if (waited or words.strip()) and not row.erased_at:
            _tell(row, by, words, field="words")
        row.save(update_fields=["state", "close_reason", "duplicate_of", "handler", "answered_at"])
    row.refresh_from_db()
    return row


@transaction.atomic
def mark_spam(enquiry: Enquiry, *, by: User, seen: int | None = None) -> Enquiry:
    """Nobody asks anything in it: no clock, no answer; what is personal in it goes soon."""
    return _turn(enquiry, "mark_spam", by, seen)


@transaction.atomic
def unmark_spam(enquiry: Enquiry, *, by: User, seen: int | None = None) -> Enquiry:
    """It was none: it waits again, by the day that was promised."""
    return _turn(enquiry, "unmark_spam", by, seen)


def _turn(enquiry: Enquiry, verb: str, by: User, seen: int | None) -> Enquiry:
    row = begin(enquiry, verb, by, seen)
    row.state = MOVES_TO[verb]
    with ledger.acting(by, verb):
        row.save(update_fields=["state"])
    row.refresh_from_db()
    return row


@transaction.atomic
def release_enquiry_file(enquiry: Enquiry, *, by: User) -> StoredFile:
    """Somebody of the office vouches for a file that no scanner judged."""
    require(by, "release_enquiry_file")
    return release(enquiry.file.pk, by=by)


def begin(enquiry: Enquiry, verb: str, by: User, seen: int | None) -> Enquiry:
    """The locked row, in a state that allows the verb; of `seen`, its version that the caller read, nothing changed."""
    require(by, verb)
    row: Enquiry = Enquiry.objects.select_for_update(of=("self",)).get(pk=enquiry.pk)
    if seen is not None and seen != row.version:
        raise WrittenOver(what_happened(row))
    if not is_possible(row, verb):
        raise Conflict(what_happened(row) if enquiry.version != row.version else _not_now(row, verb))
    return row


def _not_now(row: Enquiry, verb: str) -> str:
    if verb == "convert_enquiry" and row.is_demo:
        return _("It is invented: nothing real is made of it.")
    if verb == "convert_enquiry" and row.answered_at is None:
        return _("Whoever asked waits for an answer: answer first.")
    return _("This is not possible: the enquiry is “%(state)s”.") % {"state": row.get_state_display()}


def what_happened(row: Enquiry) -> str:
    """Who did what since, for whoever comes second."""
    last = Change.objects.of(row).last()
    kind, _colon, key = last.actor.partition(":") if last else ("", "", "")
    person = User.objects.filter(pk=key).first() if kind == "user" and key.isdigit() else None
    return _("%(who)s %(did)s, %(when)s: look at the enquiry again before you go on.") % {
        "who": person or _("Somebody"),
        "did": DONE.get(last.verb if last else "", _("changed it")),
        "when": f"{localtime(last.at if last else row.updated_at):%d.%m.%Y %H:%M}",
    }
