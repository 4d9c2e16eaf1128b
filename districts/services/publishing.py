"""What becomes public: made ready by one person, published by another; taken down with public words.

The row of a public object is its published version. What the house changes of it waits in `Publication.draft`.
"""

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from core import ledger
from core.choices import Visibility
from core.exceptions import Conflict, Forbidden
from core.text import Text
from districts import publishable
from districts.choices import PublicationState as State
from districts.models import Publication
from districts.policies import require
from districts.services.actors import Actor


def is_out(row: models.Model) -> bool:
    """Others than the house may read it, now or once its time has come: its row is what was published."""
    return row.visibility != Visibility.INTERNAL  # type: ignore[attr-defined]


def publication_of(row: models.Model) -> Publication | None:
    return Publication.objects.of(row).first()


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
    row, publication = _locked(row, by)
    if publication.state == State.READY:
        raise Conflict(_("It is ready already and waits for a second person."))
    if to not in (Visibility.PUBLIC, Visibility.INVESTOR):
        raise Conflict(_("Say for whom it is to be published: for everybody or for investors."))
    if withhold is not None:
        publication.withheld = publishable.may_withhold(type(row), withhold)
    if is_out(row) and not _proposes(row, publication, to):
        raise Conflict(_("Nothing of it has changed since it was published."))
    publishable.check(_as_published(row, publication), to, publication)
    publication.state, publication.target = State.READY, to
    publication.ready_by_id, publication.ready_at = _person(by), timezone.now()
    publication.ready_version = row.version  # type: ignore[attr-defined]
    _write(publication, by, "make_ready", note)
    publishable.tell(publication, row, "publication_ready", by)
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
    """Make public what somebody else made ready, at once or from an instant on. `seen`: the version that was looked at."""
    row, publication = _locked(row, by)
    _refuse_publishing(row, publication, by, at, seen)
    new = _as_published(row, publication)
    publishable.check(new, publication.target, publication)
    columns = publishable.changed(row, new)
    confirmed = [*publication.confirmed]
    kept = {name: publishable.value(row, name) for name in publication.withheld} | {
        name: publication.draft[name] for name in publication.withheld if name in publication.draft
    }
    new.visibility = publication.target
    new.published_at = at or new.published_at
    with ledger.acting(by, "publish", note):
        new.save(update_fields=[*columns, "visibility", "published_at"])
        new.refresh_from_db()
        if marked := set(getattr(new, "stale", ())) & set(confirmed):
            new.stale = sorted(set(new.stale) - marked)
            new.save(update_fields=["stale"])
        _record_published(publication, new, kept, by, at)
        connection.check_constraints()
    return publication


def _refuse_publishing(
    row: models.Model, publication: Publication, by: Actor, at: datetime | None, seen: int | None
) -> None:
    if publication.state != State.READY:
        raise Conflict(_("Nobody has made this ready: publishing needs one person who prepares and another."))
    if publication.ready_by_id == _person(by):
        raise Forbidden(_("You made this ready yourself: a second person publishes it."))
    if publication.ready_version != row.version or seen not in (None, publication.version):  # type: ignore[attr-defined]
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


def _record_published(
    publication: Publication, row: models.Model, kept: dict[str, Any], by: Actor, at: datetime | None
) -> None:
    publication.state = State.PUBLISHED
    publication.draft = {name: value for name, value in kept.items() if not publishable.is_blank(value)}
    publication.confirmed = []
    publication.drafted_by, publication.drafted_at = None, None
    publication.snapshot = publishable.snapshot(row)
    publication.published_by_id = _person(by)
    publication.published_at = at or timezone.now()
    publication.taken_down_by, publication.taken_down_at = None, None
    publication.tombstone = Text()
    publication.ready_by, publication.ready_at, publication.ready_version = None, None, None
    publication.save()


@transaction.atomic
def send_back(row: models.Model, *, by: Actor, note: str) -> Publication:
    """It is not ready after all, for a reason; whoever made it ready may take it back as well."""
    row, publication = _locked(row, by)
    if publication.state != State.READY:
        raise Conflict(_("It is not ready: there is nothing to send back."))
    _require_words(note)
    prepared = publication.ready_by
    _not_ready(row, publication)
    _write(publication, by, "send_back", note)
    publishable.tell(publication, row, "publication_sent_back", by, to=prepared, note=note)
    return publication


@transaction.atomic
def take_down(row: models.Model, *, by: Actor, reason: Text, note: str = "") -> Publication:
    """At once, by one person: what must not be public cannot wait for a second. `reason` is what the public reads."""
    row, publication = _locked(row, by)
    if not is_out(row):
        raise Conflict(_("It is not public: there is nothing to take down."))
    for name, value in publication.draft.items():
        publishable.put(row, name, value)
    was_public = row.published_at is None or row.published_at <= timezone.now()  # type: ignore[attr-defined]
    row.visibility, row.published_at = Visibility.INTERNAL, None  # type: ignore[attr-defined]
    with ledger.acting(by, "take_down", note):
        row.save(update_fields=[*publication.draft, "visibility", "published_at"])
        publication.draft, publication.confirmed = {}, []
        publication.drafted_by, publication.drafted_at = None, None
        publication.ready_by, publication.ready_at, publication.ready_version = None, None, None
        publication.tombstone = Text.of(reason)
        if publication.state == State.READY:  # its changes were ready; what is public goes all the same
            publication.state = State.UNPUBLISHED
        publication.state = State.UNPUBLISHED
        publication.taken_down_by_id, publication.taken_down_at = _person(by), timezone.now()
        if not was_public:
            publication.published_at = None
        publication.full_clean(exclude=["prepared_by", "published_by"])
        publication.save()
        connection.check_constraints()
    return publication


