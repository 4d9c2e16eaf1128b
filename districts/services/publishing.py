"""What becomes public: made ready by one person, published by another; taken down with public words.

The row of a public object is its published version. What the house changes of it waits in `Publication.draft`.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from core import ledger, notices
from core.choices import Visibility
from core.exceptions import Conflict, Forbidden
from core.text import LANGUAGES, Text
from districts import publishable
from districts.choices import PublicationState as State
from districts.models import Publication
from districts.services.actors import Actor
from districts.services.drafts import confirm_translations, discard_draft, keep, save_draft
from districts.services.looking import changes_of, facts_of, may_be_withheld, stands, steps_open, with_draft
from districts.services.standing import (
    forget_draft,
    forget_ready,
    is_out,
    locked,
    not_ready,
    person_of,
    publication_of,
    write,
)
from districts.services.tombstones import tombstone_at

__all__ = [
    "changes_of",
    "confirm_translations",
    "discard_draft",
    "facts_of",
    "is_out",
    "keep",
    "make_ready",
    "may_be_withheld",
    "publication_of",
    "publish",
    "save_draft",
    "send_back",
    "stands",
    "steps_open",
    "take_down",
    "tombstone_at",
    "with_draft",
]


@transaction.atomic
def make_ready(
    row: models.Model,
    *,
    by: Actor,
    to: str = Visibility.PUBLIC,
    withhold: Iterable[str] | None = None,
    note: str = "",
) -> Publication:
    """Nothing is missing: a second person may publish it. Without `withhold`, what was withheld stays withheld."""
    row, publication = locked(row, by)
    if publication.state == State.READY:
        raise Conflict(_("It is ready already and waits for a second person."))
    if to not in publishable.levels():
        raise Conflict(_("Say for whom it is to be published: for everybody or for investors."))
    if withhold is not None:
        publication.withheld = publishable.may_withhold(type(row), withhold)
    _refuse_narrowing(row, to)
    if is_out(row) and not _proposes(row, publication, to):
        raise Conflict(_("Nothing of it has changed since it was published."))
    publication.target = to
    publishable.check(row, publication)
    publication.state = State.READY
    publication.ready_by_id, publication.ready_at = person_of(by), timezone.now()
    publication.ready_version = row.version  # type: ignore[attr-defined]
    write(publication, by, "make_ready", note)
    _tell_office(row, publication, by)
    return publication


@transaction.atomic
def publish(
    row: models.Model,
    *,
    by: Actor,
    at: datetime | None = None,
    note: str = "",
    seen: int | None = None,
) -> Publication:
    """Make public what somebody else made ready, now or from an instant on. `seen`: the version that was looked at."""
    row, publication = locked(row, by)
    _refuse_publishing(row, publication, by, at, seen)
    publishable.check(row, publication)
    new = publishable.as_published(row, publication)
    kept = {name: publishable.value(row, name) for name in publication.withheld}
    kept |= {name: value for name, value in publication.draft.items() if name in publication.withheld}
    with ledger.acting(by, "publish", note):
        _let_out(row, new, publication, at)
        _record_published(publication, new, kept, by, at)
        connection.check_constraints()
    return publication


def _let_out(row: models.Model, new: Any, publication: Publication, at: datetime | None) -> None:
    """The row becomes what was made ready; words that were confirmed lose their mark after the others changed."""
    new.visibility, new.published_at = publication.target, at or new.published_at
    new.save(update_fields=[*publishable.changed(row, new), "visibility", "published_at"])
    new.refresh_from_db()
    marked = set(getattr(new, "stale", ()))
    if left := marked & set(publication.confirmed):
        new.stale = sorted(marked - left)
        new.save(update_fields=["stale"])


def _refuse_publishing(
    row: models.Model, publication: Publication, by: Actor, at: datetime | None, seen: int | None
) -> None:
    if publication.state != State.READY:
        raise Conflict(_("Nobody has made this ready: publishing needs one person who prepares and another."))
    if publication.ready_by_id == person_of(by):
        raise Forbidden(_("You made this ready yourself: a second person publishes it."))
    _refuse_narrowing(row, publication.target)
    if _differs(row, publication) or seen not in (None, publication.version):
        raise Conflict(_("It was changed after it was made ready: look at it again and make it ready again."))
    if at is None:
        return
    if is_out(row):
        raise Conflict(
            _(
                "Changes of what is public cannot wait for an hour: until then the old words would have to be kept "
                "beside the new. Publish at the time itself, or prepare a separate object with its own time."
            )
        )
    if at <= timezone.now():
        raise Conflict(_("This time has passed: choose a later one, or publish at once."))


def _refuse_narrowing(row: models.Model, to: str) -> None:
    """What everybody could read is not withdrawn without words."""
    if is_out(row) and row.visibility == Visibility.PUBLIC and to != Visibility.PUBLIC:  # type: ignore[attr-defined]
        raise Conflict(
            _(
                "Everybody can read it: take it down first, with words for the public, then publish it for investors."
            )
        )


def _differs(row: models.Model, publication: Publication) -> bool:
    """Of an object that is not out yet, the row itself is what was made ready."""
    return not is_out(row) and publication.ready_version != row.version  # type: ignore[attr-defined]


def _record_published(
    publication: Publication, row: models.Model, kept: dict[str, Any], by: Actor, at: datetime | None
) -> None:
    publication.state = State.PUBLISHED
    forget_draft(publication)
    publication.draft = {name: value for name, value in kept.items() if not publishable.is_blank(value)}
    publication.snapshot = publishable.snapshot(row)
    publication.published_by_id = person_of(by)
    publication.published_at = at or timezone.now()
    forget_ready(publication)
    publication.save()


@transaction.atomic
def send_back(row: models.Model, *, by: Actor, note: str) -> Publication:
    """It is not ready after all, for a reason; whoever made it ready may take it back as well."""
    row, publication = locked(row, by)
    if publication.state != State.READY:
        raise Conflict(_("It is not ready: there is nothing to send back."))
    _require_words(note)
    prepared = publication.ready_by
    not_ready(row, publication)
    write(publication, by, "send_back", note)
    if prepared and prepared.pk != by.user_id:
        event = f"sent-back-{publication.pk}-{publication.version}"
        notices.notify(
            "publication_sent_back",
            [prepared],
            event=event,
            subject=publication,
            note=note,
            what=_called(row),
        )
    return publication


@transaction.atomic
def take_down(row: models.Model, *, by: Actor, reason: Text, note: str = "") -> Publication:
    """At once, by one person: what must not be public cannot wait for a second. `reason` is what the public reads.

    What waited in the draft goes back into the row; where that is not possible any more, only the ledger keeps it.
    """
    row, publication = locked(row, by)
    if not is_out(row):
        raise Conflict(_("It is not public: there is nothing to take down."))
    if publication.pk is None:
        publication.save()
    seen = row.visibility == Visibility.PUBLIC and (row.published_at or timezone.now()) <= timezone.now()  # type: ignore[attr-defined]
    with ledger.acting(by, "take_down", note or str(Text.of(reason))):
        try:
            with transaction.atomic():
                _withdraw(row, publication.draft)
        except (IntegrityError, ValidationError):  # of what waited, perhaps: that keeps nothing in public
            row.refresh_from_db()
            _withdraw(row, {})
        _record_taken_down(publication, Text.of(reason), by, seen)
        connection.check_constraints()
    return publication


def _withdraw(row: Any, draft: dict[str, Any]) -> None:
    """The row is the house's own, and what waited stands in it again."""
    for name, value in draft.items():
        publishable.put(row, name, value)
    row.visibility, row.published_at = Visibility.INTERNAL, None
    row.validate_constraints()  # what hangs on its being seen, says so
    row.save(update_fields=[*draft, "visibility", "published_at"])
    connection.check_constraints()


