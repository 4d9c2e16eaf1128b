"""What the house changes of a public object waits here until it is published; words that are stale are confirmed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from core import ledger
from core.exceptions import Conflict
from districts import publishable
from districts.choices import PublicationState as State
from districts.models import Publication
from districts.services.actors import Actor
from districts.services.standing import (
    forget_draft,
    is_out,
    locked,
    not_ready,
    record_drafted,
    stale_words,
    write,
)


@transaction.atomic
def save_draft(row: models.Model, changes: Mapping[str, Any], *, by: Actor, note: str = "") -> Publication:
    """Of a public object: these columns are to become this. What equals the public value again is no change."""
    row, publication = locked(row, by)
    if not is_out(row):
        raise Conflict(_("It is not public: change it itself."))
    draft = dict(publication.draft)
    for name, value in changes.items():
        draft[name] = publishable.value(publishable.with_values(row, {name: value}), name)
        if name not in publication.withheld and draft[name] == publishable.value(row, name):
            del draft[name]
    if draft == publication.draft:
        return publication
    publishable.check_values(publishable.with_values(row, publication.changes | draft), changes)
    publication.draft = draft
    touched = publishable.unrenewed(type(row), changes)
    publication.confirmed = [name for name in publication.confirmed if name not in touched]
    record_drafted(row, publication, by, "save_draft", note)
    return publication


def keep(row: models.Model, stands: models.Model, *, by: Actor, note: str = "") -> None:
    """Write what differs from how it `stands`: of a public object into its draft, of any other into the row."""
    if row._state.adding or not is_out(row):
        row.save()
        return
    names = publishable.changed(stands, row)
    if names:
        save_draft(row, {name: publishable.value(row, name) for name in names}, by=by, note=note)


@transaction.atomic
def discard_draft(row: models.Model, *, by: Actor, note: str = "") -> Publication:
    """The changes are not wanted; what is withheld on purpose stays."""
    row, publication = locked(row, by)
    if not publication.changes and not publication.confirmed:
        raise Conflict(_("There are no changes to discard."))
    kept = {name: value for name, value in publication.draft.items() if name in publication.withheld}
    forget_draft(publication)
    publication.draft = kept
    if publication.state == State.READY:
        not_ready(row, publication)
    write(publication, by, "discard_draft", note)
    return publication


@transaction.atomic
def confirm_translations(row: models.Model, *, by: Actor, languages: Iterable[str]) -> Publication:
    """The words of these languages are still right. Of a public object the mark goes with the next publication."""
    row, publication = locked(row, by)
    suffixes = tuple(f"_{language}" for language in languages)
    marked = [name for name in stale_words(row, publication) if name.endswith(suffixes)]
    if not marked:
        raise Conflict(_("No words of these languages are marked as stale."))
    if is_out(row):
        publication.confirmed = sorted({*publication.confirmed, *marked})
        record_drafted(row, publication, by, "confirm_translations", "")
        return publication
    with ledger.acting(by, "confirm_translations"):
        row.stale = sorted(set(row.stale) - set(marked))  # type: ignore[attr-defined]
        row.save(update_fields=["stale"])
        publication.save()
    return publication