@transaction.atomic
def save_draft(row: models.Model, changes: Mapping[str, Any], *, by: Actor, note: str = "") -> Publication:
    """Of a public object: these columns are to become this. What is made equal to the public value again is no change."""
    row, publication = _locked(row, by)
    if not is_out(row):
        raise Conflict(_("It is not public: change it itself."))
    draft = dict(publication.draft)
    for name, value in changes.items():
        publishable.put(trial := copy(row), name, value)
        draft[name] = publishable.value(trial, name)
        if name not in publication.withheld and draft[name] == publishable.value(row, name):
            del draft[name]
    if draft == publication.draft:
        return publication
    publication.draft = draft
    publishable.check_values(_with(row, draft))
    if publication.state == State.READY:
        _not_ready(row, publication)
    publication.confirmed = [name for name in publication.confirmed if name not in changes]
    publication.drafted_by_id, publication.drafted_at = _person(by), timezone.now()
    _write(publication, by, "save_draft", note)
    return publication


@transaction.atomic
def discard_draft(row: models.Model, *, by: Actor, note: str = "") -> Publication:
    """The changes are not wanted; what is withheld on purpose stays."""
    row, publication = _locked(row, by)
    if not publication.changes and not publication.confirmed:
        raise Conflict(_("There are no changes to discard."))
    publication.draft = {name: publication.draft[name] for name in publication.withheld if name in publication.draft}
    publication.confirmed = []
    publication.drafted_by, publication.drafted_at = None, None
    if publication.state == State.READY:
        _not_ready(row, publication)
    _write(publication, by, "discard_draft", note)
    return publication


@transaction.atomic
def confirm_translations(row: models.Model, *, by: Actor, languages: Iterable[str]) -> Publication:
    """The words of these languages were read and are still right. Of a public object the mark goes with the next publication."""
    row, publication = _locked(row, by)
    suffixes = tuple(f"_{language}" for language in languages)
    marked = [name for name in publishable.stale(row, publication) if name.endswith(suffixes)]
    if not marked:
        raise Conflict(_("No words of these languages are marked as stale."))
    if is_out(row):
        publication.confirmed = sorted({*publication.confirmed, *marked})
        if publication.state == State.READY:
            _not_ready(row, publication)
        publication.drafted_by_id, publication.drafted_at = _person(by), timezone.now()
        _write(publication, by, "confirm_translations", "")
        return publication
    with ledger.acting(by, "confirm_translations"):
        row.stale = sorted(set(row.stale) - set(marked))  # type: ignore[attr-defined]
        row.save(update_fields=["stale"])
        publication.save()
    return publication


def _locked(row: models.Model, by: Actor) -> tuple[Any, Publication]:
    """Row first, then its publication: of two at once the second sees what the first did."""
    require(by, "publish")
    _person(by)
    row = type(row)._base_manager.select_for_update().get(pk=row.pk)
    key = {"model": row._meta.label_lower, "object_id": row.pk}
    publication = Publication.objects.select_for_update().filter(**key).first()
    if publication is None:
        began = State.PUBLISHED if is_out(row) else State.INTERNAL
        publication = Publication(**key, state=began, target=row.visibility if is_out(row) else Visibility.PUBLIC)
    return row, publication


def _person(by: Actor) -> int:
    if by.user_id is None:
        raise Forbidden(_("Publishing is done by two persons: a program is none."))
    return by.user_id


def _proposes(row: models.Model, publication: Publication, to: str) -> bool:
    if publication.changes or publication.confirmed or to != row.visibility:  # type: ignore[attr-defined]
        return True
    return any(not publishable.is_blank(publishable.value(row, name)) for name in publication.withheld)


def _with(row: models.Model, draft: Mapping[str, Any]) -> Any:
    new = copy(row)
    for name, value in draft.items():
        publishable.put(new, name, value)
    return new


def _as_published(row: models.Model, publication: Publication) -> Any:
    """The row as the public would read it."""
    new = _with(row, publication.changes)
    for name in publication.withheld:
        publishable.empty(new, name)
    return new


def _not_ready(row: models.Model, publication: Publication) -> None:
    down = State.UNPUBLISHED if publication.taken_down_at else State.INTERNAL
    publication.state = State.PUBLISHED if is_out(row) else down
    publication.ready_by, publication.ready_at, publication.ready_version = None, None, None


def _require_words(note: str) -> None:
    if not note.strip():
        raise Conflict(_("Say why, so that whoever prepared it knows what is missing."))


def _write(publication: Publication, by: Actor, verb: str, note: str) -> None:
    with ledger.acting(by, verb, note):
        publication.save()