def _record_taken_down(publication: Publication, reason: Text, by: Actor, seen: bool) -> None:
    """Of what the public never saw since it was last taken down, the words of that time stay."""
    publication.state = State.UNPUBLISHED
    if seen or not publication.was_public:
        publication.tombstone = reason
        publication.taken_down_by_id, publication.taken_down_at = person_of(by), timezone.now()
    publication.was_public = publication.was_public or seen
    forget_draft(publication)
    forget_ready(publication)
    publication.validate_constraints()
    publication.save()


def _proposes(row: models.Model, publication: Publication, to: str) -> bool:
    if publication.changes or publication.confirmed or to != row.visibility:  # type: ignore[attr-defined]
        return True
    return any(not publishable.is_blank(publishable.value(row, name)) for name in publication.withheld)


def _require_words(note: str) -> None:
    if not note.strip():
        raise Conflict(_("Say why, so that whoever prepared it knows what is missing."))


def _tell_office(row: models.Model, publication: Publication, by: Actor) -> None:
    """Those who may publish it: the office without the one who made it ready."""
    people = User.objects.office(timezone.localdate()).exclude(pk=by.user_id)
    event = f"ready-{publication.pk}-{publication.version}"
    notices.notify("publication_ready", people, event=event, subject=publication, what=_called(row))


def _called(row: models.Model) -> dict[str, str]:
    """What the object is and is called, in each language: the reader's is not known yet."""
    names = {}
    for language in LANGUAGES:
        with translation.override(language):
            names[language] = f"{capfirst(row._meta.verbose_name)} “{row}”"
    return names
