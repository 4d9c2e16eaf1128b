"""Who is told of what, by which way, in his own language.

    notify("stage_changed", people, event=f"stage-{change.pk}", subject=project, to=to)

goes inside the transaction of the change. Each person gets what he did not silence: a notice under the bell, a mail.
The apps above say in `ready()` what kinds there are.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core import outbox
from core.choices import Channel
from core.models import Notice, Silence


@dataclass(frozen=True)
class Kind:
    """A kind of notice. `tell` and `link` get the row that it is about (None if there is none) and the facts.

    A digest is about many, those of the fact `subjects`: they get the list of those that the reader may see.
    """

    code: str
    title: Any
    concerns: Callable[[Any], bool]
    tell: Callable[[Any, dict[str, Any]], str]
    link: Callable[[Any, dict[str, Any]], str] = lambda subject, facts: ""
    #: The rows that notices of this kind are about, as far as this reader may see them; None: about nothing but him.
    rows: Callable[[Any], models.QuerySet] | None = None
    #: What guards his account cannot be silenced.
    always: bool = False
    is_digest: bool = False


class Told(NamedTuple):
    """A notice in the words of its reader; without link and content when he may not see the row any more."""

    notice: Notice
    title: str
    text: str
    link: str


KINDS: dict[str, Kind] = {}
CHANNELS = (Channel.BELL, Channel.MAIL)


def register(*kinds: Kind) -> None:
    KINDS.update({kind.code: kind for kind in kinds})


def kinds_for(user: Any) -> list[Kind]:
    """What this person may be told of, in the order of registration."""
    return [kind for kind in KINDS.values() if kind.concerns(user)]


def notify(
    code: str, people: Iterable[Any], *, event: str, subject: models.Model | None = None, **facts: Any
) -> None:
    """Owe everyone of them the news, once for each `event` however often this is called."""
    kind, people = KINDS[code], [person for person in people if person.has_access]
    silent = set(Silence.objects.filter(kind=code, owner__in=people).values_list("owner_id", "channel"))
    for person in people:
        if not kind.concerns(person) or not _sees(kind, person, subject):
            continue
        about = _gathered(kind, person, facts) if kind.is_digest else subject
        if kind.is_digest and not about:
            continue
        for channel, owe in ((Channel.BELL, _owe_bell), (Channel.MAIL, _owe_mail)):
            if kind.always or (person.pk, channel) not in silent:
                owe(kind, person, f"{channel}-{event}-{person.pk}", about, facts)


def _sees(kind: Kind, person: Any, subject: models.Model | None) -> bool:
    return subject is None or kind.rows is None or kind.rows(person).filter(pk=subject.pk).exists()


def _gathered(kind: Kind, person: Any, facts: dict[str, Any]) -> list[models.Model]:
    found = kind.rows(person).in_bulk(facts["subjects"]) if kind.rows else {}
    return [found[pk] for pk in facts["subjects"] if pk in found]


def _owe_bell(kind: Kind, person: Any, key: str, subject: Any, facts: dict[str, Any]) -> None:
    payload = {
        "recipient": person.pk,
        "kind": kind.code,
        "subject": getattr(subject, "pk", None),
        "facts": facts,
        "at": timezone.now().isoformat(),
    }
    outbox.owe(Channel.BELL, key, payload)


def _owe_mail(kind: Kind, person: Any, key: str, subject: Any, facts: dict[str, Any]) -> None:
    if not person.email:
        return
    with translation.override(person.language):
        link = kind.link(subject, facts)
        parts = [kind.tell(subject, facts), link and settings.PUBLIC_URL + link, _footer(kind)]
        outbox.owe_mail(key, person.email, str(kind.title), "\n\n".join(part for part in parts if part))


def _footer(kind: Kind) -> str:
    if kind.always:
        return _("If it was not you, tell the project office at once.")
    return _("Which notices you get by mail, you choose here: %(link)s") % {
        "link": settings.PUBLIC_URL + reverse("notice-settings")
    }


def tell(notices: Iterable[Notice], reader: Any) -> list[Told]:
    """The notices in words, a query for each kind of row among them."""
    notices = list(notices)
    seen = {kind.code: _rows(kind, notices, reader) for kind in KINDS.values() if kind.rows}
    return [_told(notice, seen) for notice in notices]


def _rows(kind: Kind, notices: list[Notice], reader: Any) -> dict[int, models.Model]:
    wanted = {pk for notice in notices if notice.kind == kind.code for pk in _subjects(kind, notice)}
    return kind.rows(reader).in_bulk(wanted) if kind.rows and wanted else {}


def _subjects(kind: Kind, notice: Notice) -> list[int]:
    return notice.facts["subjects"] if kind.is_digest else [notice.subject_id or 0]


def _told(notice: Notice, seen: dict[str, dict[int, models.Model]]) -> Told:
    kind, rows = KINDS.get(notice.kind), seen.get(notice.kind, {})
    found = [rows[pk] for pk in _subjects(kind, notice) if pk in rows] if kind else []
    subject: Any = found if kind and kind.is_digest else next(iter(found), None)
    if kind is None or (kind.rows and not found):
        return Told(notice, _("Notice"), _("You may not see any more what this notice was about."), "")
    return Told(notice, str(kind.title), kind.tell(subject, notice.facts), kind.link(subject, notice.facts))


@transaction.atomic
def choose(person: Any, wanted: set[tuple[str, str]]) -> None:
    """Keep what the person chose: of what he may choose, everything that is not among `wanted` is silent."""
    open_to_choice = {
        (kind.code, channel) for kind in kinds_for(person) if not kind.always for channel in CHANNELS
    }
    Silence.objects.filter(owner=person).delete()
    Silence.objects.bulk_create(
        [
            Silence(owner=person, kind=kind, channel=channel)
            for kind, channel in sorted(open_to_choice - wanted)
        ],
        ignore_conflicts=True,
    )
